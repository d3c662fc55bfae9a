/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distinct sets of reps in an open-addressing table of at most half its slots
 * in use. */
#include "mask.h"

#include "bw/alloc.h"

#include <string.h>

enum {
    FIRST_SLOTS = 64
};

bw_status bw_masks_init(bw_masks *masks, int32_t n_reps)
{
    *masks = (bw_masks){.n_reps = n_reps, .n_words = (n_reps + 63) / 64};
    masks->n_slots = FIRST_SLOTS;
    masks->slot = bw_alloc(FIRST_SLOTS, sizeof *masks->slot);
    return masks->slot ? BW_OK : BW_NOMEM;
}

void bw_masks_free(bw_masks *masks)
{
    bw_free(masks->bits);
    bw_free(masks->slot);
    *masks = (bw_masks){0};
}

static uint64_t hash(const uint64_t *set, int32_t n_words)
{
    uint64_t h = 0x9E3779B97F4A7C15u;
    for (int32_t i = 0; i < n_words; i++) {
        h = (h ^ set[i]) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    return h;
}

/* The slot where the set is, or where it belongs. */
static int32_t *find_slot(const bw_masks *masks, int32_t *slot, int32_t n_slots,
                          const uint64_t *set)
{
    size_t bytes = (size_t)masks->n_words * sizeof *set;
    uint64_t last = (uint64_t)n_slots - 1;
    uint64_t at = hash(set, masks->n_words) & last;
    while (slot[at] && bytes &&
           memcmp(bw_masks_at(masks, slot[at] - 1), set, bytes) != 0)
        at = (at + 1) & last;
    return &slot[at];
}

static bw_status grow_slots(bw_masks *masks)
{
    if (masks->n < masks->n_slots / 2)
        return BW_OK;
    int32_t n_slots = 2 * masks->n_slots;
    int32_t *slot = bw_alloc((size_t)n_slots, sizeof *slot);
    if (!slot)
        return BW_NOMEM;
    for (int32_t i = 0; i < masks->n; i++)
        *find_slot(masks, slot, n_slots, bw_masks_at(masks, i)) = i + 1;
    bw_free(masks->slot);
    masks->slot = slot;
    masks->n_slots = n_slots;
    return BW_OK;
}

static bw_status grow_bits(bw_masks *masks)
{
    if (masks->n < masks->room)
        return BW_OK;
    int32_t room = masks->room ? 2 * masks->room : 16;
    uint64_t *bits = bw_realloc(masks->bits, (size_t)room,
                                (size_t)masks->n_words * sizeof *bits);
    if (!bits)
        return BW_NOMEM;
    masks->bits = bits;
    masks->room = room;
    return BW_OK;
}

bw_status bw_masks_number(bw_masks *masks, const uint64_t *set, int32_t *number)
{
    int32_t *slot = find_slot(masks, masks->slot, masks->n_slots, set);
    if (*slot) {
        *number = *slot - 1;
        return BW_OK;
    }
    if (grow_slots(masks) != BW_OK || grow_bits(masks) != BW_OK)
        return BW_NOMEM;
    memcpy(masks->bits + (int64_t)masks->n * masks->n_words, set,
           (size_t)masks->n_words * sizeof *set);
    *number = masks->n++;
    *find_slot(masks, masks->slot, masks->n_slots, set) = *number + 1;
    return BW_OK;
}

void bw_mask_clear(uint64_t *set, int32_t n_words)
{
    memset(set, 0, (size_t)n_words * sizeof *set);
}

void bw_mask_fill(uint64_t *set, int32_t n_reps)
{
    int32_t n_words = (n_reps + 63) / 64;
    for (int32_t i = 0; i < n_words; i++)
        set[i] = ~(uint64_t)0;
    if (n_reps % 64)
        set[n_words - 1] = ((uint64_t)1 << (n_reps % 64)) - 1;
}

void bw_mask_and(uint64_t *set, const uint64_t *other, int32_t n_words)
{
    for (int32_t i = 0; i < n_words; i++)
        set[i] &= other[i];
}

void bw_mask_or(uint64_t *set, const uint64_t *other, int32_t n_words)
{
    for (int32_t i = 0; i < n_words; i++)
        set[i] |= other[i];
}

int32_t bw_mask_count(const uint64_t *set, int32_t n_words)
{
    int32_t count = 0;
    for (int32_t i = 0; i < n_words; i++)
        count += __builtin_popcountll(set[i]);
    return count;
}

bool bw_mask_inside(const uint64_t *set, const uint64_t *other, int32_t n_words)
{
    for (int32_t i = 0; i < n_words; i++)
        if (set[i] & ~other[i])
            return false;
    return true;
}

bool bw_mask_meets(const uint64_t *set, const uint64_t *other, int32_t n_words)
{
    for (int32_t i = 0; i < n_words; i++)
        if (set[i] & other[i])
            return true;
    return false;
}
