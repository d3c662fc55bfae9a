/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns 2w and 2w+1 are shortage and excess of window w = rep * n_measures +
 * measure; arcs follow. Rows 0 .. windows-1 are the windows; units follow.
 *
 * The first basis is primal feasible and triangular: each unit's first arc is
 * basic, and for a window either its row (load inside the band) or the slack
 * that makes good. New rows come with their unit's old arc basic, new columns
 * non-basic: the basis stays feasible, and primal simplex goes on. */
#include "core_lp.h"

#include "bw/alloc.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    CHUNK = 2000 /* iterations between two looks at the clock */
};

static const double first_hard_price = 100;

/* b[g,u,r], inside. */
static double scaled_use(const bw_core_lp *core, int32_t g, int32_t unit,
                         int32_t rep)
{
    return bw_from_quanta(bw_instance_use(core->view->instance, g, unit, rep)) /
           core->budget_scale[g];
}

void bw_core_lp_free(bw_core_lp *core)
{
    if (!core)
        return;
    bw_mip_free(core->mip);
    bw_free(core->fixed);
    bw_free(core->sole);
    bw_free(core->row);
    bw_free(core->head);
    bw_free(core->column_unit);
    bw_free(core->column_rep);
    bw_free(core->next);
    bw_free(core->budget_scale);
    bw_free(core->index);
    bw_free(core->value);
    bw_free(core);
}

/* Cost and amounts of an allowed pair, inside. */
static double scaled_pair(const bw_core_lp *core, int32_t unit, int32_t rep,
                          double *amount)
{
    bw_pair pair = {0};
    bool allowed = bw_instance_pair(core->view->instance, unit, rep, &pair);
    assert(allowed);
    (void)allowed;
    double cost = bw_view_pair(core->view, unit, &pair, amount);
    for (int32_t k = 0; k < core->view->n_measures; k++)
        amount[k] /= core->amount_scale[k];
    return core->cost_free ? 0 : cost / core->cost_scale;
}

/* Adds (sign 1) or takes back (-1) a unit as a constant. */
static void fix(bw_core_lp *core, int32_t unit, double sign)
{
    double amount[BW_MEASURES_MAX];
    int32_t n = core->view->n_measures, rep = core->sole[unit];
    if (rep < 0)
        return;
    core->fixed_cost += sign * scaled_pair(core, unit, rep, amount);
    for (int32_t k = 0; k < n; k++)
        core->fixed[(int64_t)rep * n + k] += sign * amount[k];
    for (int32_t g = 0; g < core->view->n_budgets; g++)
        core->fixed[bw_core_lp_bands(core) + g] +=
            sign * scaled_use(core, g, unit, rep);
}

static void set_window(bw_core_lp *core, int32_t window)
{
    double scale = bw_core_lp_scale(core, window);
    double low = core->view->low[window] / scale - core->fixed[window];
    double high = core->view->high[window] / scale - core->fixed[window];
    bw_mip_row(core->mip, window, low, fmax(low, high));
}

/* What slack on a side costs, inside. */
static double slack_price(const bw_core_lp *core, int32_t window, double price)
{
    if (isinf(price))
        return core->hard_price;
    return core->cost_free
               ? 0
               : price * bw_core_lp_scale(core, window) / core->cost_scale;
}

static void set_slacks(bw_core_lp *core, int32_t window)
{
    const bw_view *view = core->view;
    bool below = isfinite(view->low[window]);
    bool above = isfinite(view->high[window]);
    bw_mip_column(core->mip, 2 * window, 0, below ? (double)INFINITY : 0,
                  slack_price(core, window, -view->least[window]), false);
    bw_mip_column(core->mip, 2 * window + 1, 0, above ? (double)INFINITY : 0,
                  slack_price(core, window, view->most[window]), false);
}

static bw_status start_program(bw_core_lp *core)
{
    int32_t windows = core->n_windows, first;
    bw_status status = bw_mip_new(&core->mip);
    if (status == BW_OK)
        status = bw_mip_add_rows(core->mip, windows, &first);
    if (status == BW_OK)
        status = bw_mip_add_columns(core->mip, 2 * windows, &first);
    if (status != BW_OK)
        return status;
    core->n_rows = windows;
    for (int32_t w = 0; w < windows; w++) {
        set_window(core, w);
        set_slacks(core, w);
        bw_mip_entries(core->mip, 2 * w, 1, &w, (double[]){1});
        bw_mip_entries(core->mip, 2 * w + 1, 1, &w, (double[]){-1});
    }
    return BW_OK;
}

/* Typical cost and amounts: means over the units' own arcs. */
static void set_scales(bw_core_lp *core)
{
    const bw_view *view = core->view;
    double amount[BW_MEASURES_MAX], sum[BW_MEASURES_MAX] = {0}, cost = 0;
    bool cost_free = core->cost_free;
    core->cost_free = false;
    core->cost_scale = 1;
    for (int32_t k = 0; k < view->n_measures; k++)
        core->amount_scale[k] = 1;
    for (int32_t unit = 0; unit < view->n_units; unit++) {
        if (core->sole[unit] < 0)
            continue;
        cost += fabs(scaled_pair(core, unit, core->sole[unit], amount));
        for (int32_t k = 0; k < view->n_measures; k++)
            sum[k] += fabs(amount[k]);
    }
    for (int32_t g = 0; g < view->n_budgets; g++)
        core->budget_scale[g] = bw_instance_typical_use(view->instance, g);
    core->cost_free = cost_free;
    double n = view->n_units > 0 ? view->n_units : 1;
    if (cost > 0)
        core->cost_scale = cost / n;
    for (int32_t k = 0; k < view->n_measures; k++)
        if (sum[k] > 0)
            core->amount_scale[k] = sum[k] / n;
}

static bool alloc_core(bw_core_lp *core)
{
    size_t n = (size_t)core->view->n_units;
    size_t n_budgets = (size_t)core->view->n_budgets;
    size_t entries = 1 + (size_t)core->view->n_measures + n_budgets;
    core->fixed = bw_alloc((size_t)core->n_windows, sizeof(double));
    core->budget_scale = bw_alloc(n_budgets, sizeof(double));
    core->index = bw_alloc(entries, sizeof *core->index);
    core->value = bw_alloc(entries, sizeof *core->value);
    core->sole = bw_alloc(n, sizeof *core->sole);
    core->row = bw_alloc(n, sizeof *core->row);
    core->head = bw_alloc(n, sizeof *core->head);
    return core->fixed && core->sole && core->row && core->head &&
           core->budget_scale && core->index && core->value;
}

bw_status bw_core_lp_new(const bw_view *view, const int32_t *sole,
                         bool cost_free, bw_core_lp **core)
{
    *core = NULL;
    bw_core_lp *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->view = view;
    made->cost_free = cost_free;
    made->n_windows = (int32_t)bw_instance_prices(view->instance);
    made->hard_price = cost_free ? 1 : first_hard_price;
    if (!alloc_core(made)) {
        bw_core_lp_free(made);
        return BW_NOMEM;
    }
    for (int32_t unit = 0; unit < view->n_units; unit++) {
        made->sole[unit] = sole[unit];
        made->row[unit] = made->head[unit] = -1;
    }
    set_scales(made);
    for (int32_t unit = 0; unit < view->n_units; unit++)
        fix(made, unit, 1);
    bw_status status = start_program(made);
    if (status != BW_OK) {
        bw_core_lp_free(made);
        return status;
    }
    *core = made;
    return BW_OK;
}

static bool has_arc(const bw_core_lp *core, bw_core_arc arc)
{
    if (core->row[arc.unit] < 0)
        return core->sole[arc.unit] == arc.rep;
    for (int32_t c = core->head[arc.unit]; c >= 0; c = core->next[c])
        if (core->column_rep[c] == arc.rep)
            return true;
    return false;
}

static bool make_room(bw_core_lp *core, int32_t more)
{
    if (core->n_columns + more <= core->room)
        return true;
    int32_t room = core->room + core->room / 2 + more;
    int32_t **array[] = {&core->column_unit, &core->column_rep, &core->next};
    for (int i = 0; i < 3; i++) {
        int32_t *grown = bw_realloc(*array[i], (size_t)room, sizeof *grown);
        if (!grown)
            return false;
        *array[i] = grown;
    }
    core->room = room;
    return true;
}

/* Fills the next column of the program, which was made before. */
static void put_arc(bw_core_lp *core, bw_core_arc arc, bool basic)
{
    int32_t n = core->view->n_measures, c = core->n_columns++;
    int32_t column = 2 * core->n_windows + c, used = n + 1;
    int32_t *row = core->index;
    double *value = core->value;
    double cost = scaled_pair(core, arc.unit, arc.rep, value + 1);
    row[0] = core->row[arc.unit];
    value[0] = 1;
    for (int32_t k = 0; k < n; k++)
        row[k + 1] = arc.rep * n + k;
    for (int32_t g = 0; g < core->view->n_budgets; g++) {
        row[used] = bw_core_lp_bands(core) + g;
        value[used] = scaled_use(core, g, arc.unit, arc.rep);
        used += value[used] != 0;
    }
    core->column_unit[c] = arc.unit;
    core->column_rep[c] = arc.rep;
    core->next[c] = core->head[arc.unit];
    core->head[arc.unit] = c;
    bw_mip_column(core->mip, column, 0, (double)INFINITY, cost, false);
    bw_mip_entries(core->mip, column, used, row, value);
    bw_mip_set_basis(core->mip, false, column, basic ? BW_BASIC : BW_AT_LOWER);
}

/* Gives a unit its row; what was constant becomes its first column. */
static void promote(bw_core_lp *core, int32_t unit)
{
    int32_t n = core->view->n_measures, rep = core->sole[unit];
    fix(core, unit, -1);
    core->row[unit] = core->n_rows++;
    bw_mip_row(core->mip, core->row[unit], 1, 1);
    bw_mip_set_basis(core->mip, true, core->row[unit], BW_AT_LOWER);
    put_arc(core, (bw_core_arc){unit, rep}, true);
    for (int32_t k = 0; k < n; k++)
        set_window(core, rep * n + k);
    for (int32_t g = 0; g < core->view->n_budgets; g++)
        set_window(core, bw_core_lp_bands(core) + g);
}

bw_status bw_core_lp_add(bw_core_lp *core, const bw_core_arc *arc, int32_t n)
{
    int32_t rows = 0, columns = 0, first;
    int32_t *mark = core->row; /* -2: gets a row now */
    if (!make_room(core, 2 * n))
        return BW_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        if (has_arc(core, arc[i]))
            continue;
        columns++;
        if (mark[arc[i].unit] != -1)
            continue;
        mark[arc[i].unit] = -2;
        rows++;
    }
    for (int32_t i = 0; i < n; i++)
        if (mark[arc[i].unit] == -2)
            mark[arc[i].unit] = -1;
    bw_status status = bw_mip_add_rows(core->mip, rows, &first);
    if (status == BW_OK)
        status = bw_mip_add_columns(core->mip, columns + rows, &first);
    for (int32_t i = 0; i < n && status == BW_OK; i++) {
        if (has_arc(core, arc[i]))
            continue;
        if (core->row[arc[i].unit] < 0)
            promote(core, arc[i].unit);
        put_arc(core, arc[i], false);
    }
    return status;
}

/* Adds (sign 1) or takes away (-1) the first arcs of units with a row. */
static void add_first_arcs(const bw_core_lp *core, double *load, double sign)
{
    double amount[BW_MEASURES_MAX];
    int32_t n = core->view->n_measures;
    for (int32_t unit = 0; unit < core->view->n_units; unit++) {
        int32_t rep = core->sole[unit];
        if (core->row[unit] < 0)
            continue;
        scaled_pair(core, unit, rep, amount);
        for (int32_t k = 0; k < n; k++)
            load[(int64_t)rep * n + k] += sign * amount[k];
        for (int32_t g = 0; g < core->view->n_budgets; g++)
            load[bw_core_lp_bands(core) + g] +=
                sign * scaled_use(core, g, unit, rep);
    }
}

void bw_core_lp_first_basis(bw_core_lp *core)
{
    double *load = core->fixed; /* with the first arcs of rows, for now */
    add_first_arcs(core, load, 1);
    for (int32_t w = 0; w < core->n_windows; w++) {
        double low = core->view->low[w] / bw_core_lp_scale(core, w);
        double high = core->view->high[w] / bw_core_lp_scale(core, w);
        bool below = load[w]<low, above = load[w]> high;
        bw_mip_set_basis(core->mip, true, w,
                         below   ? BW_AT_LOWER
                         : above ? BW_AT_UPPER
                                 : BW_BASIC);
        bw_mip_set_basis(core->mip, false, 2 * w,
                         below ? BW_BASIC : BW_AT_LOWER);
        bw_mip_set_basis(core->mip, false, 2 * w + 1,
                         above ? BW_BASIC : BW_AT_LOWER);
    }
    add_first_arcs(core, load, -1);
}

bw_status bw_core_lp_solve(bw_core_lp *core, const bw_clockwork *clockwork,
                           bool *optimal)
{
    bw_mip_limits limits = {.iterations = CHUNK, .stop = clockwork->stop};
    *optimal = false;
    for (;;) {
        bw_mip_state state;
        int64_t before = bw_mip_work(core->mip);
        bw_status status = bw_mip_solve_lp(core->mip, &limits, &state);
        if (status != BW_OK)
            return status;
        *optimal = state == BW_MIP_OPTIMAL;
        if (*optimal || state == BW_MIP_INFEASIBLE ||
            bw_mip_work(core->mip) - before < CHUNK)
            return BW_OK;
        if (bw_clockwork_over(clockwork))
            return BW_OK;
    }
}

void bw_core_lp_raise(bw_core_lp *core, double factor)
{
    core->hard_price *= factor;
    for (int32_t w = 0; w < core->n_windows; w++)
        set_slacks(core, w);
}
