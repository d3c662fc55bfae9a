/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A bound beyond the relaxation: reps are put into clusters, units with pairs
 * in several clusters are priced apart, and each cluster's integer program is
 * solved, or bounded, by branch and bound. What the clusters gain adds up.
 *
 *   bound = sum of unit prices U[u] over spanning units + sum over clusters of
 *   min  sum (c - U) x + deviations of the cluster's reps
 *        sum_r x[u,r] = 1  units inside,  <= 1  spanning units,  x whole.
 *
 * With budgets c includes sum_g v b, and - sum_g v limit comes to the bound.
 *
 * Valid for any U. Pairs that cannot be in a plan better than the one given
 * (bw_fix_arcs) take no part, so the bound never exceeds its objective. */
#ifndef BW_CLUSTER_H
#define BW_CLUSTER_H

#include "bw/plan.h"
#include "bw/settings.h"

#define BW_INSIDE BW_NO_LOW /* no unit price: the unit is in one cluster */

typedef struct bw_clusters bw_clusters;

typedef struct bw_cluster_settings {
    int32_t reps_most; /* in a cluster */
    int64_t work;      /* simplex iterations in all; 0: no limit */
    double seconds;    /* in all, on the settings' clock; INFINITY: no limit */
    const bw_settings *settings; /* threads, clock, interrupt */
    const atomic_int *stop;      /* NULL: none */
    /* Of a dearer plan with the same certificate, or NULL: clusters are the
     * same again, and no bound falls below what it was. */
    const bw_clusters *earlier;
    /* Told what `value` would be now, whenever a cluster's bound has risen;
     * from the threads that solve, one at a time. NULL: nobody asks. */
    void (*raised)(void *data, bw_wide value);
    void *raised_data;
} bw_cluster_settings;

struct bw_clusters {
    int32_t n_units, n_reps, n_clusters;
    int32_t *of_rep;      /* [n_reps] cluster of each rep */
    int64_t *unit_price;  /* [n_units] U, quanta of money, or BW_INSIDE */
    bw_wide *bound;       /* [n_clusters] whole quanta of fine money, less
                           * what the solver's tolerances may be wrong by: a
                           * millionth, of closed ones a fifth of that */
    uint8_t *closed;      /* [n_clusters] 1: solved to the end */
    int64_t work;         /* simplex iterations spent */
    bw_wide budgets_back; /* sum of v limit, part of `value`; 0 where there is
                           * one cluster, whose bound has it */
    bw_wide value;        /* sum of U and bounds; not below what the plan's
                           * certificate proves, not above its objective */
    int32_t *rep;         /* [n_units] a better plan that was found, or NULL */
};

/** plan: complete, inside every hard limit, certified. *clusters is NULL where
 * too many pairs are left for this to pay, or the plan is optimal already. With
 * a work limit alone the result does not depend on the machine or the number of
 * threads. */
bw_status bw_clusters_new(const bw_plan *plan,
                          const bw_cluster_settings *settings,
                          bw_clusters **clusters);
void bw_clusters_free(bw_clusters *clusters); /* NULL is fine */

#endif
