/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Problems so small that all plans can be gone through: families, owners some
 * of whom leave, a forbidden pair here and there, hard or soft limits. */
#ifndef TESTS_SMALL_OFFICE_H
#define TESTS_SMALL_OFFICE_H

#include "bw/instance.h"
#include "bw/plan.h"
#include "bw/solve.h"
#include "office.h"

static inline double small_clock(void *data)
{
    (void)data;
    return 0;
}

static inline bw_settings small_settings(int threads)
{
    bw_settings settings = bw_settings_default();
    settings.gap = 0;
    settings.threads = threads;
    settings.clock = small_clock;
    return settings;
}

static inline office *small_office(uint64_t *seed)
{
    int32_t n = 3 + office_pick(seed, 4), m = 2 + office_pick(seed, 3);
    office *o = office_new(n, m);
    bw_problem *p = &o->problem;
    bw_balance *b = &o->balance[0];
    p->reps.n_serving = m > 2 ? m - office_pick(seed, 2) : m;
    p->accounts.n_families = 2;
    p->handover = (bw_handover){0.1, 0};
    uint8_t *allowed = office_rule(o, "a rule");
    for (int32_t i = 0; i < n * m; i++)
        allowed[i] = office_pick(seed, 7) > 0;
    for (int32_t a = 0; a < n; a++) {
        p->accounts.owner[a] = office_pick(seed, m + 1) - 1;
        p->accounts.hours[a] = 1 + office_pick(seed, 4);
        p->accounts.revenue[a] = office_pick(seed, 50);
        p->accounts.family[a] =
            office_pick(seed, 4) ? -1 : office_pick(seed, 2);
        for (int32_t r = 0; r < m; r++) {
            bw_pair_given *row = office_given(o, a, r);
            row->cost = office_pick(seed, 9);
        }
    }
    double *low = office_numbers(o, m, office_pick(seed, 4));
    double *high = office_numbers(o, m, 5 + office_pick(seed, 12));
    b->low = low;
    b->high = high;
    if (office_pick(seed, 2))
        b->over_cost = (double)INFINITY;
    if (office_pick(seed, 3) == 0)
        b->under_cost = (double)INFINITY;
    return o;
}

/** Goes through every plan; false: no further one. rep[n_units] starts at 0. */
static inline bool small_next(const bw_instance *instance, int32_t *rep)
{
    for (int32_t u = 0; u < instance->n_units; u++) {
        if (++rep[u] < instance->n_reps)
            return true;
        rep[u] = 0;
    }
    return false;
}

/** Allowed pairs, hard limits and budgets kept; *objective of it. */
static inline bool small_inside(const bw_instance *instance, const int32_t *rep,
                                bw_wide *objective)
{
    bw_pair pair;
    bw_plan *plan;
    for (int32_t u = 0; u < instance->n_units; u++)
        if (!bw_instance_pair(instance, u, rep[u], &pair))
            return false;
    if (bw_plan_new(instance, &plan) != BW_OK)
        return false;
    bool inside = bw_plan_assign(plan, rep) == BW_OK && plan->outside == 0;
    *objective = plan->objective;
    bw_plan_free(plan);
    return inside;
}

#endif
