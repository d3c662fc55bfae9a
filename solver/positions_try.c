/* SPDX-License-Identifier: GPL-3.0-or-later */
/* problem of the choice -> instance -> solve -> figures. */
#include "positions_try.h"

#include "bw/alloc.h"
#include "bw/positions_problem.h"
#include "bw/solve.h"

#include <math.h>
#include <string.h>

/* Of the time of a number, for what proves its bound. */
#define SHARE_OF_BOUND 0.25

static void note_cut(bw_trials *trials, bw_stop why)
{
    if (why == BW_STOP_INTERRUPT ||
        (why == BW_STOP_TIME && trials->cut != BW_STOP_INTERRUPT))
        trials->cut = why;
}

static bool is_over(bw_trials *trials, double until)
{
    const bw_settings *s = trials->settings;
    bool by_hand = s->interrupt && atomic_load(s->interrupt);
    bool over = by_hand || s->clock(s->clock_data) > until;
    if (over)
        note_cut(trials, by_hand ? BW_STOP_INTERRUPT : BW_STOP_TIME);
    return over;
}

bool bw_trials_over(bw_trials *trials)
{
    return is_over(trials, trials->until);
}

bool bw_trials_all_over(bw_trials *trials)
{
    return is_over(trials, trials->latest);
}

double bw_trials_share(bw_trials *trials, int32_t numbers_left)
{
    const bw_settings *s = trials->settings;
    double now = s->clock(s->clock_data);
    double share = fmax(0, trials->latest - now) / (double)numbers_left;
    trials->until = now + (1 - SHARE_OF_BOUND) * share;
    return now + share;
}

static bw_status take(const bw_plan *plan, bw_trial *trial)
{
    const bw_instance *instance = plan->instance;
    size_t n_units = (size_t)instance->n_units;
    size_t n_prices = (size_t)bw_instance_prices(instance);
    trial->outcome = plan->outcome;
    trial->bound = plan->bound + trial->positions;
    if (!plan->complete)
        return BW_OK;
    trial->rep = bw_alloc(n_units, sizeof *trial->rep);
    trial->price = bw_alloc(n_prices + 1, sizeof *trial->price);
    if (!trial->rep || !trial->price)
        return BW_NOMEM;
    memcpy(trial->rep, plan->rep, n_units * sizeof *trial->rep);
    memcpy(trial->price, plan->certificate.price,
           n_prices * sizeof *trial->price);
    trial->objective = plan->objective + trial->positions;
    trial->imbalance = plan->imbalance;
    trial->cost = bw_instance_sum_parts(instance, trial->rep);
    return BW_OK;
}

static bw_status solve(bw_trials *t, const bw_instance *instance,
                       const int32_t *start, double gap, bw_effort effort,
                       bw_trial *trial)
{
    bw_settings settings = *t->settings;
    bw_plan *plan;
    settings.gap = gap;
    settings.effort = effort;
    settings.start = start;
    settings.progress = NULL;
    if (isfinite(settings.seconds))
        settings.seconds =
            fmax(0, t->until - settings.clock(settings.clock_data));
    bw_status status = bw_solve(instance, &settings, &plan);
    if (status != BW_OK)
        return status;
    note_cut(t, plan->stopped_by);
    status = take(plan, trial);
    bw_plan_free(plan);
    return status;
}

bw_status bw_trial_run(bw_trials *trials, const uint8_t *open,
                       const int32_t *start, double gap, bw_effort effort,
                       bw_trial *trial)
{
    bw_arena *arena = bw_arena_new();
    bw_diags *unheard = bw_diags_new();
    bw_instance *instance = NULL;
    bw_problem problem;
    *trial = (bw_trial){.outcome = BW_NO_PLAN};
    trial->positions = bw_positions_cost(trials->problem, open);
    bw_status status = arena && unheard ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_positions_problem(trials->problem, open,
                                      (bw_all_open){trials->all->low,
                                                    trials->all->high,
                                                    trials->all->total},
                                      arena, &problem);
    if (status == BW_OK)
        status = bw_instance_new(&problem, unheard, &instance);
    /* An account that nobody is left to serve. */
    bool none = status == BW_INVALID || (instance && instance->impossible);
    if (none) {
        trial->outcome = BW_IMPOSSIBLE;
        status = BW_OK;
    } else if (status == BW_OK) {
        status = solve(trials, instance, start, gap, effort, trial);
    }
    bw_instance_free(instance);
    bw_diags_free(unheard);
    bw_arena_free(arena);
    if (status != BW_OK)
        bw_trial_free(trial);
    return status;
}

void bw_trial_free(bw_trial *trial)
{
    bw_free(trial->rep);
    bw_free(trial->price);
    trial->rep = NULL;
    trial->price = NULL;
}
