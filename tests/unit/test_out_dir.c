/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "interrupt.h"
#include "out_dir.h"

#include <dirent.h>
#include <signal.h>

/* Every test runs inside a fresh folder of its own. */
static char home[] = "/tmp/bw-out-XXXXXX";
static char start[4096];

static int enter(void **state)
{
    (void)state;
    strcpy(home, "/tmp/bw-out-XXXXXX");
    return getcwd(start, sizeof start) && mkdtemp(home) ? chdir(home) : -1;
}

static int leave(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", home,
             home);
    return chdir(start) || system(command);
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static const char *get(const char *path)
{
    static char text[100];
    FILE *f = fopen(path, "r");
    if (!f)
        return "(none)";
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

/* Entries of a folder, hidden ones included. */
static int entries(const char *dir)
{
    DIR *list = opendir(dir);
    assert_non_null(list);
    int n = -2;
    while (readdir(list))
        n++;
    closedir(list);
    return n;
}

static const bw_buf new_text = {(char *)(uintptr_t) "new", 3, 4, false};

static bw_out_dir *begin(const char *dir)
{
    bw_out_dir *out = NULL;
    assert_int_equal(bw_out_dir_new(&bw_out_plan, dir, NULL, &out), BW_OK);
    assert_int_equal(bw_out_dir_save(out, "summary.json", &new_text, NULL),
                     BW_OK);
    return out;
}

static void plan_into(const char *dir)
{
    bw_out_dir *out = begin(dir);
    assert_int_equal(bw_out_dir_commit(out, NULL), BW_OK);
    bw_out_dir_free(out);
}

static void a_new_folder_appears_only_at_the_commit(void **state)
{
    (void)state;
    bw_out_dir *out = begin("plan/");
    assert_int_not_equal(access("plan", F_OK), 0);
    assert_int_equal(bw_out_dir_commit(out, NULL), BW_OK);
    bw_out_dir_free(out);
    assert_string_equal(get("plan/summary.json"), "new");
    assert_int_equal(entries("."), 1);
}

static void an_abandoned_run_leaves_nothing(void **state)
{
    (void)state;
    plan_into("plan");
    put("plan/summary.json", "old");
    bw_out_dir_free(begin("plan"));
    assert_string_equal(get("plan/summary.json"), "old");
    assert_int_equal(entries("."), 1);
    assert_int_equal(entries("plan"), 1);
}

static void an_earlier_plan_is_replaced_and_its_stale_files_go(void **state)
{
    (void)state;
    mkdir("plan", 0750);
    put("plan/summary.json", "old");
    put("plan/moves.csv", "old");
    plan_into("plan");
    assert_string_equal(get("plan/summary.json"), "new");
    assert_int_equal(entries("plan"), 1);
    assert_int_equal(entries("."), 1);
    struct stat s;
    assert_int_equal(stat("plan", &s), 0);
    assert_int_equal(s.st_mode & 0777, 0750);
}

static void files_of_the_user_move_over(void **state)
{
    (void)state;
    plan_into("plan");
    put("plan/notes.txt", "mine");
    mkdir("plan/talks", 0755);
    put("plan/talks/a.txt", "mine too");
    plan_into("plan");
    assert_string_equal(get("plan/notes.txt"), "mine");
    assert_string_equal(get("plan/talks/a.txt"), "mine too");
    assert_int_equal(entries("."), 1);
}

static void a_link_to_a_folder_stays_a_link(void **state)
{
    (void)state;
    mkdir("real", 0755);
    assert_int_equal(symlink("real", "plan"), 0);
    plan_into("plan");
    struct stat s;
    assert_int_equal(lstat("plan", &s), 0);
    assert_true(S_ISLNK(s.st_mode));
    assert_string_equal(get("real/summary.json"), "new");
}

static void refused(const char *dir, const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_out_dir *out = NULL;
    int before = entries(".");
    assert_int_equal(bw_out_dir_check(&bw_out_plan, dir, diags), BW_IO);
    assert_int_equal(bw_out_dir_new(&bw_out_plan, dir, diags, &out), BW_IO);
    assert_null(out);
    const bw_diag *diag = bw_diags_at(diags, 0);
    assert_int_equal(diag->code, BW_OUTPUT);
    if (!strstr(diag->text, words))
        fail_msg("\"%s\" does not say \"%s\"", diag->text, words);
    assert_int_equal(entries("."), before);
    bw_diags_free(diags);
}

static void what_is_no_plan_of_ours_is_refused(void **state)
{
    (void)state;
    mkdir("other", 0755);
    put("other/thesis.txt", "mine");
    refused("other", "no summary.json");
    put("file", "x");
    refused("file", "is a file");
    refused(".", "folder you are in");
    refused("..", "folder you are in");
    refused("/", "folder you are in");
    refused("", "no folder");
    refused("missing/plan", "missing");
    refused("file/plan", "Not a directory");
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    refused("dangling", "link to nothing");
    refused("/proc", "mount point");
    assert_string_equal(get("other/thesis.txt"), "mine");
}

static void a_parent_that_takes_nothing_is_found_early(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip(); /* root may write anywhere */
    mkdir("shut", 0555);
    refused("shut/plan", "Permission denied");
}

static void a_full_device_leaves_the_earlier_plan(void **state)
{
    (void)state;
    plan_into("plan");
    put("plan/summary.json", "old");
    bw_diags *diags = bw_diags_new();
    bw_out_dir *out = NULL;
    assert_int_equal(bw_out_dir_new(&bw_out_plan, "plan", diags, &out), BW_OK);
    /* The file's name leads to the device that is always full. */
    assert_int_equal(symlink("/dev/full", bw_out_dir_path(out, "moves.csv")),
                     0);
    assert_int_equal(bw_out_dir_save(out, "moves.csv", &new_text, diags),
                     BW_IO);
    bw_out_dir_free(out);
    assert_string_equal(bw_diags_at(diags, 0)->place.file, "plan/moves.csv");
    assert_non_null(strstr(bw_diags_at(diags, 0)->text, "No space left"));
    assert_string_equal(get("plan/summary.json"), "old");
    assert_int_equal(entries("."), 1);
    bw_diags_free(diags);
}

static void a_folder_swapped_in_meanwhile_is_not_lost(void **state)
{
    (void)state;
    bw_out_dir *out = begin("plan");
    mkdir("plan", 0755);
    put("plan/thesis.txt", "mine");
    assert_int_equal(bw_out_dir_commit(out, NULL), BW_IO);
    bw_out_dir_free(out);
    assert_string_equal(get("plan/thesis.txt"), "mine");
    assert_int_equal(entries("."), 1);
}

static void of_two_runs_at_once_the_last_one_wins(void **state)
{
    (void)state;
    bw_out_dir *slow = begin("plan");
    plan_into("plan");
    put("plan/summary.json", "quick");
    assert_int_equal(bw_out_dir_commit(slow, NULL), BW_OK);
    bw_out_dir_free(slow);
    assert_string_equal(get("plan/summary.json"), "new");
    assert_int_equal(entries("."), 1);
}

/* A child that gets these many signals in the middle of writing, so far apart;
 * its status. */
static int child_with_signals(int n, long pause_ms)
{
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_IGN); /* as in the background of a script */
        signal(SIGHUP, SIG_IGN); /* as under nohup */
        const atomic_int *flag = bw_interrupt_catch(true);
        bw_out_dir *out = begin("plan");
        for (int i = 0; i < 3; i++)
            raise(SIGHUP);
        struct timespec pause = {0, pause_ms * 1000000};
        for (int i = 0; i < n; i++) {
            raise(SIGINT);
            nanosleep(&pause, NULL);
        }
        _exit(bw_out_dir_commit(out, NULL) == BW_OK && *flag == 1 ? 0 : 1);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

static void the_first_signal_stops_and_the_second_ends_cleanly(void **state)
{
    (void)state;
    int status = child_with_signals(2, 600);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    assert_int_equal(entries("."), 0);
    assert_int_equal(child_with_signals(1, 0), 0);
    assert_int_equal(entries("."), 1);
    /* What comes twice at once is one wish. */
    assert_int_equal(child_with_signals(3, 1), 0);
    assert_int_equal(entries("."), 1);
}

static void short_memory_at_any_point_leaves_nothing(void **state)
{
    (void)state;
    bw_status status = BW_NOMEM;
    long live = bw_alloc_live();
    for (long n = 1; status != BW_OK; n++) {
        bw_out_dir *out = NULL;
        bw_alloc_fail_at(n);
        status = bw_out_dir_new(&bw_out_plan, "plan", NULL, &out);
        if (status == BW_OK)
            status = bw_out_dir_save(out, "summary.json", &new_text, NULL);
        bw_out_dir_free(out);
        bw_alloc_fail_at(0);
        assert_true(status == BW_OK || status == BW_NOMEM);
        assert_int_equal(bw_alloc_live(), live);
        assert_int_equal(entries("."), 0);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_folder_appears_only_at_the_commit),
        IN_FOLDER(an_abandoned_run_leaves_nothing),
        IN_FOLDER(an_earlier_plan_is_replaced_and_its_stale_files_go),
        IN_FOLDER(files_of_the_user_move_over),
        IN_FOLDER(a_link_to_a_folder_stays_a_link),
        IN_FOLDER(what_is_no_plan_of_ours_is_refused),
        IN_FOLDER(a_parent_that_takes_nothing_is_found_early),
        IN_FOLDER(a_full_device_leaves_the_earlier_plan),
        IN_FOLDER(a_folder_swapped_in_meanwhile_is_not_lost),
        IN_FOLDER(of_two_runs_at_once_the_last_one_wins),
        IN_FOLDER(the_first_signal_stops_and_the_second_ends_cleanly),
        IN_FOLDER(short_memory_at_any_point_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
