/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress of several runs: what a terminal and what a file get. */
#include "lanes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"base", "two-leave"};

static bw_lanes begin(bool terminal, bool quiet)
{
    bw_lanes lanes = {
        .out = tmpfile(), .terminal = terminal, .quiet = quiet, .columns = 39};
    assert_non_null(lanes.out);
    assert_int_equal(bw_lanes_begin(&lanes, names, 2), BW_OK);
    return lanes;
}

static const char *end(bw_lanes *lanes)
{
    static char text[2000];
    bw_lanes_end(lanes);
    rewind(lanes->out);
    text[fread(text, 1, sizeof text - 1, lanes->out)] = '\0';
    fclose(lanes->out);
    return text;
}

static bw_progress at(double seconds)
{
    return (bw_progress){
        .seconds = seconds, .bound = 5, .phase = "search", .has_plan = false};
}

static void a_file_gets_lines_with_names(void **state)
{
    (void)state;
    bw_lanes lanes = begin(false, false);
    bw_progress first = at(0), soon = at(1.9), later = at(2);
    bw_lanes_start(&lanes, 1);
    bw_lanes_show(&lanes, 1, &first);
    bw_lanes_show(&lanes, 1, &soon);
    bw_lanes_show(&lanes, 1, &later);
    bw_lanes_done(&lanes, 1, "planned");
    bw_lanes_say(&lanes, "a fault\n");
    assert_string_equal(end(&lanes), "two-leave      0.0 s  search    bound 5\n"
                                     "two-leave      2.0 s  search    bound 5\n"
                                     "two-leave  planned\na fault\n");
}

static void a_terminal_has_the_runs_at_work_below(void **state)
{
    (void)state;
    bw_lanes lanes = begin(true, false);
    bw_progress first = at(3);
    bw_lanes_start(&lanes, 0);
    bw_lanes_start(&lanes, 1);
    bw_lanes_show(&lanes, 1, &first);
    bw_lanes_done(&lanes, 0, "planned");
    assert_string_equal(end(&lanes), "base       reading\n"
                                     "\033[1A\r\033[Jbase       reading\n"
                                     "two-leave  reading\n"
                                     "\033[2A\r\033[Jbase       reading\n"
                                     "two-leave      3.0 s  search    boun..\n"
                                     "\033[2A\r\033[Jbase       planned\n"
                                     "two-leave      3.0 s  search    boun..\n"
                                     "\033[1A\r\033[J");
}

static void the_quiet_are_told_faults_alone(void **state)
{
    (void)state;
    bw_lanes lanes = begin(true, true);
    bw_progress first = at(3);
    bw_lanes_start(&lanes, 0);
    bw_lanes_show(&lanes, 0, &first);
    bw_lanes_say(&lanes, "a fault\n");
    bw_lanes_say(&lanes, "");
    bw_lanes_done(&lanes, 0, "planned");
    assert_string_equal(end(&lanes), "a fault\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gets_lines_with_names),
        cmocka_unit_test(a_terminal_has_the_runs_at_work_below),
        cmocka_unit_test(the_quiet_are_told_faults_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
