/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table with open addressing; blocks lie beside their keys. */
#include "couple.h"

#include "bw/alloc.h"

#include <string.h>

enum {
    FIRST_ROOM = 1024
};

static bw_status set_room(bw_couples *c, int64_t room)
{
    size_t cells = (size_t)c->n_measures * (size_t)c->n_measures;
    c->n = 0;
    c->room = room;
    c->low = bw_alloc((size_t)room, sizeof *c->low);
    c->high = bw_alloc((size_t)room, sizeof *c->high);
    c->block = bw_alloc((size_t)room * cells, sizeof *c->block);
    if (!c->low || !c->high || !c->block)
        return BW_NOMEM;
    memset(c->low, 0xff, (size_t)room * sizeof *c->low);
    return BW_OK;
}

bw_status bw_couples_init(bw_couples *couples, int32_t n_measures)
{
    *couples = (bw_couples){.n_measures = n_measures};
    return set_room(couples, FIRST_ROOM);
}

void bw_couples_done(bw_couples *couples)
{
    bw_free(couples->low);
    bw_free(couples->high);
    bw_free(couples->block);
    *couples = (bw_couples){0};
}

void bw_couples_clear(bw_couples *couples)
{
    size_t cells = (size_t)couples->n_measures * (size_t)couples->n_measures;
    size_t room = (size_t)couples->room;
    couples->n = 0;
    memset(couples->low, 0xff, room * sizeof *couples->low);
    memset(couples->block, 0, room * cells * sizeof *couples->block);
}

/* The slot of a pair, or the empty one where it belongs. */
static int64_t slot_of(const bw_couples *c, int32_t r, int32_t s)
{
    uint64_t hash = ((uint64_t)(uint32_t)r << 32 | (uint32_t)s);
    hash *= 0x9E3779B97F4A7C15u;
    int64_t at = (int64_t)(hash >> 24) & (c->room - 1);
    while (c->low[at] >= 0 && (c->low[at] != r || c->high[at] != s))
        at = (at + 1) & (c->room - 1);
    return at;
}

static double *block_of(bw_couples *c, int32_t r, int32_t s)
{
    int64_t at = slot_of(c, r, s);
    if (c->low[at] < 0) {
        c->low[at] = r;
        c->high[at] = s;
        c->n++;
    }
    return c->block + at * c->n_measures * c->n_measures;
}

static void grow(bw_couples *c)
{
    bw_couples old = *c;
    size_t cells = (size_t)c->n_measures * (size_t)c->n_measures;
    if (set_room(c, old.room * 2) != BW_OK) {
        bw_couples_done(c);
        *c = old;
        c->no_memory = true;
        return;
    }
    for (int64_t i = 0; i < old.room; i++)
        if (old.low[i] >= 0)
            memcpy(block_of(c, old.low[i], old.high[i]),
                   old.block + i * (int64_t)cells, cells * sizeof *old.block);
    bw_couples_done(&old);
}

void bw_couples_add(bw_couples *couples, int32_t r, int32_t s, double weight,
                    const double *q_r, const double *q_s)
{
    int32_t n = couples->n_measures;
    if (couples->n * 2 > couples->room)
        grow(couples);
    if (couples->no_memory)
        return;
    bool turned = r > s;
    double *block = turned ? block_of(couples, s, r) : block_of(couples, r, s);
    const double *rows = turned ? q_s : q_r, *columns = turned ? q_r : q_s;
    for (int32_t k = 0; k < n; k++)
        for (int32_t j = 0; j < n; j++)
            *block++ += weight * rows[k] * columns[j];
}

static void take_up(bw_couples *to, const bw_couples *part)
{
    int32_t cells = to->n_measures * to->n_measures;
    for (int64_t i = 0; i < part->room && !to->no_memory; i++) {
        if (part->low[i] < 0)
            continue;
        if (to->n * 2 > to->room)
            grow(to);
        if (to->no_memory)
            return;
        double *block = block_of(to, part->low[i], part->high[i]);
        for (int32_t j = 0; j < cells; j++)
            block[j] += part->block[i * cells + j];
    }
}

static bool set_neighbours(bw_neighbours *n, int64_t entries, int32_t n_reps,
                           size_t cells)
{
    if (!n->first)
        n->first = bw_alloc((size_t)n_reps + 2, sizeof *n->first);
    if (!n->first)
        return false;
    memset(n->first, 0, ((size_t)n_reps + 2) * sizeof *n->first);
    if (entries <= n->room)
        return true;
    bw_free(n->other);
    bw_free(n->block);
    n->room = entries + entries / 4;
    n->other = bw_alloc((size_t)n->room, sizeof *n->other);
    n->block = bw_alloc((size_t)n->room * cells, sizeof *n->block);
    if (n->other && n->block)
        return true;
    n->room = 0;
    return false;
}

static void put(bw_neighbours *n, int32_t r, int32_t s, const double *block,
                int32_t n_measures, bool turned)
{
    int64_t at = n->first[r + 1]++; /* shifted: ends as the firsts */
    double *to = n->block + at * n_measures * n_measures;
    n->other[at] = s;
    for (int32_t k = 0; k < n_measures; k++)
        for (int32_t j = 0; j < n_measures; j++)
            to[k * n_measures + j] =
                turned ? block[j * n_measures + k] : block[k * n_measures + j];
}

bw_status bw_couples_merge(bw_couples *part, int n_parts, int32_t n_reps,
                           bw_neighbours *neighbours)
{
    bw_couples *all = &part[0];
    int32_t k = all->n_measures;
    bool failed = all->no_memory;
    for (int i = 1; i < n_parts; i++) {
        failed |= part[i].no_memory;
        take_up(all, &part[i]);
    }
    if (failed || all->no_memory ||
        !set_neighbours(neighbours, 2 * all->n, n_reps, (size_t)k * (size_t)k))
        return BW_NOMEM;
    int64_t *first = neighbours->first;
    for (int64_t i = 0; i < all->room; i++) {
        if (all->low[i] < 0)
            continue;
        first[all->low[i] + 2]++;
        first[all->high[i] + 2]++;
    }
    for (int32_t i = 1; i < n_reps + 2; i++)
        first[i] += first[i - 1];
    for (int64_t i = 0; i < all->room; i++) {
        if (all->low[i] < 0)
            continue;
        const double *block = all->block + i * k * k;
        put(neighbours, all->low[i], all->high[i], block, k, false);
        put(neighbours, all->high[i], all->low[i], block, k, true);
    }
    return BW_OK;
}

void bw_neighbours_done(bw_neighbours *neighbours)
{
    bw_free(neighbours->first);
    bw_free(neighbours->other);
    bw_free(neighbours->block);
    *neighbours = (bw_neighbours){0};
}
