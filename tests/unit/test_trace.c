/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace of plan and bound over time. */
#include "trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void only_improvements_are_noted(void **state)
{
    (void)state;
    static const bw_progress seen[] = {
        {.seconds = 0.5, .bound = 10, .phase = "prices"},
        {.seconds = 0.75, .bound = 10, .phase = "start"},
        {.seconds = 1, .has_plan = true, .objective = 20, .bound = 10},
        {.seconds = 2, .has_plan = true, .objective = 20, .bound = 10},
        {.seconds = 3, .has_plan = true, .objective = 15.5, .bound = 10},
        {.seconds = 4, .has_plan = true, .objective = 15.5, .bound = 12}};
    bw_trace trace = {0};
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        bw_trace_note(&trace, &seen[i]);
    assert_string_equal(trace.text.text, "seconds,objective,bound\n"
                                         "0.5,,10\n"
                                         "1,20,10\n"
                                         "3,15.5,10\n"
                                         "4,15.5,12\n");
    bw_trace_free(&trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_improvements_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
