/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which pairs a better plan may still use. */
#ifndef BW_FIX_H
#define BW_FIX_H

#include "arcs.h"

typedef struct bw_fix {
    const int64_t *price; /* in range [n_reps * n_measures] */
    bw_wide bound;        /* what the prices prove, bw_bound_exact */
    bw_wide objective;    /* of the plan to be beaten */
    int64_t limit;        /* most arcs that are wanted */
    int threads;
} bw_fix;

/** A plan with pair (u, r) costs at least bound + (v[u,r] - least v[u]), in
 * exact integers. *kept: the arcs for which that is below the objective; every
 * plan better than it uses these alone. NULL when they are more than `limit`.
 * A unit without arcs shows that there is no better plan. */
bw_status bw_fix_arcs(const bw_view *view, const bw_fix *fix, bw_arcs **kept);

#endif
