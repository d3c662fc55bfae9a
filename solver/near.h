/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The pairs of a unit that matter under given prices, without a look at all
 * of them. With a million units and two thousand reps nearly all pairs are far
 * beyond the best; this proves it by the box.
 *
 * Homes of reps stand in a tree of boxes over the unit sphere. For a unit u and
 * the reps r of a box, with d the road km, T the trips a year, b the base:
 *
 *   c[u,r] + sum_k p[r,k] q[u,r,k]
 *       >= handover + sum_k min p[.,k] b[u,k]
 *          + sum over accounts of T d (hour-cost + min p[.,w]) / speed
 *                                 + T d km-cost
 *
 * d at the nearest point of the box, or at its farthest where farther is
 * cheaper. What the bound cannot see is looked at by itself: owners (no
 * handover), pairs that pairs.csv speaks of. Tightening only adds.
 * Floating point and rounding to quanta are allowed for, so that a pair left
 * out is surely dearer.
 *
 * Memory: 32 bytes a rep and about 12 a box of 8 reps' corners; a lens 8 K
 * bytes a rep and 4 K more for boxes. Nothing by unit. */
#ifndef BW_NEAR_H
#define BW_NEAR_H

#include "pair.h"

/** Prices that pairs are looked at with. Read-only while threads use it. */
typedef struct bw_lens bw_lens;

/** Borrows the instance. Prices are 0 and costs count. */
bw_status bw_lens_new(const bw_instance *instance, bw_lens **lens);
void bw_lens_free(bw_lens *lens); /* NULL is fine */

/** price[n_reps * n_measures], money per unit of measure; NULL: 0. cost_free:
 * c counts as 0, and so does what tightening adds. */
void bw_lens_set(bw_lens *lens, const double *price, bool cost_free);

/** What a little more of each measure costs a rep at this load, price[n_reps *
 * n_measures], money per unit; 0 at hard limits. Deviations are convex, so an
 * amount q more costs at least price x q. (next.c) */
void bw_instance_slopes(const bw_instance *instance, const int64_t *load,
                        double *price);

/** Sees some allowed pairs of the unit, by ascending rep, each pair once in
 * all. Returns the value c + sum p q, tightened, above which a pair need not be
 * shown any more. */
typedef double bw_look(void *data, const bw_pair *pair, int32_t n);

/** Shows the unit's allowed pairs to `look`: at the least all whose value is
 * not above what `look` last returned (at first INFINITY). buffer: room for
 * n_reps pairs, one per thread. */
void bw_lens_walk(const bw_lens *lens, int32_t unit, bw_pair *buffer,
                  bw_look *look, void *data);

#endif
