/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, cluster by cluster. */
#include "check_deep.h"

bool bw_deep_is_decided(const bw_deep_cluster *cluster)
{
    if (cluster->found == BW_CONFIRMED && cluster->closed)
        return cluster->end != BW_NOT_DECIDED;
    return cluster->found != BW_NOT_DECIDED;
}

bw_status bw_deep_new(int32_t n, bw_deep **result)
{
    bw_arena *arena = bw_arena_new();
    bw_deep *deep = arena ? bw_arena_alloc(arena, 1, sizeof *deep) : NULL;
    if (deep) {
        deep->arena = arena;
        deep->n = n;
        deep->found = bw_arena_alloc(arena, (size_t)n, sizeof *deep->found);
        deep->end = bw_arena_alloc(arena, (size_t)n, sizeof *deep->end);
        deep->cost = bw_arena_alloc(arena, (size_t)n, sizeof *deep->cost);
    }
    *result = deep && deep->found && deep->end && deep->cost ? deep : NULL;
    if (!*result)
        bw_arena_free(arena);
    return *result ? BW_OK : BW_NOMEM;
}

void bw_deep_free(bw_deep *deep)
{
    if (deep)
        bw_arena_free(deep->arena);
}

void bw_deep_sum(bw_deep *deep, const bw_deep_cluster *cluster)
{
    for (int32_t k = 0; k < deep->n; k++) {
        deep->found[k] = cluster[k].found;
        deep->cost[k] = cluster[k].cost;
        deep->end[k] = cluster[k].end;
        bool refuted =
            deep->found[k] == BW_REFUTED || deep->end[k] == BW_REFUTED;
        deep->n_refuted += refuted;
        deep->n_confirmed += !refuted && bw_deep_is_decided(&cluster[k]);
    }
}
