/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Random problems, small enough to go through by hand. */
#ifndef TESTS_RANDOM_OFFICE_H
#define TESTS_RANDOM_OFFICE_H

#include "office.h"

/* A random problem with everything in it: families, locks, rules, inside and
 * leaving reps, unplaced accounts, a km limit, a pairs file. */
static inline office *random_office(uint64_t *seed)
{
    int32_t n = 1 + office_pick(seed, 30), m = 1 + office_pick(seed, 400);
    office *o = office_new(n, m);
    bw_problem *p = &o->problem;
    p->reps.n_serving = m - office_pick(seed, (m + 1) / 2);
    p->accounts.n_families = 1 + office_pick(seed, n);
    p->travel = (bw_travel){.counts = office_pick(seed, 5) > 0,
                            .hour_cost = 75,
                            .km_cost = 0.4,
                            .speed_kmh = 55,
                            .road_factor = 1.27,
                            .calls_per_trip = 3};
    p->handover = (bw_handover){0.03, 2};
    p->n_balances = office_pick(seed, 2);
    for (int32_t r = 0; r < m; r++) {
        p->reps.home[r] = (bw_point){office_uniform(seed, 30, 60),
                                     office_uniform(seed, -20, 20)};
        p->reps.inside[r] = office_pick(seed, 6) == 0;
    }
    for (int32_t a = 0; a < n; a++) {
        if (office_pick(seed, 5))
            office_place(o, a, office_uniform(seed, 30, 60),
                         office_uniform(seed, -20, 20));
        p->accounts.owner[a] = office_pick(seed, m + 1) - 1;
        p->accounts.revenue[a] = office_uniform(seed, -10, 1e5);
        p->accounts.calls[a] = office_uniform(seed, 0, 30);
        p->accounts.family[a] = office_pick(seed, 3)
                                    ? -1
                                    : office_pick(seed, p->accounts.n_families);
        if (office_pick(seed, 8) == 0)
            o->lock[a] = office_pick(seed, m);
    }
    for (int32_t i = office_pick(seed, 3); i > 0; i--) {
        uint8_t *allowed = office_rule(o, "a rule");
        for (int32_t j = 0; j < n * m; j++)
            allowed[j] = office_pick(seed, 5) > 0;
    }
    if (office_pick(seed, 2))
        p->km_limit = office_uniform(seed, 100, 4000);
    int32_t per_mille = office_pick(seed, 2) ? 0 : 300;
    p->pairs.only_listed = per_mille && office_pick(seed, 2);
    p->pairs.cost_replaces = office_pick(seed, 2);
    for (int32_t i = 0; i < n * m && p->pairs.n < 4096; i++) {
        if (office_pick(seed, 1000) >= per_mille)
            continue;
        bw_pair_given *row = office_given(o, i / m, i % m);
        row->cost = office_uniform(seed, 0, 100);
        row->allowed = (int8_t)(office_pick(seed, 3) - 1);
        if (office_pick(seed, 2))
            row->km = office_uniform(seed, 0, 3000);
        if (office_pick(seed, 2))
            row->travel_hours = office_uniform(seed, 0, 30);
        if (office_pick(seed, 3) == 0)
            row->hours = office_uniform(seed, 0, 30);
    }
    return o;
}

/** Segments with wheres and shares; hours from coverage or given. */
static inline void random_segments(office *o, uint64_t *seed)
{
    bw_problem *p = &o->problem;
    int32_t n = p->accounts.n;
    p->n_segments = 3;
    for (int32_t i = 0; i < 3; i++) {
        bw_segment_rule *rule = &o->segment[i];
        rule->calls = office_uniform(seed, 0, 20);
        rule->hours = office_uniform(seed, 0, 3);
        if (i == 2)
            break;
        uint8_t *holds = office_array(o, n, 1);
        double *of = office_numbers(o, n, 0);
        for (int32_t a = 0; a < n; a++) {
            holds[a] = office_pick(seed, 2) > 0;
            of[a] = office_pick(seed, 6);
        }
        rule->holds = office_pick(seed, 2) ? holds : NULL;
        rule->of = of;
        rule->by = office_pick(seed, 2) ? BW_BY_POTENTIAL : BW_BY_ACCOUNTS;
        if (office_pick(seed, 3))
            rule->share = office_pick(seed, 11) / 10.0;
    }
    for (int32_t a = 0; a < n; a++) {
        p->accounts.hours[a] =
            office_pick(seed, 3) ? (double)NAN : office_uniform(seed, 0, 40);
        if (office_pick(seed, 3))
            p->accounts.calls[a] = (double)NAN;
    }
}

static inline void random_band(office *o, uint64_t *seed, bw_balance *b)
{
    int32_t m = o->problem.reps.n;
    const bw_target targets[] = {BW_TARGET_NONE, BW_TARGET_EQUAL,
                                 BW_TARGET_SHARE, BW_TARGET_CAPACITY,
                                 BW_TARGET_COLUMN};
    double *low = office_numbers(o, m, (double)NAN);
    double *high = office_numbers(o, m, (double)NAN);
    double *target = office_numbers(o, m, 0);
    int32_t *group = office_array(o, m, sizeof *group);
    b->target = targets[office_pick(seed, 5)];
    b->tolerance =
        b->target == BW_TARGET_NONE ? 0 : office_pick(seed, 11) / 20.0;
    for (int32_t r = 0; r < m; r++) {
        target[r] = office_uniform(seed, 0, 60);
        group[r] = office_pick(seed, 3);
        if (office_pick(seed, 6) == 0)
            low[r] = office_pick(seed, 3) - 2;
        if (office_pick(seed, 6) == 0)
            high[r] = 1e5 + office_pick(seed, 40);
    }
    b->target_value = target;
    b->low = low;
    b->high = high;
    b->n_groups = 3;
    b->group = office_pick(seed, 2) ? group : NULL;
    b->under_cost = office_uniform(seed, 0, 50);
    b->over_cost = office_uniform(seed, 0, 50);
    if (office_pick(seed, 8) == 0)
        b->under_cost = (double)INFINITY;
    if (office_pick(seed, 8) == 0)
        b->over_cost = (double)INFINITY;
}

/** Up to three budgets, of which some bind. */
static inline void random_moved(office *o, uint64_t *seed)
{
    static const char *const names[] = {"one", "two", "three"};
    bw_problem *p = &o->problem;
    p->n_budgets = office_pick(seed, 4);
    for (int32_t g = 0; g < p->n_budgets; g++) {
        bw_budget *b = &o->budget[g];
        double *value = office_numbers(o, p->accounts.n, 1);
        uint8_t *holds = office_array(o, p->accounts.n, 1);
        bool work = office_pick(seed, 3) == 0;
        for (int32_t a = 0; a < p->accounts.n; a++) {
            value[a] = office_uniform(seed, 0, 100);
            holds[a] = office_pick(seed, 4) > 0;
        }
        *b = (bw_budget){.name = names[g],
                         .measure = work ? "workload" : "value",
                         .kind = work ? BW_MEASURE_WORKLOAD : BW_MEASURE_VALUE,
                         .value = work ? NULL : value,
                         .holds = office_pick(seed, 2) ? holds : NULL,
                         .count_all = office_pick(seed, 2),
                         .share = office_pick(seed, 3) > 0};
        b->max = b->share ? office_uniform(seed, 0, 1)
                          : office_uniform(seed, 0, 600);
    }
}

/** Up to three measures: workload, potential, and one that may be negative. */
static inline void random_balances(office *o, uint64_t *seed)
{
    bw_problem *p = &o->problem;
    bool workload = office_pick(seed, 4) > 0;
    p->n_balances = office_pick(seed, 3) + workload;
    for (int32_t k = 0; k < p->n_balances; k++) {
        bool work = k == 0 && workload;
        double *value = office_numbers(o, p->accounts.n, 0);
        for (int32_t a = 0; a < p->accounts.n; a++)
            value[a] = office_uniform(seed, k == 2 ? -5 : 0, 60);
        o->balance[k] =
            (bw_balance){.measure = work     ? "workload"
                                    : k == 2 ? "odd"
                                             : "potential",
                         .kind = work ? BW_MEASURE_WORKLOAD : BW_MEASURE_VALUE,
                         .value = work ? NULL : value};
        random_band(o, seed, &o->balance[k]);
    }
    for (int32_t r = 0; r < p->reps.n; r++) {
        p->reps.capacity[r] = office_uniform(seed, 1, 60);
        p->reps.ramp[r] = office_pick(seed, 6) / 5.0;
    }
}

#endif
