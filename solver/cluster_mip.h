/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The integer program of one cluster of reps. */
#ifndef BW_CLUSTER_MIP_H
#define BW_CLUSTER_MIP_H

#include "arcs.h"
#include "mip.h"

typedef struct bw_cluster_mip {
    /* What it is made of: */
    const bw_view *view;
    const bw_arcs *arcs;      /* of all clusters */
    const double *price;      /* [n_reps * n_measures] */
    const double *unit_price; /* [n_units] NaN: the unit is inside */
    const int32_t *of_rep;    /* [n_reps] */
    const double *weight;     /* [n_measures] of an amount, for branching */
    int32_t *unit, *rep;      /* [n_units], [n_reps] of the cluster */
    int32_t cluster, n_units, n_reps;
    double plan; /* what the plan at hand costs here: nothing dearer counts */
    /* What comes out: */
    double relaxed; /* value of the prices here */
    double bound;   /* no better plan has less here */
    bool closed;
    int64_t work;    /* iterations spent */
    int32_t *chosen; /* [n_units of the instance] reps of the solution found,
                      * for the cluster's units; NULL: not wanted */
    bool found;      /* chosen was set, and it is better than `plan` */
    /* Told what `bound` would be now; NULL: nobody asks. */
    void (*raised)(void *data, const struct bw_cluster_mip *c, double bound);
    void *raised_data;
} bw_cluster_mip;

/** Sets `relaxed`. */
void bw_cluster_mip_relax(bw_cluster_mip *c);
bw_status bw_cluster_mip_solve(bw_cluster_mip *c, const bw_mip_limits *limits);

#endif
