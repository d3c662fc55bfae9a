/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes: what they report, what they say, how they end. */
#include "worker.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static double heard_seconds[4];
static char heard_phase[4][16];
static int n_heard[4];

static void hear(void *data, int worker, const bw_report *report)
{
    assert_ptr_equal(data, heard_seconds);
    n_heard[worker]++;
    heard_seconds[worker] = report->progress.seconds;
    strcpy(heard_phase[worker], report->progress.phase);
}

static int talk(void *data, int reports)
{
    int code = *(int *)data;
    for (int i = 0; i < 100; i++) {
        bw_report report = {.progress = {.seconds = i, .phase = "search"}};
        bw_worker_report(reports, &report);
    }
    fprintf(stderr, "I was %d\n", code);
    return code;
}

static int crash(void *data, int reports)
{
    (void)data;
    (void)reports;
    fprintf(stderr, "before\n");
    fflush(stderr);
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
    return 0;
}

static void every_report_arrives_and_so_does_the_end(void **state)
{
    (void)state;
    bw_worker worker[3] = {{0}};
    int code[3] = {0, 0, 7};
    assert_int_equal(bw_worker_start(&worker[0], talk, &code[0]), BW_OK);
    assert_int_equal(bw_worker_start(&worker[2], talk, &code[2]), BW_OK);
    for (int left = 2; left > 0; left--) {
        int slot = bw_workers_wait(worker, 3, hear, heard_seconds);
        assert_true(slot == 0 || slot == 2);
        bw_ending ending;
        char said[20];
        bw_worker_end(&worker[slot], &ending);
        snprintf(said, sizeof said, "I was %d\n", code[slot]);
        assert_int_equal(ending.code, code[slot]);
        assert_int_equal(ending.signal, 0);
        assert_string_equal(ending.log.text, said);
        assert_int_equal(n_heard[slot], 100);
        assert_true(heard_seconds[slot] == 99);
        assert_string_equal(heard_phase[slot], "search");
        bw_buf_free(&ending.log);
    }
    assert_int_equal(bw_workers_wait(worker, 3, hear, heard_seconds), -1);
}

static int give_in(void *data, int reports)
{
    (void)data;
    (void)reports;
    _exit(1);
}

static void an_exit_in_the_middle_is_no_exit_code(void **state)
{
    (void)state;
    bw_worker worker = {0};
    bw_ending ending;
    assert_int_equal(bw_worker_start(&worker, give_in, NULL), BW_OK);
    assert_int_equal(bw_workers_wait(&worker, 1, hear, heard_seconds), 0);
    bw_worker_end(&worker, &ending);
    assert_int_equal(ending.code, -1);
    assert_int_equal(ending.signal, 0);
    bw_buf_free(&ending.log);
}

static void a_crash_is_an_end_like_others(void **state)
{
    (void)state;
    bw_worker worker = {0};
    bw_ending ending;
    assert_int_equal(bw_worker_start(&worker, crash, NULL), BW_OK);
    assert_int_equal(bw_workers_wait(&worker, 1, hear, heard_seconds), 0);
    bw_worker_end(&worker, &ending);
    assert_int_equal(ending.code, -1);
    assert_int_equal(ending.signal, SIGABRT);
    assert_string_equal(ending.log.text, "before\n");
    bw_buf_free(&ending.log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_arrives_and_so_does_the_end),
        cmocka_unit_test(a_crash_is_an_end_like_others),
        cmocka_unit_test(an_exit_in_the_middle_is_no_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
