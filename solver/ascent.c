/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First prices. The Lagrangian
 *
 *   L(p) = sum_u min_r v[u,r] - sum_r,k band(p[r,k]),   v = c + sum_k p q,
 *
 * is smoothed by soft minima of temperature tau: unit u goes to rep r with
 * share exp(-v/tau) / sum. One look at the arcs gives each rep's soft loads,
 * the K x K block of the Hessian that is its own, sum q q' share (1 - share) /
 * tau, and the blocks between reps that share units (couple.h). The model is
 * maximised one measure of one rep at a time: load = high where the price comes
 * out positive, load = low where negative, else price 0; and in sweeps over the
 * reps, each passing on to its neighbours what its prices drive there. tau
 * falls geometrically; the true L comes free with every look, and the best
 * prices are kept. Prices v of budgets add v b to every value, and each steps
 * by itself.
 *
 * Blocks and not single rows: workload and potential rise together, and two
 * separate Newton steps would both correct the same excess. Neighbours and not
 * each rep alone: too much work in one city has to be handed on from rep to rep
 * across the country, one rep further with each look. On 20,000 units with 100
 * reps, all pairs allowed, 200 looks without neighbours ended 0.29 % below the
 * relaxation, 40 with them 0.06 %; with 100,000 and 200 it was over 1 % and is
 * 0.002 %. The step is damped, because shares bend sharply when tau is small.
 */
#include "ascent.h"

#include "bw/alloc.h"
#include "couple.h"
#include "parallel.h"

#include <math.h>
#include <string.h>

enum {
    CHUNKS = 8,  /* of units: fixed, so that sums are, whatever the threads */
    SWEEPS = 50, /* over the reps in one Newton step */
    ROUNDS = 8   /* over the measures of a rep in one sweep */
};

static const double faint = 24;    /* shares below exp(-24) are nothing */
static const double slight = 0.01; /* smaller shares tie no reps together */
static const double longest_step = 0.1;

/* What one chunk of units adds up. */
typedef struct tally {
    double value;
    double *load;  /* [n_reps * n_measures] */
    double *curve; /* [n_reps * triangle] lower triangles of the Hessian */
    bw_couples couples;
    double *use, *bend; /* [n_budgets] soft use, its fall for a unit of price */
} tally;

typedef struct climb {
    const bw_view *view;
    const bw_arcs *arcs;
    double tau;
    const double *price;
    int32_t triangle; /* entries of a lower triangle */
    double *memory;
    double *scratch; /* [CHUNKS * n_reps] values of one unit's arcs */
    int64_t room;    /* doubles of a tally */
    tally tally[CHUNKS];
    bw_neighbours neighbours;
    double *goal;                 /* [n_reps * n_measures] */
    double step[BW_MEASURES_MAX]; /* longest step of a price */
    double *budget_step;          /* [n_budgets] likewise */
    const bw_clockwork *clockwork;
} climb;

static void add_share(const climb *c, tally *t, int64_t arc, double share)
{
    int32_t n = c->arcs->n_measures, rep = c->arcs->rep[arc];
    const double *q = c->arcs->amount + arc * n;
    double *load = t->load + (int64_t)rep * n;
    double *curve = t->curve + (int64_t)rep * c->triangle;
    double bend = share * (1 - share) / c->tau;
    for (int32_t k = 0; k < n; k++) {
        load[k] += share * q[k];
        for (int32_t j = 0; j <= k; j++)
            *curve++ += bend * q[k] * q[j];
    }
}

/* Reps that share the unit, v / total each, feel each other's prices. */
static void tie(const climb *c, tally *t, int32_t unit, const double *v,
                double total)
{
    const bw_arcs *arcs = c->arcs;
    int64_t first = arcs->first[unit], n = arcs->first[unit + 1] - first;
    int32_t n_measures = arcs->n_measures;
    for (int64_t i = 0; i < n; i++) {
        if (v[i] < slight * total)
            continue;
        for (int64_t j = 0; j < i; j++)
            if (v[j] >= slight * total)
                bw_couples_add(&t->couples, arcs->rep[first + i],
                               arcs->rep[first + j],
                               v[i] * v[j] / (total * total * c->tau),
                               arcs->amount + (first + i) * n_measures,
                               arcs->amount + (first + j) * n_measures);
    }
}

/* Uses of one unit vary between its reps as its choice does. */
static void add_uses(const climb *c, tally *t, int32_t unit, const double *v,
                     double total)
{
    const bw_arcs *arcs = c->arcs;
    int64_t first = arcs->first[unit], n = arcs->first[unit + 1] - first;
    for (int32_t g = 0; g < c->view->n_budgets; g++) {
        double mean = 0, square = 0;
        for (int64_t i = 0; i < n; i++) {
            if (v[i] == 0)
                continue;
            double use = bw_from_quanta(bw_instance_use(
                c->view->instance, g, unit, arcs->rep[first + i]));
            mean += v[i] / total * use;
            square += v[i] / total * use * use;
        }
        t->use[g] += mean;
        t->bend[g] += (square - mean * mean) / c->tau;
    }
}

static void take_unit(const climb *c, tally *t, int32_t unit, double *v)
{
    const bw_arcs *arcs = c->arcs;
    int64_t first = arcs->first[unit], n = arcs->first[unit + 1] - first;
    int32_t n_measures = arcs->n_measures;
    double least = (double)INFINITY, total = 0;
    for (int64_t i = 0; i < n; i++) {
        const double *price =
            c->price + (int64_t)arcs->rep[first + i] * n_measures;
        const double *q = arcs->amount + (first + i) * n_measures;
        double value = arcs->cost[first + i];
        for (int32_t k = 0; k < n_measures; k++)
            value += price[k] * q[k];
        value += bw_view_charge(c->view, unit, arcs->rep[first + i], c->price);
        v[i] = value;
        least = value < least ? value : least;
    }
    if (n == 0)
        return;
    t->value += least;
    double reach = faint * c->tau;
    for (int64_t i = 0; i < n; i++) {
        double above = v[i] - least;
        v[i] = above > reach ? 0 : above > 0 ? exp(-above / c->tau) : 1;
        total += v[i];
    }
    for (int64_t i = 0; i < n; i++)
        if (v[i] > 0)
            add_share(c, t, first + i, v[i] / total);
    tie(c, t, unit, v, total);
    add_uses(c, t, unit, v, total);
}

static bw_status take_chunk(void *data, int worker, int32_t number)
{
    climb *c = data;
    tally *t = &c->tally[number];
    int64_t n_reps = c->view->n_reps, n_units = c->view->n_units;
    (void)worker;
    if (bw_clockwork_over(c->clockwork))
        return BW_OK; /* nobody will ask for the sums */
    t->value = 0;
    bw_couples_clear(&t->couples);
    memset(t->load, 0, (size_t)c->room * sizeof(double));
    for (int64_t unit = n_units * number / CHUNKS;
         unit < n_units * (number + 1) / CHUNKS; unit++)
        take_unit(c, t, (int32_t)unit, c->scratch + number * n_reps);
    return BW_OK;
}

/* Adds all tallies to the first, in order; returns the true L(p). */
static double look(climb *c, int threads)
{
    bw_parallel(threads, CHUNKS, take_chunk, c);
    int64_t n = c->room;
    double value = c->tally[0].value;
    for (int i = 1; i < CHUNKS; i++) {
        value += c->tally[i].value;
        for (int64_t j = 0; j < n; j++)
            c->tally[0].load[j] += c->tally[i].load[j];
    }
    for (int32_t rep = 0; rep < c->view->n_reps; rep++)
        value -= bw_view_band(c->view, rep, c->price);
    return value - bw_view_budgets(c->view, c->price);
}

/* The price at which a load that falls by `bend` for each unit of price meets
 * the band, given the load at the present price. */
static double meet(const bw_view *view, int64_t at, double price, double load,
                   double bend)
{
    double top = price + (load - view->high[at]) / bend;
    if (top > 0)
        return fmin(top, view->most[at]);
    double bottom = price + (load - view->low[at]) / bend;
    return bottom < 0 ? fmax(bottom, view->least[at]) : 0;
}

/* Maximises the model of one rep, one measure at a time, the others as they
 * are; `load` is what the model says at `goal`. */
static void settle(const climb *c, int32_t rep, double *goal, double *load)
{
    const bw_view *view = c->view;
    int32_t n = view->n_measures;
    int64_t first = (int64_t)rep * n;
    const double *curve = c->tally[0].curve + (int64_t)rep * c->triangle;
    for (int round = 0; round < ROUNDS; round++)
        for (int32_t k = 0; k < n; k++) {
            double bend = curve[k * (k + 1) / 2 + k];
            double least_bend = (fabs(load[k]) + 1e-9) * 1e-9;
            if (view->least[first + k] >= view->most[first + k])
                continue;
            double next =
                meet(view, first + k, goal[k], load[k], bend + least_bend);
            double moved = next - goal[k];
            goal[k] = next;
            for (int32_t j = 0; j < n; j++)
                load[j] -= moved * (j <= k ? curve[k * (k + 1) / 2 + j]
                                           : curve[j * (j + 1) / 2 + k]);
        }
}

/* What neighbours gain when this rep's prices have moved. */
static void pass_on(const climb *c, int32_t rep, const double *moved,
                    double *load)
{
    const bw_neighbours *near = &c->neighbours;
    int32_t n = c->view->n_measures;
    for (int64_t i = near->first[rep]; i < near->first[rep + 1]; i++) {
        double *to = load + (int64_t)near->other[i] * n;
        const double *block = near->block + i * n * n;
        for (int32_t k = 0; k < n; k++)
            for (int32_t j = 0; j < n; j++)
                to[j] += moved[k] * block[k * n + j];
    }
}

/* The Newton step of all reps: the model is maximised rep by rep, again and
 * again, to and fro. */
static void step_all(climb *c, double damping, double *price)
{
    const bw_view *view = c->view;
    int32_t n = view->n_measures, n_reps = view->n_reps;
    size_t size = (size_t)n_reps * (size_t)n;
    double *goal = c->goal, *load = c->tally[0].load;
    memcpy(goal, price, size * sizeof *goal);
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int32_t i = 0; i < n_reps; i++) {
            int32_t rep = sweep % 2 ? n_reps - 1 - i : i;
            double moved[BW_MEASURES_MAX];
            double *g = goal + (int64_t)rep * n;
            for (int32_t k = 0; k < n; k++)
                moved[k] = -g[k];
            settle(c, rep, g, load + (int64_t)rep * n);
            for (int32_t k = 0; k < n; k++)
                moved[k] += g[k];
            pass_on(c, rep, moved, load);
        }
    for (int64_t at = 0; at < (int64_t)size; at++) {
        double longest = c->step[at % n],
               change = damping * (goal[at] - price[at]);
        price[at] += fmin(fmax(change, -longest), longest);
    }
}

/* The Newton step of each budget by itself: the price at which the soft use
 * meets the limit. */
static void step_budgets(const climb *c, double damping, double *price)
{
    const bw_view *view = c->view;
    int64_t first = bw_instance_windows(view->instance);
    const tally *t = &c->tally[0];
    for (int32_t g = 0; g < view->n_budgets; g++) {
        double *v = &price[first + g], most = c->budget_step[g];
        double bend = t->bend[g] + (t->use[g] + 1e-9) * 1e-9;
        double change = damping * (t->use[g] - view->high[first + g]) / bend;
        *v = fmax(0, *v + fmin(fmax(change, -most), most));
    }
}

static bool alloc_climb(climb *c)
{
    size_t n_reps = (size_t)c->view->n_reps;
    size_t n_loads = n_reps * (size_t)c->view->n_measures;
    size_t n_curve = n_reps * (size_t)c->triangle;
    size_t n_budgets = (size_t)c->view->n_budgets;
    size_t room = n_loads + n_curve + 2 * n_budgets;
    c->room = (int64_t)room;
    c->memory = bw_alloc(CHUNKS * room, sizeof(double));
    c->budget_step = bw_alloc(n_budgets, sizeof(double));
    c->scratch = bw_alloc(CHUNKS * n_reps, sizeof(double));
    c->goal = bw_alloc(n_loads, sizeof(double));
    bool there = c->memory && c->scratch && c->goal && c->budget_step;
    for (size_t i = 0; i < CHUNKS; i++)
        there &=
            bw_couples_init(&c->tally[i].couples, c->view->n_measures) == BW_OK;
    if (!there)
        return false;
    for (size_t i = 0; i < CHUNKS; i++) {
        c->tally[i].load = c->memory + i * room;
        c->tally[i].curve = c->tally[i].load + n_loads;
        c->tally[i].use = c->tally[i].curve + n_curve;
        c->tally[i].bend = c->tally[i].use + n_budgets;
    }
    return true;
}

/* Sets the longest step of each price: a tenth of its range, and never more
 * than ten times what makes an average unit's amount worth its cost, which it
 * returns. */
static double measure_scale(climb *c)
{
    double amount[BW_MEASURES_MAX];
    double scale = bw_arcs_scale(c->arcs, amount);
    for (int32_t k = 0; k < c->arcs->n_measures; k++) {
        double over = c->view->over[k], under = c->view->under[k];
        double range =
            fmax(isfinite(over) ? over : 0, isfinite(under) ? under : 0);
        double natural = amount[k] > 0 ? 10 * scale / amount[k] : 0;
        c->step[k] =
            longest_step * (range > 0 ? fmin(range, natural) : natural);
    }
    for (int32_t g = 0; g < c->view->n_budgets; g++)
        c->budget_step[g] = longest_step * 10 * scale /
                            bw_instance_typical_use(c->view->instance, g);
    return scale;
}

/* Brings together what the chunks found of neighbours. */
static bw_status couple(climb *c)
{
    bw_couples part[CHUNKS];
    for (int i = 0; i < CHUNKS; i++)
        part[i] = c->tally[i].couples;
    bw_status status =
        bw_couples_merge(part, CHUNKS, c->view->n_reps, &c->neighbours);
    for (int i = 0; i < CHUNKS; i++)
        c->tally[i].couples = part[i];
    return status;
}

static bw_status rise(climb *c, const bw_ascent_settings *settings,
                      double *best, double *value)
{
    size_t n = (size_t)bw_instance_prices(c->view->instance);
    double scale = measure_scale(c), *price = best + n; /* there is room */
    int threads =
        c->arcs->first[c->arcs->n_units] > 20000 ? settings->threads : 1;
    memcpy(price, best, n * sizeof *price);
    c->price = price;
    *value = -(double)INFINITY;
    for (int pass = 0; pass < settings->passes; pass++) {
        double part =
            settings->passes > 1 ? pass / (settings->passes - 1.0) : 1;
        c->tau =
            scale * settings->hot * pow(settings->cold / settings->hot, part);
        double now = look(c, threads);
        if (bw_clockwork_over(c->clockwork))
            return BW_OK;
        if (now > *value) {
            *value = now;
            memcpy(best, price, n * sizeof *best);
        }
        bw_status status = couple(c);
        if (status != BW_OK)
            return status;
        step_all(c, settings->damping, price);
        step_budgets(c, settings->damping, price);
    }
    return BW_OK;
}

bw_status bw_ascend(const bw_view *view, const bw_arcs *arcs,
                    const bw_ascent_settings *settings,
                    const bw_clockwork *clockwork, double *price, double *value)
{
    size_t n = (size_t)bw_instance_prices(view->instance);
    climb c = {.view = view, .arcs = arcs, .clockwork = clockwork};
    c.triangle = view->n_measures * (view->n_measures + 1) / 2;
    double *room = bw_alloc(2 * n, sizeof *room);
    bw_status status = room && alloc_climb(&c) ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        memcpy(room, price, n * sizeof *room);
        status = rise(&c, settings, room, value);
        memcpy(price, room, n * sizeof *room);
    }
    bw_free(room);
    bw_free(c.memory);
    bw_free(c.scratch);
    bw_free(c.goal);
    bw_free(c.budget_step);
    bw_neighbours_done(&c.neighbours);
    for (int i = 0; i < CHUNKS; i++)
        bw_couples_done(&c.tally[i].couples);
    return status;
}
