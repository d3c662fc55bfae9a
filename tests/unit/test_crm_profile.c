/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "crm_profile.h"
#include "said.h"

#include <stdlib.h>
#include <unistd.h>

/* A profile without a fault; the places that tests exchange are marked by
 * their words. */
static const char good[] =
    "<crm xmlns=\"urn:bailiwick:crm:1\" name=\"ours\" title=\"Our system\">\n"
    "<files mark=\"yes\" line-end=\"CRLF\" separator=\";\" quote=\"all\""
    " rows=\"500\" bytes=\"9000\"/>\n"
    "<owner write=\"login\" may=\"login|email\" blank=\"clears\""
    " clear=\"none\"/>\n"
    "<table name=\"accounts\" key=\"number\" begins=\"7\" strip=\"z_\""
    " prefix=\"id:\" most=\"9\">\n"
    "<field name=\"key\" headers=\"No|Account No\"/>\n"
    "<field name=\"owner\" headers=\"Owner\"/></table>\n"
    "<table name=\"users\" active=\"On | Yes Sir\">\n"
    "<field name=\"key\" headers=\"Id\"/><field name=\"login\""
    " headers=\"Login\"/>\n"
    "<field name=\"email\" headers=\"Mail\"/>"
    "<field name=\"name\" headers=\"Name|First+Last\"/></table>\n"
    "<file name=\"change.csv\" table=\"accounts\" does=\"replaces\">\n"
    "<column header=\"No\" value=\"key\"/><column header=\"Owner\""
    " value=\"owner\"/>\n"
    "<column header=\"Sum\" value=\"copy\" optional=\"yes\"/>"
    "<column header=\"By\" text=\"plan\"/></file>\n"
    "<load><step file=\"change.csv\">\n   Load it: \n\n  run {file}  \n"
    "</step></load>\n"
    "<undo><step file=\"change.csv\">Load {file}</step></undo>\n"
    "<after><step>Look.</step></after>\n"
    "</crm>\n";

static bw_status read_text(const char *text, bw_diags *diags,
                           bw_crm_profile **profile)
{
    char path[] = "/tmp/test_crm_XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    assert_true(write(handle, text, strlen(text)) == (ssize_t)strlen(text));
    close(handle);
    bw_status status = bw_crm_profile_read(path, diags, profile);
    remove(path);
    return status;
}

/* `good` with the first `from` exchanged. */
static const char *changed(const char *from, const char *to)
{
    static char text[8192];
    const char *at = strstr(good, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to,
             at + strlen(from));
    return text;
}

/* Exactly these faults, one of which says `words`. */
static void expect(const char *from, const char *to, const char *faults,
                   const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_crm_profile *profile;
    bw_status status = read_text(changed(from, to), diags, &profile);
    assert_string_equal(said_of(diags).text, faults);
    if (!said(diags, words))
        fail_msg("not said: %s; but %s", words,
                 bw_diags_kept(diags) ? bw_diags_at(diags, 0)->text : "none");
    assert_int_equal(status, BW_INVALID);
    assert_null(profile);
    bw_diags_free(diags);
}

static void all_that_is_said_arrives(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_crm_profile *p;
    assert_int_equal(read_text(good, diags, &p), BW_OK);
    assert_string_equal(said_of(diags).text, "");
    assert_string_equal(p->name, "ours");
    assert_string_equal(p->title, "Our system");
    assert_true(p->mark && p->crlf && p->quote_all && !p->territories);
    assert_int_equal(p->separator, ';');
    assert_true(p->most_rows == 500 && p->most_bytes == 9000);
    assert_int_equal(p->by, BW_CRM_BY_LOGIN);
    assert_int_equal(p->may_by, 1 << BW_CRM_BY_LOGIN | 1 << BW_CRM_BY_EMAIL);
    assert_int_equal(p->blank, BW_CRM_BLANK_CLEARS);
    assert_string_equal(p->clear, "none");
    const bw_crm_table_spec *a = &p->table[BW_CRM_ACCOUNTS];
    assert_true(a->given && !p->table[BW_CRM_CONTACTS].given);
    assert_int_equal(a->key.kind, BW_CRM_NUMBER);
    assert_int_equal(a->key.most, 9);
    assert_string_equal(a->key.begins, "7");
    assert_string_equal(a->key.strip, "z_");
    assert_string_equal(a->key.prefix, "id:");
    assert_string_equal(a->headers[BW_CRM_KEY], "No|Account No");
    assert_null(a->headers[BW_CRM_NAME]);
    assert_string_equal(p->table[BW_CRM_USERS].active_words, "on|yes sir");
    assert_string_equal(p->table[BW_CRM_USERS].headers[BW_CRM_NAME],
                        "Name|First+Last");
    assert_int_equal(p->n_files, 1);
    assert_string_equal(p->file[0].name, "change.csv");
    assert_int_equal(p->file[0].place.line, 10);
    assert_int_equal(p->file[0].does, BW_CRM_REPLACES);
    assert_int_equal(p->file[0].n_columns, 4);
    const bw_crm_column *c = p->file[0].column;
    assert_int_equal(c[0].value, BW_CRM_IS_KEY);
    assert_string_equal(c[1].header, "Owner");
    assert_true(c[2].value == BW_CRM_IS_COPY && c[2].optional);
    assert_true(c[3].value == BW_CRM_IS_TEXT && !c[3].optional);
    assert_string_equal(c[3].text, "plan");
    assert_int_equal(p->before.n, 0);
    assert_int_equal(p->load.n + p->after.n + p->undo.n, 3);
    assert_ptr_equal(p->load.step[0].file, p->file[0].name);
    assert_string_equal(p->load.step[0].text, "Load it:\n\nrun {file}");
    assert_null(p->after.step[0].file);
    assert_int_equal(p->xml_len, strlen(good));
    assert_string_equal(p->xml, good);
    bw_crm_profile_free(p);
    bw_diags_free(diags);
}

static void what_is_not_said_has_its_default(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_crm_profile *p;
    const char *text = changed(
        "<files mark=\"yes\" line-end=\"CRLF\" separator=\";\" quote=\"all\""
        " rows=\"500\" bytes=\"9000\"/>\n"
        "<owner write=\"login\" may=\"login|email\" blank=\"clears\""
        " clear=\"none\"/>",
        "<owner write=\"email\"/>");
    assert_int_equal(read_text(text, diags, &p), BW_OK);
    assert_true(!p->mark && !p->crlf && !p->quote_all);
    assert_int_equal(p->separator, ',');
    assert_true(p->most_rows == 0 && p->most_bytes == 0);
    assert_int_equal(p->may_by, 1 << BW_CRM_BY_EMAIL);
    assert_int_equal(p->blank, BW_CRM_BLANK_REFUSED);
    assert_null(p->clear);
    bw_crm_profile_free(p);
    bw_diags_free(diags);
}

static void every_fault_of_a_table_is_told(void **state)
{
    (void)state;
    expect("name=\"owner\"", "name=\"owns\"", "6:14 value-syntax", "can be");
    expect("name=\"owner\" headers=\"Owner\"",
           "name=\"login\" headers=\"Login\"", "6:14 crm-profile",
           "table accounts has no field login; it can have: key, name, owner");
    expect("<field name=\"owner\" headers=\"Owner\"/>",
           "<field name=\"key\" headers=\"Key\"/>", "6:14 crm-profile",
           "field key of table accounts is given twice");
    expect("headers=\"Owner\"", "headers=\"account-no\"", "6:30 crm-profile",
           "stands also at field key (line 5)");
    expect("No|Account No", "No|NO.", "5:28 crm-profile",
           "header \"NO.\" of field key stands twice;");
    expect("No|Account No", "No||Account No", "5:28 crm-profile",
           "has no letter and no digit");
    expect("No|Account No", "No+Account No", "5:28 crm-profile",
           "only name can be");
    expect("First+Last", "A+B+C+D+E", "9:65 crm-profile",
           "field name is joined of 5 columns; the most is 4");
    expect("<field name=\"key\" headers=\"No|Account No\"/>", "",
           "4:14 crm-profile", "table accounts lacks: key");
    expect("begins=\"7\"", "begins=\"7x\"", "4:45 crm-profile",
           "no key that is a number can begin with \"7x\"");
    expect("key=\"number\" begins=\"7\" strip=\"z_\" prefix=\"id:\" most=\"9\"",
           "key=\"salesforce-id\" begins=\"0010000000000000\"",
           "4:52 crm-profile", "is longer than a key");
    expect("most=\"9\"", "active=\"yes\"", "4:80 crm-profile",
           "active is for users");
    expect("prefix=\"id:\"", "prefix=\"=id\"", "4:67 crm-profile",
           "begins as a formula does");
    expect("key=\"number\" begins=\"7\"", "key=\"guid\"", "4:65 crm-profile",
           "they have 36 characters");
    expect("On | Yes Sir", "On ||", "7:29 crm-profile", "empty word");
    expect("<table name=\"users\"", "<table name=\"accounts\"",
           "1:1 crm-profile; 7:14 crm-profile", "is given twice");
}

static void every_fault_of_a_file_is_told(void **state)
{
    (void)state;
    expect("table=\"accounts\" does", "table=\"contacts\" does",
           "4:14 crm-profile; 10:32 crm-profile", "a table that is not given");
    expect("table=\"accounts\" does", "table=\"users\" does",
           "4:14 crm-profile; 10:32 crm-profile", "would change users");
    expect("value=\"owner\"", "value=\"parent\"",
           "10:1 crm-profile; 11:64 crm-profile",
           "column \"Owner\" cannot hold parent");
    expect("value=\"owner\"", "", "10:1 crm-profile; 11:34 crm-profile",
           "must have either value or text; add one");
    expect("text=\"plan\"", "text=\"plan\" value=\"date\"", "12:90 crm-profile",
           "take one out");
    expect("header=\"Sum\"", "header=\"No\"", "12:17 crm-profile",
           "change.csv has two columns \"No\"");
    expect("header=\"Sum\"", "header=\"@Sum\"", "12:17 crm-profile",
           "begins as a formula does");
    expect("header=\"Sum\"", "header=\"S&#9;m\"", "12:17 crm-profile",
           "control character");
    expect("text=\"plan\"", "text=\"plan\" optional=\"yes\"",
           "12:93 crm-profile", "is no copy");
    expect("does=\"replaces\"", "does=\"adds\"", "10:48 crm-profile",
           "former owners would stay");
    expect("does=\"replaces\"", "does=\"removes\"", "10:48 crm-profile",
           "it could not be undone");
    expect("<load>",
           "<file name=\"CHANGE_2.csv\" table=\"accounts\" does=\"replaces\">"
           "<column header=\"No\" value=\"key\"/><column header=\"Owner\""
           " value=\"owner\"/></file><load>",
           "13:13 crm-profile; 13:138 crm-profile; 18:1 crm-profile",
           "would be mixed up with change.csv");
    expect("name=\"change.csv\" table", "name=\"Held.csv\" table",
           "10:13 crm-profile; 13:1 crm-profile; 13:19 crm-profile; "
           "18:1 crm-profile; 18:19 crm-profile",
           "held.csv is a file that every export has");
}

static void every_fault_of_owners_and_limits_is_told(void **state)
{
    (void)state;
    expect("write=\"login\"", "write=\"name\"", "3:15 crm-profile",
           "which is not in may=\"login|email\"");
    expect("login|email", "login|email|login", "3:27 crm-profile",
           "may names login twice");
    expect("<field name=\"email\" headers=\"Mail\"/>", "", "3:27 crm-profile",
           "owners may be written by email, but table users has no field");
    expect("<load>",
           "<table name=\"contacts\"><field name=\"key\" headers=\"Id\"/>"
           "<field name=\"owner\" headers=\"O\"/><field name=\"account\""
           " headers=\"A\"/></table><load>",
           "13:14 crm-profile", "no file changes table contacts");
    expect("clear=\"none\"", "clear=\"-\"", "3:62 crm-profile",
           "begins as a formula does");
    expect("<owner write=\"login\" may=\"login|email\" blank=\"clears\""
           " clear=\"none\"/>",
           "", "1:1 crm-profile", "<owner> is missing");
    expect("bytes=\"9000\"", "bytes=\"28\"", "2:79 crm-profile",
           "leaves no room for a row in change.csv: its header has 28");
    expect("rows=\"500\"", "rows=\"0\"", "2:67 value-syntax",
           "a whole number from 1");
    expect("<after>", "<after/><after>", "19:9 crm-profile", "stands twice");
    expect("<load>",
           "<table name=\"members\"><field name=\"key\" headers=\"Id\"/>"
           "<field name=\"user\" headers=\"U\"/><field name=\"territory\""
           " headers=\"T\"/></table><load>",
           "13:14 crm-profile", "table members has no use where owners are");
    expect("title=\"Our system\"",
           "title=\"Our system\" writes=\"territories\"",
           "1:1 crm-profile; 1:1 crm-profile; 1:1 crm-profile; "
           "10:48 crm-profile",
           "change.csv would change accounts");
}

static void every_fault_of_a_step_is_told(void **state)
{
    (void)state;
    expect("run {file}", "run it", "13:19 crm-profile",
           "write {file} where its name belongs");
    expect("Look.", "Look at {file}", "19:8 crm-profile", "but names none");
    expect("Look.", " \n ", "19:8 crm-profile", "the step says nothing");
    expect("<after><step>", "<after><step file=\"other.csv\">",
           "19:20 crm-profile", "there is no file other.csv");
    expect("<undo><step file=\"change.csv\">Load {file}</step></undo>", "",
           "1:1 crm-profile", "no step of <undo> speaks of change.csv");
}

static void built_in_profiles_are_without_fault(void **state)
{
    (void)state;
    int n = 0;
    const char *before = "";
    for (const char *const *name = bw_crm_builtin_names(); *name; name++, n++) {
        bw_diags *diags = bw_diags_new();
        bw_crm_profile *p;
        bw_status status = bw_crm_profile_named(*name, diags, &p);
        if (status != BW_OK)
            fail_msg("%s: %s", *name, bw_diags_at(diags, 0)->text);
        assert_string_equal(p->name, *name);
        assert_true(strcmp(before, *name) < 0);
        assert_true(p->before.n && p->load.n && p->after.n && p->undo.n);
        size_t len;
        const char *xml = bw_crm_builtin(*name, &len);
        assert_int_equal(p->xml_len, len);
        assert_memory_equal(p->xml, xml, len);
        assert_string_equal(p->file[0].place.file, *name);
        before = *name;
        bw_crm_profile_free(p);
        bw_diags_free(diags);
    }
    assert_int_equal(n, 11);
    size_t len;
    assert_null(bw_crm_builtin("salesfarce", &len));
}

static void an_unknown_name_brings_the_nearest(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_crm_profile *p;
    assert_int_equal(bw_crm_profile_named("salesfarce", diags, &p), BW_INVALID);
    assert_null(p);
    assert_string_equal(said_of(diags).text, "0:0 crm-profile");
    assert_true(said(diags, "did you mean salesforce?"));
    bw_diags_free(diags);
}

/* The territories that are built in, with one word exchanged. */
static void territories_have_rules_of_their_own(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } cases[] = {
        {"table=\"territories\" does=\"adds\"",
         "table=\"territories\" does=\"replaces\"",
         "territory.csv replaces, but"},
        {"<column header=\"Territory2Id\" value=\"territory\"/>", "",
         "account_territory_insert.csv has no column for: territory"},
        {"<column header=\"Id\" value=\"key\"/>",
         "<column header=\"Id\" value=\"user\"/>",
         "it can hold key, date, text, account, territory"},
        {"table=\"associations\" does=\"removes\"",
         "table=\"members\" does=\"removes\"", "former owners would stay"},
    };
    size_t len;
    const char *xml = bw_crm_builtin("salesforce-territories", &len);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = calloc(len + 200, 1);
        char *copy = calloc(len + 1, 1);
        assert_true(text && copy);
        memcpy(copy, xml, len);
        const char *at = strstr(copy, cases[i].from);
        assert_non_null(at);
        snprintf(text, len + 200, "%.*s%s%s", (int)(at - copy), copy,
                 cases[i].to, at + strlen(cases[i].from));
        bw_diags *diags = bw_diags_new();
        bw_crm_profile *profile;
        assert_int_equal(read_text(text, diags, &profile), BW_INVALID);
        if (!said(diags, cases[i].words))
            fail_msg("not said: %s; but %s", cases[i].words,
                     bw_diags_at(diags, 0)->text);
        bw_diags_free(diags);
        free(text);
        free(copy);
    }
}

static void short_memory_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    bw_status status = BW_NOMEM;
    for (long n = 1; status != BW_OK; n++) {
        bw_diags *diags = bw_diags_new();
        long live = bw_alloc_live();
        bw_crm_profile *p;
        bw_alloc_fail_at(n);
        status = bw_crm_profile_named("salesforce", diags, &p);
        bw_alloc_fail_at(0);
        if (status != BW_OK) {
            assert_int_equal(status, BW_NOMEM);
            assert_null(p);
            assert_int_equal(bw_diags_count(diags, BW_ERROR), 0);
            assert_int_equal(bw_alloc_live(), live);
        }
        bw_crm_profile_free(p);
        bw_diags_free(diags);
        assert_true(n < 20000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_said_arrives),
        cmocka_unit_test(what_is_not_said_has_its_default),
        cmocka_unit_test(every_fault_of_a_table_is_told),
        cmocka_unit_test(every_fault_of_a_file_is_told),
        cmocka_unit_test(every_fault_of_owners_and_limits_is_told),
        cmocka_unit_test(every_fault_of_a_step_is_told),
        cmocka_unit_test(built_in_profiles_are_without_fault),
        cmocka_unit_test(an_unknown_name_brings_the_nearest),
        cmocka_unit_test(territories_have_rules_of_their_own),
        cmocka_unit_test(short_memory_is_told_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
