/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem is one arena. */
#include "bw/problem.h"

#include "bw/alloc.h"

#include <assert.h>

const char *bw_place_source_text(int source)
{
    static const char *const text[BW_N_PLACE_SOURCES] = {
        [BW_PLACE_GIVEN] = "given",
        [BW_PLACE_POSTAL_CODE] = "postal-code",
        [BW_PLACE_POSTAL_AREA] = "postal-area",
        [BW_PLACE_CITY] = "city",
        [BW_PLACE_NONE] = "none"};
    assert(source >= 0 && source < BW_N_PLACE_SOURCES);
    return text[source];
}

void bw_problem_free(bw_problem *problem)
{
    if (problem)
        bw_arena_free(problem->arena);
}
