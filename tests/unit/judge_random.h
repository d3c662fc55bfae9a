/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Random small problems for the judge's tests: families, places, pairs.csv,
 * rules, groups, soft and hard bands. */
#ifndef TESTS_JUDGE_RANDOM_H
#define TESTS_JUDGE_RANDOM_H

#include "judge_kit.h"

/* A small generator of our own: the same numbers everywhere. */
static inline uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static double potential[KIT_ACCOUNTS];
static int32_t group[KIT_REPS];

static inline void draw_accounts(kit *k, uint64_t *seed)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        k->hours[a] = 0.25 * draw(seed, 40);
        k->calls[a] = draw(seed, 12);
        potential[a] = draw(seed, 2000) / 16.0;
        k->revenue[a] = draw(seed, 9999) - 100.0;
        k->owner[a] = (int32_t)draw(seed, (uint32_t)k->problem.reps.n + 1) - 1;
        if (draw(seed, 4) == 0)
            k->family[a] = (int32_t)draw(seed, 2);
        if (draw(seed, 5) == 0)
            continue;
        k->placing[a] = BW_PLACED;
        k->point[a] =
            (bw_point){draw(seed, 400) / 100.0 + 40, draw(seed, 400) / 100.0};
    }
}

static inline void draw_pairs(kit *k, uint64_t *seed)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++)
        for (int32_t r = 0; r < k->problem.reps.n; r++) {
            if (draw(seed, 8))
                continue;
            bw_pair_given *row = kit_pair(k, a, r);
            row->allowed = draw(seed, 3) ? -1 : 0;
            row->cost = draw(seed, 2) ? 0.5 * draw(seed, 1000) : 12;
            row->hours = draw(seed, 3) ? (double)NAN : draw(seed, 30);
            row->km = draw(seed, 2) ? (double)NAN : draw(seed, 300);
            row->travel_hours = draw(seed, 2) ? (double)NAN : draw(seed, 9);
        }
    k->problem.pairs.cost_replaces = draw(seed, 4) == 0;
}

static inline void draw_bands(kit *k, uint64_t *seed)
{
    for (int i = 0; i < 2; i++) {
        bw_balance *balance = kit_band(k, i ? potential : NULL, NAN, NAN);
        balance->target = (bw_target)(BW_TARGET_EQUAL + draw(seed, 4));
        balance->target_value = k->capacity;
        balance->tolerance = 0.01 * draw(seed, 40);
        balance->over_cost = draw(seed, 6) ? draw(seed, 90) : (double)INFINITY;
        balance->under_cost = draw(seed, 8) ? draw(seed, 60) : (double)INFINITY;
        if (draw(seed, 3) == 0) {
            balance->group = group;
            balance->n_groups = 2;
        }
        if (draw(seed, 4) == 0)
            k->high[i][draw(seed, 3)] = draw(seed, 60);
    }
}

static inline void draw_segments(kit *k, uint64_t *seed)
{
    static uint8_t holds[KIT_ACCOUNTS];
    for (int32_t a = 0; a < KIT_ACCOUNTS; a++)
        holds[a] = draw(seed, 3) == 0;
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        k->calls[a] = draw(seed, 3) ? (double)NAN : k->calls[a];
        k->hours[a] = draw(seed, 3) ? (double)NAN : k->hours[a];
    }
    k->segment[2] = k->segment[0];
    k->segment[2].calls = 2;
    for (int i = 0; i < 2; i++)
        k->segment[i] = (bw_segment_rule){
            .name = i ? "B" : "A",
            .holds = draw(seed, 2) ? holds : NULL,
            .share = draw(seed, 4) ? draw(seed, 11) / 10.0 : (double)NAN,
            .by = draw(seed, 2) ? BW_BY_ACCOUNTS : BW_BY_POTENTIAL,
            .of = potential,
            .calls = draw(seed, 9),
            .hours = draw(seed, 9) / 4.0};
    k->problem.n_segments = 3;
}

static inline void draw_problem(kit *k, uint64_t *seed)
{
    int32_t n = 2 + (int32_t)draw(seed, 4), m = 2 + (int32_t)draw(seed, 2);
    kit_start(k, n, m);
    k->problem.travel = (bw_travel){draw(seed, 5) != 0, 75, 0.4, 60, 1.3, 4};
    k->problem.handover = (bw_handover){0.06, 2};
    if (draw(seed, 2))
        k->problem.km_limit = 100 + draw(seed, 400);
    for (int32_t r = 0; r < m; r++) {
        group[r] = r % 2;
        k->home[r] =
            (bw_point){draw(seed, 400) / 100.0 + 40, draw(seed, 400) / 100.0};
        k->inside[r] = draw(seed, 6) == 0;
        k->capacity[r] = 100 + draw(seed, 100);
        k->ramp[r] = draw(seed, 4) ? 1 : 0.5;
    }
    draw_accounts(k, seed);
    if (draw(seed, 2))
        draw_segments(k, seed);
    draw_pairs(k, seed);
    draw_bands(k, seed);
    if (draw(seed, 3) == 0) {
        kit_rule(k);
        for (int i = 0; i < 20; i++)
            k->rule_allowed[i] = draw(seed, 5) != 0;
    }
}

static inline void draw_prices(kit *k, uint64_t *seed)
{
    for (int32_t i = 0; i < k->problem.reps.n * 2; i++) {
        double over = k->balance[i % 2].over_cost;
        double under = k->balance[i % 2].under_cost;
        over = isinf(over) ? 200 : over;
        under = isinf(under) ? 200 : under;
        double price = draw(seed, 1001) / 1000.0;
        k->price[i] = P(draw(seed, 2) ? price * over : -price * under);
    }
}

#endif
