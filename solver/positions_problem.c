/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a choice of positions: nobody may have who is closed, and the
 * bands are those of the number. */
#include "bw/positions_problem.h"

#include "band.h"
#include "bw/alloc.h"
#include "variant.h"

#include <math.h>

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

/* What all weigh that serve when n free positions are open; 0: the targets are
 * not shared out, and do not follow the number. */
static double sum_weights(const bw_problem *problem, const bw_balance *balance,
                          int32_t n)
{
    double stay = 0, each = 0;
    if (balance->group || (balance->target != BW_TARGET_EQUAL &&
                           balance->target != BW_TARGET_SHARE))
        return 0;
    for (int32_t r = 0; r < problem->reps.n_serving; r++) {
        double weight = bw_band_weight(balance, &problem->reps, r);
        if (problem->reps.free[r] == BW_STAYS)
            stay += weight;
        else
            each = weight;
    }
    return stay + n * each;
}

/* One side of a band: an absolute limit stays as it is. A share is made from
 * the total again, as if nobody else were there: a multiple of what the share
 * of all open ones was rounded to would be some quanta off. */
static int64_t side(const double *given, int32_t rep, int64_t of_all,
                    int64_t no, double share)
{
    if (of_all == no || isnan(share) || (given && !isnan(given[rep])))
        return of_all;
    return (int64_t)llround(share);
}

void bw_positions_sides(const bw_problem *problem, int32_t n, bw_all_open all,
                        int64_t *own_low, int64_t *own_high)
{
    int32_t n_balances = problem->n_balances;
    for (int32_t k = 0; k < n_balances; k++) {
        const bw_balance *b = &problem->balances[k];
        double sum = sum_weights(problem, b, n);
        for (int32_t r = 0; r < problem->reps.n_serving; r++) {
            int64_t at = (int64_t)r * n_balances + k;
            double share = sum > 0
                               ? (double)all.total[k] *
                                     bw_band_weight(b, &problem->reps, r) / sum
                               : (double)NAN;
            own_low[at] = side(b->low, r, all.low[at], BW_NO_LOW,
                               share * (1 - b->tolerance));
            own_high[at] = side(b->high, r, all.high[at], BW_NO_HIGH,
                                share * (1 + b->tolerance));
        }
    }
}

/* Who is closed has no band; open NULL: everybody has one. */
static bw_status set_bands(const bw_problem *problem, const uint8_t *open,
                           int32_t n, bw_all_open all, bw_arena *arena,
                           bw_problem *made)
{
    int32_t n_balances = problem->n_balances;
    size_t size = (size_t)problem->reps.n_serving * (size_t)n_balances;
    int64_t *own_low = bw_arena_alloc(arena, size, sizeof *own_low);
    int64_t *own_high = bw_arena_alloc(arena, size, sizeof *own_high);
    if (!own_low || !own_high)
        return BW_NOMEM;
    bw_positions_sides(problem, n, all, own_low, own_high);
    for (size_t at = 0; open && at < size; at++)
        if (!open[at / (size_t)n_balances]) {
            own_low[at] = BW_NO_LOW;
            own_high[at] = BW_NO_HIGH;
        }
    return bw_variant_set_bands(problem, own_low, own_high, arena, made);
}

bw_status bw_positions_problem(const bw_problem *problem, const uint8_t *open,
                               bw_all_open all, void *arena, bw_problem *made)
{
    size_t n = (size_t)problem->reps.n_serving;
    uint8_t *own = bw_arena_alloc(arena, n, 1);
    *made = *problem;
    if (!own)
        return BW_NOMEM;
    for (size_t r = 0; r < n; r++)
        own[r] = problem->reps.free[r] == BW_STAYS || open[r];
    made->reps.open = own;
    const bw_variant_rule rule = {problem->positions.place,
                                  "positions: only open ones", NULL, own};
    bw_status status =
        set_bands(problem, own, count_open(problem, own), all, arena, made);
    return status == BW_OK ? bw_variant_add_rule(problem, &rule, arena, made)
                           : status;
}

bw_status bw_positions_bands(const bw_problem *problem, int32_t n,
                             bw_all_open all, void *arena, bw_problem *made)
{
    *made = *problem;
    return set_bands(problem, NULL, n, all, arena, made);
}

/* --- all of them open --- */

/* A hard limit that cannot hold with all of them open may hold with fewer. */
static bw_status make_soft(const bw_problem *problem, bw_arena *arena,
                           bw_problem **soft)
{
    size_t n = (size_t)problem->n_balances;
    bw_balance *balances = bw_arena_alloc(arena, n, sizeof *balances);
    *soft = bw_arena_alloc(arena, 1, sizeof **soft);
    if (!balances || !*soft)
        return BW_NOMEM;
    for (size_t k = 0; k < n; k++) {
        balances[k] = problem->balances[k];
        if (isinf(balances[k].under_cost))
            balances[k].under_cost = 0;
        if (isinf(balances[k].over_cost))
            balances[k].over_cost = 0;
    }
    **soft = *problem;
    (*soft)->balances = balances;
    return BW_OK;
}

/* The instance is that of the problem but for the words about its limits. */
static void harden(const bw_problem *problem, bw_instance *instance)
{
    for (int32_t k = 0; k < problem->n_balances; k++) {
        bw_instance_measure *measure = &instance->measure[k];
        measure->under = bw_price(problem->balances[k].under_cost);
        measure->over = bw_price(problem->balances[k].over_cost);
        measure->tightens = measure->tightens && measure->over != BW_HARD;
    }
}

bw_status bw_positions_whole(const bw_problem *problem, void *arena,
                             bw_diags *diags, bw_instance **whole)
{
    bw_problem *soft;
    bw_diags *unheard = bw_diags_new();
    *whole = NULL;
    bw_status status = unheard ? make_soft(problem, arena, &soft) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_instance_new(soft, unheard, whole);
    if (status == BW_INVALID)
        status = bw_instance_new(soft, diags, whole);
    if (status == BW_OK)
        harden(problem, *whole);
    bw_diags_free(unheard);
    return status;
}

/* --- faults --- */

/* Bands follow the number alone where it does not matter which ones open. */
void bw_positions_check(const bw_problem *problem, bw_diags *diags)
{
    for (int32_t k = 0; k < problem->n_balances; k++) {
        const bw_balance *b = &problem->balances[k];
        int32_t first = -1, other = -1;
        if (b->target != BW_TARGET_EQUAL && b->target != BW_TARGET_SHARE)
            continue;
        for (int32_t r = 0; r < problem->reps.n_serving; r++) {
            if (problem->reps.free[r] == BW_STAYS)
                continue;
            if (first < 0)
                first = r;
            else if (bw_band_weight(b, &problem->reps, r) !=
                     bw_band_weight(b, &problem->reps, first))
                other = r;
        }
        if (other >= 0)
            bw_diag_add(diags, BW_ERROR, BW_POSITIONS_UNEQUAL, b->place,
                        "the band of \"%s\" is shared out, and free positions "
                        "must all weigh the same, but \"%s\" and \"%s\" differ "
                        "in fte, ramp%s; make them equal, or give a target "
                        "that is not shared",
                        b->measure, problem->reps.id[first],
                        problem->reps.id[other],
                        b->target == BW_TARGET_SHARE ? " or capacity" : "");
        if (b->group && first >= 0)
            bw_diag_add(diags, BW_ERROR, BW_POSITIONS_UNEQUAL, b->place,
                        "the band of \"%s\" is shared out within groups, which "
                        "does not go together with <positions>; take out "
                        "within, or give a target that is not shared",
                        b->measure);
    }
}
