/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frontier.csv: every point by itself, then beside its neighbours and beside
 * the plan of the folder (verify_curve.c), then as its own plan has it
 * (verify_points.c). */
#include "verify_curve.h"

#include "bw/alloc.h"
#include "file_path.h"
#include "own_table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const headers[BW_CURVE_COLUMNS] = {
    [BW_CURVE_OVER] = "over",
    [BW_CURVE_LIMIT] = "limit",
    [BW_CURVE_STATUS] = "status",
    [BW_CURVE_AMOUNT] = "limit_amount",
    [BW_CURVE_USED] = "used",
    [BW_CURVE_OBJECTIVE] = "objective",
    [BW_CURVE_BOUND] = "bound",
    [BW_CURVE_GAP] = "gap",
    [BW_CURVE_TRAVEL] = "travel",
    [BW_CURVE_HANDOVER] = "handover",
    [BW_CURVE_PREFERENCE] = "preference",
    [BW_CURVE_GIVEN] = "given",
    [BW_CURVE_IMBALANCE] = "imbalance",
    [BW_CURVE_MOVED] = "moved_accounts",
    [BW_CURVE_REVENUE] = "moved_revenue"};

static bw_cell cell_of(const bw_curve *c, const bw_curve_point *p, int column)
{
    return bw_table_cell(c->table, p->row, c->column[column]);
}

void bw_curve_tell(const bw_curve *c, const bw_curve_point *p, int column,
                   const char *but, ...)
{
    char expected[400];
    va_list list;
    va_start(list, but);
    vsnprintf(expected, sizeof expected, but, list);
    va_end(list);
    bw_diag_add(c->v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                bw_table_place(c->table, p->row, c->column[column]),
                "%s of the point at %.40s is \"%.40s\", but %s",
                headers[column], cell_of(c, p, BW_CURVE_LIMIT).text,
                cell_of(c, p, column).text, expected);
}

void bw_curve_tell_amount(const bw_curve *c, const bw_curve_point *p,
                          int column, const char *but, bw_wide amount)
{
    bw_buf text = {0};
    bw_buf_fine(&text, amount);
    c->v->starved |= text.failed;
    bw_curve_tell(c, p, column, "%s %.60s", but, text.text ? text.text : "?");
    bw_buf_free(&text);
}

/* --- what stands there --- */

static void read_status(const bw_curve *c, bw_curve_point *p)
{
    static const char *const words[] = {
        [BW_CURVE_OPTIMAL] = "optimal",   [BW_CURVE_WITHIN_GAP] = "within-gap",
        [BW_CURVE_FEASIBLE] = "feasible", [BW_CURVE_IMPOSSIBLE] = "impossible",
        [BW_CURVE_NO_PLAN] = "no-plan",   [BW_CURVE_NOT_RUN] = "not-run"};
    const char *status = cell_of(c, p, BW_CURVE_STATUS).text;
    for (int i = 0; i < BW_CURVE_STATUSES; i++)
        if (strcmp(status, words[i]) == 0) {
            p->status = (bw_curve_status)i;
            p->has_plan = i <= BW_CURVE_FEASIBLE;
            return;
        }
    p->sound = false;
    bw_curve_tell(c, p, BW_CURVE_STATUS,
                  "it must be optimal, within-gap, feasible, impossible, "
                  "no-plan or not-run");
}

static double read_double(const bw_curve *c, bw_curve_point *p, int column)
{
    const char *text = cell_of(c, p, column).text;
    char *end;
    double value = strtod(text, &end);
    if (end != text && *end == '\0' && isfinite(value))
        return value;
    p->sound = false;
    bw_curve_tell(c, p, column, "it must be a number");
    return 0;
}

/* A point without a plan has no figures, nor has a tolerance an amount. */
static void read_figure(const bw_curve *c, bw_curve_point *p, int column)
{
    bw_cell cell = cell_of(c, p, column);
    bool amount = column == BW_CURVE_AMOUNT || column == BW_CURVE_USED;
    bool there = p->has_plan && (c->budget || !amount);
    if (!there && cell.len > 0)
        bw_curve_tell(c, p, column,
                      p->has_plan ? "a tolerance has no amount"
                                  : "a point without a plan has no figures");
    else if (there && column == BW_CURVE_GAP)
        p->gap = read_double(c, p, column);
    else if (there &&
             !bw_decimal_fine(cell.text, cell.len, &p->figure[column])) {
        p->sound = false;
        bw_curve_tell(c, p, column, "it must be an amount");
    }
}

/* The limit of the point: steps are even, rounded to what people write. */
static void check_limit(const bw_curve *c, bw_curve_point *p)
{
    const bw_frontier_spec *spec = c->spec;
    double width = spec->to.value - spec->from.value;
    double limit =
        spec->from.value + width * (double)p->row / (double)(spec->steps - 1);
    p->limit = read_double(c, p, BW_CURVE_LIMIT);
    if (!p->sound)
        return;
    if (!(fabs(p->limit - limit) <= (limit < 1000 ? 1e-9 : 1e-3))) {
        p->sound = false;
        bw_curve_tell(c, p, BW_CURVE_LIMIT, "the scenario makes it %.10g",
                      limit);
        return;
    }
    if (c->budget && spec->to.percent)
        p->most =
            bw_fine((int64_t)(c->all * llround(p->limit * 1000000) / 1000000));
    else if (c->budget)
        p->most = bw_fine(bw_quanta(p->limit));
}

/* --- what must hold of a plan --- */

static void check_amounts(const bw_curve *c, const bw_curve_point *p)
{
    const bw_wide *is = p->figure;
    if (!c->budget)
        return;
    if (is[BW_CURVE_AMOUNT] != p->most)
        bw_curve_tell_amount(c, p, BW_CURVE_AMOUNT, "that limit comes to",
                             p->most);
    if (is[BW_CURVE_USED] < 0 || is[BW_CURVE_USED] > p->most)
        bw_curve_tell_amount(c, p, BW_CURVE_USED, "it must be within 0 and",
                             p->most);
    int moves = c->of_accounts  ? BW_CURVE_MOVED
                : c->of_revenue ? BW_CURVE_REVENUE
                                : -1;
    if (moves >= 0 && is[BW_CURVE_USED] > is[moves])
        bw_curve_tell_amount(c, p, BW_CURVE_USED, "all that moves is",
                             is[moves]);
}

static void check_moves(const bw_curve *c, const bw_curve_point *p)
{
    bw_wide moved = p->figure[BW_CURVE_MOVED];
    bw_wide revenue = p->figure[BW_CURVE_REVENUE];
    if (moved < 0 || moved > c->owned * bw_verify_one ||
        moved % bw_verify_one != 0)
        bw_curve_tell(c, p, BW_CURVE_MOVED,
                      "%lld accounts have an owner from whom they can move",
                      (long long)c->owned);
    if (revenue < 0 || revenue > c->owned_revenue)
        bw_curve_tell_amount(c, p, BW_CURVE_REVENUE,
                             "accounts with an owner have", c->owned_revenue);
}

static void check_costs(const bw_curve *c, const bw_curve_point *p)
{
    const bw_wide *is = p->figure;
    bw_wide sum = 0;
    for (int i = BW_CURVE_TRAVEL; i <= BW_CURVE_IMBALANCE; i++)
        sum += is[i];
    if (sum != is[BW_CURVE_OBJECTIVE])
        bw_curve_tell_amount(c, p, BW_CURVE_OBJECTIVE, "its parts come to",
                             sum);
    if (is[BW_CURVE_BOUND] > is[BW_CURVE_OBJECTIVE])
        bw_curve_tell_amount(c, p, BW_CURVE_BOUND, "there is a plan that costs",
                             is[BW_CURVE_OBJECTIVE]);
}

/* Doubles that were printed so that they read back. */
static void check_gap(const bw_curve *c, const bw_curve_point *p)
{
    static const double noise = 1e-12, optimal = 1e-6, wanted_first = 0.001;
    double wanted = c->v->problem->scenario->solve.gap.value;
    double gap =
        bw_verify_gap(p->figure[BW_CURVE_OBJECTIVE], p->figure[BW_CURVE_BOUND]);
    if (isnan(wanted))
        wanted = wanted_first;
    if (!(fabs(p->gap - gap) <= noise * fmax(1, fabs(gap))))
        bw_curve_tell(c, p, BW_CURVE_GAP, "objective and bound make it %.10g",
                      gap);
    else if (p->status == BW_CURVE_OPTIMAL && !(gap < optimal))
        bw_curve_tell(c, p, BW_CURVE_STATUS, "the gap is not below 1e-6");
    else if (p->status == BW_CURVE_WITHIN_GAP && !(gap <= wanted + noise))
        bw_curve_tell(c, p, BW_CURVE_STATUS,
                      "the gap is %g, more than the %g asked for", gap, wanted);
}

static void check_point(const bw_curve *c, bw_curve_point *p)
{
    const char *over = c->spec->over.text;
    p->sound = true;
    c->v->figures += BW_CURVE_COLUMNS;
    if (strcmp(cell_of(c, p, BW_CURVE_OVER).text, over) != 0)
        bw_curve_tell(c, p, BW_CURVE_OVER, "the scenario makes it \"%.100s\"",
                      over);
    check_limit(c, p);
    read_status(c, p);
    for (int i = BW_CURVE_AMOUNT; p->sound && i < BW_CURVE_COLUMNS; i++)
        read_figure(c, p, i);
    if (!p->sound || !p->has_plan)
        return;
    check_amounts(c, p);
    check_moves(c, p);
    check_costs(c, p);
    check_gap(c, p);
}

/* --- all of it --- */

static bw_status check_points(bw_curve *c, bw_arena *arena)
{
    bw_verification *v = c->v;
    int n = c->spec->steps;
    bw_verify_columns(v, c->table, headers, BW_CURVE_COLUMNS, c->column);
    for (int i = 0; i < BW_CURVE_COLUMNS; i++)
        if (c->column[i] < 0)
            return BW_OK;
    if (bw_table_rows(c->table) != n) {
        bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                    (bw_place){bw_source_name(bw_table_source(c->table)), 0, 0},
                    "it has %lld points, but the scenario asks for %d",
                    (long long)bw_table_rows(c->table), n);
        return BW_OK;
    }
    c->point = bw_arena_alloc(arena, (size_t)n, sizeof *c->point);
    if (!c->point)
        return BW_NOMEM;
    for (int at = 0; at < n; at++) {
        c->point[at].row = at;
        check_point(c, &c->point[at]);
        if (at > 0)
            bw_curve_beside_last(c, &c->point[at]);
        bw_curve_beside_plan(c, &c->point[at]);
    }
    return BW_OK;
}

bw_status bw_verify_frontier(bw_verification *v, const char *dir)
{
    bw_source *source = NULL;
    bw_table *table = NULL;
    bw_curve curve = {.v = v, .spec = &v->problem->scenario->frontier};
    bw_arena *arena = bw_arena_new();
    const char *path =
        arena ? bw_file_inside(arena, dir, "frontier.csv") : NULL;
    bw_status status =
        path ? bw_source_open(path, path, v->diags, &source) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_own_table_read(source, v->diags, &table);
    curve.table = table;
    if (status == BW_OK)
        status = bw_curve_ask(&curve, arena);
    if (status == BW_OK)
        status = check_points(&curve, arena);
    if (status == BW_OK && curve.point)
        status = bw_curve_plans(&curve, dir);
    bw_table_free(table);
    bw_source_free(source);
    bw_arena_free(arena);
    return status;
}
