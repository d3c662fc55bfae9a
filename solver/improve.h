/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rounds of restricted integer programs on disjoint sets of related reps.
 * Which size of set, and how much is spent on each, follows from what has paid
 * off so far. */
#ifndef BW_IMPROVE_H
#define BW_IMPROVE_H

#include "core.h"
#include "region.h"
#include "work.h"

typedef struct bw_improver bw_improver;

/** Borrows net and regions. */
bw_status bw_improver_new(const bw_net *net, bw_regions *regions, uint64_t seed,
                          bw_improver **improver);
void bw_improver_free(bw_improver *improver); /* NULL is fine */

/** One round from the incumbent, results offered to it. Adds to *spent; *tried
 * is false where every set drawn had been solved before. */
bw_status bw_improver_round(bw_improver *improver, bw_work *work,
                            bw_incumbent *incumbent, int64_t *spent,
                            bool *tried);

#endif
