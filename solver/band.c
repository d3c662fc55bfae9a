/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bands (model.md 5). T[k] = sum over the units (of a group) of the smallest
 * q[u,r,k] over their allowed reps, so that it does not depend on the plan;
 * F[r] = fte x ramp;
 *
 *   equal     target[r] = T x F[r] / sum of F
 *   share     target[r] = T x capacity[r] F[r] / sum of capacity F
 *   capacity  target[r] = capacity[r] F[r]
 *   column    target[r] = the column's value
 *
 * band = target x (1 - tolerance) .. target x (1 + tolerance), each side
 * replaced where an absolute limit is given. */
#include "band.h"

#include <math.h>

/* T and the sum of weights of each group of one measure. */
typedef struct group_sum {
    int64_t total;
    double weight;
} group_sum;

double bw_band_weight(const bw_balance *balance, const bw_reps *reps,
                      int32_t rep)
{
    double full = reps->fte[rep] * reps->ramp[rep];
    return balance->target == BW_TARGET_EQUAL ? full
                                              : reps->capacity[rep] * full;
}

static void sum_groups(const bw_build *build, const bw_survey *survey,
                       int32_t k, group_sum *sum)
{
    const bw_instance *instance = build->instance;
    const bw_balance *balance = &build->problem->balances[k];
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        int32_t group = 0;
        if (balance->group)
            group = survey->group[(int64_t)unit * instance->n_measures + k];
        if (group >= 0 && survey->n_pairs[unit] > 0)
            sum[group].total += bw_survey_least(instance, survey, unit, k);
    }
    for (int32_t rep = 0; rep < instance->n_reps; rep++)
        sum[balance->group ? balance->group[rep] : 0].weight +=
            bw_band_weight(balance, &build->problem->reps, rep);
}

/* One side of a band, quanta: `factor` is 1 - or + tolerance. NaN: none. */
static double side_of(const bw_problem *problem, const bw_balance *balance,
                      const group_sum *sum, int32_t rep, double factor)
{
    const bw_reps *reps = &problem->reps;
    if (balance->target == BW_TARGET_NONE)
        return (double)NAN;
    if (balance->target == BW_TARGET_COLUMN)
        return balance->target_value[rep] * factor * BW_QUANTA;
    double weight = bw_band_weight(balance, reps, rep);
    if (balance->target == BW_TARGET_CAPACITY)
        return weight * factor * BW_QUANTA;
    const group_sum *s = &sum[balance->group ? balance->group[rep] : 0];
    if (s->weight == 0)
        return 0;
    return (double)s->total * weight / s->weight * factor;
}

static void report_crossed(bw_build *build, const bw_balance *balance,
                           int32_t rep, const int64_t *band)
{
    build->n_faults++;
    bw_diag_add(build->diags, BW_ERROR, BW_BAND_CROSSED, balance->place,
                "the band of \"%s\" for rep \"%s\" runs from %.4f down to "
                "%.4f; a given limit contradicts the other side, which may "
                "come from target and tolerance: give both, or widen it",
                balance->measure, build->problem->reps.id[rep],
                bw_from_quanta(band[0]), bw_from_quanta(band[1]));
}

static void make_band(bw_build *build, int32_t k, const group_sum *sum,
                      int32_t rep)
{
    const bw_balance *balance = &build->problem->balances[k];
    double low =
        side_of(build->problem, balance, sum, rep, 1 - balance->tolerance);
    double high =
        side_of(build->problem, balance, sum, rep, 1 + balance->tolerance);
    if (balance->low && !isnan(balance->low[rep]))
        low = balance->low[rep] * BW_QUANTA;
    if (balance->high && !isnan(balance->high[rep]))
        high = balance->high[rep] * BW_QUANTA;
    int64_t band[2] = {isnan(low) ? BW_NO_LOW : (int64_t)llround(low),
                       isnan(high) ? BW_NO_HIGH : (int64_t)llround(high)};
    if (band[0] > band[1])
        report_crossed(build, balance, rep, band);
    int64_t at = (int64_t)rep * build->instance->n_measures + k;
    build->instance->low[at] = band[0];
    build->instance->high[at] = band[1];
}

/* With a tolerance, `low` would lie above `high` for shares of a total below 0:
 * said once, unless the band is given after all. */
static bool has_shares(bw_build *build, const bw_balance *balance,
                       const group_sum *sum, int32_t n_groups)
{
    bool fine = true, given = balance->low && balance->high;
    for (int32_t g = 0; g < n_groups && !given; g++) {
        if (sum[g].total >= 0 || balance->tolerance == 0)
            continue;
        fine = false;
        build->n_faults++;
        bw_diag_add(build->diags, BW_ERROR, BW_BAND_CROSSED, balance->place,
                    "\"%.80s\"%s%.80s adds up to %g, and what is below 0 "
                    "cannot be shared out; give the band by low and high, or "
                    "correct the column",
                    balance->measure, balance->group ? " of " : "",
                    balance->group ? balance->group_name[g] : "",
                    bw_from_quanta(sum[g].total));
    }
    return fine;
}

bw_status bw_bands_make(bw_build *build, const bw_survey *survey)
{
    for (int32_t k = 0; k < build->instance->n_measures; k++) {
        const bw_balance *balance = &build->problem->balances[k];
        int32_t n_groups = balance->group ? balance->n_groups : 1;
        group_sum *sum = bw_alloc((size_t)n_groups, sizeof *sum);
        if (!sum)
            return BW_NOMEM;
        if (balance->target == BW_TARGET_EQUAL ||
            balance->target == BW_TARGET_SHARE)
            sum_groups(build, survey, k, sum);
        build->instance->total[k] = balance->group ? 0 : sum[0].total;
        bool fine = has_shares(build, balance, sum, n_groups);
        for (int32_t rep = 0; fine && rep < build->instance->n_reps; rep++)
            make_band(build, k, sum, rep);
        bw_free(sum);
    }
    return BW_OK;
}
