/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Sets of reps as bits, each distinct set kept once and known by number, so
 * that a million units share the few sets that the rules leave. */
#ifndef BW_MASK_H
#define BW_MASK_H

#include "bw/status.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct bw_masks {
    int32_t n_reps, n_words, n; /* n sets of n_words words */
    uint64_t *bits;             /* [room * n_words] */
    int32_t room;
    int32_t *slot; /* [n_slots] hash table: set + 1, or 0 */
    int32_t n_slots;
} bw_masks;

bw_status bw_masks_init(bw_masks *masks, int32_t n_reps);
void bw_masks_free(bw_masks *masks);

/** The number of this set of n_words words; a new one where it is new. */
bw_status bw_masks_number(bw_masks *masks, const uint64_t *set,
                          int32_t *number);

static inline const uint64_t *bw_masks_at(const bw_masks *masks, int32_t number)
{
    return masks->bits + (int64_t)number * masks->n_words;
}

static inline bool bw_mask_has(const uint64_t *set, int32_t rep)
{
    return set[rep / 64] >> (rep % 64) & 1;
}

static inline void bw_mask_add(uint64_t *set, int32_t rep)
{
    set[rep / 64] |= (uint64_t)1 << (rep % 64);
}

void bw_mask_clear(uint64_t *set, int32_t n_words);
void bw_mask_fill(uint64_t *set, int32_t n_reps); /* all reps */
void bw_mask_and(uint64_t *set, const uint64_t *other, int32_t n_words);
void bw_mask_or(uint64_t *set, const uint64_t *other, int32_t n_words);
int32_t bw_mask_count(const uint64_t *set, int32_t n_words);
bool bw_mask_inside(const uint64_t *set, const uint64_t *other,
                    int32_t n_words);
bool bw_mask_meets(const uint64_t *set, const uint64_t *other, int32_t n_words);

#endif
