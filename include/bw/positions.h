/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Headcount and placement: which of the free positions are open. For every
 * number of them that is asked for, the best choice found, and a bound over all
 * choices of that number:
 *
 *   B = sum_u w[u] + sum over staying r of G(r)
 *       + the n smallest f[r] + G(r) over free r - sum_g v[g] limit[g]
 *   G(r) = sum_u min(0, h(u,r)) - sum_k (p >= 0 ? p high : p low)
 *   h(u,r) = c[u,r] + sum_k p[r,k] q[u,r,k] + sum_g v[g] b[g,u,r] - w[u]
 *
 * for any prices p in [-under, over], v >= 0 and any w (model.md), with the
 * bands of that number. */
#ifndef BW_POSITIONS_H
#define BW_POSITIONS_H

#include "bw/headcount.h"
#include "bw/positions_problem.h"
#include "bw/settings.h"

typedef struct bw_positions {
    int32_t n_numbers;
    bw_headcount *number; /* [n_numbers] from least to most */
    bw_stop cut;          /* what cut the search short: time, interrupt; else
                           * effort */
    int32_t best;         /* index of the cheapest plan, or -1 */
    bool bounded;         /* every number was reached, so that there is: */
    bw_wide bound;        /* no plan of any number costs less */
    bw_wide bound_certified;
    bw_wide *worth;       /* [n_serving] of free ones: how much dearer or
                           * cheaper the best plan that was found becomes when
                           * this one alone opens or closes; fine money */
    uint8_t *worth_known; /* [n_serving] 1: it was solved; else 0 */
    bw_problem problem;   /* that of the best choice, to be solved to the end */
    const int32_t *start; /* [n_units] its plan so far */
    void *arena;
} bw_positions;

/**
 * Searches choices within the settings (short solves; their effort says how
 * many). Targets that are shared out (`equal`, `share`) follow the number: the
 * bands of the problem with all positions open, times the sum of F over all,
 * by that over those that stay and n free ones, which must all have the same F
 * (a diagnostic at the balance otherwise: BW_INVALID; likewise within groups).
 */
bw_status bw_positions_new(const bw_problem *problem,
                           const bw_settings *settings, bw_diags *diags,
                           bw_positions **positions);
/** Takes over the plan of `problem`, solved to the end, as that of the best
 * choice: adds what the positions cost to its objective and bounds, and says
 * where it was the search for choices that was cut short. */
void bw_positions_settle(bw_positions *positions, bw_plan *plan);
void bw_positions_free(bw_positions *positions);

#endif
