/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read the tables -> judge what they claim -> compare figure by figure. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* Distances come from floating point. Two machines may compute one that
     * falls to the other side of half a quantum, about once in 1e11 pairs; so
     * many at once are believed. */
    ROUNDED_PAIRS = 8
};

static void tell_text(bw_verification *v, bw_verify_cell cell,
                      const char *expected)
{
    bw_cell claimed = bw_table_cell(cell.table, cell.row, cell.column);
    bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                bw_table_place(cell.table, cell.row, cell.column),
                "%s of \"%s\" is \"%s\", recomputed \"%s\"",
                bw_table_header(cell.table, cell.column).text, cell.whose,
                claimed.text, expected);
}

void bw_verify_text(bw_verification *v, bw_verify_cell cell,
                    const char *expected)
{
    if (cell.column < 0)
        return;
    v->result->figures++;
    bw_cell claimed = bw_table_cell(cell.table, cell.row, cell.column);
    if (strcmp(claimed.text, expected ? expected : "") != 0)
        tell_text(v, cell, expected ? expected : "");
}

void bw_verify_blank(bw_verification *v, bw_verify_cell cell)
{
    bw_verify_text(v, cell, "");
}

void bw_verify_amount(bw_verification *v, bw_verify_cell cell, bw_wide expected,
                      bw_wide leeway)
{
    if (cell.column < 0)
        return;
    v->result->figures++;
    bw_cell text = bw_table_cell(cell.table, cell.row, cell.column);
    bw_wide claimed;
    if (bw_decimal_fine(text.text, text.len, &claimed)) {
        bw_wide off =
            claimed > expected ? claimed - expected : expected - claimed;
        v->result->rounded += off > 0 && off <= leeway;
        if (off <= leeway)
            return;
    }
    bw_buf exact = {0};
    bw_buf_fine(&exact, expected);
    tell_text(v, cell, exact.text ? exact.text : "?");
    bw_buf_free(&exact);
}

void bw_verify_km(bw_verification *v, bw_verify_cell cell, double km)
{
    if (isnan(km))
        bw_verify_blank(v, cell);
    else
        bw_verify_amount(v, cell, bw_fine(bw_quanta(km)), bw_fine(1));
}

void bw_verify_columns(bw_verification *v, const bw_table *table,
                       const char *const *header, int n, int32_t *column)
{
    for (int i = 0; i < n; i++) {
        column[i] = bw_table_find(table, header[i]);
        if (column[i] < 0)
            bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                        bw_table_header_place(table, 0),
                        "there is no column \"%s\"", header[i]);
    }
}

double bw_verify_gap(bw_wide objective, bw_wide bound)
{
    bw_wide size = objective < 0 ? -objective : objective;
    double money = bw_from_fine(size);
    return bw_from_fine(objective - bound) / (money > 1 ? money : 1);
}

bool bw_verify_within(const bw_verification *v, int32_t rep, int32_t k)
{
    const bw_verdict *verdict = v->verdict;
    int64_t at = (int64_t)rep * v->problem->n_balances + k;
    return verdict->load[at] >= verdict->low[at] &&
           verdict->load[at] <= verdict->high[at];
}

/* The dearest unit of workload, price units. */
static int64_t dearest(const bw_verification *v)
{
    const bw_problem *problem = v->problem;
    int64_t price = 0, n_balances = problem->n_balances;
    for (int32_t k = 0; k < n_balances; k++) {
        const bw_balance *balance = &problem->balances[k];
        if (balance->kind != BW_MEASURE_WORKLOAD)
            continue;
        double cost = 0;
        if (isfinite(balance->under_cost))
            cost = balance->under_cost;
        if (isfinite(balance->over_cost))
            cost = fmax(cost, balance->over_cost);
        if (bw_price(cost) > price)
            price = bw_price(cost);
        for (int64_t r = 0; r < problem->reps.n_serving; r++)
            if (llabs(v->tables->price[r * n_balances + k]) > price)
                price = llabs(v->tables->price[r * n_balances + k]);
    }
    return price;
}

/* A distance that rounds otherwise changes its pair's cost and work, the band,
 * and through them what deviations cost: each by a quantum. */
static void set_leeway(bw_verification *v)
{
    v->quanta_leeway = v->problem->travel.counts ? ROUNDED_PAIRS : 0;
    v->money_leeway =
        (bw_wide)v->quanta_leeway * 3 * (BW_PRICE_UNIT + (bw_wide)dearest(v));
}

static void fill_result(bw_verification *v)
{
    const bw_verdict *verdict = v->verdict;
    bw_verified *result = v->result;
    result->accounts = v->problem->accounts.n;
    result->units = verdict->n_units;
    result->reps = v->problem->reps.n_serving;
    result->pairs = verdict->n_pairs;
    result->objective = verdict->objective;
    result->bound_certified = verdict->bound_certified;
    result->gap_certified =
        bw_verify_gap(verdict->objective, verdict->bound_certified);
    int64_t n = result->reps * v->problem->n_balances;
    for (int64_t i = 0; i < n; i++)
        result->limits +=
            (verdict->low[i] != BW_NO_LOW) + (verdict->high[i] != BW_NO_HIGH);
}

static bw_status judge(bw_verification *v)
{
    v->claim =
        (bw_claim){v->tables->rep, v->tables->price, v->tables->unit_price};
    bw_status status = bw_check(v->problem, &v->claim, v->diags, &v->verdict);
    if (status != BW_OK)
        return status;
    fill_result(v);
    set_leeway(v);
    v->rep = bw_alloc((size_t)v->problem->reps.n, sizeof *v->rep);
    if (!v->rep)
        return BW_NOMEM;
    status = bw_verify_accounts(v);
    if (status == BW_OK)
        status = bw_verify_reps(v);
    if (status == BW_OK)
        bw_verify_summary(v);
    return status == BW_OK && v->starved ? BW_NOMEM : status;
}

bw_status bw_verify(const char *dir, const bw_problem *problem, bw_diags *diags,
                    bw_verified *verified)
{
    *verified = (bw_verified){0};
    bw_verification v = {
        .problem = problem, .diags = diags, .result = verified};
    bw_status status = bw_plan_tables_read(dir, problem, diags, &v.tables);
    if (status == BW_OK)
        status = judge(&v);
    bw_verdict_free(v.verdict);
    bw_free(v.rep);
    bw_plan_tables_free(v.tables);
    verified->holds = status == BW_OK && bw_diags_count(diags, BW_ERROR) == 0;
    return status;
}
