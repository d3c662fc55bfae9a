/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace of plan and bound over time. */
#include "trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    char path[] = "/tmp/bailiwick-trace-XXXXXX", text[256] = "";
    int made = mkstemp(path);
    assert_true(made >= 0);
    bw_diags *diags = bw_diags_new();
    bw_trace trace = {0};
    assert_int_equal(bw_trace_open(&trace, path, diags), BW_OK);
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        bw_trace_note(&trace, &seen[i]);
    /* All is there before the file is closed. */
    assert_true(read(made, text, sizeof text - 1) > 0);
    assert_string_equal(text, "seconds,objective,bound\n"
                              "0.5,,10\n"
                              "1,20,10\n"
                              "3,15.5,10\n"
                              "4,15.5,12\n");
    assert_int_equal(bw_trace_close(&trace, diags), BW_OK);
    close(made);
    unlink(path);
    bw_diags_free(diags);
}

static void a_full_device_is_told_at_once(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_trace trace = {0};
    assert_int_equal(bw_trace_open(&trace, "/dev/full", diags), BW_IO);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 1);
    bw_trace_close(&trace, diags);
    bw_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_improvements_are_noted),
        cmocka_unit_test(a_full_device_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
