/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The making of clusters: which reps, what spanning units cost, what the plan
 * at hand costs in each. */
#ifndef BW_CLUSTER_PARTS_H
#define BW_CLUSTER_PARTS_H

#include "cluster.h"
#include "cluster_mip.h"

typedef struct bw_cluster_parts {
    const bw_plan *plan;
    int32_t reps_most;
    const bw_clusters *earlier; /* whose clusters to take over, or NULL */
    int threads;
    bw_view *view;
    bw_arcs *arcs; /* of pairs that a better plan may use; NULL: too many */
    bw_clusters *out;
    bw_cluster_mip *part; /* [n_clusters] */
    double *price, *unit_price, *weight;
    int32_t *unit, *rep; /* of the parts, one after another */
} bw_cluster_parts;

/** From plan, reps_most, earlier and threads; on failure too, call _done. */
bw_status bw_cluster_parts_make(bw_cluster_parts *parts);
/** Frees all but `out`. */
void bw_cluster_parts_done(bw_cluster_parts *parts);

#endif
