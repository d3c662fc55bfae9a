/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fewest moves: the same units, pairs, hard limits and budgets, but a pair
 * costs one for every account of its unit that has another owner. Soft limits
 * cost nothing. The engine's bound, rounded up, proves how few can do. */
#include "repair_fewest.h"

#include "bw/alloc.h"
#include "bw/solve.h"

#include <string.h>

typedef struct counting {
    const bw_instance *instance;
    bw_pair *pair;   /* [n_pairs] */
    int64_t *first;  /* [n_units + 1] */
    bw_pair *buffer; /* [n_reps] */
    bw_instance_measure measure[BW_MEASURES_MAX];
} counting;

/* Accounts of the unit that have an owner, and not this rep. */
static int64_t moves_of(const bw_instance *instance, int32_t unit, int32_t rep)
{
    const int32_t *owner = instance->problem->accounts.owner;
    int64_t n = 0;
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++) {
        int32_t a = instance->unit_account[i];
        n += owner[a] >= 0 && owner[a] != rep;
    }
    return n;
}

static void count_pairs(counting *c)
{
    const bw_instance *instance = c->instance;
    int64_t at = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, c->buffer);
        c->first[unit] = at;
        for (int32_t i = 0; i < row.n; i++) {
            c->pair[at] = row.pair[i];
            c->pair[at++].cost =
                BW_QUANTA * moves_of(instance, unit, row.pair[i].rep);
        }
    }
    c->first[instance->n_units] = at;
    for (int32_t k = 0; k < instance->n_measures; k++) {
        bw_instance_measure *m = &c->measure[k];
        *m = instance->measure[k];
        m->under = m->under == BW_HARD ? BW_HARD : 0;
        m->over = m->over == BW_HARD ? BW_HARD : 0;
    }
}

static bw_status make_counted(counting *c, bw_instance **counted)
{
    const bw_instance *i = c->instance;
    const bw_instance_rows rows = {.n_units = i->n_units,
                                   .n_reps = i->n_reps,
                                   .n_measures = i->n_measures,
                                   .workload = i->workload,
                                   .measure = c->measure,
                                   .base = i->base,
                                   .low = i->low,
                                   .high = i->high,
                                   .owner = i->owner,
                                   .first = c->first,
                                   .pair = c->pair,
                                   .n_budgets = i->n_budgets,
                                   .budget = i->budget,
                                   .budget_total = i->budget_total,
                                   .keeper_first = i->keeper_first,
                                   .keeper = i->keeper,
                                   .kept = i->kept};
    c->pair = bw_alloc((size_t)i->n_pairs + 1, sizeof *c->pair);
    c->first = bw_alloc((size_t)i->n_units + 1, sizeof *c->first);
    c->buffer = bw_alloc((size_t)i->n_reps, sizeof *c->buffer);
    if (!c->pair || !c->first || !c->buffer)
        return BW_NOMEM;
    count_pairs(c);
    bw_instance_rows filled = rows;
    filled.first = c->first;
    filled.pair = c->pair;
    return bw_instance_from_rows(&filled, counted);
}

static bw_status take(const bw_plan *plan, bw_arena *arena, bw_fewest *fewest)
{
    const bw_wide one = bw_fine(BW_QUANTA);
    size_t n = (size_t)plan->instance->n_units;
    fewest->stopped_by = plan->stopped_by;
    fewest->impossible = plan->outcome == BW_IMPOSSIBLE;
    fewest->bound =
        plan->bound > 0 ? (int64_t)((plan->bound + one - 1) / one) : 0;
    if (!plan->complete)
        return BW_OK;
    fewest->start = bw_arena_alloc(arena, n, sizeof *fewest->start);
    if (!fewest->start)
        return BW_NOMEM;
    memcpy(fewest->start, plan->rep, n * sizeof *fewest->start);
    fewest->moves = (int64_t)(plan->objective / one);
    return BW_OK;
}

static bw_status solve(const bw_instance *counted, const bw_settings *settings,
                       bw_arena *arena, bw_fewest *fewest)
{
    bw_settings exact = *settings;
    bw_plan *plan;
    exact.gap = 0;
    bw_status status = bw_solve(counted, &exact, &plan);
    if (status != BW_OK)
        return status;
    status = take(plan, arena, fewest);
    bw_plan_free(plan);
    return status;
}

bw_status bw_repair_fewest(const bw_problem *problem,
                           const bw_settings *settings, bw_diags *diags,
                           void *arena, bw_fewest *fewest)
{
    bw_instance *instance = NULL, *counted = NULL;
    counting c = {.pair = NULL};
    *fewest = (bw_fewest){.moves = -1};
    bw_status status = bw_instance_again(problem, diags, &instance);
    if (status == BW_OK && instance->impossible) {
        fewest->impossible = true;
        bw_instance_free(instance);
        return BW_OK;
    }
    c.instance = instance;
    if (status == BW_OK)
        status = make_counted(&c, &counted);
    if (status == BW_OK)
        status = solve(counted, settings, arena, fewest);
    bw_instance_free(counted);
    bw_instance_free(instance);
    bw_free(c.pair);
    bw_free(c.first);
    bw_free(c.buffer);
    return status;
}
