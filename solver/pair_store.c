/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of allowed pairs: a view of what is kept, or computed by pair.c. */
#include "pair_store.h"

#include <assert.h>
#include <string.h>

static bool rows_are_sorted(const bw_instance_rows *rows)
{
    if (rows->first[0] != 0)
        return false;
    for (int32_t unit = 0; unit < rows->n_units; unit++) {
        int32_t last = -1;
        for (int64_t i = rows->first[unit]; i < rows->first[unit + 1]; i++) {
            int32_t rep = rows->pair[i].rep;
            if (rep <= last || rep >= rows->n_reps)
                return false;
            last = rep;
        }
    }
    return true;
}

bw_status bw_pair_store_rows(bw_arena *arena, const bw_instance_rows *rows,
                             struct bw_pair_store **store)
{
    *store = NULL;
    assert(rows_are_sorted(rows));
    size_t n_units = (size_t)rows->n_units;
    size_t n_pairs = (size_t)rows->first[n_units];
    struct bw_pair_store *s = bw_arena_alloc(arena, 1, sizeof *s);
    if (!s)
        return BW_NOMEM;
    s->first = bw_arena_alloc(arena, n_units + 1, sizeof *s->first);
    s->pair = bw_arena_alloc(arena, n_pairs, sizeof *s->pair);
    if (!s->first || !s->pair)
        return BW_NOMEM;
    memcpy(s->first, rows->first, (n_units + 1) * sizeof *s->first);
    if (n_pairs)
        memcpy(s->pair, rows->pair, n_pairs * sizeof *s->pair);
    *store = s;
    return BW_OK;
}

bw_row bw_instance_row(const bw_instance *instance, int32_t unit,
                       bw_pair *buffer)
{
    const struct bw_pair_store *store = instance->store;
    assert(unit >= 0 && unit < instance->n_units);
    (void)buffer;
    int64_t first = store->first[unit];
    return (bw_row){(int32_t)(store->first[unit + 1] - first),
                    store->pair + first};
}

/* The kept pair, found by halving; NULL: not allowed. */
static const bw_pair *find(const struct bw_pair_store *store, int32_t unit,
                           int32_t rep)
{
    int64_t low = store->first[unit], high = store->first[unit + 1];
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (store->pair[middle].rep < rep)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == store->first[unit + 1] || store->pair[low].rep != rep)
        return NULL;
    return &store->pair[low];
}

bool bw_instance_pair(const bw_instance *instance, int32_t unit, int32_t rep,
                      bw_pair *pair)
{
    assert(unit >= 0 && unit < instance->n_units);
    const bw_pair *found = find(instance->store, unit, rep);
    if (found)
        *pair = *found;
    return found != NULL;
}
