/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem is one arena. */
#include "bw/problem.h"

#include "bw/alloc.h"

void bw_problem_free(bw_problem *problem)
{
    if (problem)
        bw_arena_free(problem->arena);
}
