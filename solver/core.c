/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns: one for each arc of a unit with a choice, cost less the unit's least
 * so that values stay small; then for each band the amounts short and beyond.
 * Rows: one for each such unit, sum = 1; one for each band. Units without a
 * choice are constants. Hard limits that the plan breaks now are elastic at a
 * high price, so that a program can mend what it can reach. */
#include "core.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Nothing under this share of the scale counts as an improvement. */
static const double least_gain = 1e-6;
static const double mending = 20; /* times the base price of a hard limit */

typedef struct program {
    bw_core *task;
    const bw_net *net;
    bw_mip *mip;
    int32_t *unit;  /* [n_units] units with a choice */
    int32_t *first; /* [n_units + 1] columns by unit */
    int64_t *arc;   /* [n_columns] */
    double *cost;   /* [n_columns] less the unit's least */
    double *start;  /* [n_columns + deviations] the present plan */
    double *weight; /* likewise */
    double *fixed;  /* [n_reps * n_measures] load of units without choice */
    double *load;   /* likewise: load now, of all */
    int32_t *place; /* [net reps] place in the set, -1 */
    int32_t n_units, n_columns, room_units, room_columns;
} program;

static void free_program(program *p)
{
    bw_mip_free(p->mip);
    bw_free(p->unit);
    bw_free(p->first);
    bw_free(p->arc);
    bw_free(p->cost);
    bw_free(p->start);
    bw_free(p->weight);
    bw_free(p->fixed);
    bw_free(p->load);
    bw_free(p->place);
}

static bool wanted(const program *p, int32_t unit, int64_t arc)
{
    const bw_core *task = p->task;
    int32_t rep = p->net->arcs->rep[arc];
    if (p->place[rep] < 0)
        return false;
    return p->net->reduced[arc] <= task->how.margin ||
           (!task->how.fresh && task->from->rep[unit] == rep);
}

static int32_t count_wanted(const program *p, int32_t unit)
{
    const int64_t *first = p->net->arcs->first;
    int32_t n = 0;
    for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++)
        n += wanted(p, unit, arc);
    return n;
}

/* Calls back for every unit of the set. */
typedef void each_unit(program *p, int32_t unit);

static void for_units(program *p, each_unit *call)
{
    const bw_core *task = p->task;
    for (int32_t i = 0; i < task->n_reps; i++) {
        int32_t rep = task->rep[i];
        for (int32_t j = task->member_first[rep];
             j < task->member_first[rep + 1]; j++)
            call(p, task->member[j]);
    }
}

static void count_unit(program *p, int32_t unit)
{
    int32_t n = count_wanted(p, unit);
    p->room_units++;
    p->room_columns += n;
}

static void add_load(const program *p, double *load, int64_t arc)
{
    int32_t n_measures = p->net->n_measures;
    int32_t place = p->place[p->net->arcs->rep[arc]];
    for (int32_t k = 0; k < n_measures; k++)
        load[place * n_measures + k] +=
            p->net->arcs->amount[arc * n_measures + k];
}

static void add_unit(program *p, int32_t unit)
{
    const bw_arcs *arcs = p->net->arcs;
    const bw_core *task = p->task;
    bool choice = count_wanted(p, unit) > 1;
    double least = INFINITY;
    int32_t begin = p->n_columns;
    for (int64_t arc = arcs->first[unit]; arc < arcs->first[unit + 1]; arc++) {
        if (!wanted(p, unit, arc))
            continue;
        bool now = task->from->rep[unit] == arcs->rep[arc];
        if (now)
            add_load(p, p->load, arc);
        if (!choice) {
            add_load(p, p->fixed, arc);
            return;
        }
        p->arc[p->n_columns] = arc;
        p->start[p->n_columns] = now;
        p->weight[p->n_columns] = p->net->size[unit];
        p->cost[p->n_columns++] = arcs->cost[arc];
        least = fmin(least, arcs->cost[arc]);
    }
    for (int32_t c = begin; c < p->n_columns; c++)
        p->cost[c] -= least;
    p->first[p->n_units] = begin;
    p->unit[p->n_units++] = unit;
    p->first[p->n_units] = p->n_columns;
}

static bw_status collect(program *p)
{
    const bw_core *task = p->task;
    size_t n_bands = (size_t)task->n_reps * (size_t)p->net->n_measures;
    p->place = bw_alloc((size_t)p->net->n_reps, sizeof *p->place);
    if (!p->place)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < p->net->n_reps; rep++)
        p->place[rep] = -1;
    for (int32_t i = 0; i < task->n_reps; i++)
        p->place[task->rep[i]] = i;
    for_units(p, count_unit);
    size_t columns = (size_t)p->room_columns;
    p->unit = bw_alloc((size_t)p->room_units, sizeof *p->unit);
    p->first = bw_alloc((size_t)p->room_units + 1, sizeof *p->first);
    p->arc = bw_alloc(columns, sizeof *p->arc);
    p->cost = bw_alloc(columns, sizeof *p->cost);
    p->start = bw_alloc(columns + 2 * n_bands, sizeof *p->start);
    p->weight = bw_alloc(columns + 2 * n_bands, sizeof *p->weight);
    p->fixed = bw_alloc(n_bands, sizeof *p->fixed);
    p->load = bw_alloc(n_bands, sizeof *p->load);
    if (!p->unit || !p->first || !p->arc || !p->cost || !p->start ||
        !p->weight || !p->fixed || !p->load)
        return BW_NOMEM;
    for_units(p, add_unit);
    return BW_OK;
}

/* Price of a deviation; INFINITY: not allowed, 0: free. */
static double deviation_price(const program *p, double limit_price, bool hard,
                              bool broken)
{
    if (!hard)
        return limit_price;
    return broken && !p->task->how.fresh ? mending * limit_price : INFINITY;
}

static void set_deviation(program *p, int32_t column, int32_t row, double price,
                          double sign)
{
    bool there = price > 0 && price < INFINITY;
    bw_mip_column(p->mip, column, 0, there ? INFINITY : 0, there ? price : 0,
                  false);
    bw_mip_entries(p->mip, column, 1, &row, &sign);
}

/* One band: its row, and the columns short and beyond. */
static void set_band(program *p, int32_t at, double *value)
{
    int32_t n_measures = p->net->n_measures;
    int32_t rep = p->task->rep[at / n_measures], k = at % n_measures;
    const bw_band *b = &p->net->band[(int64_t)rep * n_measures + k];
    double tiny = 1e-9 * (1 + fabs(p->load[at]));
    double below = b->low - p->load[at], above = p->load[at] - b->high;
    double under = deviation_price(p, b->under, b->hard_under, below > tiny);
    double over = deviation_price(p, b->over, b->hard_over, above > tiny);
    int32_t row = p->n_units + at, column = p->n_columns + 2 * at;
    double low =
        under > 0 && b->low > -1e299 ? b->low - p->fixed[at] : -INFINITY;
    double high =
        over > 0 && b->high < 1e299 ? b->high - p->fixed[at] : INFINITY;
    bw_mip_row(p->mip, row, low, high);
    set_deviation(p, column, row, low > -INFINITY ? under : 0, 1);
    set_deviation(p, column + 1, row, high < INFINITY ? over : 0, -1);
    bw_mip_set_basis(p->mip, true, row, BW_BASIC);
    bw_mip_set_basis(p->mip, false, column, BW_AT_LOWER);
    bw_mip_set_basis(p->mip, false, column + 1, BW_AT_LOWER);
    if (below > 0 && under < INFINITY && under > 0) {
        p->start[column] = below;
        *value += under * below;
    }
    if (above > 0 && over < INFINITY && over > 0) {
        p->start[column + 1] = above;
        *value += over * above;
    }
}

static void set_column(program *p, int32_t column, int32_t row)
{
    int32_t index[BW_MEASURES_MAX + 1];
    double value[BW_MEASURES_MAX + 1];
    int32_t n_measures = p->net->n_measures, n = 0;
    int64_t arc = p->arc[column];
    int32_t place = p->place[p->net->arcs->rep[arc]];
    index[n] = row;
    value[n++] = 1;
    for (int32_t k = 0; k < n_measures; k++) {
        index[n] = p->n_units + place * n_measures + k;
        value[n++] = p->net->arcs->amount[arc * n_measures + k];
    }
    bw_mip_column(p->mip, column, 0, 1, p->cost[column], true);
    bw_mip_entries(p->mip, column, n, index, value);
    bw_mip_set_basis(p->mip, false, column, BW_AT_LOWER);
}

/* The basis to begin with: each unit's row at its bound with its cheapest
 * column, band rows basic; triangular, so always regular. */
static void set_units(program *p, double *value)
{
    for (int32_t i = 0; i < p->n_units; i++) {
        bw_mip_row(p->mip, i, 1, 1);
        bw_mip_set_basis(p->mip, true, i, BW_AT_LOWER);
        int32_t best = p->first[i];
        for (int32_t c = p->first[i]; c < p->first[i + 1]; c++) {
            set_column(p, c, i);
            *value += p->start[c] * p->cost[c];
            if (p->net->reduced[p->arc[c]] < p->net->reduced[p->arc[best]])
                best = c;
        }
        bw_mip_set_basis(p->mip, false, best, BW_BASIC);
    }
}

static bw_status build(program *p)
{
    int32_t n_bands = p->task->n_reps * p->net->n_measures, first;
    bw_status status = bw_mip_new(&p->mip);
    if (status != BW_OK)
        return status;
    status = bw_mip_add_rows(p->mip, p->n_units + n_bands, &first);
    if (status != BW_OK)
        return status;
    status = bw_mip_add_columns(p->mip, p->n_columns + 2 * n_bands, &first);
    if (status != BW_OK)
        return status;
    double value = 0;
    set_units(p, &value);
    for (int32_t at = 0; at < n_bands; at++)
        set_band(p, at, &value);
    p->task->value = p->task->how.fresh ? INFINITY : value;
    return BW_OK;
}

/* Columns that no better plan can use, or must use, by the relaxation's reduced
 * costs; the share of columns that stays open is what is left to search. */
static void fix_columns(program *p, double room)
{
    for (int32_t c = 0; c < p->n_columns; c++) {
        double reduced = bw_mip_reduced_cost(p->mip, c);
        double x = bw_mip_value(p->mip, c);
        if (x < 1e-7 && reduced > room)
            bw_mip_column(p->mip, c, 0, 0, p->cost[c], true);
        else if (x > 1 - 1e-7 && -reduced > room)
            bw_mip_column(p->mip, c, 1, 1, p->cost[c], true);
    }
}

static bw_status take_moves(program *p)
{
    bw_core *task = p->task;
    task->moves = bw_alloc((size_t)p->n_units, sizeof *task->moves);
    if (!task->moves)
        return BW_NOMEM;
    for (int32_t i = 0; i < p->n_units; i++) {
        int32_t best = p->first[i];
        double most = -1;
        for (int32_t c = p->first[i]; c < p->first[i + 1]; c++) {
            double x = bw_mip_value(p->mip, c);
            if (x > most) {
                most = x;
                best = c;
            }
        }
        int32_t rep = p->net->arcs->rep[p->arc[best]];
        if (rep != task->from->rep[p->unit[i]] || task->how.fresh)
            task->moves[task->n_moves++] = (bw_move){p->unit[i], rep};
    }
    return BW_OK;
}

/* An iteration costs about in proportion to the rows. */
static void count_work(program *p)
{
    int64_t rows = p->n_units + (int64_t)p->task->n_reps * p->net->n_measures;
    p->task->work = 50000 + 2000 * (int64_t)p->n_columns +
                    bw_mip_work(p->mip) * (4000 + 60 * rows);
}

static bw_status run(program *p)
{
    bw_core *task = p->task;
    bw_mip_limits limits = {.iterations = task->how.iterations,
                            .stop = task->stop};
    bw_mip_state state;
    bw_status status = bw_mip_solve_lp(p->mip, &limits, &state);
    if (status != BW_OK)
        return status;
    double least = least_gain * p->net->scale, value = task->value;
    task->bound = -INFINITY;
    if (state == BW_MIP_INFEASIBLE)
        task->bound = INFINITY;
    task->solved = state == BW_MIP_INFEASIBLE;
    if (state != BW_MIP_OPTIMAL)
        return BW_OK;
    double relaxed = bw_mip_objective(p->mip);
    if (relaxed >= value - least) {
        task->bound = fmin(relaxed, value);
        task->solved = true;
        return BW_OK;
    }
    fix_columns(p, value - relaxed - least);
    limits.nodes = task->how.nodes;
    limits.start = task->how.fresh ? NULL : p->start;
    limits.has_cutoff = !task->how.fresh;
    limits.cutoff = value - least;
    limits.weight = task->how.by_size ? p->weight : NULL;
    limits.depth_first = !task->how.prove;
    status = bw_mip_solve(p->mip, &limits, &state);
    if (status != BW_OK)
        return status;
    task->solved = state == BW_MIP_OPTIMAL || state == BW_MIP_INFEASIBLE;
    task->bound = fmax(relaxed, fmin(bw_mip_bound(p->mip), value));
    if (state != BW_MIP_OPTIMAL && state != BW_MIP_FEASIBLE)
        return BW_OK;
    task->gain = value - bw_mip_objective(p->mip);
    return take_moves(p);
}

bw_status bw_core_solve(bw_core *core)
{
    program p = {.task = core, .net = core->net};
    bw_status status = collect(&p);
    if (status == BW_OK)
        status = build(&p);
    if (status == BW_OK)
        status = run(&p);
    if (p.mip)
        count_work(&p);
    free_program(&p);
    return status;
}
