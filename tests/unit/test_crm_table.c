/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which headers of an export a profile's fields are found under. */
#include "faults.h"

#include "crm_users.h"
#include "said.h"

#include <stdlib.h>
#include <unistd.h>

static const bw_crm_profile profile = {
    .name = "test",
    .table[BW_CRM_ACCOUNTS] = {.given = true,
                               .key = {BW_CRM_TEXT, NULL, NULL, NULL, 0},
                               .headers = {[BW_CRM_KEY] = "Id|Account ID",
                                           [BW_CRM_OWNER] =
                                               "OwnerId | Account Owner",
                                           [BW_CRM_NAME] = "Name"}},
    .table[BW_CRM_USERS] = {
        .given = true,
        .key = {BW_CRM_NUMBER, NULL, NULL, NULL, 0},
        .active_words = "active|true",
        .headers = {[BW_CRM_KEY] = "Id",
                    [BW_CRM_LOGIN] = "Username",
                    [BW_CRM_ACTIVE] = "Status",
                    [BW_CRM_NAME] = "Name|First Name+Last Name"}}};

enum {
    KEY = 1 << BW_CRM_KEY,
    OWNER = 1 << BW_CRM_OWNER
};

typedef struct opened {
    char path[40];
    bw_crm_which which;
    unsigned needed;
    bw_crm_table table;
    bw_diags *diags;
    bw_status status;
} opened;

static opened open_bytes(bw_crm_which which, unsigned needed, const char *bytes,
                         size_t len)
{
    opened o = {.path = "/tmp/bw-crm-XXXXXX",
                .which = which,
                .needed = needed,
                .diags = bw_diags_new()};
    int file = mkstemp(o.path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, len), len);
    close(file);
    o.status =
        bw_crm_table_read(o.path, which, &profile, needed, o.diags, &o.table);
    return o;
}

static opened open_text(bw_crm_which which, unsigned needed, const char *text)
{
    return open_bytes(which, needed, text, strlen(text));
}

static void shut(opened *o)
{
    unlink(o->path);
    bw_crm_table_free(&o->table);
    bw_diags_free(o->diags);
}

static const char *cell(const opened *o, int64_t row, bw_crm_field field)
{
    return bw_crm_table_cell(&o->table, row, field).text;
}

static void the_first_header_of_the_list_wins(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_ACCOUNTS, KEY | OWNER,
                         "account_id,Account Owner,ID,OWNER_ID\n"
                         "no,Ann,A1,U1\n");
    assert_int_equal(o.status, BW_OK);
    assert_string_equal(cell(&o, 0, BW_CRM_KEY), "A1");
    assert_string_equal(cell(&o, 0, BW_CRM_OWNER), "U1");
    assert_int_equal(bw_crm_table_place(&o.table, 0, BW_CRM_KEY).column, 8);
    assert_int_equal(bw_crm_table_place(&o.table, 0, BW_CRM_KEY).line, 2);
    assert_false(bw_crm_has(&o.table, BW_CRM_NAME));
    assert_string_equal(cell(&o, 0, BW_CRM_NAME), "");
    assert_int_equal(bw_crm_table_place(&o.table, 0, BW_CRM_NAME).column, 1);
    shut(&o);
}

/* A mark, UTF-16, semicolons, a footer: as spreadsheets and reports write. */
static void files_are_read_as_they_come(void **state)
{
    (void)state;
    static const char utf16[] = "\xFF\xFEI\0d\0;\0O\0w\0n\0e\0r\0I\0d\0\r\0\n\0"
                                "A\0001\0;\0\xFC\0\r\0\n\0";
    opened o =
        open_bytes(BW_CRM_ACCOUNTS, KEY | OWNER, utf16, sizeof utf16 - 1);
    assert_int_equal(o.status, BW_OK);
    assert_string_equal(cell(&o, 0, BW_CRM_KEY), "A1");
    assert_string_equal(cell(&o, 0, BW_CRM_OWNER), "\xC3\xBC");
    shut(&o);
    o = open_text(BW_CRM_ACCOUNTS, KEY | OWNER,
                  "\"Account ID\",\"Account Owner\"\n\"A1\",\"Ann\"\n\n"
                  "\"Grand Totals (1 records)\"\n");
    assert_int_equal(o.status, BW_OK);
    assert_int_equal(bw_table_rows(o.table.table), 1);
    shut(&o);
}

static void exact_letters_win_over_the_plain_form(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_ACCOUNTS, KEY, "ID,Id\nno,yes\n");
    assert_int_equal(o.status, BW_OK);
    assert_string_equal(cell(&o, 0, BW_CRM_KEY), "yes");
    shut(&o);
}

static void two_that_serve_equally_are_ambiguous_where_needed(void **state)
{
    (void)state;
    const char *text = "Id,owner id,Owner-ID,Account Owner\nA1,x,y,z\n";
    opened o = open_text(BW_CRM_ACCOUNTS, KEY | OWNER, text);
    assert_int_equal(o.status, BW_INVALID);
    assert_string_equal(said_of(o.diags).text, "1:4 column-ambiguous");
    assert_true(said(o.diags, "several columns may be the owner of accounts: "
                              "\"owner id\" (column 2), \"Owner-ID\" (column "
                              "3); give all but one of them another name"));
    shut(&o);
    o = open_text(BW_CRM_ACCOUNTS, KEY, text);
    assert_int_equal(o.status, BW_OK);
    assert_false(bw_crm_has(&o.table, BW_CRM_OWNER));
    shut(&o);
}

static void a_header_that_stands_twice_is_ambiguous(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_ACCOUNTS, KEY, "Id,Name,Id\nA1,x,A2\n");
    assert_int_equal(o.status, BW_INVALID);
    assert_int_equal(bw_diags_count_code(o.diags, BW_COLUMN_AMBIGUOUS), 1);
    assert_true(said(o.diags, "\"Id\" (column 1), \"Id\" (column 3)"));
    shut(&o);
}

static void what_is_missing_is_told_with_what_would_do(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_ACCOUNTS, KEY | OWNER | 1 << BW_CRM_CODE,
                         "Key,Town\nA1,x\n");
    assert_int_equal(o.status, BW_INVALID);
    assert_string_equal(said_of(o.diags).text,
                        "1:1 column-missing; 1:1 column-missing; 1:1 "
                        "column-missing");
    assert_true(said(o.diags, "there is no column for the owner of accounts; "
                              "the profile test reads it from \"OwnerId\", "
                              "\"Account Owner\", and the columns are \"Key\", "
                              "\"Town\""));
    assert_true(said(o.diags, "there is no column for the code of accounts; "
                              "the profile test names no header for it"));
    shut(&o);
}

static void names_are_joined(void **state)
{
    (void)state;
    bw_buf name = {0};
    opened o = open_text(BW_CRM_USERS, KEY,
                         "Last Name,First Name,Id\nLee,Ann,1\n,Bob,2\n,,3\n");
    assert_int_equal(o.status, BW_OK);
    static const char *const want[] = {"Ann Lee", "Bob", ""};
    for (int row = 0; row < 3; row++) {
        bw_crm_table_name(&o.table, row, &name);
        assert_string_equal(name.text, want[row]);
    }
    shut(&o);
    o = open_text(BW_CRM_USERS, KEY, "Last Name,First Name,Id,Name\nx,y,1,z\n");
    bw_crm_table_name(&o.table, 0, &name);
    assert_string_equal(name.text, "z");
    shut(&o);
    /* Half a name is none. */
    o = open_text(BW_CRM_USERS, KEY, "Last Name,Id\nx,1\n");
    assert_false(bw_crm_has(&o.table, BW_CRM_NAME));
    shut(&o);
    bw_buf_free(&name);
}

static void users_come_from_their_table(void **state)
{
    (void)state;
    bw_crm_users *users;
    opened o = open_text(BW_CRM_USERS, KEY,
                         "Id,Username,Status,First Name,Last Name\n"
                         "1,ann,Active,Ann,Lee\n"
                         "2,bob,Inactive,Bob,Ray\n"
                         ",,,,\n"
                         "2,bob,Active,Bob,Ray\n"
                         "3,cid,,Cid,Sun\n");
    assert_int_equal(bw_crm_users_new(&profile, &users), BW_OK);
    assert_int_equal(bw_crm_users_add_table(users, &o.table, o.diags),
                     BW_INVALID);
    assert_string_equal(said_of(o.diags).text, "5:1 crm-owner-ambiguous");
    assert_int_equal(bw_crm_users_count(users), 3);
    shut(&o); /* the users stay */
    assert_true(bw_crm_users_at(users, 0)->active);
    assert_false(bw_crm_users_at(users, 1)->active);
    assert_false(bw_crm_users_at(users, 2)->active);
    assert_int_equal(bw_crm_users_find(users, "Cid Sun"), 2);
    assert_int_equal(bw_crm_users_at(users, 2)->place.line, 6);
    bw_crm_users_free(users);
}

/* What a scenario says of its accounts: Windows-1252, semicolons, "-" for
 * nothing, the owner in a column of its own; its id is not the CRM's. */
static void a_scenario_tells_how_its_accounts_are_read(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_ACCOUNTS, KEY,
                         "Number;Id;Rep;Name\n7;A1;J\xFCrg;x\n8;A2;-;y\n");
    bw_crm_table_free(&o.table);
    bw_column_map map[] = {
        {.name = {.text = "owner"}, .from = {.text = "Rep"}},
        {.name = {.text = "id"}, .from = {.text = "Number"}}};
    const bw_source_spec told = {
        .file = {.text = o.path},
        .columns = map,
        .n_columns = 2,
        .format = {.encoding = {.text = "windows-1252"},
                   .separator = ';',
                   .blank = {.text = "n/a | -"}}};
    assert_int_equal(
        bw_crm_table_read_told(&told, &profile, KEY | OWNER, o.diags, &o.table),
        BW_OK);
    assert_string_equal(cell(&o, 0, BW_CRM_KEY), "A1");
    assert_string_equal(cell(&o, 0, BW_CRM_OWNER), "J\xC3\xBCrg");
    assert_string_equal(cell(&o, 1, BW_CRM_OWNER), "");
    shut(&o);
    o = open_text(BW_CRM_ACCOUNTS, 0, "Number,Rep\n7,Ann\n");
    bw_crm_table_free(&o.table);
    const bw_source_spec plain = {
        .file = {.text = o.path}, .columns = map, .n_columns = 2};
    assert_int_equal(bw_crm_table_read_told(&plain, &profile, KEY | OWNER,
                                            o.diags, &o.table),
                     BW_OK);
    assert_string_equal(cell(&o, 0, BW_CRM_KEY), "7");
    shut(&o);
}

static void words_for_yes_and_no(void **state)
{
    (void)state;
    static const char *const yes[] = {"true", "1", "Yes", "y", "T", "x", "X"};
    static const char *const no[] = {"false", "0", "No", "n", "F", "", " "};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_int_equal(bw_crm_yes_no(yes[i]), 1);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_int_equal(bw_crm_yes_no(no[i]), 0);
    assert_int_equal(bw_crm_yes_no("maybe"), -1);
    assert_int_equal(bw_crm_yes_no("xx"), -1);
}

static bw_status read_again(void *data)
{
    const opened *o = data;
    bw_crm_table table;
    bw_diags *diags = bw_diags_new();
    bw_status status = diags ? bw_crm_table_read(o->path, o->which, &profile,
                                                 o->needed, diags, &table)
                             : BW_NOMEM;
    if (diags)
        bw_crm_table_free(&table);
    bw_diags_free(diags);
    return status;
}

static void lack_of_memory_is_told(void **state)
{
    (void)state;
    opened o = open_text(BW_CRM_USERS, KEY, "Id,First Name,Last Name\n1,x,y\n");
    assert_true(survives_lack_of_memory(read_again, &o, BW_OK) > 5);
    shut(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_header_of_the_list_wins),
        cmocka_unit_test(files_are_read_as_they_come),
        cmocka_unit_test(exact_letters_win_over_the_plain_form),
        cmocka_unit_test(two_that_serve_equally_are_ambiguous_where_needed),
        cmocka_unit_test(a_header_that_stands_twice_is_ambiguous),
        cmocka_unit_test(what_is_missing_is_told_with_what_would_do),
        cmocka_unit_test(names_are_joined),
        cmocka_unit_test(users_come_from_their_table),
        cmocka_unit_test(a_scenario_tells_how_its_accounts_are_read),
        cmocka_unit_test(words_for_yes_and_no),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
