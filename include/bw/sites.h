/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where new positions might be: places that shorten the ways of the accounts,
 * given the homes that there are. */
#ifndef BW_SITES_H
#define BW_SITES_H

#include "bw/geo.h"
#include "bw/status.h"

#include <stdint.h>

/**
 * At most `count` places for points [n] (NaN: unknown, left aside) of weights
 * > 0, beside homes [n_fixed] that stay: a local minimum of the sum of weight x
 * squared distance to the nearest. Fewer where there are fewer different
 * points. The same seed gives the same places. BW_NOMEM.
 */
bw_status bw_sites_find(const bw_point *point, const double *weight, int32_t n,
                        const bw_point *fixed, int32_t n_fixed, uint64_t seed,
                        bw_point *site, int32_t count, int32_t *found);

#endif
