/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line that tells how far reading is. */
#include "progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static double now;

static double given(void *nothing)
{
    (void)nothing;
    return now;
}

/* Shows the progress at each of the times; what was written. */
static const char *shown(bool terminal, const double *times, int n,
                         const bw_load_progress *progress)
{
    static char text[1000];
    FILE *out = tmpfile();
    assert_non_null(out);
    now = 100;
    bw_reading_line line = bw_reading_begin(out, terminal, given);
    for (int i = 0; i < n; i++) {
        now = 100 + times[i];
        bw_reading_show(&line, progress);
    }
    bw_progress_end(&line.line);
    rewind(out);
    text[fread(text, 1, sizeof text - 1, out)] = 0;
    fclose(out);
    return text;
}

static const bw_load_progress half = {"reading", "a/b.csv", 55000000,
                                      110000000};

static void what_takes_less_than_a_second_shows_nothing(void **state)
{
    (void)state;
    const double times[] = {0, 0.5, 0.99};
    assert_string_equal(shown(true, times, 3, &half), "");
}

static void a_line_stands_for_a_fifth_of_a_second(void **state)
{
    (void)state;
    const double times[] = {1.1, 1.2, 1.29, 1.35};
    assert_string_equal(
        shown(true, times, 4, &half),
        "\rreading b.csv  50 % of 110 MB\rreading b.csv  50 % of 110 MB"
        "\r                             \r");
}

static void only_a_terminal_gets_it(void **state)
{
    (void)state;
    const double times[] = {1.1, 5};
    assert_string_equal(shown(false, times, 2, &half), "");
}

static void a_pipe_has_no_per_cent_and_a_long_name_is_cut(void **state)
{
    (void)state;
    const double times[] = {2};
    char name[300];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    const bw_load_progress some = {"unpacking", name, 3000000, 0};
    const char *text = shown(true, times, 1, &some);
    assert_non_null(strstr(text, "xx..  3 MB\r"));
    assert_true(strcspn(text + 1, "\r") < 80);
}

static void a_step_shows_when_it_begins_unless_all_was_quick(void **state)
{
    (void)state;
    const double quick[] = {0.1, 0.29};
    const double long_ago[] = {0.4};
    const bw_load_progress step = {"placing accounts", NULL, 0, 0};
    const bw_load_progress apart = {"taking apart", "a/b.csv", 0, 0};
    assert_string_equal(shown(true, quick, 2, &step), "");
    assert_string_equal(shown(true, long_ago, 1, &step),
                        "\rplacing accounts ...\r                    \r");
    assert_string_equal(shown(true, long_ago, 1, &apart),
                        "\rtaking apart b.csv ...\r                      \r");
    assert_string_equal(shown(false, long_ago, 1, &step), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_takes_less_than_a_second_shows_nothing),
        cmocka_unit_test(a_line_stands_for_a_fifth_of_a_second),
        cmocka_unit_test(only_a_terminal_gets_it),
        cmocka_unit_test(a_step_shows_when_it_begins_unless_all_was_quick),
        cmocka_unit_test(a_pipe_has_no_per_cent_and_a_long_name_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
