/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One unit moved, everything else held: what it changes, part by part. */
#include "bw/move.h"

#include <assert.h>

typedef struct hurt {
    bool breaks;
    bw_wide cost;
} hurt;

/* Adds what the pair's amounts, coming (+1) or going (-1), change in the
 * deviations of its rep; remembers the band that suffers most. */
static void add_side(const bw_plan *plan, int32_t unit, const bw_pair *pair,
                     int sign, bw_move *move, hurt *worst)
{
    const bw_instance *instance = plan->instance;
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t at = (int64_t)pair->rep * instance->n_measures + k;
        int64_t now = plan->load[at];
        int64_t then = now + sign * bw_pair_measure(instance, unit, pair, k);
        int64_t out_now, out_then;
        bw_wide change =
            -bw_instance_deviation(instance, pair->rep, k, now, &out_now);
        change +=
            bw_instance_deviation(instance, pair->rep, k, then, &out_then);
        bool breaks = out_now == 0 && out_then > 0;
        move->imbalance += change;
        move->breaks |= breaks;
        if (worst->breaks || (!breaks && change <= worst->cost))
            continue;
        *worst = (hurt){breaks, change};
        move->hurt_rep = pair->rep;
        move->hurt_measure = k;
        move->hurt_above = then > instance->high[at];
    }
}

static void add_parts(const bw_instance *instance, int32_t unit,
                      const int32_t reps[2], bw_move *move)
{
    bw_pair_parts from, *to = &move->parts;
    bw_instance_parts(instance, unit, reps[0], &from);
    bw_instance_parts(instance, unit, reps[1], to);
    to->travel -= from.travel;
    to->handover -= from.handover;
    to->preference -= from.preference;
    to->given -= from.given;
    to->travel_hours -= from.travel_hours;
}

static void find_broken_budget(const bw_plan *plan, int32_t unit, int32_t rep,
                               bw_move *move)
{
    const bw_instance *instance = plan->instance;
    for (int32_t g = 0; g < instance->n_budgets && !move->breaks; g++) {
        int64_t limit = instance->budget[g].limit;
        int64_t then = plan->use[g] + bw_instance_use(instance, g, unit, rep) -
                       bw_instance_use(instance, g, unit, plan->rep[unit]);
        if (plan->use[g] > limit || then <= limit)
            continue;
        move->breaks = true;
        move->hurt_budget = g;
    }
}

bool bw_move_to(const bw_plan *plan, int32_t unit, int32_t rep, bw_move *move)
{
    assert(plan->complete);
    const bw_instance *instance = plan->instance;
    bw_pair from, to;
    *move = (bw_move){.hurt_rep = -1, .hurt_measure = -1, .hurt_budget = -1};
    if (!bw_instance_pair(instance, unit, rep, &to) ||
        !bw_instance_pair(instance, unit, plan->rep[unit], &from))
        return false;
    if (from.rep == to.rep)
        return true;
    hurt worst = {false, 0};
    add_parts(instance, unit, (const int32_t[2]){from.rep, to.rep}, move);
    add_side(plan, unit, &from, -1, move, &worst);
    add_side(plan, unit, &to, +1, move, &worst);
    find_broken_budget(plan, unit, rep, move);
    move->cost = bw_fine(to.cost) - bw_fine(from.cost);
    move->total = move->cost + move->imbalance;
    return true;
}
