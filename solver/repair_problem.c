/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a repair: locks, one rule, the bands as they are, a budget. */
#include "bw/repair.h"

#include "bw/alloc.h"
#include "variant.h"

#include <string.h>

/* Accounts that may move have the touched reps alone. */
static bw_status restrict_pairs(const bw_problem *problem,
                                const bw_repair_terms *terms, bw_arena *arena,
                                bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n;
    uint8_t *bound = bw_arena_alloc(arena, n, 1);
    if (!bound)
        return BW_NOMEM;
    for (size_t a = 0; a < n; a++)
        bound[a] = terms->keep[a] < 0;
    const bw_variant_rule rule = {problem->scenario->repair.place,
                                  "repair: only reps within reach", bound,
                                  terms->touched};
    return bw_variant_add_rule(problem, &rule, arena, made);
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

bw_status bw_repair_problem(const bw_problem *problem,
                            const bw_repair_terms *terms, void *arena,
                            bw_problem *made)
{
    *made = *problem;
    bw_status status = restrict_pairs(problem, terms, arena, made);
    if (status == BW_OK)
        status = lock_kept(problem, terms->keep, arena, made);
    if (status == BW_OK)
        status =
            bw_variant_set_bands(problem, terms->low, terms->high, arena, made);
    if (status == BW_OK && terms->moves >= 0)
        status = limit_moves(problem, terms->moves, arena, made);
    return status;
}
