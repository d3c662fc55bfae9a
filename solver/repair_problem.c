/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a repair: locks, one rule, the bands as they are, a budget. */
#include "bw/repair.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

/* Accounts that may move have the touched reps alone. */
static bw_status restrict_pairs(const bw_problem *problem,
                                const uint8_t *touched, const int32_t *keep,
                                bw_arena *arena, bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n, m = (size_t)problem->reps.n;
    size_t n_rules = (size_t)problem->n_rules;
    bw_pair_rule *rules = bw_arena_alloc(arena, n_rules + 1, sizeof *rules);
    int32_t *account = bw_arena_alloc(arena, n, sizeof *account);
    int32_t *rep = bw_arena_alloc(arena, m, sizeof *rep);
    uint8_t *allowed = bw_arena_alloc(arena, 4, 1);
    if (!rules || !account || !rep || !allowed)
        return BW_NOMEM;
    if (n_rules)
        memcpy(rules, problem->rules, n_rules * sizeof *rules);
    for (size_t a = 0; a < n; a++)
        account[a] = keep[a] < 0;
    for (int32_t r = 0; r < problem->reps.n_serving; r++)
        rep[r] = touched[r];
    memcpy(allowed, (const uint8_t[]){1, 1, 0, 1}, 4);
    rules[n_rules] = (bw_pair_rule){.place = problem->scenario->repair.place,
                                    .text = "repair: only reps within reach",
                                    .n_account_classes = 2,
                                    .n_rep_classes = 2,
                                    .account_class = account,
                                    .rep_class = rep,
                                    .allowed = allowed};
    made->rules = rules;
    made->n_rules = problem->n_rules + 1;
    return BW_OK;
}

static bw_status lock_kept(const bw_problem *problem, const int32_t *keep,
                           bw_arena *arena, bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n;
    int32_t *lock = bw_arena_alloc(arena, n, sizeof *lock);
    if (!lock)
        return BW_NOMEM;
    for (size_t a = 0; a < n; a++)
        lock[a] = keep[a] >= 0    ? keep[a]
                  : problem->lock ? problem->lock[a]
                                  : -1;
    made->lock = lock;
    return BW_OK;
}

static bw_status limit_moves(const bw_problem *problem, int64_t moves,
                             bw_arena *arena, bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n;
    size_t n_budgets = (size_t)problem->n_budgets;
    bw_budget *budgets = bw_arena_alloc(arena, n_budgets + 1, sizeof *budgets);
    double *ones = bw_arena_alloc(arena, n, sizeof *ones);
    if (!budgets || !ones)
        return BW_NOMEM;
    if (n_budgets)
        memcpy(budgets, problem->budgets, n_budgets * sizeof *budgets);
    for (size_t a = 0; a < n; a++)
        ones[a] = 1;
    budgets[n_budgets] = (bw_budget){.name = "moves of the repair",
                                     .place = problem->scenario->repair.place,
                                     .measure = "accounts",
                                     .kind = BW_MEASURE_VALUE,
                                     .value = ones,
                                     .count_all = true,
                                     .max = (double)moves};
    made->budgets = budgets;
    made->n_budgets = problem->n_budgets + 1;
    made->n_curve_budgets = 0;
    return BW_OK;
}

/* One balance, with the bands as they are. */
static bw_status fix_band(const bw_problem *problem,
                          const bw_repair_terms *terms, int32_t k,
                          bw_arena *arena, bw_balance *balance)
{
    size_t n = (size_t)problem->reps.n;
    double *low = bw_arena_alloc(arena, n, sizeof *low);
    double *high = bw_arena_alloc(arena, n, sizeof *high);
    if (!low || !high)
        return BW_NOMEM;
    for (int32_t r = 0; r < problem->reps.n_serving; r++) {
        int64_t at = (int64_t)r * problem->n_balances + k;
        low[r] =
            terms->low[at] == BW_NO_LOW ? NAN : bw_from_quanta(terms->low[at]);
        high[r] = terms->high[at] == BW_NO_HIGH
                      ? NAN
                      : bw_from_quanta(terms->high[at]);
    }
    balance->target = BW_TARGET_NONE;
    balance->tolerance = 0;
    balance->group = NULL;
    balance->low = low;
    balance->high = high;
    return BW_OK;
}

static bw_status fix_bands(const bw_problem *problem,
                           const bw_repair_terms *terms, bw_arena *arena,
                           bw_problem *made)
{
    size_t n = (size_t)problem->n_balances;
    bw_balance *balances = bw_arena_alloc(arena, n, sizeof *balances);
    bw_status status = balances ? BW_OK : BW_NOMEM;
    if (status == BW_OK && n > 0)
        memcpy(balances, problem->balances, n * sizeof *balances);
    for (int32_t k = 0; k < problem->n_balances && status == BW_OK; k++)
        status = fix_band(problem, terms, k, arena, &balances[k]);
    made->balances = balances;
    return status;
}

bw_status bw_repair_problem(const bw_problem *problem,
                            const bw_repair_terms *terms, void *arena,
                            bw_problem *made)
{
    *made = *problem;
    bw_status status =
        restrict_pairs(problem, terms->touched, terms->keep, arena, made);
    if (status == BW_OK)
        status = lock_kept(problem, terms->keep, arena, made);
    if (status == BW_OK)
        status = fix_bands(problem, terms, arena, made);
    if (status == BW_OK && terms->moves >= 0)
        status = limit_moves(problem, terms->moves, arena, made);
    return status;
}
