/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present owners' state. */
#include "today.h"

#include "bw/alloc.h"

#include <math.h>

/* What an account adds to a measure when its owner serves it. */
static int64_t amount_of(const bw_figures *figures, int32_t a, int32_t k,
                         int64_t travel_hours)
{
    const double *value = figures->problem->balances[k].value;
    if (k == figures->instance->workload)
        return figures->account[a].service_hours + travel_hours;
    return value ? bw_quanta(value[a]) : 0;
}

static void add_to_owner(bw_today *today, const bw_figures *figures, int32_t a)
{
    const bw_instance *instance = figures->instance;
    int32_t owner = figures->account[a].previous;
    bw_pair_parts parts;
    bw_instance_account_parts(instance, a, owner, &parts);
    int64_t *load = today->load + (int64_t)owner * instance->n_measures;
    for (int32_t k = 0; k < instance->n_measures; k++)
        load[k] += amount_of(figures, a, k, parts.travel_hours);
    bw_pair pair;
    if (!bw_instance_pair(instance, instance->account_unit[a], owner, &pair)) {
        today->not_allowed++;
        return;
    }
    today->comparable++;
    today->hours_today += parts.travel_hours;
    today->hours_then += figures->account[a].travel_hours;
    if (isnan(parts.km) || isnan(figures->account[a].km))
        return;
    today->placed++;
    today->km_today += parts.km;
    today->km_then += figures->account[a].km;
}

bw_status bw_today_new(const bw_figures *figures, bw_today **today)
{
    *today = NULL;
    const bw_instance *instance = figures->instance;
    bw_arena *arena = bw_arena_new();
    bw_today *made = arena ? bw_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made) {
        made->arena = arena;
        made->load = bw_arena_alloc(
            arena, (size_t)instance->n_reps * (size_t)instance->n_measures,
            sizeof *made->load);
    }
    if (!made || !made->load) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    for (int32_t a = 0; a < figures->problem->accounts.n; a++) {
        int32_t owner = figures->account[a].previous;
        if (owner < 0)
            made->unowned++;
        else if (owner >= instance->n_reps)
            made->leaving++;
        else
            add_to_owner(made, figures, a);
    }
    *today = made;
    return BW_OK;
}

void bw_today_free(bw_today *today)
{
    if (today)
        bw_arena_free(today->arena);
}
