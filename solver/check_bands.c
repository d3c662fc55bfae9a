/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's bands: T[k] and the targets drawn from it, low and high of every
 * rep, and what a load outside them costs. */
#include "check.h"

#include <math.h>

static const double largest_band = 4e18; /* quanta */

/* What one pass over all rows collects. */
typedef struct totals {
    int64_t *total;       /* T of measure k and group g at first[k] + g */
    const int32_t *first; /* [n_measures + 1] */
    int64_t n_pairs;
    bool negative_work; /* some allowed pair takes less than no time */
} totals;

static int32_t group_of(const bw_balance *balance, int32_t rep)
{
    return balance->group ? balance->group[rep] : 0;
}

/* The group that holds all allowed reps of a row, or -1. */
static int32_t common_group(const bw_judge *judge, const bw_balance *balance,
                            const bw_check_row *row)
{
    int32_t group = -1;
    for (int32_t r = 0; r < judge->m; r++) {
        if (!row->allowed[r])
            continue;
        if (group >= 0 && group_of(balance, r) != group)
            return -1;
        group = group_of(balance, r);
    }
    return group;
}

static void add_totals(const bw_judge *judge, int32_t unit,
                       const bw_check_row *row, void *sum)
{
    totals *t = sum;
    int64_t least = INT64_MAX;
    t->n_pairs += row->n_allowed;
    for (int32_t r = 0; r < judge->m; r++) {
        if (!row->allowed[r])
            continue;
        if (row->work[r] < least)
            least = row->work[r];
    }
    if (least == INT64_MAX) /* nobody may serve it */
        return;
    t->negative_work |= least < 0;
    const int64_t *base = judge->base + (int64_t)unit * judge->n_measures;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        const bw_balance *balance = &judge->problem->balances[k];
        int32_t group = balance->group ? common_group(judge, balance, row) : 0;
        if (group >= 0)
            t->total[t->first[k] + group] +=
                balance->kind == BW_MEASURE_WORKLOAD ? least : base[k];
    }
}

/* What rep r's share of a target is measured by; 0 where it is unknown. */
static double weight_of(const bw_problem *problem, const bw_balance *balance,
                        int32_t r)
{
    double weight = problem->reps.fte[r] * problem->reps.ramp[r];
    if (balance->target == BW_TARGET_SHARE ||
        balance->target == BW_TARGET_CAPACITY)
        weight *= problem->reps.capacity[r];
    if (balance->target == BW_TARGET_COLUMN)
        weight = balance->target_value[r];
    return isnan(weight) ? 0 : weight;
}

/* Weights of rep r's competitors, summed in the order of reps. */
static double sum_weights(const bw_judge *judge, const bw_balance *balance,
                          int32_t rep)
{
    double sum = 0;
    for (int32_t r = 0; r < judge->m; r++)
        if (group_of(balance, r) == group_of(balance, rep))
            sum += weight_of(judge->problem, balance, r);
    return sum;
}

/* One side of a target's band, in quanta but not yet rounded. */
static double target_side(const bw_judge *judge, const bw_balance *balance,
                          int32_t rep, int64_t total, double factor)
{
    double weight = weight_of(judge->problem, balance, rep);
    if (balance->target == BW_TARGET_CAPACITY ||
        balance->target == BW_TARGET_COLUMN)
        return weight * factor * BW_QUANTA;
    double sum = sum_weights(judge, balance, rep);
    return sum > 0 ? ((double)total * weight / sum) * factor : 0;
}

static void set_side(double quanta, int64_t *side, bool *too_large)
{
    if (fabs(quanta) <= largest_band)
        *side = (int64_t)llround(quanta);
    else
        *too_large = true;
}

static void set_band(bw_judge *judge, int32_t r, int32_t k, int64_t total,
                     bool *too_large)
{
    const bw_balance *balance = &judge->problem->balances[k];
    int64_t at = (int64_t)r * judge->n_measures + k;
    int64_t *low = &judge->verdict.low[at], *high = &judge->verdict.high[at];
    double tolerance = balance->tolerance;
    *low = BW_NO_LOW;
    *high = BW_NO_HIGH;
    if (balance->low && !isnan(balance->low[r]))
        set_side(balance->low[r] * BW_QUANTA, low, too_large);
    else if (balance->target != BW_TARGET_NONE)
        set_side(target_side(judge, balance, r, total, 1 - tolerance), low,
                 too_large);
    if (balance->high && !isnan(balance->high[r]))
        set_side(balance->high[r] * BW_QUANTA, high, too_large);
    else if (balance->target != BW_TARGET_NONE)
        set_side(target_side(judge, balance, r, total, 1 + tolerance), high,
                 too_large);
}

/* Tightening needs every q of the measure to be at least 0. */
static void set_tightening(bw_judge *judge, bool negative_work)
{
    for (int32_t k = 0; k < judge->n_measures; k++) {
        bool workload = judge->problem->balances[k].kind == BW_MEASURE_WORKLOAD;
        bool negative = workload && negative_work;
        for (int64_t u = 0; !workload && u < judge->verdict.n_units; u++)
            negative |= judge->base[u * judge->n_measures + k] < 0;
        judge->tightens[k] = !negative && judge->over[k] != BW_HARD;
    }
}

/* Can 128 bits hold every product of a load or band and its price? */
static bool products_fit(const bw_judge *judge)
{
    double sum = judge->money_size * BW_PRICE_UNIT;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        double price = 0, size = judge->measure_size[k];
        if (judge->under[k] != BW_HARD)
            price = (double)judge->under[k];
        if (judge->over[k] != BW_HARD)
            price = fmax(price, (double)judge->over[k]);
        for (int32_t r = 0; r < judge->m; r++) {
            int64_t at = (int64_t)r * judge->n_measures + k;
            if (judge->verdict.low[at] != BW_NO_LOW)
                size += fabs((double)judge->verdict.low[at]);
            if (judge->verdict.high[at] != BW_NO_HIGH)
                size += fabs((double)judge->verdict.high[at]);
        }
        sum += price * size;
    }
    return sum < 4e37; /* a quarter of what 128 bits hold */
}

static bw_status collect(bw_judge *judge, totals *sum, int64_t *second)
{
    totals other = {second, sum->first, 0, false};
    void *sums[BW_CHECK_THREADS] = {sum, &other};
    bool near = true; /* who is in a group, only whole rows tell */
    for (int32_t k = 0; k < judge->n_measures; k++)
        near &= !judge->problem->balances[k].group;
    bw_judge_lens lens;
    bw_status status = bw_judge_lens_new(judge, true, &lens);
    if (status == BW_OK)
        status = bw_judge_sweep(judge, near ? &lens : NULL, add_totals, sums);
    bw_judge_lens_free(&lens);
    if (status != BW_OK)
        return status;
    for (int32_t i = 0; i < sum->first[judge->n_measures]; i++)
        sum->total[i] += second[i];
    judge->verdict.n_pairs = sum->n_pairs + other.n_pairs;
    set_tightening(judge, sum->negative_work || other.negative_work);
    return BW_OK;
}

bw_status bw_judge_bands(bw_judge *judge, bw_diags *diags, bool *too_large)
{
    const bw_balance *balances = judge->problem->balances;
    size_t count = (size_t)judge->n_measures;
    int32_t *first = bw_arena_alloc(judge->arena, count + 1, sizeof *first);
    if (!first)
        return BW_NOMEM;
    for (size_t k = 0; k < count; k++)
        first[k + 1] =
            first[k] + (balances[k].group ? balances[k].n_groups : 1);
    size_t n_totals = (size_t)first[count];
    totals sum = {NULL, first, 0, false};
    sum.total = bw_arena_alloc(judge->arena, n_totals, sizeof *sum.total);
    int64_t *second = bw_arena_alloc(judge->arena, n_totals, sizeof *second);
    if (!sum.total || !second)
        return BW_NOMEM;
    bw_status status = collect(judge, &sum, second);
    if (status != BW_OK)
        return status;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        const int64_t *total = sum.total + first[k];
        bool shared = balances[k].target == BW_TARGET_EQUAL ||
                      balances[k].target == BW_TARGET_SHARE;
        judge->verdict.total[k] = shared && !balances[k].group ? *total : 0;
        for (int32_t r = 0; r < judge->m; r++)
            set_band(judge, r, k, total[group_of(&balances[k], r)], too_large);
    }
    *too_large |= !products_fit(judge);
    if (*too_large)
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                    "bands or the costs of leaving them are too large for "
                    "exact arithmetic; count in larger units");
    return BW_OK;
}

bw_wide bw_judge_deviation(const bw_judge *judge, int32_t rep, int32_t k,
                           int64_t load, int64_t *outside)
{
    int64_t at = (int64_t)rep * judge->n_measures + k;
    int64_t low = judge->verdict.low[at], high = judge->verdict.high[at];
    *outside = 0;
    if (low != BW_NO_LOW && load < low) {
        if (judge->under[k] != BW_HARD)
            return (bw_wide)judge->under[k] * (low - load);
        *outside = load - low;
    } else if (high != BW_NO_HIGH && load > high) {
        if (judge->over[k] != BW_HARD)
            return (bw_wide)judge->over[k] * (load - high);
        *outside = load - high;
    }
    return 0;
}
