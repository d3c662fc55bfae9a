/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Probable duplicates: the same name at the same place. */
#ifndef BW_DUPLICATES_H
#define BW_DUPLICATES_H

#include "bw/geo.h"
#include "bw/status.h"

#include <stddef.h>
#include <stdint.h>

/** How near the places of one company are, km. */
#define BW_SAME_PLACE_KM 1.0

/** What is compared; names and postal codes as 64-bit hashes, 0: none. */
typedef struct bw_namesake {
    uint64_t name, postal;
    bw_point point; /* NaN: unknown */
} bw_namesake;

/** FNV-1a, never 0. Of a million different names two have the same hash with
 * a probability of 3 in a hundred million. */
uint64_t bw_hash(const char *text, size_t len);

/**
 * first[i]: the lowest number of the group that i belongs to, i where it is
 * alone. Two are of one group when they have the same name and the same postal
 * code, or the same name within BW_SAME_PLACE_KM, or hang together so through
 * others. Takes time in proportion to n log n, also when all have one name.
 */
bw_status bw_duplicates_find(const bw_namesake *item, int32_t n,
                             int32_t *first);

#endif
