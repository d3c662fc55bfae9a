/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The allowed pairs of an instance: kept row by row, or computed on demand. */
#ifndef BW_PAIR_STORE_H
#define BW_PAIR_STORE_H

#include "bw/alloc.h"
#include "bw/instance.h"

typedef struct bw_pair_source bw_pair_source; /* pair.h */

struct bw_pair_store {
    bw_pair_source *source; /* NULL for an explicit instance */
    int64_t *first;         /* [n_units + 1]; NULL: rows are computed */
    bw_pair *pair;          /* [first[n_units]] by unit, then rep */
};

/** Copies rows as given. */
bw_status bw_pair_store_rows(bw_arena *arena, const bw_instance_rows *rows,
                             struct bw_pair_store **store);

#endif
