/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The tree of boxes behind near.h. Reps that travel nowhere, or whose home is
 * not known, have a tree of their own: distance says nothing about them. */
#ifndef BW_NEAR_TREE_H
#define BW_NEAR_TREE_H

#include "pair.h"

enum {
    BW_LEAF_REPS = 8,
    BW_TREE_DEPTH = 40 /* halving 2^31 reps ends long before */
};

typedef struct bw_near_box {
    bw_vec low, high;    /* corners; reps that travel */
    int32_t first, last; /* reps [first, last) in the order of the tree */
    int32_t child;       /* the first of two, side by side; 0: a leaf */
    bool still;          /* its reps travel nowhere */
} bw_near_box;

typedef struct bw_near {
    int32_t n_reps, n_boxes, n_roots;
    int32_t root[2];
    bw_near_box *box; /* [n_boxes] a child after its parent */
    int32_t *rep;     /* [n_reps] in the order of the tree; ascending in a
                       * leaf */
    bw_vec *home;     /* [n_reps] likewise */
    double reach;     /* squared chords above it: surely beyond the km limit */
} bw_near;

/** In the arena. */
bw_status bw_near_new(bw_arena *arena, const bw_pair_source *source,
                      bw_near **near);

/** Squared chord to the nearest (farthest) point of a box. */
double bw_near_least(const bw_near_box *box, bw_vec at);
double bw_near_most(const bw_near_box *box, bw_vec at);

#endif
