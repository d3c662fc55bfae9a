/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as text with places. */
#include "faults.h"
#include "said.h"
#include "source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bw_source *source_of(const char *bytes, size_t len)
{
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(bw_source_from(bytes, len, "t.csv", diags, &source),
                     BW_OK);
    assert_int_equal(bw_diags_kept(diags), 0);
    bw_diags_free(diags);
    return source;
}

static void assert_place(const bw_source *source, size_t offset, unsigned line,
                         unsigned column)
{
    bw_place place = bw_source_place(source, offset);
    assert_string_equal(place.file, "t.csv");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void an_offset_has_a_line_and_a_column(void **state)
{
    (void)state;
    bw_source *source = source_of("ab\ncd\r\n\nx", 9);
    assert_place(source, 0, 1, 1);
    assert_place(source, 2, 1, 3); /* the line end belongs to its line */
    assert_place(source, 3, 2, 1);
    assert_place(source, 5, 2, 3); /* CR of CRLF */
    assert_place(source, 6, 2, 4);
    assert_place(source, 7, 3, 1);
    assert_place(source, 8, 4, 1);
    assert_place(source, 9, 4, 2); /* the end */
    assert_place(source, 999, 4, 2);
    bw_source_free(source);
}

static void columns_count_characters_not_bytes(void **state)
{
    (void)state;
    /* a-umlaut (2 bytes), euro (3), a face (4), then x */
    bw_source *source = source_of("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80x", 10);
    assert_place(source, 2, 1, 2);
    assert_place(source, 5, 1, 3);
    assert_place(source, 9, 1, 4);
    bw_source_free(source);
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    bw_source *source = source_of("\xEF\xBB\xBFid", 5);
    size_t len;
    assert_string_equal(bw_source_text(source, &len), "id");
    assert_int_equal(len, 2);
    assert_place(source, 0, 1, 1);
    bw_source_free(source);
}

static void every_line_start_is_mapped_in_a_long_file(void **state)
{
    (void)state;
    enum {
        LINES = 5000
    };
    char *text = malloc(2 * LINES);
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + 2 * i, "x\n", 2);
    bw_source *source = source_of(text, 2 * LINES);
    for (unsigned i = 0; i < LINES; i++)
        assert_place(source, 2 * i, i + 1, 1);
    bw_source_free(source);
    free(text);
}

static void the_hash_is_sha256_of_the_bytes_with_the_mark(void **state)
{
    (void)state;
    bw_source *source = source_of("abc", 3);
    assert_string_equal(
        bw_source_sha256(source),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    bw_source_free(source);
    source = source_of("\xEF\xBB\xBF"
                       "abc",
                       6);
    assert_string_equal(
        bw_source_sha256(source),
        "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
    bw_source_free(source);
}

/* Opens bytes that are no text; gives the number of faults and the first. */
static size_t faults_of(const char *bytes, size_t len, bw_diag *first)
{
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(bw_source_from(bytes, len, "t.csv", diags, &source),
                     BW_INVALID);
    assert_null(source);
    size_t n = bw_diags_kept(diags);
    assert_int_not_equal(n, 0);
    *first = *bw_diags_at(diags, 0);
    first->place.file = first->text = NULL; /* theirs */
    assert_int_equal(first->severity, BW_ERROR);
    bw_diags_free(diags);
    return n;
}

static void every_line_that_is_no_utf8_is_reported_once(void **state)
{
    (void)state;
    bw_diag first;
    const char text[] = "id,name\n1,Caf\xE9 \xE9\n2,ok\n3,\xC3\xA4\xFF\n";
    assert_int_equal(faults_of(text, sizeof text - 1, &first), 2);
    assert_int_equal(first.code, BW_FILE_ENCODING);
    assert_int_equal(first.place.line, 2);
    assert_int_equal(first.place.column, 6);
}

static void what_looks_like_utf8_but_is_not_is_a_fault(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x80\x80",
        "\xED\xA0\x80",
        "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\x80",
        "\xC3",
        "\xE2\x82",
        "\xF0\x9F\x98",
        "\xC3(",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[40];
        bw_diag first;
        snprintf(text, sizeof text, "12345678,%s", bad[i]);
        assert_int_equal(faults_of(text, strlen(text), &first), 1);
        assert_int_equal(first.place.column, 10);
    }
    bw_source_free(source_of("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10));
}

static void a_nul_byte_is_a_fault_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t at = 0; at < 20; at++) {
        char text[20];
        bw_diag first;
        memset(text, 'x', sizeof text);
        text[at] = 0;
        assert_int_equal(faults_of(text, sizeof text, &first), 1);
        assert_int_equal(first.place.column, at + 1);
    }
}

static void other_formats_get_one_message(void **state)
{
    (void)state;
    bw_diag first;
    assert_int_equal(faults_of("\xFF\xFEi\0\n\0d\0\n\0", 10, &first), 1);
    assert_int_equal(faults_of("PK\x03\x04\0\n\0\n", 8, &first), 1);
    assert_int_equal(first.code, BW_FILE_ENCODING);
}

static void nothing_or_only_a_mark_is_an_empty_file(void **state)
{
    (void)state;
    bw_diag first;
    assert_int_equal(faults_of("", 0, &first), 1);
    assert_int_equal(first.code, BW_FILE_EMPTY);
    assert_int_equal(faults_of("\xEF\xBB\xBF", 3, &first), 1);
    assert_int_equal(first.code, BW_FILE_EMPTY);
}

/* ---------------------------------------------------------------- files */

static char folder[] = "/tmp/bw-source-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    char path[80];
    snprintf(path, sizeof path, "%s/f", folder);
    unlink(path);
    return rmdir(folder);
}

static const char *file_with(const char *bytes, size_t len)
{
    static char path[80];
    snprintf(path, sizeof path, "%s/f", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void a_file_is_read_whole(void **state)
{
    (void)state;
    enum {
        SIZE = 300001
    };
    char *bytes = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)('a' + i % 26);
    bw_source *source;
    assert_int_equal(
        bw_source_open(file_with(bytes, SIZE), "t.csv", NULL, &source), BW_OK);
    size_t len;
    const char *text = bw_source_text(source, &len);
    assert_int_equal(len, SIZE);
    assert_memory_equal(text, bytes, SIZE);
    assert_string_equal(bw_source_name(source), "t.csv");
    bw_source_free(source);
    free(bytes);
}

static void a_pipe_is_read_whole_though_it_has_no_size(void **state)
{
    (void)state;
    int ends[2];
    char path[40], bytes[50000];
    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, sizeof bytes), sizeof bytes);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    bw_source *source;
    assert_int_equal(bw_source_open(path, "t.csv", NULL, &source), BW_OK);
    size_t len;
    bw_source_text(source, &len);
    assert_int_equal(len, sizeof bytes);
    bw_source_free(source);
    close(ends[0]);
}

/* Somebody who changes the file while it is read: by the first report. */
typedef struct meddler {
    const char *path;
    int how; /* 0: adds, 1: cuts, 2: writes the same, 3: puts another there,
              * 4: takes it away */
    int calls;
} meddler;

static void meddle(void *data, const bw_load_progress *progress)
{
    meddler *m = data;
    char other[90];
    if (m->calls++ > 0)
        return;
    assert_string_equal(progress->doing, "reading");
    snprintf(other, sizeof other, "%s2", m->path);
    FILE *file =
        m->how == 3 ? fopen(other, "w") : fopen(m->path, m->how ? "r+" : "a");
    assert_non_null(file);
    if (m->how == 1)
        assert_int_equal(truncate(m->path, 3), 0);
    else if (m->how == 4)
        assert_int_equal(unlink(m->path), 0);
    else
        fputs("id,name\n", file);
    assert_int_equal(fclose(file), 0);
    if (m->how == 3)
        assert_int_equal(rename(other, m->path), 0);
    const struct timespec later[2] = {{.tv_sec = 9}, {.tv_sec = 9}};
    if (m->how == 2)
        assert_int_equal(utimensat(AT_FDCWD, m->path, later, 0), 0);
}

static void a_file_that_changes_while_it_is_read_is_a_fault(void **state)
{
    (void)state;
    static const char *const words[] = {
        "it had 8 bytes and has 16", "it had 8 bytes and has 3",
        "as many bytes as before", "another one, or none",
        "another one, or none"};
    for (int how = 0; how < 5; how++) {
        meddler m = {file_with("id,name\n", 8), how, 0};
        const bw_load_watch watch = {meddle, &m};
        const bw_source_how open_how = {.watch = &watch};
        bw_diags *diags = bw_diags_new();
        bw_source *source;
        assert_int_equal(
            bw_source_open_table(m.path, "t.csv", &open_how, diags, &source),
            BW_INVALID);
        assert_null(source);
        assert_int_equal(bw_diags_at(diags, 0)->code, BW_FILE_CHANGED);
        assert_true(said(diags, words[how]));
        bw_diags_free(diags);
    }
}

static void a_file_in_proc_has_no_size_and_is_read(void **state)
{
    (void)state;
    bw_source *source;
    assert_int_equal(
        bw_source_open("/proc/self/status", "t.csv", NULL, &source), BW_OK);
    bw_source_free(source);
}

static void assert_refused(const char *path, bw_code code)
{
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(bw_source_open(path, "t.csv", diags, &source), BW_IO);
    assert_null(source);
    assert_int_equal(bw_diags_kept(diags), 1);
    assert_int_equal(bw_diags_at(diags, 0)->code, code);
    assert_string_equal(bw_diags_at(diags, 0)->place.file, "t.csv");
    assert_non_null(strstr(bw_diags_at(diags, 0)->text, path));
    bw_diags_free(diags);
}

static void a_missing_file_is_not_an_unreadable_one(void **state)
{
    (void)state;
    assert_refused("/nowhere/at/all.csv", BW_FILE_MISSING);
    assert_refused("/dev/null/t.csv", BW_FILE_MISSING);
    assert_refused(folder, BW_FILE_UNREADABLE);
}

static void a_file_without_permission_is_unreadable(void **state)
{
    (void)state;
    const char *path = file_with("x", 1);
    assert_int_equal(chmod(path, 0), 0);
    uid_t me = geteuid(); /* permissions do not bind root: be nobody */
    if (me == 0)
        assert_int_equal(seteuid(65534), 0);
    assert_refused(path, BW_FILE_UNREADABLE);
    assert_int_equal(seteuid(me), 0);
}

static bw_status open_it(void *path)
{
    bw_source *source;
    bw_status status = bw_source_open(path, "t.csv", NULL, &source);
    assert_true((status == BW_OK) == (source != NULL));
    bw_source_free(source);
    return status;
}

static bw_status open_bytes(void *text)
{
    bw_source *source;
    bw_status status =
        bw_source_from(text, strlen(text), "t.csv", NULL, &source);
    bw_source_free(source);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    char lines[4000];
    memset(lines, '\n', sizeof lines);
    lines[sizeof lines - 1] = 0;
    char *path = (char *)(size_t)file_with(lines, strlen(lines));
    assert_true(survives_lack_of_memory(open_it, path, BW_OK) >= 5);
    assert_true(survives_lack_of_memory(open_bytes, lines, BW_OK) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offset_has_a_line_and_a_column),
        cmocka_unit_test(columns_count_characters_not_bytes),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(every_line_start_is_mapped_in_a_long_file),
        cmocka_unit_test(the_hash_is_sha256_of_the_bytes_with_the_mark),
        cmocka_unit_test(every_line_that_is_no_utf8_is_reported_once),
        cmocka_unit_test(what_looks_like_utf8_but_is_not_is_a_fault),
        cmocka_unit_test(a_nul_byte_is_a_fault_wherever_it_stands),
        cmocka_unit_test(other_formats_get_one_message),
        cmocka_unit_test(nothing_or_only_a_mark_is_an_empty_file),
        cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(a_pipe_is_read_whole_though_it_has_no_size),
        cmocka_unit_test(a_file_that_changes_while_it_is_read_is_a_fault),
        cmocka_unit_test(a_file_in_proc_has_no_size_and_is_read),
        cmocka_unit_test(a_missing_file_is_not_an_unreadable_one),
        cmocka_unit_test(a_file_without_permission_is_unreadable),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
