/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan: one rep per unit, its totals and what it would cost to change it. */
#include "bw/plan.h"

#include "bw/alloc.h"

static bw_status alloc_plan(bw_plan *plan, bw_arena *arena)
{
    size_t n_units = (size_t)plan->instance->n_units;
    size_t n_limits =
        (size_t)plan->instance->n_reps * (size_t)plan->instance->n_measures;
    plan->rep = bw_arena_alloc(arena, n_units, sizeof *plan->rep);
    plan->load = bw_arena_alloc(arena, n_limits, sizeof *plan->load);
    plan->use = bw_arena_alloc(arena, (size_t)plan->instance->n_budgets,
                               sizeof *plan->use);
    plan->certificate.price =
        bw_arena_alloc(arena, (size_t)bw_instance_prices(plan->instance),
                       sizeof *plan->certificate.price);
    if (!plan->rep || !plan->load || !plan->use || !plan->certificate.price)
        return BW_NOMEM;
    for (size_t unit = 0; unit < n_units; unit++)
        plan->rep[unit] = -1;
    return BW_OK;
}

bw_status bw_plan_new(const bw_instance *instance, bw_plan **plan)
{
    *plan = NULL;
    bw_arena *arena = bw_arena_new();
    bw_plan *made = arena ? bw_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made) {
        made->arena = arena;
        made->instance = instance;
    }
    if (!made || alloc_plan(made, arena) != BW_OK) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    made->certificate.n_reps = instance->n_reps;
    made->certificate.n_measures = instance->n_measures;
    made->certificate.n_budgets = instance->n_budgets;
    made->bound = made->bound_certified = instance->bound_zero;
    made->outcome = BW_NO_PLAN;
    *plan = made;
    return BW_OK;
}

void bw_plan_free(bw_plan *plan)
{
    if (plan)
        bw_arena_free(plan->arena);
}

/* Adds the unit's amounts to the loads of its rep. */
static void add_load(bw_plan *plan, int32_t unit, const bw_pair *pair)
{
    int32_t n_measures = plan->instance->n_measures;
    int64_t *load = plan->load + (int64_t)pair->rep * n_measures;
    for (int32_t k = 0; k < n_measures; k++)
        load[k] += bw_pair_measure(plan->instance, unit, pair, k);
}

static void sum_deviations(bw_plan *plan)
{
    const bw_instance *instance = plan->instance;
    plan->imbalance = 0;
    plan->outside = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t outside;
            int64_t at = (int64_t)rep * instance->n_measures + k;
            plan->imbalance += bw_instance_deviation(instance, rep, k,
                                                     plan->load[at], &outside);
            plan->outside += outside;
        }
}

static void sum_uses(bw_plan *plan)
{
    const bw_instance *instance = plan->instance;
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        int64_t use = 0, limit = instance->budget[g].limit;
        for (int32_t unit = 0; unit < instance->n_units; unit++)
            use += bw_instance_use(instance, g, unit, plan->rep[unit]);
        plan->use[g] = use;
        plan->outside += use > limit ? use - limit : 0;
    }
}

bw_status bw_plan_assign(bw_plan *plan, const int32_t *rep)
{
    const bw_instance *instance = plan->instance;
    bw_pair pair;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        if (!bw_instance_pair(instance, unit, rep[unit], &pair))
            return BW_INTERNAL;
    int64_t n_limits = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t i = 0; i < n_limits; i++)
        plan->load[i] = 0;
    plan->cost = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        plan->rep[unit] = rep[unit];
        bw_instance_pair(instance, unit, rep[unit], &pair);
        plan->cost += bw_fine(pair.cost);
        add_load(plan, unit, &pair);
    }
    sum_deviations(plan);
    sum_uses(plan);
    plan->objective = plan->cost + plan->imbalance;
    plan->complete = true;
    return BW_OK;
}

void bw_plan_add_positions(bw_plan *plan, bw_wide positions)
{
    plan->positions += positions;
    plan->objective += positions;
    plan->bound += positions;
    plan->bound_certified += positions;
}

double bw_gap(bw_wide objective, bw_wide bound)
{
    const bw_wide one = bw_fine(BW_QUANTA);
    bw_wide size = objective < 0 ? -objective : objective;
    return (double)(objective - bound) / (double)(size > one ? size : one);
}
