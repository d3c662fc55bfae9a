/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison whose runs are over: states, reasons, exit codes, the table. */
#include "compare_out.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bw_json *read(const char *text)
{
    bw_json *json = NULL;
    assert_int_equal(
        bw_json_read(text, strlen(text), "x", BW_VERIFY_MISMATCH, NULL, &json),
        BW_OK);
    return json;
}

/* Three: a base, a dearer one with a measure of its own, a faulty one. */
static bw_contender contender[3];
static bw_compare compare = {.dir = "out", .contender = contender, .n = 3};

static int begin(void **state)
{
    (void)state;
    memset(contender, 0, sizeof contender);
    contender[0] = (bw_contender){.name = "base",
                                  .folder = "out/base",
                                  .path = "b.xml",
                                  .fate = BW_FATE_KEPT};
    contender[0].summary =
        read("{\"status\":\"optimal\",\"objective\":1000,\"bound\":1000,"
             "\"gap\":0,\"cost\":{\"travel\":900,\"imbalance\":100},"
             "\"stopped_by\":\"gap\",\"currency\":\"EUR\",\"reps\":2}");
    contender[0].run =
        read("{\"plan\":{\"measures\":[{\"name\":\"workload\",\"worst\":0.1,"
             "\"mean\":0.05,\"outside\":1}],\"reps_outside\":1,"
             "\"accounts_outside\":4},\"today\":{\"comparable\":0,"
             "\"imbalance\":7}}");
    contender[0].timing = read("{\"load\":0.25,\"model\":0,\"solve\":1,"
                               "\"check\":0,\"write\":0.25,\"threads\":2}");
    contender[1] = (bw_contender){.name = "dearer",
                                  .folder = "out/dearer",
                                  .path = "d.xml",
                                  .fate = BW_FATE_PLANNED};
    contender[1].summary =
        read("{\"status\":\"feasible\",\"objective\":1250.5,\"bound\":1000,"
             "\"gap\":0.2,\"stopped_by\":\"effort\",\"reps\":3}");
    contender[1].run =
        read("{\"plan\":{\"measures\":[{\"name\":\"visits\",\"worst\":0.3,"
             "\"mean\":0.1,\"outside\":2}]}}");
    contender[1].from_base = (bw_moved){true, 10, 3, bw_fine(5 * BW_QUANTA)};
    contender[2] = (bw_contender){.name = "faulty",
                                  .folder = "out/faulty",
                                  .path = "f.xml",
                                  .fate = BW_FATE_FAILED,
                                  .code = 2};
    bw_buf_text(&contender[2].log, "f.xml:1:2: warning: w [x]\n"
                                   "f.xml:3:4: error: it is bad [y]\n"
                                   "f.xml:5:6: error: this too [z]\n");
    return 0;
}

static int end(void **state)
{
    (void)state;
    compare.n = 3;
    bw_compare_free(&compare);
    return 0;
}

static double number(const bw_grid *grid, const char *key, int column)
{
    const bw_grid_line *line = bw_grid_find(grid, key);
    assert_non_null(line);
    return line->cell[column].number;
}

static void figures_come_from_the_folders(void **state)
{
    (void)state;
    bw_grid *grid;
    assert_int_equal(bw_grid_new(&compare, &grid), BW_OK);
    assert_true(number(grid, "cost_imbalance", 0) == 7);
    assert_true(number(grid, "cost_imbalance", 1) == 100);
    assert_true(isnan(number(grid, "cost_imbalance", 2)));
    assert_true(isnan(number(grid, "difference", 1)));
    assert_true(number(grid, "difference", 2) == 250.5);
    assert_true(number(grid, "difference_share", 2) == 0.2505);
    assert_true(isnan(number(grid, "difference", 3)));
    assert_true(number(grid, "difference_low", 2) == 0);
    assert_true(number(grid, "difference_high", 2) == 250.5);
    assert_true(number(grid, "seconds", 1) == 1.5);
    assert_true(number(grid, "moved_revenue_of_base", 2) == 5);
    assert_true(number(grid, "workload_outside", 1) == 1);
    assert_true(isnan(number(grid, "workload_outside", 2)));
    assert_true(number(grid, "visits_worst", 2) == 0.3);
    assert_string_equal(bw_grid_find(grid, "state")->cell[3].text, "faulty");
    assert_string_equal(bw_grid_find(grid, "why")->cell[3].text,
                        "f.xml:3:4: error: it is bad [y]");
    bw_grid_free(grid);
}

static void a_narrow_terminal_gets_rows(void **state)
{
    (void)state;
    bw_grid *grid;
    bw_buf wide = {0}, narrow = {0};
    assert_int_equal(bw_grid_new(&compare, &grid), BW_OK);
    bw_compare_show(&compare, grid, 78, false, &wide);
    bw_compare_show(&compare, grid, 77, false, &narrow);
    assert_non_null(strstr(wide.text, "visits, worst         "));
    assert_null(strstr(narrow.text, "visits, worst"));
    assert_non_null(strstr(narrow.text, "\nfaulty                     faulty"));
    assert_non_null(strstr(
        narrow.text, "faulty, faulty: f.xml:3:4: error: it is bad [y]\n"));
    assert_null(strstr(wide.text, "Interrupted"));
    bw_buf_free(&wide);
    bw_buf_free(&narrow);
    bw_grid_free(grid);
}

/* The base cannot cost less than 900, the other one not less than 990. */
static void what_the_bounds_leave_open_is_marked(void **state)
{
    (void)state;
    bw_grid *grid;
    bw_buf open = {0}, shut = {0};
    assert_int_equal(bw_grid_new(&compare, &grid), BW_OK);
    bw_compare_show(&compare, grid, 80, false, &shut);
    assert_null(strchr(shut.text, '?'));
    bw_grid_free(grid);
    bw_json_free(contender[1].summary);
    contender[1].summary = read("{\"objective\":995,\"bound\":990}");
    bw_json_free(contender[0].summary);
    contender[0].summary = read("{\"objective\":1000,\"bound\":900}");
    assert_int_equal(bw_grid_new(&compare, &grid), BW_OK);
    bw_compare_show(&compare, grid, 80, false, &open);
    assert_non_null(strstr(open.text, "  -5 ? "));
    assert_non_null(strstr(open.text, "\n? by the bounds"));
    bw_grid_free(grid);
    bw_buf_free(&open);
    bw_buf_free(&shut);
}

static void the_worst_exit_code_counts(void **state)
{
    (void)state;
    assert_int_equal(bw_compare_code(&compare), 2);
    contender[1].code = 1;
    assert_int_equal(bw_compare_code(&compare), 2);
    contender[1].code = 4;
    assert_int_equal(bw_compare_code(&compare), 4);
    contender[2].code = 5;
    assert_int_equal(bw_compare_code(&compare), 5);
    compare.n = 1;
    assert_int_equal(bw_compare_code(&compare), 0);
}

static void what_was_interrupted_is_not_complete(void **state)
{
    (void)state;
    assert_true(bw_compare_complete(&compare));
    contender[2].fate = BW_FATE_STOPPED;
    assert_false(bw_compare_complete(&compare));
    assert_string_equal(bw_contender_state(&contender[2]), "stopped");
    contender[2].fate = BW_FATE_NOT_RUN;
    assert_false(bw_compare_complete(&compare));
    assert_string_equal(bw_contender_state(&contender[2]), "not run");
    contender[2].fate = BW_FATE_PLANNED;
    contender[2].run = read("{\"stopped_by\":\"interrupt\"}");
    assert_false(bw_compare_complete(&compare));
    assert_string_equal(bw_contender_state(&contender[2]), "interrupted");
}

static void a_crash_names_its_signal(void **state)
{
    (void)state;
    bw_buf why = {0};
    contender[2].signal = 11;
    contender[2].crashed = true;
    bw_contender_why(&contender[2], &why);
    assert_string_equal(bw_contender_state(&contender[2]), "crashed");
    assert_non_null(strstr(why.text, "ended by signal 11 ("));
    bw_buf_free(&why);
    contender[2].signal = 0;
    bw_contender_why(&contender[2], &why);
    assert_string_equal(why.text, "its process ended before its time");
    bw_buf_free(&why);
    bw_contender_why(&contender[1], &why);
    assert_null(why.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_come_from_the_folders, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_narrow_terminal_gets_rows, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_the_bounds_leave_open_is_marked,
                                        begin, end),
        cmocka_unit_test_setup_teardown(the_worst_exit_code_counts, begin, end),
        cmocka_unit_test_setup_teardown(what_was_interrupted_is_not_complete,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_crash_names_its_signal, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
