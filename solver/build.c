/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of every instance, and where its rows came from. */
#include "build.h"

bw_instance *bw_instance_blank(void)
{
    bw_arena *arena = bw_arena_new();
    bw_instance *instance =
        arena ? bw_arena_alloc(arena, 1, sizeof *instance) : NULL;
    if (!instance) {
        bw_arena_free(arena);
        return NULL;
    }
    instance->arena = arena;
    instance->workload = -1;
    return instance;
}

static bw_place place_in(const bw_attr *file, uint32_t line)
{
    return (bw_place){file ? file->text : NULL, line, 0};
}

bw_place bw_account_place(const bw_problem *problem, int32_t account)
{
    const bw_scenario *s = problem->scenario;
    return place_in(s ? &s->accounts.file : NULL,
                    problem->accounts.line[account]);
}

bw_place bw_rep_place(const bw_problem *problem, int32_t rep)
{
    const bw_scenario *s = problem->scenario;
    return place_in(s ? &s->reps.file : NULL, problem->reps.line[rep]);
}

bw_place bw_given_place(const bw_problem *problem, const bw_pair_given *given)
{
    const bw_scenario *s = problem->scenario;
    return place_in(s ? &s->pairs.file : NULL, given->line);
}
