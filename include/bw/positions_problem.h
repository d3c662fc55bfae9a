/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The problem that a choice of positions makes of one with free positions. */
#ifndef BW_POSITIONS_PROBLEM_H
#define BW_POSITIONS_PROBLEM_H

#include "bw/diag.h"
#include "bw/instance.h"
#include "bw/problem.h"
#include "bw/quantum.h"
#include "bw/status.h"

/** The bands of the problem with all positions open, low and high
 * [n_serving * n_balances] quanta, and what shared targets share out: total
 * [n_balances] quanta, as in bw_instance and bw_verdict. All borrowed. */
typedef struct bw_all_open {
    const int64_t *low, *high, *total;
} bw_all_open;

/** The problem of a choice; open [n_serving]. The arrays that are its own are
 * in the arena. */
bw_status bw_positions_problem(const bw_problem *problem, const uint8_t *open,
                               bw_all_open all, void *arena, bw_problem *made);
/** The same for the bound over all choices of n: every position may be had,
 * with the bands of the number. */
bw_status bw_positions_bands(const bw_problem *problem, int32_t n,
                             bw_all_open all, void *arena, bw_problem *made);
/** The instance with every position open. Of limits that cannot hold then
 * nothing is said, as they may hold with fewer; what no number can change is
 * BW_INVALID, said in diags. Keeps to the arena and the problem. */
bw_status bw_positions_whole(const bw_problem *problem, void *arena,
                             bw_diags *diags, bw_instance **whole);
/** The bands of a number n, of whoever is open, as the problem of a choice of
 * that number has them: own_low, own_high [n_serving * n_balances]. */
void bw_positions_sides(const bw_problem *problem, int32_t n, bw_all_open all,
                        int64_t *own_low, int64_t *own_high);
/** Positions whose bands follow the number must all weigh the same: tells
 * which balance they do not in, BW_POSITIONS_UNEQUAL. */
void bw_positions_check(const bw_problem *problem, bw_diags *diags);
/** What the open ones cost, fine money. */
bw_wide bw_positions_cost(const bw_problem *problem, const uint8_t *open);

#endif
