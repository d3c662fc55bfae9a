/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a searched bound rests on goes with the plan. */
#include "bw/plan.h"

#include "bw/alloc.h"

#include <string.h>

bw_wide bw_searched_sum(const bw_instance *instance,
                        const bw_searched *searched)
{
    bw_wide sum = -searched->budgets_back;
    for (int32_t k = 0; k < searched->n_clusters; k++)
        sum += searched->bound[k];
    for (int32_t u = 0; searched->unit_price && u < instance->n_units; u++)
        if (searched->unit_price[u] != BW_NO_LOW)
            sum += bw_fine(searched->unit_price[u]);
    return sum;
}

/* NULL where there is nothing to copy, or no memory. */
static void *copy(bw_arena *arena, const void *from, size_t n, size_t size)
{
    void *to = from ? bw_arena_alloc(arena, n, size) : NULL;
    if (to && n > 0)
        memcpy(to, from, n * size);
    return to;
}

bw_status bw_plan_searched(bw_plan *plan, const bw_searched *searched)
{
    size_t reps = (size_t)plan->instance->n_reps;
    size_t units = (size_t)plan->instance->n_units;
    size_t n = (size_t)searched->n_clusters;
    bw_searched own = {.n_clusters = searched->n_clusters,
                       .budgets_back = searched->budgets_back};
    own.cluster = copy(plan->arena, searched->cluster, reps, sizeof(int32_t));
    own.unit_price =
        copy(plan->arena, searched->unit_price, units, sizeof(int64_t));
    own.bound = copy(plan->arena, searched->bound, n, sizeof(bw_wide));
    own.closed = copy(plan->arena, searched->closed, n, sizeof(uint8_t));
    if (!own.bound != !searched->bound || !own.closed != !searched->closed ||
        !own.cluster != !searched->cluster ||
        !own.unit_price != !searched->unit_price)
        return BW_NOMEM;
    plan->searched = own;
    return BW_OK;
}

void bw_plan_fit_searched(bw_plan *plan)
{
    bw_searched *own = &plan->searched;
    if (own->n_clusters == 0)
        return;
    bw_wide excess = bw_searched_sum(plan->instance, own) - plan->objective;
    if (excess > 0) /* const to the world, but the plan's own */
        ((bw_wide *)own->bound)[0] -= excess;
}

void bw_plan_reopen_searched(bw_plan *plan)
{
    bw_searched *own = &plan->searched;
    if (own->n_clusters < 2 || !own->unit_price || !own->closed)
        return;
    memset((uint8_t *)own->closed, 0, (size_t)own->n_clusters);
}
