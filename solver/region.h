/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Reps that belong together: they compete for the same units. */
#ifndef BW_REGION_H
#define BW_REGION_H

#include "net.h"

enum {
    BW_NEIGHBOURS = 24 /* kept for each rep */
};

typedef struct bw_regions {
    int32_t n_reps;
    int32_t *neighbour;   /* [n_reps * BW_NEIGHBOURS] by falling affinity; -1 */
    double *affinity;     /* beside it: sum over units that both could serve of
                           * exp(-(reduced costs of both) / scale) */
    const double *weight; /* [n_reps] of the present round, or NULL */
    int64_t *used;        /* [n_reps] round in which it was last picked */
    uint8_t *taken;       /* [n_reps] in a set of the present round */
    double *pull;         /* [n_reps] scratch: affinity to the set */
    int32_t *fringe;      /* [n_reps] scratch */
} bw_regions;

bw_status bw_regions_new(const bw_net *net, bw_regions **regions);
void bw_regions_free(bw_regions *regions);

/** Begins a round of disjoint sets. weight[n_reps], borrowed for the round:
 * sets are begun at a rep with a chance in proportion to it; NULL: at the one
 * that waited longest. */
void bw_regions_begin(bw_regions *regions, const double *weight);
/** A set of up to `size` reps around the free rep that waited longest; none of
 * it in an earlier set of the round. Returns their number, ascending; 0: no
 * free rep is left. */
int32_t bw_regions_pick(bw_regions *regions, int32_t size, uint64_t *random,
                        int32_t *rep);

/** Parts the reps into groups of at most `largest` that compete most among
 * themselves: group[n_reps], numbered from 0 by their first rep. *n:
 * how many. */
bw_status bw_regions_groups(const bw_regions *regions, int32_t largest,
                            int32_t *group, int32_t *n);

#endif
