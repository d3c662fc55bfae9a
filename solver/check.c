/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge. Everything is computed again from what was read, by the shortest
 * way there is: no lists of candidates, nothing kept between two passes over
 * all pairs. */
#include "check.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static bw_place place_in(const bw_judge *judge, const char *role, uint32_t line)
{
    const bw_problem *problem = judge->problem;
    for (int32_t i = 0; i < problem->n_inputs; i++)
        if (strcmp(problem->inputs[i].role, role) == 0)
            return (bw_place){problem->inputs[i].path, line, 0};
    return (bw_place){0};
}

bw_place bw_judge_account_place(const bw_judge *judge, int32_t account)
{
    const bw_problem *problem = judge->problem;
    uint32_t line = problem->accounts.line[account];
    if (problem->accounts.input)
        return (bw_place){
            problem->inputs[problem->accounts.input[account]].path, line, 0};
    return place_in(judge, "accounts", line);
}

bw_place bw_judge_rep_place(const bw_judge *judge, int32_t rep)
{
    return place_in(judge, "reps", judge->problem->reps.line[rep]);
}

/* The arrays of one entry per account, unit (at most as many) or rep. */
static bool allocate(bw_judge *judge)
{
    bw_verdict *v = &judge->verdict;
    size_t n = (size_t)judge->n, m = (size_t)judge->m;
    size_t count = (size_t)judge->n_measures;
    size_t budgets = (size_t)judge->n_budgets;
    bool there = true;
#define NEW(array, size)                                                       \
    there &= ((array) = bw_arena_alloc(judge->arena, (size),                   \
                                       sizeof *(array))) != NULL
    NEW(v->load, m * count);
    NEW(v->low, m * count);
    NEW(v->high, m * count);
    NEW(v->total, count);
    NEW(v->segment, n);
    NEW(v->service_hours, n);
    NEW(v->travel_hours, n);
    NEW(v->cost, n);
    NEW(v->unit, n);
    NEW(judge->trips, n);
    NEW(judge->handover, n);
    NEW(judge->placed, n);
    NEW(judge->place, n);
    NEW(judge->home, m);
    NEW(judge->unit_first, n + 1);
    NEW(judge->unit_account, n);
    NEW(judge->base, n * count);
    NEW(judge->under, count);
    NEW(judge->over, count);
    NEW(judge->tightens, count);
    NEW(judge->price, m * count + budgets);
    NEW(judge->unit_cost, n);
    NEW(judge->unit_work, n);
    NEW(judge->measure_size, count);
    NEW(v->use, budgets);
    NEW(v->stated, budgets);
    NEW(v->limit, budgets);
    NEW(judge->weight, n * budgets);
    NEW(judge->counts_all, budgets);
    NEW(judge->budget_size, budgets);
    NEW(judge->keeps, n);
    NEW(judge->stays, m);
#undef NEW
    judge->given =
        bw_arena_alloc(judge->arena, n + 1, sizeof(const bw_pair_given *));
    return there && judge->given;
}

static bw_status judge_new(const bw_problem *problem, bw_judge **result)
{
    bw_arena *arena = bw_arena_new();
    bw_judge *judge = arena ? bw_arena_alloc(arena, 1, sizeof *judge) : NULL;
    if (!judge) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    judge->arena = arena;
    judge->verdict.arena = arena;
    judge->problem = problem;
    judge->n = problem->accounts.n;
    judge->m = problem->reps.n_serving;
    judge->n_measures = problem->n_balances;
    judge->n_budgets = problem->n_budgets;
    if (!allocate(judge)) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    *result = judge;
    return BW_OK;
}

void bw_verdict_free(bw_verdict *verdict)
{
    if (verdict)
        bw_arena_free(verdict->arena);
}

/* True when the account has a rep of the plan at all. */
static bool has_rep(const bw_judge *judge, int32_t account)
{
    int32_t rep = judge->plan[account];
    return rep >= 0 && rep < judge->m;
}

/* One account's faults: no rep, apart from its family, a rep it may not have.
 */
static void find_faults(const bw_judge *judge, int32_t account,
                        const bw_account_figures *figures, bw_diags *diags)
{
    const bw_problem *problem = judge->problem;
    const char *const *account_id = problem->accounts.id;
    const char *const *rep_id = problem->reps.id;
    bw_place place = bw_judge_account_place(judge, account);
    int32_t rep = judge->plan[account];
    int32_t unit = judge->verdict.unit[account];
    int32_t head = judge->unit_account[judge->unit_first[unit]];
    if (has_rep(judge, head) && judge->plan[head] != rep)
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, place,
                    "account \"%s\" is with rep \"%s\", but \"%s\" of the same "
                    "family is with \"%s\"; families stay together",
                    account_id[account], rep_id[rep], account_id[head],
                    rep_id[judge->plan[head]]);
    if (figures->allowed)
        return;
    char reason[512];
    bw_judge_why_not(judge, account, rep, reason, sizeof reason);
    bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, place,
                "account \"%s\" may not be with rep \"%s\": %s",
                account_id[account], rep_id[rep], reason);
}

/* What the account adds to its rep's loads, and to the money. */
static void add_account(bw_judge *judge, int32_t account,
                        const bw_account_figures *figures)
{
    const bw_problem *problem = judge->problem;
    bw_verdict *verdict = &judge->verdict;
    int32_t rep = judge->plan[account], unit = verdict->unit[account];
    int64_t *load = verdict->load + (int64_t)rep * judge->n_measures;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        const bw_balance *balance = &problem->balances[k];
        if (balance->kind == BW_MEASURE_WORKLOAD)
            load[k] += figures->workload;
        else if (balance->value[account] == balance->value[account])
            load[k] += bw_quanta(balance->value[account]);
    }
    verdict->travel_hours[account] = figures->travel_hours;
    verdict->cost[account] = figures->cost;
    verdict->travel += bw_fine(figures->travel);
    verdict->handover += bw_fine(figures->handover);
    verdict->given += bw_fine(figures->given);
    judge->unit_cost[unit] += figures->cost;
    judge->unit_work[unit] += figures->workload;
    int32_t owner = problem->accounts.owner[account];
    if (owner >= 0 && owner != rep) {
        verdict->moved_accounts++;
        verdict->moved_revenue += problem->accounts.revenue[account];
    }
}

static void judge_plan(bw_judge *judge, bw_diags *diags)
{
    for (int32_t a = 0; a < judge->n; a++) {
        if (!has_rep(judge, a)) {
            bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED,
                        bw_judge_account_place(judge, a),
                        "account \"%s\" has no rep of the plan; every account "
                        "needs one",
                        judge->problem->accounts.id[a]);
            continue;
        }
        bw_account_figures figures;
        bw_judge_pair(judge, a, judge->plan[a],
                      bw_judge_given(judge, a, judge->plan[a]), &figures);
        find_faults(judge, a, &figures, diags);
        add_account(judge, a, &figures);
    }
}

static void report_outside(const bw_judge *judge, int32_t rep, int32_t k,
                           int64_t outside, bw_diags *diags)
{
    int64_t at = (int64_t)rep * judge->n_measures + k;
    bool above = outside > 0;
    int64_t limit = above ? judge->verdict.high[at] : judge->verdict.low[at];
    bw_diag_add(
        diags, BW_ERROR, BW_CHECK_FAILED, bw_judge_rep_place(judge, rep),
        "rep \"%s\" has %.4f of \"%s\", %s the hard limit of %.4f",
        judge->problem->reps.id[rep], bw_from_quanta(judge->verdict.load[at]),
        judge->problem->balances[k].measure, above ? "above" : "below",
        bw_from_quanta(limit));
}

/* Tightening, and with it the bound, rests on low <= high. */
static void find_crossed(const bw_judge *judge, int32_t rep, int32_t k,
                         bw_diags *diags)
{
    int64_t at = (int64_t)rep * judge->n_measures + k;
    if (judge->verdict.low[at] <= judge->verdict.high[at])
        return;
    bw_diag_add(
        diags, BW_ERROR, BW_CHECK_FAILED, bw_judge_rep_place(judge, rep),
        "the band of rep \"%s\" on \"%s\" is empty: from %.4f to %.4f",
        judge->problem->reps.id[rep], judge->problem->balances[k].measure,
        bw_from_quanta(judge->verdict.low[at]),
        bw_from_quanta(judge->verdict.high[at]));
}

static void judge_bands(bw_judge *judge, bw_diags *diags)
{
    bw_verdict *verdict = &judge->verdict;
    for (int32_t r = 0; r < judge->m; r++) {
        for (int32_t k = 0; k < judge->n_measures; k++) {
            int64_t outside, at = (int64_t)r * judge->n_measures + k;
            find_crossed(judge, r, k, diags);
            verdict->imbalance +=
                bw_judge_deviation(judge, r, k, verdict->load[at], &outside);
            if (outside == 0)
                continue;
            verdict->inside_hard_limits = false;
            report_outside(judge, r, k, outside, diags);
        }
    }
}

/* Free positions cost while they are open, where a choice was made. */
static void judge_positions(bw_judge *judge)
{
    const bw_reps *reps = &judge->problem->reps;
    judge->verdict.positions = 0;
    for (int32_t r = 0; reps->free && reps->open && r < judge->m; r++)
        if (reps->free[r] != BW_STAYS && reps->open[r])
            judge->verdict.positions +=
                bw_fine(bw_quanta(reps->position_cost[r]));
}

static bw_status judge_all(bw_judge *judge, const bw_claim *claim,
                           bw_diags *diags)
{
    bool too_large = false;
    bw_verdict *verdict = &judge->verdict;
    bw_status status = bw_judge_data(judge, diags, &too_large);
    if (status == BW_OK && !too_large)
        status = bw_judge_bands(judge, diags, &too_large);
    if (status != BW_OK || too_large)
        return status != BW_OK ? status : BW_INVALID;
    verdict->inside_hard_limits = true;
    judge_plan(judge, diags);
    judge_bands(judge, diags);
    bw_judge_budgets(judge, diags);
    judge_positions(judge);
    verdict->objective = verdict->travel + verdict->handover +
                         verdict->preference + verdict->given +
                         verdict->imbalance + verdict->positions;
    return bw_judge_bound(judge, claim, diags);
}

bw_status bw_check(const bw_problem *problem, const bw_claim *claim,
                   bw_diags *diags, bw_verdict **verdict)
{
    assert(problem && claim && claim->rep);
    *verdict = NULL;
    bw_judge *judge;
    bw_status status = judge_new(problem, &judge);
    if (status != BW_OK)
        return status;
    judge->plan = claim->rep;
    status = judge_all(judge, claim, diags);
    judge->plan = NULL; /* borrowed for the call only */
    if (status == BW_OK)
        *verdict = &judge->verdict;
    else
        bw_verdict_free(&judge->verdict);
    return status;
}
