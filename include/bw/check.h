/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The judge: recomputes segments, pairs, costs, bands, objective and bound
 * from the problem (what was read), by code of its own. It shares nothing with
 * the solver but geo and the fixed-point conversions. */
#ifndef BW_CHECK_H
#define BW_CHECK_H

#include "bw/problem.h"
#include "bw/quantum.h"

/** What is claimed. */
typedef struct bw_claim {
    const int32_t *rep;   /* [accounts] the rep of each account */
    const int64_t *price; /* [n_serving * n_balances] price units */
} bw_claim;

/** What the judge found, all recomputed. */
typedef struct bw_verdict {
    bool inside_hard_limits;
    int32_t n_units;
    int64_t n_pairs;                                        /* allowed pairs */
    bw_wide travel, handover, preference, given, imbalance; /* fine money */
    bw_wide objective, bound_certified;
    int64_t *load, *low, *high; /* [n_serving * n_balances] quanta */
    int32_t *segment;           /* [accounts] */
    int64_t *service_hours, *travel_hours, *cost; /* [accounts] quanta */
    int64_t moved_accounts;
    double moved_revenue;
    void *arena;
} bw_verdict;

/** BW_OK whatever it finds: faults (an account with a rep it may not have, a
 * family split, a price outside its range, a hard limit broken) become
 * BW_CHECK_FAILED diagnostics and the figures stand beside them. */
bw_status bw_check(const bw_problem *problem, const bw_claim *claim,
                   bw_diags *diags, bw_verdict **verdict);
void bw_verdict_free(bw_verdict *verdict);

/** The exact change of the objective if only this account's unit moved to rep
 * (fine money); false where the pair is not allowed. */
bool bw_verdict_move(const bw_problem *problem, const bw_verdict *verdict,
                     const bw_claim *claim, int32_t account, int32_t rep,
                     bw_wide *extra);

#endif
