/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One look at every allowed pair under given prices: the Lagrangian value, and
 * the cheapest rep of each unit. */
#ifndef BW_PASS_H
#define BW_PASS_H

#include "near.h"
#include "view.h"

#include <stdatomic.h>

typedef struct bw_pass {
    const bw_view *view;
    bw_lens *lens;
    int threads;
    const atomic_int *stop; /* becomes 1: a look is broken off, is worth
                             * -INFINITY, and unit and rep mean nothing;
                             * NULL: never */
    bool cost_free;         /* c counts as 0: is there any plan at all? */
    bw_pair *buffer;        /* [threads * n_reps] */
    double *part;           /* [blocks] */
} bw_pass;

bw_status bw_pass_new(const bw_view *view, int threads, bw_pass **pass);
void bw_pass_free(bw_pass *pass); /* NULL is fine */

/** unit[n_units]: the least c + sum p q + sum v b; rep[n_units]: whose it is
 * (ties: the lowest; -1 for a unit that nobody may serve, which counts 0).
 * Returns the sum over units less what bands and budgets give back: the same
 * for any number of threads.
 */
double bw_pass_run(bw_pass *pass, const double *price, double *unit,
                   int32_t *rep);

#endif
