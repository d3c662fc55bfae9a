/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A small population of plans that are crossed cautiously: a child is one
 * parent with a few of the other one's choices, improved by local search. */
#ifndef BW_MEMETIC_H
#define BW_MEMETIC_H

#include "incumbent.h"
#include "search.h"
#include "tolls.h"
#include "work.h"

typedef struct bw_memetic bw_memetic;

/** `searcher`, one per thread, and the tolls are borrowed. */
bw_status bw_memetic_new(const bw_net *net, bw_searcher *searcher,
                         bw_tolls *tolls, uint64_t seed, bw_memetic **memetic);
void bw_memetic_free(bw_memetic *memetic);

/** One round of children (the first: of founders, around the start), whose
 * plans are offered to the incumbent. Adds to *spent. */
bw_status bw_memetic_round(bw_memetic *memetic, bw_work *work,
                           const int32_t *start, bw_incumbent *incumbent,
                           int64_t *spent);

/** Factor on the penalty of hard limits that keeps some local optima inside
 * them. */
double bw_memetic_hardness(const bw_memetic *memetic);

#endif
