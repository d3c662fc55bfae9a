/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of audits: a line per run, whatever happens to the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "history.h"

static char path[64];

static int start(void **state)
{
    (void)state;
    strcpy(path, "/tmp/bw-history-XXXXXX");
    int file = mkstemp(path);
    return file < 0 || close(file) || unlink(path);
}

static int stop(void **state)
{
    (void)state;
    return unlink(path);
}

static void put(const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(const char *expected)
{
    static char text[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static char said[512]; /* the fault of the last append */

static bw_status append(const char *date, const char *a, const char *b)
{
    const bw_history_value value[] = {{"date", date}, {"a", a}, {"b", b}};
    bw_diags *diags = bw_diags_new();
    bw_status status = bw_history_append(path, value, b ? 3 : 2, diags);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), status != BW_OK);
    said[0] = '\0';
    if (status != BW_OK)
        snprintf(said, sizeof said, "%s", bw_diags_at(diags, 0)->text);
    bw_diags_free(diags);
    return status;
}

static void the_header_is_written_once(void **state)
{
    (void)state;
    assert_int_equal(append("1", "x", "y"), BW_OK);
    assert_int_equal(append("2", "u,v", "w"), BW_OK);
    assert_file("date,a,b\n1,x,y\n2,\"u,v\",w\n");
}

static void columns_that_are_new_are_added_and_others_kept(void **state)
{
    (void)state;
    put("date,a,later\n0,z,\"l\n1\"\n");
    assert_int_equal(append("1", "x", "y"), BW_OK);
    assert_int_equal(append("2", "x", NULL), BW_OK);
    assert_file("date,a,later,b\n0,z,\"l\n1\",\n1,x,,y\n2,x,,\n");
}

static void a_line_cut_off_is_ended_first(void **state)
{
    (void)state;
    put("date,a,b\n1,x,y");
    assert_int_equal(append("2", "u", "v"), BW_OK);
    assert_file("date,a,b\n1,x,y\n2,u,v\n");
    put("date,a\n1,x");
    assert_int_equal(append("2", "u", "v"), BW_OK);
    assert_file("date,a,b\n1,x,\n2,u,v\n");
}

static void another_file_is_left_alone(void **state)
{
    (void)state;
    put("id,name\n1,Acme\n");
    assert_int_equal(append("1", "x", "y"), BW_IO);
    assert_file("id,name\n1,Acme\n");
    put("date,amount\n2026-01-01,5\n");
    assert_int_equal(append("1", "x", "y"), BW_IO);
    assert_file("date,amount\n2026-01-01,5\n");
    put("\n");
    assert_int_equal(append("1", "x", "y"), BW_IO);
    assert_file("\n");
}

/* Read to its end, /dev/zero would fill the memory. */
static void a_device_is_no_history(void **state)
{
    (void)state;
    char kept[sizeof path];
    memcpy(kept, path, sizeof path);
    strcpy(path, "/dev/zero");
    assert_int_equal(append("1", "x", "y"), BW_IO);
    memcpy(path, kept, sizeof path);
    put("");
}

static void what_a_spreadsheet_saved_is_taken(void **state)
{
    (void)state;
    put("\xEF\xBB\xBF"
        "date,a\r\n0,\"l\r\n1\"\r\n");
    assert_int_equal(append("1", "x", "y"), BW_OK);
    assert_file("\xEF\xBB\xBF"
                "date,a,b\n0,\"l\r\n1\",\r\n1,x,y\n");
}

static void other_separators_and_quotes_are_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"date;a\n0;l\n", "date\ta\n0\tl\n",
                                        "\"date\",\"a\"\n\"0\",\"l\"\n",
                                        "\"date\";\"a\"\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put(texts[i]);
        assert_int_equal(append("1", "x", "y"), BW_IO);
        assert_non_null(strstr(said, "commas and without quotes"));
        assert_file(texts[i]);
    }
    put("\"dates\",a\n");
    assert_int_equal(append("1", "x", "y"), BW_IO);
    assert_non_null(strstr(said, "no history"));
    put("");
}

/* A history that is shared through a link stays one file, with its rights. */
static void a_link_is_followed_and_rights_are_kept(void **state)
{
    (void)state;
    char link[sizeof path + 8];
    struct stat about;
    put("date,a\n");
    assert_int_equal(chmod(path, 0640), 0);
    snprintf(link, sizeof link, "%s.link", path);
    assert_int_equal(symlink(path, link), 0);
    const bw_history_value value[] = {{"date", "1"}, {"a", "x"}, {"b", "y"}};
    bw_diags *diags = bw_diags_new();
    assert_int_equal(bw_history_append(link, value, 3, diags), BW_OK);
    bw_diags_free(diags);
    assert_int_equal(lstat(link, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(unlink(link), 0);
    assert_file("date,a,b\n1,x,y\n");
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
}

/* Eight at once, half of them with a column that the file lacks at first. */
static void runs_at_the_same_time_lose_nothing(void **state)
{
    (void)state;
    enum {
        RUNS = 8,
        LINES = 25
    };
    put("date,a\n");
    for (int run = 0; run < RUNS; run++) {
        pid_t child = fork();
        assert_true(child >= 0);
        for (int i = 0; child == 0 && i < LINES; i++)
            if (append("d", "x", run % 2 ? "y" : NULL) != BW_OK)
                _exit(1);
        if (child == 0)
            _exit(0);
    }
    for (int run = 0, status; run < RUNS; run++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    char line[64];
    int n = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (; fgets(line, sizeof line, file); n++)
        assert_true(strcmp(line, n == 0 ? "date,a,b\n" : "d,x,\n") == 0 ||
                    strcmp(line, "d,x,y\n") == 0);
    fclose(file);
    assert_int_equal(n, 1 + RUNS * LINES);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(the_header_is_written_once),
        TEST(columns_that_are_new_are_added_and_others_kept),
        TEST(a_line_cut_off_is_ended_first),
        TEST(another_file_is_left_alone),
        TEST(a_device_is_no_history),
        TEST(other_separators_and_quotes_are_told),
        TEST(what_a_spreadsheet_saved_is_taken),
        TEST(a_link_is_followed_and_rights_are_kept),
        TEST(runs_at_the_same_time_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
