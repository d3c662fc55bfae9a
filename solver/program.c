/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns are x[u,r] of units with a choice inside the set, cost c less the
 * unit's least, then s and t of each of its bands, then what exceeds each
 * budget; rows are units, bands, budgets. A unit with a single arc is a
 * constant, taken off low, high and what may be used. A hard limit has neither
 * s nor t, except where the plan breaks it: there they cost `mending` times
 * its base price, so that the plan stays a solution. Of each budget the set
 * may use what it uses now and its share of what is left, so that sets solved
 * side by side keep B[g] together. Budgets' rows count in typical uses, bands
 * in units of measure. */
#include "program.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double mending = 20; /* times the base price of a hard limit */

void bw_program_free(bw_program *p)
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
    bw_free(p->fixed_use);
    bw_free(p->use);
    bw_free(p->place);
    bw_free(p->index);
    bw_free(p->entry);
}

void bw_scope_use(const bw_net *net, const int32_t *rep, int64_t *use)
{
    for (int32_t g = 0; g < net->n_budgets; g++) {
        use[g] = 0;
        for (int32_t unit = 0; unit < net->n_units; unit++)
            use[g] += bw_instance_use(net->instance, g, unit, rep[unit]);
    }
}

static bool wanted(const bw_program *p, int32_t unit, int64_t arc)
{
    const bw_scope *scope = p->scope;
    int32_t rep = p->net->arcs->rep[arc];
    if (p->place[rep] < 0)
        return false;
    return p->net->reduced[arc] <= scope->margin ||
           (!scope->fresh && scope->from[unit] == rep);
}

static int32_t count_wanted(const bw_program *p, int32_t unit)
{
    const int64_t *first = p->net->arcs->first;
    int32_t n = 0;
    for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++)
        n += wanted(p, unit, arc);
    return n;
}

/* Calls back for every unit of the set. */
typedef void each_unit(bw_program *p, int32_t unit);

static void for_units(bw_program *p, each_unit *call)
{
    const bw_scope *scope = p->scope;
    for (int32_t i = 0; i < scope->n_reps; i++) {
        int32_t rep = scope->rep[i];
        for (int32_t j = scope->member_first[rep];
             j < scope->member_first[rep + 1]; j++)
            call(p, scope->member[j]);
    }
}

static void count_unit(bw_program *p, int32_t unit)
{
    int32_t n = count_wanted(p, unit);
    p->room_units++;
    p->room_columns += n;
}

static void add_load(const bw_program *p, double *load, int64_t arc)
{
    int32_t n_measures = p->net->n_measures;
    int32_t place = p->place[p->net->arcs->rep[arc]];
    for (int32_t k = 0; k < n_measures; k++)
        load[place * n_measures + k] +=
            p->net->arcs->amount[arc * n_measures + k];
}

static void add_use(const bw_program *p, int64_t *use, int32_t unit,
                    int64_t arc)
{
    for (int32_t g = 0; g < p->net->n_budgets; g++)
        use[g] +=
            bw_instance_use(p->net->instance, g, unit, p->net->arcs->rep[arc]);
}

static void add_unit(bw_program *p, int32_t unit)
{
    const bw_arcs *arcs = p->net->arcs;
    const bw_scope *scope = p->scope;
    bool choice = count_wanted(p, unit) > 1;
    double least = INFINITY;
    int32_t begin = p->n_columns;
    for (int64_t arc = arcs->first[unit]; arc < arcs->first[unit + 1]; arc++) {
        if (!wanted(p, unit, arc))
            continue;
        bool now = scope->from[unit] == arcs->rep[arc];
        if (now) {
            add_load(p, p->load, arc);
            add_use(p, p->use, unit, arc);
        }
        if (!choice) {
            add_load(p, p->fixed, arc);
            add_use(p, p->fixed_use, unit, arc);
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

static bw_status collect(bw_program *p)
{
    const bw_scope *scope = p->scope;
    size_t n_bands = (size_t)scope->n_reps * (size_t)p->net->n_measures;
    p->place = bw_alloc((size_t)p->net->n_reps, sizeof *p->place);
    if (!p->place)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < p->net->n_reps; rep++)
        p->place[rep] = -1;
    for (int32_t i = 0; i < scope->n_reps; i++)
        p->place[scope->rep[i]] = i;
    for_units(p, count_unit);
    size_t columns = (size_t)p->room_columns;
    size_t n_budgets = (size_t)p->net->n_budgets;
    size_t all = columns + 2 * n_bands + n_budgets;
    size_t entries = 1 + (size_t)p->net->n_measures + n_budgets;
    p->unit = bw_alloc((size_t)p->room_units, sizeof *p->unit);
    p->first = bw_alloc((size_t)p->room_units + 1, sizeof *p->first);
    p->arc = bw_alloc(columns, sizeof *p->arc);
    p->cost = bw_alloc(columns, sizeof *p->cost);
    p->start = bw_alloc(all, sizeof *p->start);
    p->weight = bw_alloc(all, sizeof *p->weight);
    p->fixed_use = bw_alloc(n_budgets, sizeof *p->fixed_use);
    p->use = bw_alloc(n_budgets, sizeof *p->use);
    p->index = bw_alloc(entries, sizeof *p->index);
    p->entry = bw_alloc(entries, sizeof *p->entry);
    p->fixed = bw_alloc(n_bands, sizeof *p->fixed);
    p->load = bw_alloc(n_bands, sizeof *p->load);
    if (!p->unit || !p->first || !p->arc || !p->cost || !p->start ||
        !p->weight || !p->fixed || !p->load || !p->fixed_use || !p->use ||
        !p->index || !p->entry)
        return BW_NOMEM;
    for_units(p, add_unit);
    return BW_OK;
}

/* Price of a deviation; INFINITY: not allowed, 0: free. */
static double deviation_price(const bw_program *p, double limit_price,
                              bool hard, bool broken)
{
    if (!hard)
        return limit_price;
    return broken && !p->scope->fresh ? mending * limit_price : INFINITY;
}

static void set_deviation(bw_program *p, int32_t column, int32_t row,
                          double price, double sign)
{
    bool there = price > 0 && price < INFINITY;
    bw_mip_column(p->mip, column, 0, there ? INFINITY : 0, there ? price : 0,
                  false);
    bw_mip_entries(p->mip, column, 1, &row, &sign);
}

/* One band: its row, and the columns short and beyond. */
static void set_band(bw_program *p, int32_t at, double *value)
{
    int32_t n_measures = p->net->n_measures;
    int32_t rep = p->scope->rep[at / n_measures], k = at % n_measures;
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

/* What the set may use, quanta: now, and its share of what is left. */
static int64_t allowance(const bw_program *p, int32_t g)
{
    int64_t left = p->net->budget[g].limit - p->scope->use[g];
    return p->use[g] + (int64_t)floor((double)left * p->scope->share);
}

/* The right side of a budget's row, in typical uses. No use lies strictly
 * between two multiples of the grain, so half a grain more lets nothing else in
 * and keeps the solver's tolerance from shutting out what just fits. */
static double right_side(const bw_program *p, int32_t g)
{
    const bw_net_budget *b = &p->net->budget[g];
    int64_t most = allowance(p, g) - p->fixed_use[g];
    int64_t over = most % b->grain;
    most -= over < 0 ? over + b->grain : over;
    return ((double)most + 0.5 * (double)b->grain) / BW_QUANTA / b->size;
}

/* One budget: its row, and the column of what is above. Where the plan exceeds
 * it, that may stay, at a high price. */
static void set_budget(bw_program *p, int32_t g, double *value)
{
    const bw_net_budget *b = &p->net->budget[g];
    int32_t row = p->n_units + p->n_bands + g;
    int32_t column = p->n_columns + 2 * p->n_bands + g;
    double most = right_side(p, g);
    double now = (double)(p->use[g] - p->fixed_use[g]) / BW_QUANTA / b->size;
    bool broken = !p->scope->fresh && p->scope->use[g] > b->limit;
    double price = broken ? mending * b->over * b->size : 0;
    bw_mip_row(p->mip, row, -INFINITY, most);
    set_deviation(p, column, row, price, -1);
    bw_mip_set_basis(p->mip, true, row, BW_BASIC);
    bw_mip_set_basis(p->mip, false, column, BW_AT_LOWER);
    if (!broken || now <= most)
        return;
    p->start[column] = now - most;
    *value += price * (now - most);
}

static void set_column(bw_program *p, int32_t column, int32_t row)
{
    int32_t *index = p->index;
    double *value = p->entry;
    int32_t n_measures = p->net->n_measures, n = 0;
    int64_t arc = p->arc[column];
    int32_t place = p->place[p->net->arcs->rep[arc]];
    index[n] = row;
    value[n++] = 1;
    for (int32_t k = 0; k < n_measures; k++) {
        index[n] = p->n_units + place * n_measures + k;
        value[n++] = p->net->arcs->amount[arc * n_measures + k];
    }
    for (int32_t g = 0; g < p->net->n_budgets; g++) {
        int64_t use = bw_instance_use(p->net->instance, g, p->unit[row],
                                      p->net->arcs->rep[arc]);
        index[n] = p->n_units + p->n_bands + g;
        value[n] = (double)use / BW_QUANTA / p->net->budget[g].size;
        n += use != 0;
    }
    bw_mip_column(p->mip, column, 0, 1, p->cost[column], true);
    bw_mip_entries(p->mip, column, n, index, value);
    bw_mip_set_basis(p->mip, false, column, BW_AT_LOWER);
}

/* The basis to begin with: each unit's row at its bound with its cheapest
 * column, band rows basic; triangular, so always regular. */
static void set_units(bw_program *p, double *value)
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

static bw_status build(bw_program *p)
{
    int32_t first;
    p->n_bands = p->scope->n_reps * p->net->n_measures;
    p->n_rows = p->n_units + p->n_bands + p->net->n_budgets;
    p->n_all = p->n_columns + 2 * p->n_bands + p->net->n_budgets;
    bw_status status = bw_mip_new(&p->mip);
    if (status != BW_OK)
        return status;
    status = bw_mip_add_rows(p->mip, p->n_rows, &first);
    if (status != BW_OK)
        return status;
    status = bw_mip_add_columns(p->mip, p->n_all, &first);
    if (status != BW_OK)
        return status;
    double value = 0;
    set_units(p, &value);
    for (int32_t at = 0; at < p->n_bands; at++)
        set_band(p, at, &value);
    for (int32_t g = 0; g < p->net->n_budgets; g++)
        set_budget(p, g, &value);
    p->value = p->scope->fresh ? (double)INFINITY : value;
    return BW_OK;
}

bw_status bw_program_build(const bw_scope *scope, bw_program *program)
{
    *program = (bw_program){.scope = scope, .net = scope->net};
    bw_status status = collect(program);
    return status == BW_OK ? build(program) : status;
}

int32_t bw_program_choice(const bw_program *program, int32_t i)
{
    int32_t best = program->first[i];
    double most = -1;
    for (int32_t c = program->first[i]; c < program->first[i + 1]; c++) {
        double x = bw_mip_value(program->mip, c);
        if (x > most) {
            most = x;
            best = c;
        }
    }
    return program->net->arcs->rep[program->arc[best]];
}

int64_t bw_program_work(const bw_program *p)
{
    if (!p->mip)
        return 0;
    return 50000 + 2000 * (int64_t)p->n_columns +
           bw_mip_work(p->mip) * (4000 + 60 * (int64_t)p->n_rows);
}

void bw_members(const bw_net *net, const int32_t *rep, int32_t *first,
                int32_t *member)
{
    int32_t *next = first + 1;
    memset(first, 0, ((size_t)net->n_reps + 2) * sizeof *first);
    for (int32_t unit = 0; unit < net->n_units; unit++)
        next[rep[unit] + 1]++;
    for (int32_t r = 0; r < net->n_reps; r++)
        next[r + 1] += next[r];
    for (int32_t unit = 0; unit < net->n_units; unit++)
        member[next[rep[unit]]++] = unit;
}
