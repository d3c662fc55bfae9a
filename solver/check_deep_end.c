/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Was cluster K solved to the end? Then its bound b is not only below every
 * assignment, one attains it, but for the tolerances that are taken off bounds.
 * The plan's own part is looked at first, whatever it costs in pairs that no
 * cheaper plan may have; then the question of check_deep_mip.c is put again,
 * with b raised by that much: "nothing costs less" is now the contradiction. */
#include "check_deep.h"

#include <math.h>

/* Ten times what solvers take off for their tolerance. */
static const double slack_part = 1e-5;

static bw_wide slack_of(const bw_deep_cluster *c)
{
    double share = (double)c->n_reps / c->judge->m;
    double all = bw_from_fine(c->judge->verdict.objective);
    double size = fmax(fabs(bw_from_fine(c->bound)), fabs(all) * share);
    return bw_fine(1 + bw_quanta(fmin(size * slack_part, 1e9)));
}

/* Whether the plan serves in K all that K must. */
static bool serves_all(const bw_deep_cluster *c, const uint8_t *here)
{
    const bw_judge *judge = c->judge;
    bw_wide price;
    for (int64_t i = 0; i < c->n_pairs; i++) {
        int32_t unit = c->pair[i].unit;
        int32_t head = judge->unit_account[judge->unit_first[unit]];
        if (!here[c->plan[head]] && !bw_deep_price(c, unit, &price))
            return false;
    }
    return true;
}

/* What the plan's units in K cost, their loads added; budgets of the whole are
 * kept by any plan that the judge has let pass. */
static bw_wide cost_units(const bw_deep_cluster *c, const uint8_t *here,
                          int64_t *load)
{
    const bw_judge *judge = c->judge;
    bw_wide sum = 0;
    for (int32_t unit = 0; unit < judge->verdict.n_units; unit++) {
        int32_t r = c->plan[judge->unit_account[judge->unit_first[unit]]];
        if (!here[r])
            continue;
        bw_wide price, cost = bw_fine(judge->unit_cost[unit]);
        for (int32_t k = 0; k < judge->n_measures; k++)
            load[(int64_t)r * judge->n_measures + k] += bw_judge_tight(
                judge, unit, r, k, judge->unit_work[unit], &cost);
        bw_deep_price(c, unit, &price);
        sum += cost - price + (c->whole ? 0 : bw_judge_charge(judge, unit, r));
    }
    return sum;
}

/* BW_NOMEM. *attains: the plan's part of K costs at most `most`. */
static bw_status look_at_plan(const bw_deep_cluster *c, bw_wide most,
                              bool *attains)
{
    const bw_judge *judge = c->judge;
    int32_t n = judge->n_measures;
    uint8_t *here = bw_alloc((size_t)judge->m, sizeof *here);
    int64_t *load = bw_alloc((size_t)judge->m * (size_t)n, sizeof *load);
    bw_status status = here && load ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        for (int32_t i = 0; i < c->n_reps; i++)
            here[c->rep[i]] = 1;
        bw_wide cost = cost_units(c, here, load);
        bool kept = serves_all(c, here);
        for (int32_t i = 0; i < c->n_reps * n; i++) {
            int64_t outside, at = (int64_t)c->rep[i / n] * n + i % n;
            cost += bw_judge_deviation(judge, c->rep[i / n], i % n, load[at],
                                       &outside);
            kept &= outside == 0;
        }
        *attains = kept && cost <= most;
    }
    bw_free(here);
    bw_free(load);
    return status;
}

bw_status bw_deep_ask_end(bw_deep_cluster *cluster, const bw_mip_limits *limits)
{
    bw_deep_cluster raised = *cluster;
    bool attains = false;
    raised.bound += slack_of(cluster);
    raised.found = BW_NOT_DECIDED;
    bw_status status = look_at_plan(cluster, raised.bound, &attains);
    if (status == BW_OK && !attains && limits)
        status = bw_deep_ask(&raised, limits);
    if (attains || raised.found == BW_REFUTED)
        cluster->end = BW_CONFIRMED;
    else if (raised.found == BW_CONFIRMED)
        cluster->end = BW_REFUTED;
    return status;
}
