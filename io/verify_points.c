/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frontier_plans.csv: the plan of every point, by what differs from the point
 * before. The judge recomputes each from the inputs, inside its own limit, and
 * the figures of frontier.csv are held against that. */
#include "verify_curve.h"

#include "bw/alloc.h"
#include "file_path.h"
#include "index.h"
#include "own_table.h"

#include <stdlib.h>
#include <string.h>

enum {
    POINT,
    ACCOUNT,
    REP,
    COLUMNS
};

static const char *const headers[COLUMNS] = {"point", "account_id", "rep_id"};

typedef struct plans {
    const bw_curve *curve;
    bw_arena *arena;
    bw_source *source;
    bw_table *table;
    int32_t column[COLUMNS];
    bw_index *accounts, *reps;
    int32_t *rep;      /* [accounts] of the point at hand; -1: none yet */
    int32_t *told_at;  /* [accounts] the point whose row was the last; 0 */
    bw_problem within; /* the problem with the limit of a point */
    bw_budget *budgets;
    bw_balance *balances;
    int32_t index; /* of the budget or balance */
    int64_t row;   /* the next one */
    bool faulty;   /* rows are: no further point is judged */
} plans;

static bw_place place_of(const plans *p, int64_t row, int column)
{
    if (row < bw_table_rows(p->table))
        return bw_table_place(p->table, row, p->column[column]);
    return (bw_place){bw_source_name(p->source), 0, 0};
}

/* --- the rows --- */

static int64_t point_of(const plans *p, int64_t row)
{
    const char *text = bw_table_cell(p->table, row, p->column[POINT]).text;
    char *end;
    long point = strtol(text, &end, 10);
    return end == text || *end ? -1 : point;
}

static void tell_row(plans *p, int column, const char *why)
{
    p->faulty = true;
    bw_diag_add(p->curve->v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                place_of(p, p->row, column), "%s \"%.80s\" %s", headers[column],
                bw_table_cell(p->table, p->row, p->column[column]).text, why);
}

static void take_row(plans *p, int32_t point)
{
    bw_cell account = bw_table_cell(p->table, p->row, p->column[ACCOUNT]);
    bw_cell rep = bw_table_cell(p->table, p->row, p->column[REP]);
    int32_t a = bw_index_find(p->accounts, account.text, account.len);
    int32_t r = bw_index_find(p->reps, rep.text, rep.len);
    if (a < 0)
        tell_row(p, ACCOUNT, "takes no part in the inputs");
    else if (p->told_at[a] == point)
        tell_row(p, ACCOUNT, "has a row of this point already");
    if (r < 0)
        tell_row(p, REP, "takes no part in the inputs, or serves nobody");
    if (a < 0 || r < 0)
        return;
    p->told_at[a] = point;
    p->rep[a] = r;
}

/* The rows of a point; those of another where they must not be are left. */
static void take_rows(plans *p, const bw_curve_point *at)
{
    int64_t first = p->row, rows = bw_table_rows(p->table);
    int32_t point = (int32_t)at->row + 1;
    for (; p->row < rows && point_of(p, p->row) == point; p->row++)
        take_row(p, point);
    if (p->row == first || at->has_plan)
        return;
    int64_t end = p->row;
    p->row = first;
    tell_row(p, POINT, "has no plan, as frontier.csv says");
    p->row = end;
}

/* Every account is with somebody once there is a plan. */
static void check_complete(plans *p, const bw_curve_point *at)
{
    const bw_accounts *accounts = &p->curve->v->problem->accounts;
    for (int32_t a = 0; a < accounts->n && !p->faulty; a++) {
        if (p->rep[a] >= 0)
            continue;
        p->faulty = true;
        bw_diag_add(p->curve->v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                    (bw_place){bw_source_name(p->source), 0, 0},
                    "account \"%.80s\" has no row, up to point %d, which has "
                    "a plan",
                    accounts->id[a], (int)at->row + 1);
    }
}

/* --- the judge --- */

static void set_limit(plans *p, const bw_curve_point *at)
{
    if (p->curve->budget) {
        p->budgets[p->index].max = at->limit;
        p->budgets[p->index].share = p->curve->spec->to.percent;
    } else {
        p->balances[p->index].tolerance = at->limit;
    }
}

static void compare(const plans *p, const bw_curve_point *at, int column,
                    bw_wide judged, bw_wide leeway)
{
    bw_wide claimed = at->figure[column];
    bw_wide off = claimed > judged ? claimed - judged : judged - claimed;
    p->curve->v->figures++;
    p->curve->v->rounded += off > 0 && off <= leeway;
    if (off > leeway)
        bw_curve_tell_amount(p->curve, at, column, "its plan comes to", judged);
}

static void compare_moves(const plans *p, const bw_curve_point *at)
{
    const bw_accounts *accounts = &p->curve->v->problem->accounts;
    bw_wide moved = 0, revenue = 0;
    for (int32_t a = 0; a < accounts->n; a++) {
        if (accounts->owner[a] < 0 || accounts->owner[a] == p->rep[a])
            continue;
        moved++;
        revenue += bw_fine(bw_quanta(accounts->revenue[a]));
    }
    compare(p, at, BW_CURVE_MOVED, moved * bw_verify_one, 0);
    compare(p, at, BW_CURVE_REVENUE, revenue, 0);
}

static void compare_all(const plans *p, const bw_curve_point *at,
                        const bw_verdict *is)
{
    bw_wide leeway = p->curve->v->money_leeway;
    if (p->curve->budget) {
        compare(p, at, BW_CURVE_AMOUNT, bw_fine(is->stated[p->index]), 0);
        compare(p, at, BW_CURVE_USED, bw_fine(is->use[p->index]), 0);
    }
    compare(p, at, BW_CURVE_OBJECTIVE, is->objective, leeway);
    compare(p, at, BW_CURVE_TRAVEL, is->travel, leeway);
    compare(p, at, BW_CURVE_HANDOVER, is->handover, 0);
    compare(p, at, BW_CURVE_PREFERENCE, is->preference, 0);
    compare(p, at, BW_CURVE_GIVEN, is->given, 0);
    compare(p, at, BW_CURVE_IMBALANCE, is->imbalance, leeway);
    compare_moves(p, at);
}

/* The first of the faults says what the plan breaks. */
static void tell_fault(const plans *p, const bw_curve_point *at,
                       bw_diags *found)
{
    for (size_t i = 0; i < bw_diags_kept(found); i++) {
        const bw_diag *fault = bw_diags_at(found, i);
        if (fault->severity != BW_ERROR)
            continue;
        bw_diag_add(p->curve->v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                    (bw_place){bw_source_name(p->source), 0, 0},
                    "the plan of point %d, at %.10g, does not hold: %s",
                    (int)at->row + 1, at->limit, fault->text);
        return;
    }
}

static bw_status judge_point(plans *p, const bw_curve_point *at)
{
    const bw_verification *v = p->curve->v;
    size_t n_prices =
        (size_t)v->problem->reps.n_serving * (size_t)p->within.n_balances +
        (size_t)p->within.n_budgets;
    int64_t *none = bw_alloc(n_prices + 1, sizeof *none);
    bw_diags *found = bw_diags_new();
    bw_verdict *verdict = NULL;
    bw_status status = none && found ? BW_OK : BW_NOMEM;
    set_limit(p, at);
    if (status == BW_OK) {
        const bw_claim claim = {p->rep, none, NULL};
        status = bw_check(&p->within, &claim, found, &verdict);
    }
    if (status == BW_OK || status == BW_INVALID)
        tell_fault(p, at, found);
    if (status == BW_OK)
        compare_all(p, at, verdict);
    bw_verdict_free(verdict);
    bw_diags_free(found);
    bw_free(none);
    return status == BW_INVALID ? BW_OK : status;
}

static bw_status judge_points(plans *p)
{
    bw_status status = BW_OK;
    for (int at = 0; at < p->curve->spec->steps && status == BW_OK; at++) {
        const bw_curve_point *point = &p->curve->point[at];
        take_rows(p, point);
        if (point->has_plan)
            check_complete(p, point);
        if (point->has_plan && point->sound && !p->faulty)
            status = judge_point(p, point);
    }
    if (status == BW_OK && p->row < bw_table_rows(p->table))
        tell_row(p, POINT,
                 "is no point of frontier.csv, or comes after a later one");
    return status;
}

/* --- what is read and exchanged --- */

/* The problem of the points, its limit in a copy that may be written to. */
static bw_status make_problem(plans *p)
{
    const bw_problem *problem = p->curve->v->problem;
    p->within = *problem;
    if (!p->curve->limited)
        p->within.n_budgets += problem->n_curve_budgets;
    size_t n_budgets = (size_t)p->within.n_budgets;
    size_t n_balances = (size_t)p->within.n_balances;
    p->budgets = bw_arena_alloc(p->arena, n_budgets + 1, sizeof *p->budgets);
    p->balances = bw_arena_alloc(p->arena, n_balances + 1, sizeof *p->balances);
    if (!p->budgets || !p->balances)
        return BW_NOMEM;
    if (n_budgets > 0)
        memcpy(p->budgets, problem->budgets, n_budgets * sizeof *p->budgets);
    if (n_balances > 0)
        memcpy(p->balances, problem->balances,
               n_balances * sizeof *p->balances);
    p->within.budgets = p->budgets;
    p->within.balances = p->balances;
    p->index = p->curve->budget && !p->curve->limited ? problem->n_budgets
               : p->curve->budget                     ? p->curve->spec->budget
                                                      : p->curve->balance;
    return BW_OK;
}

static bool has_any(const bw_curve *curve)
{
    for (int at = 0; at < curve->spec->steps; at++)
        if (curve->point[at].has_plan)
            return true;
    return false;
}

/* Where no point has a plan the file is its header alone, of which no table is
 * made. */
static void check_no_rows(const plans *p)
{
    size_t len;
    const char *text = bw_source_text(p->source, &len);
    size_t header = strcspn(text, "\r\n");
    size_t row = header + strspn(text + header, "\r\n");
    if (row < len)
        bw_diag_add(p->curve->v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                    bw_source_place(p->source, row),
                    "there must be no row, as no point of frontier.csv has a "
                    "plan");
}

static bw_status read_rows(plans *p, const char *dir)
{
    bw_verification *v = p->curve->v;
    const bw_problem *problem = v->problem;
    const char *path = bw_file_inside(p->arena, dir, "frontier_plans.csv");
    size_t n = (size_t)problem->accounts.n;
    p->rep = bw_arena_alloc(p->arena, n + 1, sizeof *p->rep);
    p->told_at = bw_arena_alloc(p->arena, n + 1, sizeof *p->told_at);
    if (!path || !p->rep || !p->told_at)
        return BW_NOMEM;
    memset(p->rep, -1, n * sizeof *p->rep);
    bw_status status = bw_source_open(path, path, v->diags, &p->source);
    if (status == BW_OK && !has_any(p->curve)) {
        check_no_rows(p);
        return BW_OK;
    }
    if (status == BW_OK)
        status = bw_own_table_read(p->source, v->diags, &p->table);
    if (status == BW_OK)
        bw_verify_columns(v, p->table, headers, COLUMNS, p->column);
    for (int i = 0; status == BW_OK && i < COLUMNS; i++)
        if (p->column[i] < 0)
            return BW_INVALID;
    if (status == BW_OK)
        status = bw_index_ids(problem->accounts.id, problem->accounts.n,
                              &p->accounts);
    if (status == BW_OK)
        status =
            bw_index_ids(problem->reps.id, problem->reps.n_serving, &p->reps);
    return status;
}

bw_status bw_curve_plans(const bw_curve *curve, const char *dir)
{
    plans p = {.curve = curve, .arena = bw_arena_new()};
    bw_status status = p.arena ? read_rows(&p, dir) : BW_NOMEM;
    if (status == BW_OK && p.table)
        status = make_problem(&p);
    if (status == BW_OK && p.table)
        status = judge_points(&p);
    bw_index_free(p.accounts);
    bw_index_free(p.reps);
    bw_table_free(p.table);
    bw_source_free(p.source);
    bw_arena_free(p.arena);
    return status;
}
