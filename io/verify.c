/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read the tables -> judge what they claim -> compare figure by figure. */
#include "verify.h"

#include "bw/alloc.h"
#include "verify_parts.h"

#include <math.h>
#include <stdlib.h>

enum {
    /* Distances come from floating point. Two machines may compute one that
     * falls to the other side of half a quantum, at most about once in so many
     * pairs: one such pair is believed, and one more for each so many. */
    PAIRS_PER_ROUNDED = 10000000
};

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
    v->quanta_leeway = 0;
    if (v->problem->travel.counts)
        v->quanta_leeway = 1 + v->verdict->n_pairs / PAIRS_PER_ROUNDED;
    v->money_leeway =
        (bw_wide)v->quanta_leeway * 3 * (BW_PRICE_UNIT + (bw_wide)dearest(v));
}

static void fill_result(const bw_verification *v, bw_verified *result)
{
    const bw_verdict *verdict = v->verdict;
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
    result->limits += v->problem->n_budgets;
}

static bw_status judge(bw_verification *v, bw_verified *verified)
{
    v->claim =
        (bw_claim){v->tables->rep, v->tables->price, v->tables->unit_price};
    bw_status status = bw_check(v->problem, &v->claim, v->diags, &v->verdict);
    if (status != BW_OK)
        return status;
    fill_result(v, verified);
    set_leeway(v);
    const bw_problem *problem = v->problem;
    v->rep = bw_alloc((size_t)problem->reps.n, sizeof *v->rep);
    v->segment = bw_alloc((size_t)problem->n_segments, sizeof *v->segment);
    v->change = bw_alloc((size_t)problem->accounts.n, sizeof *v->change);
    if (!v->rep || !v->segment || !v->change)
        return BW_NOMEM;
    status = bw_verify_accounts(v);
    if (status == BW_OK)
        status = bw_verify_reps(v);
    if (status == BW_OK)
        status = bw_verify_lists(v);
    if (status == BW_OK) {
        bw_verify_clusters(v);
        verified->bound = v->bound;
        verified->clusters = v->tables->searched.n;
        bw_verify_summary(v);
        bw_verify_run(v);
    }
    return status;
}

bw_status bw_verify(const char *dir, const bw_problem *problem, bw_diags *diags,
                    bw_verified *verified)
{
    return bw_verify_deep(dir, problem, NULL, diags, verified);
}

bw_status bw_verify_deep(const char *dir, const bw_problem *problem,
                         const bw_deep_settings *settings, bw_diags *diags,
                         bw_verified *verified)
{
    *verified = (bw_verified){0};
    bw_verification v = {.problem = problem, .diags = diags};
    bw_status status = bw_plan_tables_read(dir, problem, diags, &v.tables);
    if (status == BW_OK)
        status = judge(&v, verified);
    if (status == BW_OK && problem->scenario->frontier.given)
        status = bw_verify_frontier(&v, dir);
    if (status == BW_OK && settings)
        status = bw_verify_deeply(&v, settings);
    if (status == BW_OK && v.starved)
        status = BW_NOMEM;
    bw_verdict_free(v.verdict);
    bw_free(v.rep);
    bw_free(v.segment);
    bw_free(v.change);
    bw_plan_tables_free(v.tables);
    verified->figures = v.figures;
    verified->rounded = v.rounded;
    verified->confirmed = v.confirmed;
    verified->refuted = v.refuted;
    verified->holds = status == BW_OK && bw_diags_count(diags, BW_ERROR) == 0;
    return status;
}
