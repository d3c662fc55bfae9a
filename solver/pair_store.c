/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of allowed pairs: a view of what is kept, or computed by pair.c. */
#include "pair_store.h"

#include <assert.h>
#include <math.h>
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

bw_status bw_pair_store_computed(bw_arena *arena, bw_pair_source *source,
                                 struct bw_pair_store **store)
{
    *store = bw_arena_alloc(arena, 1, sizeof **store);
    if (!*store)
        return BW_NOMEM;
    (*store)->source = source;
    return BW_OK;
}

bw_status bw_pair_store_keep(bw_instance *instance, const int32_t *n_pairs)
{
    struct bw_pair_store *store = instance->store;
    size_t n_units = (size_t)instance->n_units;
    int64_t *first =
        bw_arena_alloc(instance->arena, n_units + 1, sizeof *first);
    bw_pair *pair = bw_arena_alloc(instance->arena, (size_t)instance->n_pairs,
                                   sizeof *pair);
    bw_pair *buffer = bw_alloc((size_t)instance->n_reps, sizeof *buffer);
    if (!first || !pair || !buffer) {
        bw_free(buffer);
        return BW_NOMEM;
    }
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        int32_t n = bw_pair_source_row(store->source, unit, buffer);
        assert(n == n_pairs[unit]);
        if (n)
            memcpy(pair + first[unit], buffer, (size_t)n * sizeof *buffer);
        first[unit + 1] = first[unit] + n_pairs[unit];
    }
    bw_free(buffer);
    store->first = first;
    store->pair = pair;
    return BW_OK;
}

bw_row bw_instance_row(const bw_instance *instance, int32_t unit,
                       bw_pair *buffer)
{
    const struct bw_pair_store *store = instance->store;
    assert(unit >= 0 && unit < instance->n_units);
    if (!store->first)
        return (bw_row){bw_pair_source_row(store->source, unit, buffer),
                        buffer};
    int64_t first = store->first[unit];
    return (bw_row){(int32_t)(store->first[unit + 1] - first),
                    store->pair + first};
}

int32_t bw_instance_count(const bw_instance *instance, int32_t unit,
                          bw_pair *buffer)
{
    const struct bw_pair_store *store = instance->store;
    return store->first ? (int32_t)(store->first[unit + 1] - store->first[unit])
                        : bw_pair_source_count(store->source, unit, buffer);
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

static bool compute_pair(const bw_pair_source *source, int32_t unit,
                         int32_t rep, bw_pair *pair)
{
    const bw_instance *instance = source->instance;
    if (!bw_mask_has(bw_pair_bits(source, unit), rep))
        return false;
    *pair = (bw_pair){rep, 0, 0};
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++) {
        bw_account_pair one;
        bw_pair_account(source, instance->unit_account[i], rep, &one);
        if (!one.allowed || !one.near)
            return false;
        pair->cost += one.cost;
        pair->work += one.work;
    }
    if (instance->workload < 0)
        pair->work = 0;
    return true;
}

bool bw_instance_pair(const bw_instance *instance, int32_t unit, int32_t rep,
                      bw_pair *pair)
{
    assert(unit >= 0 && unit < instance->n_units);
    if (rep < 0 || rep >= instance->n_reps)
        return false;
    if (!instance->store->first)
        return compute_pair(instance->store->source, unit, rep, pair);
    const bw_pair *found = find(instance->store, unit, rep);
    if (found)
        *pair = *found;
    return found != NULL;
}

void bw_instance_account_parts(const bw_instance *instance, int32_t account,
                               int32_t rep, bw_pair_parts *parts)
{
    assert(instance->store->source);
    bw_account_pair one;
    bw_pair_account(instance->store->source, account, rep, &one);
    *parts = one.parts;
}

void bw_instance_parts(const bw_instance *instance, int32_t unit, int32_t rep,
                       bw_pair_parts *parts)
{
    *parts = (bw_pair_parts){.km = (double)NAN};
    if (!instance->store->source) {
        const bw_pair *pair = find(instance->store, unit, rep);
        parts->given = pair ? pair->cost : 0;
        return;
    }
    double km = 0;
    int32_t n_known = 0;
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++) {
        bw_pair_parts one;
        bw_instance_account_parts(instance, instance->unit_account[i], rep,
                                  &one);
        parts->travel += one.travel;
        parts->handover += one.handover;
        parts->preference += one.preference;
        parts->given += one.given;
        parts->travel_hours += one.travel_hours;
        if (isnan(one.km))
            continue;
        km += one.km;
        n_known++;
    }
    if (n_known)
        parts->km = km / n_known;
}
