/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How the loads of reps depend on each other's prices: where a unit is shared
 * between two reps, what one loses the other gains. Sparse: only neighbours
 * share units. Sums are made by chunk of units and merged in their order, so
 * that they are the same for any number of threads. */
#ifndef BW_COUPLE_H
#define BW_COUPLE_H

#include "bw/status.h"

#include <stdbool.h>
#include <stdint.h>

/** Blocks of K x K numbers by pair of reps, r < s. */
typedef struct bw_couples {
    int32_t n_measures;
    int64_t n, room;     /* pairs; slots, a power of 2 */
    int32_t *low, *high; /* [room] r, s; low -1: an empty slot */
    double *block;       /* [room * K * K] row: measure of r, column: of s */
    bool no_memory;
} bw_couples;

bw_status bw_couples_init(bw_couples *couples, int32_t n_measures);
void bw_couples_done(bw_couples *couples);
void bw_couples_clear(bw_couples *couples);

/** Adds weight q_r q_s'. A failure is kept in no_memory. */
void bw_couples_add(bw_couples *couples, int32_t r, int32_t s, double weight,
                    const double *q_r, const double *q_s);

/** The same by rep, both ways. */
typedef struct bw_neighbours {
    int64_t *first; /* [n_reps + 1] */
    int32_t *other; /* [first[n_reps]] */
    double *block;  /* [.. * K * K] row: measure of the rep, column: other's */
    int64_t room;
} bw_neighbours;

/** All parts together, in their order; the first part takes the others up. */
bw_status bw_couples_merge(bw_couples *part, int n_parts, int32_t n_reps,
                           bw_neighbours *neighbours);
void bw_neighbours_done(bw_neighbours *neighbours);

#endif
