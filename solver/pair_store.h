/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The allowed pairs of an instance: kept row by row, or computed on demand. */
#ifndef BW_PAIR_STORE_H
#define BW_PAIR_STORE_H

#include "pair.h"

struct bw_pair_store {
    bw_pair_source *source; /* NULL for an explicit instance */
    int64_t *first;         /* [n_units + 1]; NULL: rows are computed */
    bw_pair *pair;          /* [first[n_units]] by unit, then rep */
};

/** Copies rows as given. */
bw_status bw_pair_store_rows(bw_arena *arena, const bw_instance_rows *rows,
                             struct bw_pair_store **store);

/** Starts with a store that computes every row. */
bw_status bw_pair_store_computed(bw_arena *arena, bw_pair_source *source,
                                 struct bw_pair_store **store);

/** Computes all rows once more and keeps them; n_pairs[n_units] says how long
 * they are. */
bw_status bw_pair_store_keep(bw_instance *instance, const int32_t *n_pairs);

#endif
