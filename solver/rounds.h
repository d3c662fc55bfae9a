/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The search after the start: rounds of three kinds, children of a small
 * population (memetic.h), kicks in regions (polish.h), integer programs over a
 * few reps (improve.h). Which comes next follows from what each has gained for
 * its work (choice.h). */
#ifndef BW_ROUNDS_H
#define BW_ROUNDS_H

#include "choice.h"
#include "improve.h"
#include "memetic.h"
#include "polish.h"

typedef struct bw_rounds {
    const bw_net *net;
    bw_memetic *memetic;
    bw_polisher *polisher;
    bw_improver *improver;
    bw_choice choice;
} bw_rounds;

/** Borrows all; searcher[threads of `work`]. */
bw_status bw_rounds_new(const bw_net *net, bw_regions *regions,
                        bw_searcher *searcher, const bw_work *work,
                        uint64_t seed, bw_rounds **rounds);
void bw_rounds_free(bw_rounds *rounds); /* NULL is fine */

/** One round from the incumbent, results offered to it. Adds to *spent, always
 * something, so that all runs end. */
bw_status bw_rounds_next(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent);

#endif
