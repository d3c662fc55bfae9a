/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number by number (positions_number.c), then what the next position is worth
 * beside the best choice of all. */
#include "bw/positions.h"

#include "bw/alloc.h"
#include "positions_number.h"

#include <math.h>
#include <string.h>

/* --- the numbers --- */

/* The least bound over the numbers that a plan may have. */
static void bound_all(bw_positions *made)
{
    bool any = false;
    made->bounded = true;
    for (int32_t i = 0; i < made->n_numbers; i++) {
        const bw_headcount *h = &made->number[i];
        if (h->outcome == BW_IMPOSSIBLE)
            continue;
        made->bounded &= h->bounded;
        if (!any || h->bound < made->bound)
            made->bound = h->bound;
        if (!any || h->bound_certified < made->bound_certified)
            made->bound_certified = h->bound_certified;
        any = true;
    }
}

static bw_status do_numbers(bw_choosing *c, bw_positions *made)
{
    bw_status status = BW_OK;
    bool stopped = false; /* by hand or by time */
    for (int32_t i = 0; i < made->n_numbers && status == BW_OK; i++) {
        bw_headcount *h = &made->number[i];
        h->n = c->problem->positions.least + i;
        h->outcome = BW_NO_PLAN;
        stopped |= i > 0 && bw_trials_all_over(&c->trials);
        /* What is worth what takes a share as well. */
        c->until = bw_trials_share(&c->trials, made->n_numbers - i + 1);
        if (!stopped)
            status = bw_choosing_number(c, h);
        if (h->rep && (made->best < 0 ||
                       h->objective < made->number[made->best].objective))
            made->best = i;
        c->any = made->best >= 0;
        c->least = c->any ? made->number[made->best].objective : 0;
        if (h->rep)
            c->hint = h->rep;
    }
    return status;
}

/* --- what the next one is worth --- */

static bw_status weigh_one(bw_choosing *c, bw_positions *made, int32_t r)
{
    bw_trial trial;
    const bw_headcount *h = &made->number[made->best];
    memcpy(c->other, h->open, (size_t)c->n_serving);
    c->other[r] = !c->other[r];
    bw_status status = bw_trial_run(&c->trials, c->other, h->rep,
                                    fmax(BW_SHORT_GAP, c->settings->gap),
                                    BW_EFFORT_QUICK, &trial);
    if (status != BW_OK)
        return status;
    made->worth_known[r] = trial.rep != NULL;
    made->worth[r] = trial.rep ? trial.objective - h->objective : 0;
    bw_trial_free(&trial);
    return BW_OK;
}

static bw_status weigh(bw_choosing *c, bw_positions *made)
{
    int left = 2 * bw_trials_allowed(c->settings->effort);
    bw_status status = BW_OK;
    c->trials.until = c->trials.latest;
    for (int32_t r = 0; r < c->n_serving && status == BW_OK; r++) {
        if (c->problem->reps.free[r] == BW_STAYS || left-- <= 0 ||
            bw_trials_over(&c->trials))
            continue;
        status = weigh_one(c, made, r);
    }
    return status;
}

/* --- all of it --- */

static bw_status prepare(bw_choosing *c, bw_positions *made, bw_diags *diags)
{
    const bw_position_choice *choice = &c->problem->positions;
    size_t n = (size_t)c->n_serving;
    bw_status status = bw_positions_whole(c->problem, c->arena, diags, &c->all);
    if (status != BW_OK)
        return status;
    made->best = -1;
    c->n_numbers = made->n_numbers = choice->most - choice->least + 1;
    made->number =
        bw_arena_alloc(c->arena, (size_t)made->n_numbers, sizeof *made->number);
    made->worth = bw_arena_alloc(c->arena, n, sizeof *made->worth);
    made->worth_known = bw_arena_alloc(c->arena, n, 1);
    c->cost = bw_arena_alloc(c->arena, n, sizeof *c->cost);
    c->open = bw_arena_alloc(c->arena, n, 1);
    c->other = bw_arena_alloc(c->arena, n, 1);
    if (!made->number || !made->worth || !made->worth_known || !c->cost ||
        !c->open || !c->other)
        return BW_NOMEM;
    for (int32_t r = 0; r < c->n_serving; r++) {
        c->open[r] = c->problem->reps.free[r] != BW_MAY_OPEN;
        if (c->problem->reps.free[r] != BW_STAYS)
            c->cost[r] = bw_quanta(c->problem->reps.position_cost[r]);
    }
    c->trials.all = c->all;
    return bw_picker_new(c->all, c->problem->reps.free, c->cost, &c->picker);
}

static bw_status choose(bw_choosing *c, bw_positions *made)
{
    bw_status status = do_numbers(c, made);
    bound_all(made);
    if (status != BW_OK || made->best < 0)
        return status;
    const bw_headcount *h = &made->number[made->best];
    made->start = h->rep;
    status = weigh(c, made);
    return status == BW_OK
               ? bw_positions_problem(
                     c->problem, h->open,
                     (bw_all_open){c->all->low, c->all->high, c->all->total},
                     c->arena, &made->problem)
               : status;
}

bw_status bw_positions_new(const bw_problem *problem,
                           const bw_settings *settings, bw_diags *diags,
                           bw_positions **positions)
{
    size_t errors = bw_diags_count(diags, BW_ERROR);
    bw_choosing c = {.problem = problem,
                     .settings = settings,
                     .arena = bw_arena_new(),
                     .begun = settings->clock(settings->clock_data),
                     .n_serving = problem->reps.n_serving};
    *positions = NULL;
    bw_positions *made =
        c.arena ? bw_arena_alloc(c.arena, 1, sizeof *made) : NULL;
    double latest = c.begun + settings->seconds;
    c.trials =
        (bw_trials){problem, NULL, settings, latest, latest, BW_STOP_EFFORT};
    bw_positions_check(problem, diags);
    bw_status status = !made                                      ? BW_NOMEM
                       : bw_diags_count(diags, BW_ERROR) > errors ? BW_INVALID
                                                                  : BW_OK;
    if (status == BW_OK)
        status = prepare(&c, made, diags);
    if (status == BW_OK)
        status = choose(&c, made);
    bw_trial_free(&c.best);
    bw_picker_free(c.picker);
    bw_instance_free(c.all);
    if (status == BW_OK) {
        made->cut = c.trials.cut;
        made->arena = c.arena;
        *positions = made;
    } else {
        bw_arena_free(c.arena);
    }
    return status;
}

void bw_positions_settle(bw_positions *positions, bw_plan *plan)
{
    bw_headcount *h = &positions->number[positions->best];
    const bw_instance *instance = plan->instance;
    bw_plan_add_positions(plan, h->positions);
    if (positions->cut == BW_STOP_INTERRUPT ||
        (positions->cut == BW_STOP_TIME &&
         plan->stopped_by != BW_STOP_INTERRUPT))
        plan->stopped_by = positions->cut;
    if (!plan->complete)
        return;
    h->objective = plan->objective;
    h->imbalance = plan->imbalance;
    h->cost = bw_instance_sum_parts(instance, plan->rep);
    memcpy(h->rep, plan->rep, (size_t)instance->n_units * sizeof *h->rep);
    if (h->bound > h->objective)
        h->bound = h->objective;
    if (positions->bound > h->objective)
        positions->bound = h->objective;
}

void bw_positions_free(bw_positions *positions)
{
    if (positions)
        bw_arena_free(positions->arena);
}
