/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Text -> number: finds ids, owners and classes of equal values. Keys are
 * compared byte for byte ("007" is not "7") and borrowed, not copied. */
#ifndef BW_INDEX_H
#define BW_INDEX_H

#include "bw/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct bw_index bw_index;

/** An empty index with room for `expected` keys; it grows beyond. */
bw_status bw_index_new(int64_t expected, bw_index **index);
void bw_index_free(bw_index *index);

/** Sets *there to the number that the key has, and that is `value`, not
 * negative, where the key is new. The key must outlive the index. */
bw_status bw_index_put(bw_index *index, const char *key, size_t len,
                       int32_t value, int32_t *there);
/** An index of n ids by their numbers 0 .. n-1. BW_NOMEM: *index may be there
 * all the same and is to be freed. */
bw_status bw_index_ids(const char *const *id, int32_t n, bw_index **index);
/** The number of the key, or -1. */
int32_t bw_index_find(const bw_index *index, const char *key, size_t len);

#endif
