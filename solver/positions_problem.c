/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a choice of positions: nobody may have who is closed, and the
 * bands are those of the number. */
#include "bw/positions_problem.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

bw_wide bw_positions_cost(const bw_problem *problem, const uint8_t *open)
{
    const bw_reps *reps = &problem->reps;
    bw_wide sum = 0;
    for (int32_t r = 0; reps->free && r < reps->n_serving; r++)
        if (reps->free[r] != BW_STAYS && (!open || open[r]))
            sum += bw_fine(bw_quanta(reps->position_cost[r]));
    return sum;
}

static int32_t count_open(const bw_problem *problem, const uint8_t *open)
{
    int32_t n = 0;
    for (int32_t r = 0; r < problem->reps.n_serving; r++)
        n += problem->reps.free[r] != BW_STAYS && open[r];
    return n;
}

/* --- bands --- */

static double weight_of(const bw_problem *problem, const bw_balance *balance,
                        int32_t rep)
{
    const bw_reps *reps = &problem->reps;
    double full = reps->fte[rep] * reps->ramp[rep];
    return balance->target == BW_TARGET_SHARE ? reps->capacity[rep] * full
                                              : full;
}

/* What shared targets grow by when n free positions are open instead of all. */
static double growth(const bw_problem *problem, const bw_balance *balance,
                     int32_t n)
{
    double stay = 0, each = 0, all = 0;
    if (balance->target != BW_TARGET_EQUAL &&
        balance->target != BW_TARGET_SHARE)
        return 1;
    for (int32_t r = 0; r < problem->reps.n_serving; r++) {
        double weight = weight_of(problem, balance, r);
        all += weight;
        if (problem->reps.free[r] == BW_STAYS)
            stay += weight;
        else
            each = weight;
    }
    double open = stay + n * each;
    return open > 0 ? all / open : 1;
}

/* One side: an absolute limit stays as it is. */
static double side(const double *given, int32_t rep, int64_t of_all, int64_t no,
                   double growth)
{
    if (of_all == no)
        return NAN;
    if (given && !isnan(given[rep]))
        growth = 1;
    return bw_from_quanta((int64_t)llround((double)of_all * growth));
}

/* open NULL: everybody has a band. */
static bw_status set_band(const bw_problem *problem, const uint8_t *open,
                          int32_t n, const int64_t *low, const int64_t *high,
                          int32_t k, bw_arena *arena, bw_balance *balance)
{
    size_t n_reps = (size_t)problem->reps.n;
    double grows = growth(problem, balance, n);
    double *new_low = bw_arena_alloc(arena, n_reps, sizeof *new_low);
    double *new_high = bw_arena_alloc(arena, n_reps, sizeof *new_high);
    if (!new_low || !new_high)
        return BW_NOMEM;
    for (int32_t r = 0; r < problem->reps.n_serving; r++) {
        int64_t at = (int64_t)r * problem->n_balances + k;
        bool has = !open || problem->reps.free[r] == BW_STAYS || open[r];
        new_low[r] =
            has ? side(balance->low, r, low[at], BW_NO_LOW, grows) : NAN;
        new_high[r] =
            has ? side(balance->high, r, high[at], BW_NO_HIGH, grows) : NAN;
    }
    balance->target = BW_TARGET_NONE;
    balance->tolerance = 0;
    balance->group = NULL;
    balance->low = new_low;
    balance->high = new_high;
    return BW_OK;
}

static bw_status set_bands(const bw_problem *problem, const uint8_t *open,
                           int32_t n, const int64_t *low, const int64_t *high,
                           bw_arena *arena, bw_problem *made)
{
    size_t n_balances = (size_t)problem->n_balances;
    bw_balance *balances = bw_arena_alloc(arena, n_balances, sizeof *balances);
    if (!balances)
        return BW_NOMEM;
    if (n_balances > 0)
        memcpy(balances, problem->balances, n_balances * sizeof *balances);
    made->balances = balances;
    bw_status status = BW_OK;
    for (int32_t k = 0; k < problem->n_balances && status == BW_OK; k++)
        status = set_band(problem, open, n, low, high, k, arena, &balances[k]);
    return status;
}

/* --- pairs --- */

static bw_status close_pairs(const bw_problem *problem, const uint8_t *open,
                             bw_arena *arena, bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n, m = (size_t)problem->reps.n;
    size_t n_rules = (size_t)problem->n_rules;
    bw_pair_rule *rules = bw_arena_alloc(arena, n_rules + 1, sizeof *rules);
    int32_t *account = bw_arena_alloc(arena, n, sizeof *account);
    int32_t *rep = bw_arena_alloc(arena, m, sizeof *rep);
    uint8_t *allowed = bw_arena_alloc(arena, 2, 1);
    if (!rules || !account || !rep || !allowed)
        return BW_NOMEM;
    if (n_rules)
        memcpy(rules, problem->rules, n_rules * sizeof *rules);
    for (int32_t r = 0; r < problem->reps.n_serving; r++)
        rep[r] = problem->reps.free[r] == BW_STAYS || open[r];
    allowed[1] = 1;
    rules[n_rules] = (bw_pair_rule){.place = problem->positions.place,
                                    .text = "positions: only open ones",
                                    .n_account_classes = 1,
                                    .n_rep_classes = 2,
                                    .account_class = account,
                                    .rep_class = rep,
                                    .allowed = allowed};
    made->rules = rules;
    made->n_rules = problem->n_rules + 1;
    return BW_OK;
}

bw_status bw_positions_problem(const bw_problem *problem, const uint8_t *open,
                               const int64_t *low, const int64_t *high,
                               void *arena, bw_problem *made)
{
    size_t n = (size_t)problem->reps.n_serving;
    uint8_t *own = bw_arena_alloc(arena, n, 1);
    *made = *problem;
    if (!own)
        return BW_NOMEM;
    memcpy(own, open, n);
    made->reps.open = own;
    bw_status status = set_bands(problem, own, count_open(problem, own), low,
                                 high, arena, made);
    return status == BW_OK ? close_pairs(problem, own, arena, made) : status;
}

bw_status bw_positions_bands(const bw_problem *problem, int32_t n,
                             const int64_t *low, const int64_t *high,
                             void *arena, bw_problem *made)
{
    *made = *problem;
    return set_bands(problem, NULL, n, low, high, arena, made);
}
