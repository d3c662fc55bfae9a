/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan: one rep per unit, with its totals, its bound and its certificate. */
#ifndef BW_PLAN_H
#define BW_PLAN_H

#include "bw/instance.h"

/** What proves the bound: prices p[r,k] in price units, inside
 * [-under[k], +over[k]]; 0 where a side that would be used has no limit. Then
 * prices v[g] >= 0. */
typedef struct bw_certificate {
    int32_t n_reps, n_measures, n_budgets;
    int64_t *price; /* [n_reps * n_measures], then [n_budgets] */
} bw_certificate;

/**
 * What a bound beyond the certificate's rests on, found by branch and bound
 * over clusters of reps: cluster k, with the pairs that a plan cheaper than
 * this one may use, costs at least bound[k], where a unit that has such pairs
 * in several clusters may stay out and is worth U[u] less. So no plan costs
 * less than the sum of all U and all bounds, nor than this one. Clusters do not
 * see what others use of a budget: they have its price in their costs.
 */
typedef struct bw_searched {
    int32_t n_clusters;        /* 0: the certificate's bound is the best */
    const int32_t *cluster;    /* [n_reps]; NULL: all in the first */
    const int64_t *unit_price; /* [n_units] U, quanta of money; BW_NO_LOW: the
                                * unit is inside one. NULL: all are */
    const bw_wide *bound;      /* [n_clusters] fine money */
    const uint8_t *closed;     /* [n_clusters] 1: solved to the end, an
                                * assignment attains the bound */
    bw_wide budgets_back;      /* sum of v limit, taken off, where the clusters
                                * have v b in their costs; 0 where a single one
                                * keeps budgets as they are */
} bw_searched;

typedef struct bw_plan {
    const bw_instance *instance; /* borrowed for life */
    int32_t *rep;                /* [n_units] */
    bool complete;               /* false: no plan was found, rep is -1 */
    int64_t *load;               /* [n_reps * n_measures] quanta */
    int64_t *use;                /* [n_budgets] quanta */
    bw_wide cost;                /* sum of c, fine money */
    bw_wide imbalance;           /* under s + over t, fine money */
    bw_wide positions;           /* what open positions cost, fine money; 0
                                  * where there is no choice of them */
    bw_wide objective;           /* cost + imbalance + positions */
    int64_t outside; /* amount outside hard limits, over budgets; quanta */
    bw_certificate certificate;
    bw_wide bound_certified; /* what the certificate proves */
    bw_wide bound;           /* the best bound known: the larger of what the
                              * certificate proves and what the clusters do,
                              * at most the objective */
    bw_searched searched;
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

/** Adds what the open positions of a choice cost to a plan that was solved
 * without: to objective and bounds, which no plan of the choice goes below. */
void bw_plan_add_positions(bw_plan *plan, bw_wide positions);

/** Takes over prices and computes what they prove, bound_certified; `bound` is
 * raised to it. */
bw_status bw_plan_certify(bw_plan *plan, const int64_t *price, int threads);

/** Sum of its unit prices and bounds, less budgets_back: at most 128 bits,
 * which is the caller's to see to. */
bw_wide bw_searched_sum(const bw_instance *instance,
                        const bw_searched *searched);
/** The plan keeps a copy; `bound` stays as it is. */
bw_status bw_plan_searched(bw_plan *plan, const bw_searched *searched);
/** Lowers the first bound, if need be, so that the sum is at most the
 * objective: a solver's tolerance may have put it above. */
void bw_plan_fit_searched(bw_plan *plan);

/** Takes back that clusters were solved to the end: the plan has become cheaper
 * since, fewer pairs count, and what attained their bounds may have others. Not
 * where there is one cluster, or no unit has a price: those bounds are the
 * plan's own cost. */
void bw_plan_reopen_searched(bw_plan *plan);

/** (objective - bound) / max(|objective|, 1 unit of money). */
double bw_gap(bw_wide objective, bw_wide bound);

/**
 * The next best rep of a unit: the exact change of the objective if only this
 * unit moved there (ties: lowest rep). Reps where the move would break a hard
 * limit or a budget that holds now come last. *rep is -1 where no other rep is
 * allowed.
 */
void bw_plan_next_rep(const bw_plan *plan, int32_t unit, bw_pair *buffer,
                      int32_t *rep, bw_wide *extra);

/** What the plan says of the other reps of a unit. */
typedef struct bw_other_reps {
    int32_t next;       /* as above */
    bw_wide next_extra; /* fine money */
    int32_t cheapest;   /* rep of the least c; the present one if it ties */
    int32_t n_allowed;  /* reps that may serve it */
} bw_other_reps;

/** The same for all units at once, found[n_units]: far quicker than one by one
 * where rows are computed. */
bw_status bw_plan_other_reps(const bw_plan *plan, int threads,
                             bw_other_reps *found);

#endif
