/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open-addressing hash table, at most half full, probed linearly. The hash
 * is kept in the slot: growing touches no key, and a probe compares keys only
 * where all 32 bits agree. Nothing depends on the order of slots. */
#include "index.h"

#include "bw/alloc.h"

#include <assert.h>
#include <string.h>

enum {
    SMALLEST = 16
};

typedef struct slot {
    const char *key; /* NULL: free */
    size_t len;
    uint32_t hash;
    int32_t value;
} slot;

struct bw_index {
    slot *slots; /* [mask + 1], a power of two */
    size_t mask, used;
};

/* FNV-1a, folded, as the low bits alone mix badly for keys that differ in the
 * last byte only. */
static uint32_t hash_of(const char *key, size_t len)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)key[i]) * 1099511628211u;
    h ^= h >> 29;
    return (uint32_t)(h ^ h >> 32);
}

bw_status bw_index_new(int64_t expected, bw_index **result)
{
    assert(expected >= 0);
    *result = NULL;
    size_t size = SMALLEST;
    while (size < 2 * (size_t)expected)
        size *= 2;
    bw_index *index = bw_alloc(1, sizeof *index);
    if (!index)
        return BW_NOMEM;
    index->slots = bw_alloc(size, sizeof *index->slots);
    index->mask = size - 1;
    if (!index->slots) {
        bw_free(index);
        return BW_NOMEM;
    }
    *result = index;
    return BW_OK;
}

void bw_index_free(bw_index *index)
{
    if (!index)
        return;
    bw_free(index->slots);
    bw_free(index);
}

/* The slot of the key, or the free one where it would stand. */
static slot *probe(const bw_index *index, const char *key, size_t len,
                   uint32_t hash)
{
    for (size_t i = hash & index->mask;; i = (i + 1) & index->mask) {
        slot *s = &index->slots[i];
        if (!s->key)
            return s;
        if (s->hash == hash && s->len == len && memcmp(s->key, key, len) == 0)
            return s;
    }
}

static bw_status grow(bw_index *index)
{
    size_t size = 2 * (index->mask + 1);
    slot *old = index->slots, *slots = bw_alloc(size, sizeof *slots);
    if (!slots)
        return BW_NOMEM;
    for (size_t i = 0; i <= index->mask; i++) {
        size_t at = old[i].hash & (size - 1);
        if (!old[i].key)
            continue;
        while (slots[at].key)
            at = (at + 1) & (size - 1);
        slots[at] = old[i];
    }
    bw_free(old);
    index->slots = slots;
    index->mask = size - 1;
    return BW_OK;
}

bw_status bw_index_put(bw_index *index, const char *key, size_t len,
                       int32_t value, int32_t *there)
{
    assert(key && value >= 0);
    uint32_t hash = hash_of(key, len);
    slot *s = probe(index, key, len, hash);
    if (!s->key) {
        if (2 * (index->used + 1) > index->mask + 1) {
            if (grow(index) != BW_OK)
                return BW_NOMEM;
            s = probe(index, key, len, hash);
        }
        index->used++;
        *s = (slot){key, len, hash, value};
    }
    *there = s->value;
    return BW_OK;
}

int32_t bw_index_find(const bw_index *index, const char *key, size_t len)
{
    const slot *s = probe(index, key, len, hash_of(key, len));
    return s->key ? s->value : -1;
}

bw_status bw_index_ids(const char *const *id, int32_t n, bw_index **index)
{
    bw_status status = bw_index_new(n, index);
    for (int32_t i = 0; status == BW_OK && i < n; i++) {
        int32_t there;
        status = bw_index_put(*index, id[i], strlen(id[i]), i, &there);
    }
    return status;
}
