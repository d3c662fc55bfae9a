/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A bound over all choices of n free positions (bw/positions.h). */
#ifndef BW_POSITIONS_BOUND_H
#define BW_POSITIONS_BOUND_H

#include "bw/instance.h"
#include "bw/settings.h"

typedef struct bw_positions_ask {
    const bw_instance *instance; /* every position may be had; its bands are
                                  * those of the number */
    const uint8_t *free;         /* [n_reps] 0: stays */
    const int64_t *cost;         /* [n_reps] f, quanta; of free ones */
    int32_t n;                   /* free ones that are open */
    const int64_t *price;        /* [prices] to begin with, in range */
    double target;               /* money: a plan's cost; INFINITY: none */
    int rounds;                  /* of ascent, at most */
    const bw_settings *settings; /* clock, interrupt */
    double until;                /* on that clock */
} bw_positions_ask;

/** Ascent by subgradients, then in exact integers. price [prices] and unit
 * [n_units] are filled with what proves *bound (price units). BW_NOMEM. */
bw_status bw_positions_bound(const bw_positions_ask *ask, int64_t *price,
                             int64_t *unit, bw_wide *bound);

/** B of these prices alone. */
bw_status bw_positions_exact(const bw_positions_ask *ask, const int64_t *price,
                             const int64_t *unit, bw_wide *bound);

#endif
