/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan: one rep per unit, with its totals, its bound and its certificate. */
#ifndef BW_PLAN_H
#define BW_PLAN_H

#include "bw/instance.h"

/** What proves the bound: prices p[r,k] in price units, inside
 * [-under[k], +over[k]]; 0 where a side that would be used has no limit. */
typedef struct bw_certificate {
    int32_t n_reps, n_measures;
    int64_t *price; /* [n_reps * n_measures] */
} bw_certificate;

typedef struct bw_plan {
    const bw_instance *instance; /* borrowed for life */
    int32_t *rep;                /* [n_units] */
    bool complete;               /* false: no plan was found, rep is -1 */
    int64_t *load;               /* [n_reps * n_measures] quanta */
    bw_wide cost;                /* sum of c, fine money */
    bw_wide imbalance;           /* under s + over t, fine money */
    bw_wide objective;           /* cost + imbalance */
    int64_t outside;             /* amount outside hard limits, quanta */
    bw_certificate certificate;
    bw_wide bound_certified; /* what the certificate proves */
    bw_wide bound;           /* the best bound known, >= bound_certified */
    bw_outcome outcome;
    bw_stop stopped_by;
    void *arena;
} bw_plan;

/** An empty plan: nobody assigned, bound of all prices 0. */
bw_status bw_plan_new(const bw_instance *instance, bw_plan **plan);
void bw_plan_free(bw_plan *plan);

/** Takes over an assignment (rep[n_units], all pairs allowed) and computes
 * loads, cost, imbalance, objective from scratch. BW_INTERNAL when a pair is
 * not allowed. */
bw_status bw_plan_assign(bw_plan *plan, const int32_t *rep);

/** Takes over prices and computes what they prove, bound_certified; `bound` is
 * raised to it. */
bw_status bw_plan_certify(bw_plan *plan, const int64_t *price);

/** (objective - bound) / max(|objective|, 1 unit of money). */
double bw_gap(bw_wide objective, bw_wide bound);

/**
 * The next best rep of a unit: the exact change of the objective if only this
 * unit moved there (ties: lowest rep). Reps where the move would break a hard
 * limit that holds now come last. *rep is -1 where no other rep is allowed.
 */
void bw_plan_next_rep(const bw_plan *plan, int32_t unit, bw_pair *buffer,
                      int32_t *rep, bw_wide *extra);

#endif
