/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One number of open positions: the best choice found, and what bounds all
 * choices of that number (the formula is in bw/positions.h). */
#ifndef BW_HEADCOUNT_H
#define BW_HEADCOUNT_H

#include "bw/plan.h"

/** What proves B: prices as in a certificate, then one of each unit. */
typedef struct bw_positions_proof {
    int64_t *price; /* [n_serving * n_balances], then [n_budgets]; price units
                     */
    int64_t *unit;  /* [n_units] w, price units of money */
} bw_positions_proof;

/** One number of open positions. */
typedef struct bw_headcount {
    int32_t n;          /* free positions that are open */
    bw_outcome outcome; /* BW_FEASIBLE: there is a plan; BW_IMPOSSIBLE:
                         * proven of every choice;
                         * BW_NO_PLAN: none was found or, as `bound` is above
                         * the best plan, looked for */
    uint8_t *open;      /* [n_serving] the choice; with a plan */
    int32_t *rep;       /* [n_units] its plan */
    bw_wide objective;  /* fine money, positions included */
    bw_wide positions, imbalance;
    bw_pair_parts cost;      /* quanta; km: unused */
    bool bounded;            /* it was reached, so that there are: */
    bw_wide bound_certified; /* over all choices of that number */
    bw_wide bound;           /* the best: where every choice was solved, the
                              * least of their bounds, if that is more */
    bool all_solved;
    int32_t solved; /* choices that were */
    bw_positions_proof proof;
} bw_headcount;

#endif
