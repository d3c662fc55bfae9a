/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The hot path's view of the allowed pairs: doubles, tightened, contiguous.
 * An arc is a pair that search and restricted programs look at first; pairs
 * without an arc stay reachable through the instance. Memory: 12 + 8 K bytes
 * an arc, K measures. */
#ifndef BW_ARCS_H
#define BW_ARCS_H

#include "view.h"

#include <stdatomic.h>

typedef struct bw_arcs {
    int32_t n_units, n_reps, n_measures;
    int64_t *first; /* [n_units + 1] */
    int32_t *rep;   /* [n_arcs] ascending inside a unit */
    double *cost;   /* [n_arcs] money, tightened */
    double *amount; /* [n_arcs * n_measures] units of measure, cut */
    bool all;       /* every allowed pair has an arc */
} bw_arcs;

/** Arcs of all pairs where n_pairs <= limit, else of the `per_unit` pairs of
 * least c + sum p q + sum v b of each unit (prices in money per unit of
 * measure; NULL: 0) and its owner's. */
bw_status bw_arcs_new(const bw_instance *instance, const double *price,
                      int32_t per_unit, int64_t limit, int threads,
                      bw_arcs **arcs);

/** How they are chosen, on several threads. `mixed`: half of a unit's arcs are
 * chosen at price 0, half at `price`, so that choices under early prices do not
 * lose what later ones need. unit[n_units] and rep[n_units], where not NULL and
 * not all pairs get an arc: the least c + sum p q over all pairs, and whose. */
typedef struct bw_arcs_choice {
    const double *price;
    int32_t per_unit;
    int64_t limit;
    int threads;
    int32_t every; /* arcs for the units of every n-th block of 8 alone, the
                    * others have none; 0 or 1: for all */
    bool mixed;
    double *unit;
    int32_t *rep;
    const atomic_int *stop; /* becomes 1: the units that were not yet looked at
                             * get their owner and the rep who is cheapest at
                             * price 0, and unit[] is not their least; NULL:
                             * never */
    const int32_t *start;   /* [n_units] a rep whose pair gets an arc too, if
                             * it is allowed; NULL: none */
} bw_arcs_choice;
bw_status bw_arcs_choose(const bw_instance *instance, const bw_arcs_choice *how,
                         bw_arcs **arcs);
/** The same from a view. */
bw_status bw_arcs_of_view(const bw_view *view, const bw_arcs_choice *how,
                          bw_arcs **arcs);
void bw_arcs_free(bw_arcs *arcs);

/** Mean least cost of the units that have arcs, money; where that is nothing,
 * a hundredth of the mean cost, then 1. amount[n_measures]: mean size of what
 * an arc adds. */
double bw_arcs_scale(const bw_arcs *arcs, double *amount);

#endif
