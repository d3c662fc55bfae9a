/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small problems with free positions, and the enumeration of their choices. */
#ifndef TESTS_FREE_OFFICE_H
#define TESTS_FREE_OFFICE_H

#include "bw/positions.h"
#include "small_office.h"

/** Some of the serving reps may open, some may close. */
static inline void free_office_make(office *o, uint64_t *seed)
{
    bw_problem *p = &o->problem;
    int32_t m = p->reps.n;
    uint8_t *free_ones = office_array(o, m, 1);
    double *cost = office_numbers(o, m, 0);
    for (int32_t r = 0; r < p->reps.n_serving; r++) {
        free_ones[r] = (uint8_t)office_pick(seed, 3);
        cost[r] = office_pick(seed, 12);
        p->positions.n_free += free_ones[r] != BW_STAYS;
    }
    p->reps.free = free_ones;
    p->reps.position_cost = cost;
    p->positions.given = true;
    p->positions.least = office_pick(seed, p->positions.n_free + 1);
    p->positions.most =
        p->positions.least +
        office_pick(seed, p->positions.n_free - p->positions.least + 1);
    if (office_pick(seed, 2)) { /* a band that follows the number */
        o->balance[0].target = BW_TARGET_EQUAL;
        o->balance[0].tolerance = 0.2;
        o->balance[0].low = o->balance[0].high = NULL;
    }
}

/** The least cost of all plans of all choices of n; false: there is none. */
static inline bool free_office_least(const bw_problem *problem,
                                     const bw_instance *all, int32_t n,
                                     bw_wide *least)
{
    int32_t m = problem->reps.n_serving;
    bool found = false;
    for (uint32_t mask = 0; mask < 1U << m; mask++) {
        uint8_t open[8];
        int32_t count = 0, rep[16] = {0};
        bool right = true;
        for (int32_t r = 0; r < m; r++) {
            bool stays = problem->reps.free[r] == BW_STAYS;
            open[r] = mask >> r & 1;
            right = right && (!stays || open[r]);
            count += !stays && open[r];
        }
        if (!right || count != n)
            continue;
        bw_arena *arena = bw_arena_new();
        bw_diags *diags = bw_diags_new();
        bw_problem made;
        bw_instance *instance = NULL;
        if (bw_positions_problem(problem, open,
                                 (bw_all_open){all->low, all->high, all->total},
                                 arena, &made) == BW_OK &&
            bw_instance_new(&made, diags, &instance) == BW_OK) {
            bw_wide fixed = bw_positions_cost(problem, open);
            do {
                bw_wide objective;
                if (!small_inside(instance, rep, &objective) ||
                    (found && objective + fixed >= *least))
                    continue;
                *least = objective + fixed;
                found = true;
            } while (small_next(instance, rep));
        }
        bw_instance_free(instance);
        bw_diags_free(diags);
        bw_arena_free(arena);
    }
    return found;
}

#endif
