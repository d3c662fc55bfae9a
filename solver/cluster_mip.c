/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns: shortage and excess of each window, then the cluster's arcs whose
 * reduced cost is within theta = plan - relaxed. A solution with any other arc
 * costs more than relaxed + theta = plan, so leaving it out loses nothing below
 * the plan's value, and the plan's value is the cutoff. A unit inside with a
 * single arc is a constant. Branching goes for large units first: they are what
 * breaks integrality, and a bound rises fastest on them. */
#include "cluster_mip.h"

#include "bw/alloc.h"

#include <math.h>

/* Arcs this far beyond theta, in parts of it, stay in: rounding. */
static const double slack_part = 1e-9;

typedef struct program {
    bw_cluster_mip *c;
    bw_mip *mip;
    int32_t *place;  /* [view->n_reps] number inside the cluster */
    double *fixed;   /* [windows] loads of constant units */
    double *load;    /* [windows] of the first basis */
    double constant; /* their cost */
    int64_t *arc;    /* [n_arcs] by column */
    int32_t *owner;  /* [n_arcs] number of the unit inside the cluster */
    int32_t *first;  /* [n_units + 1] columns of each unit, from 0 */
    double *weight;  /* [2 windows + n_arcs] */
    int32_t windows, n_arcs, n_rows;
    int32_t *row; /* [n_units] or -1 */
    double scale; /* money per unit of the program's objective */
} program;

static double arc_cost(const bw_cluster_mip *c, int32_t unit, int64_t arc)
{
    double u = c->unit_price[unit];
    return c->arcs->cost[arc] - (isnan(u) ? 0 : u);
}

/* Cost under the prices. */
static double arc_value(const bw_cluster_mip *c, int32_t unit, int64_t arc)
{
    int32_t n = c->arcs->n_measures;
    double v = arc_cost(c, unit, arc);
    for (int32_t k = 0; k < n; k++)
        v += c->price[(int64_t)c->arcs->rep[arc] * n + k] *
             c->arcs->amount[arc * n + k];
    return v;
}

static bool is_here(const bw_cluster_mip *c, int64_t arc)
{
    return c->of_rep[c->arcs->rep[arc]] == c->cluster;
}

/* The least value of a unit in this cluster; outside counts 0. */
static double least_value(const bw_cluster_mip *c, int32_t unit)
{
    const bw_arcs *arcs = c->arcs;
    double least = isnan(c->unit_price[unit]) ? (double)INFINITY : 0;
    for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
        if (is_here(c, a))
            least = fmin(least, arc_value(c, unit, a));
    return least;
}

void bw_cluster_mip_relax(bw_cluster_mip *c)
{
    double sum = 0;
    for (int32_t i = 0; i < c->n_units; i++)
        sum += least_value(c, c->unit[i]);
    for (int32_t i = 0; i < c->n_reps; i++)
        sum -= bw_view_band(c->view, c->rep[i], c->price);
    c->relaxed = sum;
}

/* Lists the columns of each unit that are within theta. */
static void list_arcs(program *p)
{
    const bw_cluster_mip *c = p->c;
    const bw_arcs *arcs = c->arcs;
    double theta = c->plan - c->relaxed;
    double room = theta + slack_part * (fabs(theta) + fabs(c->plan));
    p->n_arcs = 0;
    for (int32_t i = 0; i < c->n_units; i++) {
        int32_t unit = c->unit[i];
        double least = least_value(c, unit);
        p->first[i] = p->n_arcs;
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++) {
            if (!is_here(c, a) || arc_value(c, unit, a) - least > room)
                continue;
            p->arc[p->n_arcs] = a;
            p->owner[p->n_arcs++] = i;
        }
    }
    p->first[c->n_units] = p->n_arcs;
}

static int32_t window_of(const program *p, int64_t arc, int32_t k)
{
    const bw_arcs *arcs = p->c->arcs;
    return p->place[arcs->rep[arc]] * arcs->n_measures + k;
}

static void add_load(const program *p, double *load, int64_t arc)
{
    const bw_arcs *arcs = p->c->arcs;
    for (int32_t k = 0; k < arcs->n_measures; k++)
        load[window_of(p, arc, k)] += arcs->amount[arc * arcs->n_measures + k];
}

/* Constants, and rows for the rest. */
static void number_rows(program *p)
{
    const bw_cluster_mip *c = p->c;
    p->n_rows = p->windows;
    for (int32_t i = 0; i < c->n_units; i++) {
        int32_t unit = c->unit[i], n = p->first[i + 1] - p->first[i];
        bool inside = isnan(c->unit_price[unit]);
        p->row[i] = -1;
        if (n == 0)
            continue;
        if (inside && n == 1) {
            p->constant += c->arcs->cost[p->arc[p->first[i]]];
            add_load(p, p->fixed, p->arc[p->first[i]]);
            continue;
        }
        p->row[i] = p->n_rows++;
    }
}

static void make_window(program *p, int32_t w, int64_t at, int32_t k)
{
    const bw_view *view = p->c->view;
    double low = view->low[at] - p->fixed[w];
    double high = view->high[at] - p->fixed[w];
    bool below = isfinite(low) && isfinite(view->under[k]);
    bool above = isfinite(high) && isfinite(view->over[k]);
    double in = p->load[w] - p->fixed[w];
    bool basic_below = below && in < low, basic_above = above && in > high;
    bw_mip_row(p->mip, w, low, fmax(low, high));
    bw_mip_column(p->mip, 2 * w, 0, below ? (double)INFINITY : 0,
                  below ? view->under[k] / p->scale : 0, false);
    bw_mip_column(p->mip, 2 * w + 1, 0, above ? (double)INFINITY : 0,
                  above ? view->over[k] / p->scale : 0, false);
    bw_mip_entries(p->mip, 2 * w, 1, &w, (double[]){1});
    bw_mip_entries(p->mip, 2 * w + 1, 1, &w, (double[]){-1});
    bw_mip_set_basis(p->mip, true, w,
                     basic_below   ? BW_AT_LOWER
                     : basic_above ? BW_AT_UPPER
                                   : BW_BASIC);
    bw_mip_set_basis(p->mip, false, 2 * w,
                     basic_below ? BW_BASIC : BW_AT_LOWER);
    bw_mip_set_basis(p->mip, false, 2 * w + 1,
                     basic_above ? BW_BASIC : BW_AT_LOWER);
}

/* The column of a unit that is basic at first, or -1: outside. */
static int32_t first_choice(const program *p, int32_t i)
{
    const bw_cluster_mip *c = p->c;
    int32_t unit = c->unit[i], best = -1;
    double least = isnan(c->unit_price[unit]) ? (double)INFINITY : 0;
    for (int32_t j = p->first[i]; j < p->first[i + 1]; j++) {
        double v = arc_value(c, unit, p->arc[j]);
        if (v < least) {
            least = v;
            best = j;
        }
    }
    return best;
}

static void make_arc(program *p, int32_t j)
{
    const bw_cluster_mip *c = p->c;
    const bw_arcs *arcs = c->arcs;
    int32_t n = arcs->n_measures, column = 2 * p->windows + j;
    int32_t i = p->owner[j], row[BW_MEASURES_MAX + 1];
    double value[BW_MEASURES_MAX + 1], size = 0;
    int64_t arc = p->arc[j];
    row[0] = p->row[i];
    value[0] = 1;
    for (int32_t k = 0; k < n; k++) {
        row[k + 1] = window_of(p, arc, k);
        value[k + 1] = arcs->amount[arc * n + k];
        size += fabs(value[k + 1]) * c->weight[k];
    }
    bool used = row[0] >= 0;
    p->weight[column] = size;
    bw_mip_column(p->mip, column, 0, used ? 1 : 0,
                  used ? arc_cost(c, c->unit[i], arc) / p->scale : 0, used);
    if (used)
        bw_mip_entries(p->mip, column, n + 1, row, value);
}

static void make_units(program *p)
{
    const bw_cluster_mip *c = p->c;
    for (int32_t j = 0; j < p->n_arcs; j++)
        make_arc(p, j);
    for (int32_t i = 0; i < c->n_units; i++) {
        int32_t best = p->row[i] >= 0 ? first_choice(p, i) : -1;
        if (p->row[i] < 0)
            continue;
        double least = isnan(c->unit_price[c->unit[i]]) ? 1 : 0;
        bw_mip_row(p->mip, p->row[i], least, 1);
        bw_mip_set_basis(p->mip, true, p->row[i],
                         best >= 0 ? BW_AT_UPPER : BW_BASIC);
        if (best < 0)
            continue;
        bw_mip_set_basis(p->mip, false, 2 * p->windows + best, BW_BASIC);
        add_load(p, p->load, p->arc[best]);
    }
}

static bw_status make_program(program *p)
{
    const bw_cluster_mip *c = p->c;
    int32_t first, n = c->arcs->n_measures;
    bw_status status = bw_mip_new(&p->mip);
    if (status == BW_OK)
        status = bw_mip_add_rows(p->mip, p->n_rows, &first);
    if (status == BW_OK)
        status = bw_mip_add_columns(p->mip, 2 * p->windows + p->n_arcs, &first);
    if (status != BW_OK)
        return status;
    for (int32_t w = 0; w < p->windows; w++)
        p->load[w] = p->fixed[w];
    make_units(p);
    for (int32_t w = 0; w < p->windows; w++)
        make_window(p, w, (int64_t)c->rep[w / n] * n + w % n, w % n);
    return BW_OK;
}

/* Columns that the relaxation's duals price above the cutoff are out. */
static void drop_dear(program *p, double cutoff)
{
    double value = bw_mip_objective(p->mip);
    double room = cutoff - value + slack_part * (1 + fabs(cutoff));
    for (int32_t j = 0; j < p->n_arcs; j++) {
        int32_t column = 2 * p->windows + j;
        if (p->row[p->owner[j]] < 0 ||
            bw_mip_get_basis(p->mip, false, column) != BW_AT_LOWER ||
            bw_mip_reduced_cost(p->mip, column) <= room)
            continue;
        bw_mip_column(p->mip, column, 0, 0,
                      arc_cost(p->c, p->c->unit[p->owner[j]], p->arc[j]) /
                          p->scale,
                      true);
    }
}

static void read_solution(program *p)
{
    bw_cluster_mip *c = p->c;
    c->found = true;
    if (!c->chosen)
        return;
    for (int32_t j = 0; j < p->n_arcs; j++) {
        int32_t i = p->owner[j];
        if (p->row[i] < 0 || bw_mip_value(p->mip, 2 * p->windows + j) > 0.5)
            c->chosen[c->unit[i]] = c->arcs->rep[p->arc[j]];
    }
}

static void tell(void *data, double bound)
{
    const program *p = data;
    p->c->raised(p->c->raised_data, p->c, bound * p->scale + p->constant);
}

static bw_status bound_program(program *p, const bw_mip_limits *limits)
{
    bw_cluster_mip *c = p->c;
    bw_mip_state state;
    bw_mip_limits with = *limits;
    with.has_cutoff = true;
    with.cutoff = (c->plan - p->constant) / p->scale;
    with.weight = p->weight;
    with.raised = c->raised ? tell : NULL;
    with.raised_data = p;
    bw_status status = bw_mip_solve_lp(p->mip, &with, &state);
    if (status == BW_OK && state == BW_MIP_OPTIMAL) {
        drop_dear(p, with.cutoff);
        status = bw_mip_solve(p->mip, &with, &state);
        c->bound = bw_mip_bound(p->mip) * p->scale + p->constant;
    }
    c->work += bw_mip_work(p->mip);
    if (status != BW_OK)
        return status;
    c->closed = state == BW_MIP_OPTIMAL || state == BW_MIP_INFEASIBLE;
    if (state == BW_MIP_INFEASIBLE)
        c->bound = c->plan;
    if (state == BW_MIP_OPTIMAL || state == BW_MIP_FEASIBLE)
        read_solution(p);
    return BW_OK;
}

static bool alloc_program(program *p)
{
    const bw_cluster_mip *c = p->c;
    size_t units = (size_t)c->n_units, arcs = 0;
    size_t windows = (size_t)c->n_reps * (size_t)c->arcs->n_measures;
    for (int32_t i = 0; i < c->n_units; i++)
        arcs += (size_t)(c->arcs->first[c->unit[i] + 1] -
                         c->arcs->first[c->unit[i]]);
    p->windows = (int32_t)windows;
    p->place = bw_alloc((size_t)c->view->n_reps, sizeof *p->place);
    p->fixed = bw_alloc(windows, sizeof *p->fixed);
    p->load = bw_alloc(windows, sizeof *p->load);
    p->arc = bw_alloc(arcs, sizeof *p->arc);
    p->owner = bw_alloc(arcs, sizeof *p->owner);
    p->first = bw_alloc(units + 1, sizeof *p->first);
    p->weight = bw_alloc(2 * windows + arcs, sizeof *p->weight);
    p->row = bw_alloc(units, sizeof *p->row);
    return p->place && p->fixed && p->load && p->arc && p->owner && p->first &&
           p->weight && p->row;
}

static void free_program(program *p)
{
    bw_mip_free(p->mip);
    bw_free(p->place);
    bw_free(p->fixed);
    bw_free(p->load);
    bw_free(p->arc);
    bw_free(p->owner);
    bw_free(p->first);
    bw_free(p->weight);
    bw_free(p->row);
}

bw_status bw_cluster_mip_solve(bw_cluster_mip *c, const bw_mip_limits *limits)
{
    program p = {.c = c};
    c->bound = fmin(c->relaxed, c->plan);
    c->closed = c->found = false;
    bw_status status = alloc_program(&p) ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        double size = fabs(c->plan) / (c->n_units > 0 ? c->n_units : 1);
        p.scale = size > 0 ? size : 1;
        for (int32_t i = 0; i < c->n_reps; i++)
            p.place[c->rep[i]] = i;
        list_arcs(&p);
        number_rows(&p);
        status = make_program(&p);
    }
    if (status == BW_OK)
        status = bound_program(&p, limits);
    free_program(&p);
    c->bound = fmin(fmax(c->bound, fmin(c->relaxed, c->plan)), c->plan);
    return status;
}
