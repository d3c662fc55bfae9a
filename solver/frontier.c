/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A curve of plans. The problem of a point is the problem given, with one limit
 * exchanged; everything else is shared. */
#include "bw/frontier.h"

#include "bw/alloc.h"
#include "bw/solve.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct walk {
    const bw_problem *problem;
    const bw_settings *settings;
    bw_frontier *made;
    bw_arena *arena;
    double begun;
} walk;

/* Steps are evenly spaced, and read as people write them: 0.3, not
 * 0.30000000000000004. */
static double rounded(double value)
{
    double scale = value < 1000 ? 1e10 : 1e3;
    return round(value * scale) / scale;
}

static double value_at(const bw_lever *lever, int32_t at)
{
    double width = lever->to - lever->from;
    double value = lever->from + width * at / (double)(lever->steps - 1);
    return at == lever->steps - 1 ? lever->to : rounded(value);
}

/* The problem with the lever at this value; `room` holds what is exchanged. */
typedef struct variant {
    bw_problem problem;
    bw_budget *budgets;
    bw_balance *balances;
} variant;

static bw_status make_variant(const walk *w, double value, variant *v)
{
    const bw_lever *lever = &w->made->lever;
    v->problem = *w->problem;
    if (lever->kind == BW_LEVER_BUDGET) {
        if (lever->index == v->problem.n_budgets)
            v->problem.n_budgets += v->problem.n_curve_budgets;
        size_t n = (size_t)v->problem.n_budgets;
        v->budgets = bw_alloc(n, sizeof *v->budgets);
        if (!v->budgets)
            return BW_NOMEM;
        memcpy(v->budgets, w->problem->budgets, n * sizeof *v->budgets);
        v->budgets[lever->index].max = value;
        v->budgets[lever->index].share = lever->share;
        v->problem.budgets = v->budgets;
        return BW_OK;
    }
    size_t n = (size_t)v->problem.n_balances;
    v->balances = bw_alloc(n, sizeof *v->balances);
    if (!v->balances)
        return BW_NOMEM;
    memcpy(v->balances, w->problem->balances, n * sizeof *v->balances);
    v->balances[lever->index].tolerance = value;
    v->problem.balances = v->balances;
    return BW_OK;
}

/* What is left of the time, shared out over the points that are left. */
static double seconds_of(const walk *w, int32_t at)
{
    const bw_settings *s = w->settings;
    if (isinf(s->seconds))
        return s->seconds;
    double left = s->seconds - (s->clock(s->clock_data) - w->begun);
    return fmax(0, left) / (double)(w->made->n - at);
}

/* --- what a plan comes to --- */

static void count_moves(const bw_problem *problem, const bw_instance *instance,
                        bw_frontier_point *point)
{
    const bw_accounts *accounts = &problem->accounts;
    for (int32_t a = 0; a < accounts->n; a++) {
        if (accounts->owner[a] < 0 ||
            accounts->owner[a] == point->rep[instance->account_unit[a]])
            continue;
        point->moved_accounts++;
        point->moved_revenue += bw_quanta(accounts->revenue[a]);
    }
}

static bw_status take(walk *w, const bw_plan *plan, bw_frontier_point *point)
{
    const bw_instance *instance = plan->instance;
    int32_t g = w->made->lever.index;
    point->bound = plan->bound;
    if (!plan->complete)
        return BW_OK;
    int32_t *rep =
        bw_arena_alloc(w->arena, (size_t)instance->n_units, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    memcpy(rep, plan->rep, (size_t)instance->n_units * sizeof *rep);
    point->rep = rep;
    point->objective = plan->objective;
    point->imbalance = plan->imbalance;
    if (w->made->lever.kind == BW_LEVER_BUDGET) {
        point->use = plan->use[g];
        point->most = instance->budget[g].stated;
    }
    point->cost = bw_instance_sum_parts(instance, rep);
    count_moves(w->problem, instance, point);
    return BW_OK;
}

/* --- one point --- */

/* The plan of the point before, where the run did not come to as good a one. */
static bw_status keep_before(const int32_t *before, bw_plan *plan)
{
    const bw_instance *instance = plan->instance;
    bw_plan *other;
    bw_status status = bw_plan_new(instance, &other);
    if (status != BW_OK)
        return status;
    status = bw_plan_assign(other, before);
    bool better = status == BW_OK && other->outside == 0 &&
                  (!plan->complete || other->objective < plan->objective);
    bw_plan_free(other);
    if (!better)
        return status;
    plan->outcome = BW_FEASIBLE;
    return bw_plan_assign(plan, before);
}

static bw_status solve_point(walk *w, int32_t at, const bw_instance *instance,
                             bw_frontier_point *point)
{
    const bw_frontier_point *last = at > 0 ? point - 1 : NULL;
    bw_settings settings = *w->settings;
    bw_plan *plan;
    settings.seconds = seconds_of(w, at);
    if (last && last->rep)
        settings.start = last->rep;
    bw_status status = bw_solve(instance, &settings, &plan);
    if (status != BW_OK)
        return status;
    if (last && last->rep)
        status = keep_before(last->rep, plan);
    if (status == BW_OK)
        status = take(w, plan, point);
    point->outcome = plan->outcome;
    point->stopped_by = plan->stopped_by;
    bw_plan_free(plan);
    return status;
}

/* Why an instance cannot be made is told for the problem as it was given; here
 * the outcome says enough. */
static bw_status walk_to(walk *w, int32_t at)
{
    bw_frontier_point *point = &w->made->point[at];
    bw_instance *instance = NULL;
    variant v = {.budgets = NULL};
    bw_diags *unheard = bw_diags_new();
    bw_status status = unheard ? make_variant(w, point->value, &v) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_instance_new(&v.problem, unheard, &instance);
    if (status == BW_OK && instance->impossible)
        point->outcome = BW_IMPOSSIBLE;
    else if (status == BW_OK)
        status = solve_point(w, at, instance, point);
    bw_instance_free(instance);
    bw_free(v.budgets);
    bw_free(v.balances);
    bw_diags_free(unheard);
    return status;
}

static bool is_interrupted(const bw_settings *settings)
{
    return settings->interrupt && atomic_load(settings->interrupt) != 0;
}

/* Bounds go from loose to tight. */
static void carry_bounds(bw_frontier *f)
{
    for (int32_t at = f->n - 2; at >= 0; at--)
        if (f->point[at].bound < f->point[at + 1].bound)
            f->point[at].bound = f->point[at + 1].bound;
    for (int32_t at = 0; at < f->n; at++) {
        bw_frontier_point *p = &f->point[at];
        if (p->rep && p->bound > p->objective)
            p->bound = p->objective;
    }
}

static bw_status new_frontier(const bw_lever *lever, bw_arena *arena,
                              bw_frontier **frontier)
{
    bw_frontier *f = bw_arena_alloc(arena, 1, sizeof *f);
    if (!f)
        return BW_NOMEM;
    *f = (bw_frontier){.lever = *lever, .n = lever->steps, .arena = arena};
    f->point = bw_arena_alloc(arena, (size_t)f->n, sizeof *f->point);
    if (!f->point)
        return BW_NOMEM;
    for (int32_t at = 0; at < f->n; at++) {
        f->point[at].value = value_at(lever, at);
        f->point[at].outcome = BW_NO_PLAN;
        f->point[at].bound = -bw_fine(INT64_MAX);
    }
    *frontier = f;
    return BW_OK;
}

bw_status bw_frontier_run(const bw_problem *problem, const bw_lever *lever,
                          const bw_settings *settings, bw_frontier_seen *seen,
                          void *data, bw_frontier **frontier)
{
    assert(lever->steps >= 2 && lever->from <= lever->to);
    *frontier = NULL;
    walk w = {.problem = problem,
              .settings = settings,
              .arena = bw_arena_new(),
              .begun = settings->clock(settings->clock_data)};
    bw_status status = w.arena ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = new_frontier(lever, w.arena, &w.made);
    for (int32_t at = 0; status == BW_OK && at < lever->steps; at++) {
        if (is_interrupted(settings))
            break;
        w.made->begun = at + 1;
        status = walk_to(&w, at);
        if (status == BW_OK && seen)
            seen(data, at, &w.made->point[at]);
    }
    if (status != BW_OK) {
        bw_arena_free(w.arena);
        return status;
    }
    carry_bounds(w.made);
    *frontier = w.made;
    return BW_OK;
}

void bw_frontier_free(bw_frontier *frontier)
{
    if (frontier)
        bw_arena_free(frontier->arena);
}
