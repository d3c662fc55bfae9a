/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of every instance, and where its rows came from. */
#include "build.h"

#include <string.h>

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

/* The path as it was opened: the scenario has it relative to its own folder. */
static bw_place place_in(const bw_problem *problem, const char *role,
                         uint32_t line)
{
    for (int32_t i = 0; i < problem->n_inputs; i++)
        if (strcmp(problem->inputs[i].role, role) == 0)
            return (bw_place){problem->inputs[i].path, line, 0};
    return (bw_place){NULL, line, 0};
}

bw_place bw_account_place(const bw_problem *problem, int32_t account)
{
    const bw_accounts *accounts = &problem->accounts;
    uint32_t line = accounts->line[account];
    if (accounts->input)
        return (bw_place){problem->inputs[accounts->input[account]].path, line,
                          0};
    return place_in(problem, "accounts", line);
}

bw_place bw_reps_place(const bw_problem *problem)
{
    return place_in(problem, "reps", 0);
}

bw_place bw_given_place(const bw_problem *problem, const bw_pair_given *given)
{
    return place_in(problem, "pairs", given->line);
}
