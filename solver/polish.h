/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rounds of kicks on disjoint regions: a task takes a few related reps and
 * does there what the whole plan would need a hundred times as long for, kick,
 * chains and trades, keeping what is not worse. What a plan loses against the
 * prices, G(r) of net.h, is spread very unevenly over the reps (of 500, a
 * twentieth lost more than half), so regions grow around reps drawn in
 * proportion to it. */
#ifndef BW_POLISH_H
#define BW_POLISH_H

#include "incumbent.h"
#include "search.h"
#include "work.h"

typedef struct bw_polisher bw_polisher;

/** Borrows all; searcher[threads of `work`]. */
bw_status bw_polisher_new(const bw_net *net, bw_regions *regions,
                          bw_searcher *searcher, const bw_work *work,
                          uint64_t seed, bw_polisher **polisher);
void bw_polisher_free(bw_polisher *polisher); /* NULL is fine */

/** One round from the incumbent, results offered to it. `hardness` as in
 * bw_hunt. Adds to *spent. */
bw_status bw_polisher_round(bw_polisher *polisher, bw_work *work,
                            double hardness, bw_incumbent *incumbent,
                            int64_t *spent);

#endif
