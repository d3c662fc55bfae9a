/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Among a city's reps thousands of units are nearly tied: the cheapest rep by
 * reduced cost alone would be the same for all of them. So each unit is shared
 * out as in the ascent, exp(-d / tau); these shares sum up to the loads that
 * the prices balance. Units come in a mixed order, and each goes as a whole to
 * where its reduced cost and the distance of loads from what the shares of all
 * units so far sum up to are least. Afterwards units are gone through in order,
 * each to where the plan is cheapest with the others as they are; limits are
 * softer at first, so that load flows over several reps. On 100,000 units with
 * 200 reps this ends 0.8 % above the bound, with 20,000 and 100 2.5 %. */
#include "fill.h"

#include <math.h>
#include <string.h>

enum {
    PASSES = 12,     /* of single moves at most, */
    SOFT_PASSES = 4, /* the first of them with softer limits */
    WATCH = 4096,    /* units between looks at the stop */
    QUICK = 1000000  /* so few arcs that all passes take less than a second:
                      * the first plan may be the only one */
};

static const double warmth = 0.01;     /* tau, in mean costs */
static const double first_soft = 0.02; /* of a mean load */
static const double little = 1e-5;     /* a gain of the whole cost that is worth
                                        * another pass */

typedef struct filling {
    const bw_net *net;
    double *load; /* [n_reps * n_measures] */
    double *due;  /* likewise: what the shares so far sum up to */
    double mean[BW_MEASURES_MAX]; /* load of a rep */
    double soft; /* outside a limit up to so much of a mean load, its price
                  * rises to what it is */
} filling;

/* Money for an amount outside a limit; up to `soft` it is dear by and by. */
static double penalty(double price, double outside, double soft)
{
    if (outside <= 0)
        return 0;
    return price * (outside < soft ? outside * outside / (2 * soft)
                                   : outside - soft / 2);
}

/* What the rep's deviations cost more when the arc's amounts are added (sign 1)
 * or taken. */
static double change(const filling *f, int64_t arc, int sign)
{
    const bw_net *net = f->net;
    int32_t n = net->n_measures;
    int64_t first = (int64_t)net->arcs->rep[arc] * n;
    const double *amount = net->arcs->amount + arc * n;
    double sum = 0;
    for (int32_t k = 0; k < n; k++) {
        const bw_band *band = &net->band[first + k];
        double before = f->load[first + k], soft = f->soft * f->mean[k];
        double after = before + sign * amount[k];
        sum += penalty(band->under, band->low - after, soft) -
               penalty(band->under, band->low - before, soft);
        sum += penalty(band->over, after - band->high, soft) -
               penalty(band->over, before - band->high, soft);
        sum -= band->price * (after - before);
    }
    return sum;
}

static void add(filling *f, int64_t arc, int sign)
{
    const bw_net *net = f->net;
    int32_t n = net->n_measures;
    double *load = f->load + (int64_t)net->arcs->rep[arc] * n;
    for (int32_t k = 0; k < n; k++)
        load[k] += sign * net->arcs->amount[arc * n + k];
}

static int64_t best_arc(const filling *f, int32_t unit, double *least)
{
    const int64_t *first = f->net->arcs->first;
    int64_t best = -1;
    *least = (double)INFINITY;
    for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++) {
        double cost = f->net->reduced[arc] + change(f, arc, 1);
        if (cost < *least) {
            *least = cost;
            best = arc;
        }
    }
    return best;
}

static void measure_loads(filling *f)
{
    const bw_arcs *arcs = f->net->arcs;
    int32_t n = arcs->n_measures;
    for (int32_t unit = 0; unit < arcs->n_units; unit++)
        for (int32_t k = 0; k < n; k++)
            f->mean[k] += fabs(arcs->amount[arcs->first[unit] * n + k]);
    for (int32_t k = 0; k < n; k++)
        f->mean[k] /= f->net->n_reps;
}

/* An odd step beside 0.618 n that has no divisor in common with n. */
static int64_t stride(int64_t n)
{
    int64_t step = (int64_t)(0.6180339887 * (double)n) | 1;
    for (;; step += 2) {
        int64_t a = n, b = step;
        while (b) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1)
            return step;
    }
}

/* Mean least cost of a unit, in which the ascent measures its temperature. */
static double mean_least_cost(const bw_net *net)
{
    double sum = 0;
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        double least = (double)INFINITY;
        for (int64_t arc = net->arcs->first[unit];
             arc < net->arcs->first[unit + 1]; arc++)
            least = fmin(least, net->arcs->cost[arc]);
        sum += fabs(least);
    }
    return sum > 0 ? sum / net->n_units : net->scale;
}

/* Adds the unit's shares to what loads should be by now. */
static void expect(filling *f, int32_t unit, double tau)
{
    const bw_net *net = f->net;
    int64_t from = net->arcs->first[unit], to = net->arcs->first[unit + 1];
    int32_t n = net->n_measures;
    double total = 0;
    for (int64_t arc = from; arc < to; arc++)
        total += exp(-net->reduced[arc] / tau);
    for (int64_t arc = from; arc < to; arc++) {
        double share = exp(-net->reduced[arc] / tau) / total;
        double *due = f->due + (int64_t)net->arcs->rep[arc] * n;
        for (int32_t k = 0; k < n; k++)
            due[k] += share * net->arcs->amount[arc * n + k];
    }
}

/* What it costs to be off the expected load: as much as the arc's amounts are
 * worth, when a rep is off by `soft` of a mean load. */
static double astray(const filling *f, int64_t arc)
{
    const bw_net *net = f->net;
    int32_t n = net->n_measures;
    int64_t first = (int64_t)net->arcs->rep[arc] * n;
    double sum = 0;
    for (int32_t k = 0; k < n; k++) {
        const bw_band *band = &net->band[first + k];
        double q = net->arcs->amount[arc * n + k];
        double off = f->load[first + k] - f->due[first + k];
        double price = fmax(band->under, band->over);
        if (f->mean[k] > 0)
            sum += price * q * (off + q / 2) / (f->soft * f->mean[k]);
    }
    return sum;
}

/* When time is up, the shares stay what they were. */
static void spread(filling *f, const atomic_int *stop, int32_t *rep)
{
    bool over = false;
    int64_t n = f->net->n_units, step = stride(n), unit = 0;
    double tau = mean_least_cost(f->net) * warmth;
    for (int64_t i = 0; i < n; i++, unit = (unit + step) % n) {
        const int64_t *first = f->net->arcs->first + unit;
        over = i % WATCH == 0 ? atomic_load(stop) != 0 : over;
        if (!over)
            expect(f, (int32_t)unit, tau);
        double least = (double)INFINITY;
        int64_t best = first[0];
        for (int64_t arc = first[0]; arc < first[1]; arc++) {
            double cost = f->net->reduced[arc] +
                          (over ? change(f, arc, 1) : astray(f, arc));
            if (cost < least) {
                least = cost;
                best = arc;
            }
        }
        add(f, best, 1);
        rep[unit] = f->net->arcs->rep[best];
    }
}

/* Moves single units; what that gains. */
static double settle(filling *f, const atomic_int *stop, int32_t *rep)
{
    double gain = 0;
    for (int32_t unit = 0; unit < f->net->n_units; unit++) {
        if (unit % WATCH == 0 && atomic_load(stop))
            return 0;
        int64_t now = bw_net_arc(f->net, unit, rep[unit]);
        double stay = f->net->reduced[now], least;
        stay -= change(f, now, -1);
        add(f, now, -1);
        int64_t best = best_arc(f, unit, &least);
        if (least >= stay - 1e-9 * (1 + fabs(stay)))
            best = now;
        else
            gain += stay - least;
        add(f, best, 1);
        rep[unit] = f->net->arcs->rep[best];
    }
    return gain;
}

bw_status bw_fill(const bw_net *net, const atomic_int *stop, int32_t *rep,
                  int64_t *work)
{
    size_t n = (size_t)net->n_reps * (size_t)net->n_measures;
    filling f = {.net = net, .soft = first_soft};
    f.load = bw_alloc(2 * n, sizeof *f.load);
    if (!f.load)
        return BW_NOMEM;
    f.due = f.load + n;
    measure_loads(&f);
    const atomic_int never = 0;
    if (net->arcs->first[net->n_units] <= QUICK)
        stop = &never;
    int64_t look = net->arcs->first[net->n_units] * (8 + 4 * net->n_measures);
    spread(&f, stop, rep);
    *work += 3 * look;
    for (int pass = 0; pass < PASSES; pass++) {
        f.soft = pass < SOFT_PASSES ? f.soft / 2 : 0;
        double gain = settle(&f, stop, rep);
        *work += look;
        if (pass > SOFT_PASSES && gain <= little * fabs(net->base))
            break;
    }
    bw_free(f.load);
    return BW_OK;
}
