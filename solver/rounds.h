/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The search after the start: rounds of three kinds, children of a small
 * population (memetic.h), kicks in regions (polish.h), integer programs over a
 * few reps (improve.h). Which comes next follows from what each has gained for
 * its work (choice.h).
 *
 * Kicks and programs work on a plan of their own, at first the incumbent. When
 * they have found nothing better for long, a few reps of the incumbent are
 * shuffled and they go on from there; what is better than the incumbent becomes
 * it. So a run without limits never comes to an end of what it tries. */
#ifndef BW_ROUNDS_H
#define BW_ROUNDS_H

#include "choice.h"
#include "improve.h"
#include "memetic.h"
#include "polish.h"

typedef struct bw_rounds {
    const bw_net *net;
    bw_regions *regions;
    bw_memetic *memetic;
    bw_polisher *polisher;
    bw_improver *improver;
    bw_choice choice;
    bw_incumbent *current;
    int32_t *shaken;  /* [n_units] */
    double *lost;     /* [n_reps] */
    int32_t *set;     /* [n_reps] */
    int64_t idle;     /* work on `current` since it last became better */
    bw_wide based_on; /* the incumbent's objective when `current` left it */
    uint64_t random;
    bool no_programs; /* never to be chosen */
} bw_rounds;

/** Borrows all; searcher[threads of `work`]. */
bw_status bw_rounds_new(const bw_net *net, bw_regions *regions,
                        bw_searcher *searcher, bw_tolls *tolls,
                        const bw_work *work, uint64_t seed, bw_rounds **rounds);
void bw_rounds_free(bw_rounds *rounds); /* NULL is fine */

/** Rounds of children until one is inside all hard limits, or so many that
 * something else must help. */
bw_status bw_rounds_seek(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent);

/** One round, results offered to the incumbent. Adds to *spent, always
 * something, so that all runs end. */
bw_status bw_rounds_next(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent);

/** Rounds until `amount` of work is done or time is up, before dives: these pay
 * late, and whoever stops within them has at least what the rounds found. */
bw_status bw_rounds_first(bw_rounds *rounds, bw_work *work,
                          bw_incumbent *incumbent, int64_t amount,
                          int64_t *spent);

#endif
