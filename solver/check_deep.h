/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The question that is put to one cluster (check_deep.c). */
#ifndef BW_CHECK_DEEP_H
#define BW_CHECK_DEEP_H

#include "bw/deep.h"
#include "check.h"
#include "mip.h"

/** An allowed pair, before tightening; quanta. */
typedef struct bw_deep_pair {
    int32_t unit, rep;
    int64_t cost, work;
} bw_deep_pair;

typedef struct bw_deep_cluster {
    const bw_judge *judge;
    const int64_t *unit_price; /* as claimed */
    const int32_t *plan;       /* [accounts] likewise */
    const int32_t *rep;        /* [n_reps] */
    const bw_deep_pair *pair;  /* [n_pairs] by unit */
    int32_t n_reps;
    int64_t n_pairs;
    bw_wide bound; /* does anything cost less? */
    bool whole;    /* the only cluster: budgets are kept, not priced */
    bool closed;   /* claimed: solved to the end */
    bw_finding found;
    bw_finding end; /* where closed, and the bound confirmed: is it attained? */
    bw_wide cost;   /* of what costs less than the bound, where refuted */
} bw_deep_cluster;

/** U[u], fine money; false: the unit has none. */
bool bw_deep_price(const bw_deep_cluster *cluster, int32_t unit,
                   bw_wide *price);

/** What makes an amount of measure k large: a mean limit counts as 1. */
double bw_deep_size(const bw_deep_cluster *cluster, int32_t k);

/** Sets found and cost. BW_NOMEM, BW_INTERNAL. */
bw_status bw_deep_ask(bw_deep_cluster *cluster, const bw_mip_limits *limits);

/** Sets end, of one whose bound holds. limits NULL: the plan alone is looked
 * at. BW_NOMEM, BW_INTERNAL. */
bw_status bw_deep_ask_end(bw_deep_cluster *cluster,
                          const bw_mip_limits *limits);

/** All that is claimed of it was confirmed, or something refuted. */
bool bw_deep_is_decided(const bw_deep_cluster *cluster);

/** Nothing found yet. BW_NOMEM. */
bw_status bw_deep_new(int32_t n, bw_deep **result);
/** Takes over what was found: cluster[deep->n]. */
void bw_deep_sum(bw_deep *deep, const bw_deep_cluster *cluster);

#endif
