/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files for importers: every byte, where they are cut, what is said of them. */
#include "crm_files.h"
#include "faults.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[] = "/tmp/bw-crm-XXXXXX";

static int enter(void **state)
{
    (void)state;
    strcpy(home, "/tmp/bw-crm-XXXXXX");
    return mkdtemp(home) ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

static const char *in_home(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", home, name);
    return path;
}

static const char *get(const char *name)
{
    static char text[4000];
    FILE *f = fopen(in_home(name), "r");
    if (!f)
        return "(none)";
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static const bw_crm_column columns[] = {
    {"Id", BW_CRM_IS_KEY, NULL, false},
    {"OwnerId", BW_CRM_IS_OWNER, NULL, false},
    {"Team", BW_CRM_IS_COPY, NULL, true}};
static const bw_crm_file owners = {
    .name = "owners_new.csv", .column = columns, .n_columns = 2};

static bw_crm_profile profile_of(int64_t rows, int64_t bytes)
{
    return (bw_crm_profile){
        .separator = ',', .most_rows = rows, .most_bytes = bytes};
}

static bw_crm_files *begin(const bw_crm_profile *profile)
{
    bw_crm_files *files = NULL;
    assert_int_equal(bw_crm_files_new(profile, home, &files), BW_OK);
    assert_int_equal(bw_crm_files_begin(files, &owners, NULL, "change", NULL),
                     BW_OK);
    return files;
}

static bw_status row(bw_crm_files *files, const char *key, const char *owner,
                     int64_t group)
{
    bw_crm_files_cell(files, key, strlen(key));
    bw_crm_files_cell(files, owner, strlen(owner));
    return bw_crm_files_row(files, group);
}

static void put(bw_crm_files *files, const char *key, int64_t group)
{
    assert_int_equal(row(files, key, "u", group), BW_OK);
}

/* What is said of each file is true: its size, its hash, its rows. */
static void end(bw_crm_files *files, int want)
{
    assert_int_equal(bw_crm_files_end(files), BW_OK);
    assert_int_equal(bw_crm_files_count(files), want);
    for (int i = 0; i < want; i++) {
        const bw_crm_written *w = bw_crm_files_at(files, i);
        char hex[BW_DIGEST_ROOM];
        struct stat s;
        assert_int_equal(stat(in_home(w->path), &s), 0);
        assert_int_equal(s.st_size, w->bytes);
        assert_int_equal(bw_digest_file(in_home(w->path), hex), BW_OK);
        assert_string_equal(hex, w->sha256);
        const char *text = get(w->path);
        int64_t lines = -1;
        for (const char *c = text; *c; c++)
            lines += *c == '\n';
        assert_int_equal(lines, w->rows);
    }
    bw_crm_files_free(files);
}

static void a_file_holds_its_header_and_its_rows(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(0, 0);
    bw_crm_files *files = begin(&p);
    put(files, "A1", -1);
    assert_int_equal(row(files, "A,2", " say \"x\"", 5), BW_OK);
    end(files, 1);
    assert_string_equal(get("owners_new.csv"),
                        "Id,OwnerId\nA1,u\n\"A,2\",\" say \"\"x\"\"\"\n");
}

static void each_option_has_its_bytes(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(0, 0);
    p.mark = true;
    p.crlf = true;
    p.separator = ';';
    bw_crm_files *files = begin(&p);
    assert_int_equal(row(files, "A,1", "x;y", -1), BW_OK);
    end(files, 1);
    assert_string_equal(get("owners_new.csv"),
                        "\xEF\xBB\xBFId;OwnerId\r\nA,1;\"x;y\"\r\n");
    p = profile_of(0, 0);
    p.quote_all = true;
    p.separator = '\t';
    files = begin(&p);
    assert_int_equal(row(files, "A1", "", -1), BW_OK);
    end(files, 1);
    assert_string_equal(get("owners_new.csv"),
                        "\"Id\"\t\"OwnerId\"\n\"A1\"\t\"\"\n");
}

static void without_rows_there_is_the_header_alone(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(5, 100);
    p.mark = true;
    end(begin(&p), 1);
    assert_string_equal(get("owners_new.csv"), "\xEF\xBB\xBFId,OwnerId\n");
}

static void a_file_is_cut_where_its_rows_are_full(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(3, 0); /* the header is one */
    p.mark = true;
    bw_crm_files *files = begin(&p);
    for (int i = 0; i < 5; i++)
        put(files, (const char *[]){"A", "B", "C", "D", "E"}[i], -1);
    end(files, 3);
    assert_string_equal(get("owners_new.csv"), "(none)");
    assert_string_equal(get("owners_new_1.csv"),
                        "\xEF\xBB\xBFId,OwnerId\nA,u\nB,u\n");
    assert_string_equal(get("owners_new_2.csv"),
                        "\xEF\xBB\xBFId,OwnerId\nC,u\nD,u\n");
    assert_string_equal(get("owners_new_3.csv"),
                        "\xEF\xBB\xBFId,OwnerId\nE,u\n");
}

static void a_file_that_is_just_full_is_not_cut(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(3, 0);
    bw_crm_files *files = begin(&p);
    put(files, "A", -1);
    put(files, "B", -1);
    end(files, 1);
    p = profile_of(0, 11 + 4 + 4);
    files = begin(&p);
    put(files, "A", -1);
    put(files, "B", 7);
    end(files, 1);
    assert_string_equal(get("owners_new.csv"), "Id,OwnerId\nA,u\nB,u\n");
}

static void a_file_is_cut_where_its_bytes_are_full(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(0, 3 + 12 + 5 + 5); /* mark, header, rows */
    p.mark = true;
    p.crlf = true;
    bw_crm_files *files = begin(&p);
    put(files, "A", -1);
    put(files, "B", -1);
    put(files, "C", -1);
    end(files, 2);
    assert_string_equal(get("owners_new_1.csv"),
                        "\xEF\xBB\xBFId,OwnerId\r\nA,u\r\nB,u\r\n");
    assert_string_equal(get("owners_new_2.csv"),
                        "\xEF\xBB\xBFId,OwnerId\r\nC,u\r\n");
}

static void a_group_is_never_cut(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(4, 0);
    bw_crm_files *files = begin(&p);
    put(files, "A", 0);
    put(files, "B", 1); /* A and B fit, but C would not */
    put(files, "C", 1);
    put(files, "D", 1);
    put(files, "E", -1); /* these two are no group */
    put(files, "F", -1);
    put(files, "G", 2);
    put(files, "H", 2);
    end(files, 4);
    assert_string_equal(get("owners_new_1.csv"), "Id,OwnerId\nA,u\n");
    assert_string_equal(get("owners_new_2.csv"), "Id,OwnerId\nB,u\nC,u\nD,u\n");
    assert_string_equal(get("owners_new_3.csv"), "Id,OwnerId\nE,u\nF,u\n");
    assert_string_equal(get("owners_new_4.csv"), "Id,OwnerId\nG,u\nH,u\n");
}

static void a_group_over_the_limit_is_said_once(void **state)
{
    (void)state;
    const bw_crm_profile limits[] = {profile_of(3, 0), profile_of(0, 20)};
    for (int i = 0; i < 2; i++) {
        bw_crm_files *files = begin(&limits[i]);
        put(files, "A", 1);
        put(files, "B", 2);
        put(files, "C", 2);
        assert_int_equal(row(files, "D", "u", 2), BW_INVALID);
        put(files, "E", 2); /* passed over */
        put(files, "F", 3);
        end(files, 1);
        assert_string_equal(get("owners_new.csv"), "Id,OwnerId\nA,u\nF,u\n");
    }
}

static void a_row_over_the_limit_is_said(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(0, 20);
    bw_crm_files *files = begin(&p);
    assert_int_equal(row(files, "much too long", "u", -1), BW_INVALID);
    put(files, "A", -1);
    end(files, 1);
    assert_string_equal(get("owners_new.csv"), "Id,OwnerId\nA,u\n");
}

static void rollback_stands_in_its_subfolder(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(2, 0);
    bw_crm_files *files = NULL;
    assert_int_equal(bw_crm_files_new(&p, home, &files), BW_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bw_crm_files_begin(files, &owners,
                                            i ? "rollback" : NULL,
                                            i ? "rollback" : "change", NULL),
                         BW_OK);
        put(files, "A", -1);
        put(files, "B", -1);
        assert_int_equal(bw_crm_files_end(files), BW_OK);
    }
    const bw_crm_written *w = bw_crm_files_at(files, 3);
    assert_string_equal(w->path, "rollback/owners_new_2.csv");
    assert_string_equal(w->role, "rollback");
    assert_ptr_equal(w->file, &owners);
    bw_crm_files_free(files);
    assert_string_equal(get("rollback/owners_new_1.csv"), "Id,OwnerId\nA,u\n");
}

static void columns_may_be_left_out(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(0, 0);
    const bw_crm_file three = {.name = "x", .column = columns, .n_columns = 3};
    const bool left_out[] = {false, false, true};
    bw_crm_files *files = NULL;
    assert_int_equal(bw_crm_files_new(&p, home, &files), BW_OK);
    assert_int_equal(
        bw_crm_files_begin(files, &three, NULL, "change", left_out), BW_OK);
    put(files, "A", -1);
    end(files, 1);
    assert_string_equal(get("x"), "Id,OwnerId\nA,u\n");
}

static void our_own_files_follow_no_profile(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(2, 30);
    p.mark = p.crlf = p.quote_all = true;
    const char *const headers[] = {"account", "owner"};
    bw_crm_files *files = NULL;
    assert_int_equal(bw_crm_files_new(&p, home, &files), BW_OK);
    assert_int_equal(
        bw_crm_files_begin_own(files, "owners.csv", "owners", headers, 2),
        BW_OK);
    put(files, "A", 1);
    put(files, "B", 1);
    assert_int_equal(bw_crm_files_end(files), BW_OK);
    bw_buf buf = {0};
    bw_buf_text(&buf, "{}\n");
    assert_int_equal(bw_crm_files_save(files, "m.json", "manifest", &buf),
                     BW_OK);
    assert_null(bw_crm_files_at(files, 1)->file);
    assert_int_equal(bw_crm_files_at(files, 1)->rows, -1);
    assert_int_equal(bw_crm_files_at(files, 1)->bytes, 3);
    bw_buf_free(&buf);
    bw_crm_files_free(files);
    assert_string_equal(get("owners.csv"), "\xEF\xBB\xBF\"account\",\"owner\"\n"
                                           "\"A\",\"u\"\n\"B\",\"u\"\n");
    assert_string_equal(get("m.json"), "{}\n");
}

/* More than a block: what goes out early is hashed all the same. */
static void large_files_are_whole(void **state)
{
    (void)state;
    enum {
        ROWS = 60000
    };
    const bw_crm_profile p = profile_of(ROWS / 2 + 1, 0);
    bw_crm_files *files = begin(&p);
    for (int i = 0; i < ROWS; i++) {
        char key[20];
        snprintf(key, sizeof key, "account-%06d", i);
        put(files, key, i / 3);
    }
    assert_int_equal(bw_crm_files_end(files), BW_OK);
    assert_int_equal(bw_crm_files_count(files), 2);
    for (int i = 0; i < 2; i++) {
        const bw_crm_written *w = bw_crm_files_at(files, i);
        char hex[BW_DIGEST_ROOM];
        assert_int_equal(w->rows, ROWS / 2);
        assert_int_equal(w->bytes, 11 + ROWS / 2 * 17);
        assert_int_equal(bw_digest_file(in_home(w->path), hex), BW_OK);
        assert_string_equal(hex, w->sha256);
    }
    bw_crm_files_free(files);
}

static void what_goes_nowhere_is_counted(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(2, 0);
    bw_crm_files *files = NULL;
    assert_int_equal(bw_crm_files_new(&p, NULL, &files), BW_OK);
    assert_int_equal(bw_crm_files_begin(files, &owners, "rollback", "x", NULL),
                     BW_OK);
    put(files, "A", -1);
    put(files, "B", -1);
    assert_int_equal(bw_crm_files_end(files), BW_OK);
    assert_int_equal(bw_crm_files_count(files), 2);
    assert_string_equal(bw_crm_files_at(files, 0)->path,
                        "rollback/owners_new_1.csv");
    assert_int_equal(bw_crm_files_at(files, 1)->bytes, 15);
    assert_string_equal(bw_crm_files_at(files, 1)->sha256, "");
    bw_crm_files_free(files);
}

static void a_full_disk_is_an_error_that_names_the_file(void **state)
{
    (void)state;
    const bw_crm_profile p = profile_of(0, 0);
    bw_crm_files *files = begin(&p);
    assert_int_equal(symlink("/dev/full", in_home("owners_new.csv")), 0);
    put(files, "A", -1);
    errno = 0;
    assert_int_equal(bw_crm_files_end(files), BW_IO);
    assert_int_equal(errno, ENOSPC);
    assert_string_equal(bw_crm_files_current(files), "owners_new.csv");
    bw_crm_files_free(files);
}

static bw_status all_of_it(void *data)
{
    bw_crm_files *files = NULL;
    bw_status status = bw_crm_files_new(data, home, &files);
    if (status == BW_OK)
        status = bw_crm_files_begin(files, &owners, "rollback", "x", NULL);
    for (int i = 0; i < 40 && status == BW_OK; i++)
        status = row(files, "a key that is somewhat long", "u", i / 2);
    if (status == BW_OK)
        status = bw_crm_files_end(files);
    bw_crm_files_free(files);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    bw_crm_profile p = profile_of(3, 0);
    survives_lack_of_memory(all_of_it, &p, BW_OK);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_holds_its_header_and_its_rows),
        IN_FOLDER(each_option_has_its_bytes),
        IN_FOLDER(without_rows_there_is_the_header_alone),
        IN_FOLDER(a_file_is_cut_where_its_rows_are_full),
        IN_FOLDER(a_file_that_is_just_full_is_not_cut),
        IN_FOLDER(a_file_is_cut_where_its_bytes_are_full),
        IN_FOLDER(a_group_is_never_cut),
        IN_FOLDER(a_group_over_the_limit_is_said_once),
        IN_FOLDER(a_row_over_the_limit_is_said),
        IN_FOLDER(rollback_stands_in_its_subfolder),
        IN_FOLDER(columns_may_be_left_out),
        IN_FOLDER(our_own_files_follow_no_profile),
        IN_FOLDER(large_files_are_whole),
        IN_FOLDER(what_goes_nowhere_is_counted),
        IN_FOLDER(a_full_disk_is_an_error_that_names_the_file),
        IN_FOLDER(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
