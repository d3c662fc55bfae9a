/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts and opportunities of a change by hand. */
#include "crm_kit.h"

#include "said.h"

static const bw_crm_table_spec contacts = {
    .given = true,
    .key = {.begins = "C"},
    .headers = {[BW_CRM_KEY] = "Id",
                [BW_CRM_NAME] = "Name",
                [BW_CRM_OWNER] = "Owner",
                [BW_CRM_ACCOUNT] = "Account"}};

/* A profile that takes both. */
static int enter(void **state)
{
    int failed = kit_enter(state);
    for (int i = 1; i < 3; i++)
        k.file[i] = k.file[0];
    k.file[1].name = "contacts.csv";
    k.file[1].table = BW_CRM_CONTACTS;
    k.file[2].name = "deals.csv";
    k.file[2].table = BW_CRM_OPPORTUNITIES;
    k.profile.n_files = 3;
    k.profile.table[BW_CRM_CONTACTS] = contacts;
    k.profile.table[BW_CRM_OPPORTUNITIES] = contacts;
    k.profile.table[BW_CRM_OPPORTUNITIES].key.begins = NULL;
    k.profile.table[BW_CRM_OPPORTUNITIES].headers[BW_CRM_CLOSED] = "Closed";
    return failed;
}

static bw_status export_contacts(const char *text, const char *dir)
{
    put("c.csv", text);
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    return export_with(&order, dir);
}

static void those_of_the_former_owner_go_along(void **state)
{
    (void)state;
    assert_int_equal(export_contacts("Id,Name,Owner,Account\n"
                                     "C1,x,u2,A6\n"
                                     "C2,x,Ann,A2\n"
                                     "C3,x,u2,A2\n" /* has him already */
                                     "C4,x,pat,A2\n"
                                     "C5,x,nobody I know,A2\n"
                                     "C6,x,,A2\n"
                                     "C7,x,u1,A1\n" /* which stays */
                                     "C8,x,u1,A5\n" /* which is held */
                                     "C9,x,u1,A99\n"
                                     "Ca,x,u1,\n"
                                     "Cb,x,ann@x.com,A4\n"
                                     "Cc,x,,A3\n" /* like its account */
                                     "Cd,x,u1,A2\n",
                                     "out"),
                     BW_OK);
    assert_string_equal(get("out/contacts.csv"),
                        "Id,OwnerId\nC2,u2\nCd,u2\nC1,u1\nCb,u3\n");
    assert_string_equal(get("out/rollback/contacts.csv"),
                        "Id,OwnerId\nC2,u1\nCd,u1\nC1,u2\nCb,u1\n");
    const bw_crm_companion *c = &k.exported->companion[BW_CRM_CONTACTS];
    assert_true(c->given);
    assert_int_equal(c->rows, 13);
    assert_int_equal(c->changes, 4);
    assert_int_equal(c->already, 1);
    assert_int_equal(c->other_owner, 4);
    assert_int_equal(c->unchanged, 2);
    assert_int_equal(c->not_in_plan, 2);
    assert_int_equal(k.exported->companion[BW_CRM_OPPORTUNITIES].given, false);
    assert_int_not_equal(access("out/deals.csv", F_OK), 0);
    const char *load = get("out/LOAD.txt");
    assert_non_null(strstr(load, "4  contacts go with their account"));
    assert_non_null(strstr(load, "4  contacts of these accounts have another"));
    assert_non_null(strstr(load, "then contacts.csv"));
    assert_non_null(
        strstr(get("out/manifest.json"), "\"role\": \"companion\""));
}

static void closed_opportunities_stay(void **state)
{
    (void)state;
    put("o.csv", "Id,Owner,Account,Closed\n"
                 "D1,u1,A2,false\n"
                 "D2,u1,A2,TRUE\n"
                 "D3,u1,A2,\n"
                 "D4,u1,A1,maybe\n"); /* of no interest */
    const bw_crm_companion_order order = {.opportunities = "o.csv"};
    assert_int_equal(export_with(&order, "out"), BW_OK);
    assert_string_equal(get("out/deals.csv"), "Id,OwnerId\nD1,u2\nD3,u2\n");
    assert_int_equal(k.exported->companion[BW_CRM_OPPORTUNITIES].closed, 1);
    put("o.csv", "Id,Owner,Account,Closed\nD1,u1,A2,maybe\n");
    refused(&order, "out", BW_FIELD_CHOICE, "\"maybe\"");
    put("o.csv", "Id,Owner,Account\nD1,u1,A2\n");
    refused(&order, "out", BW_COLUMN_MISSING, "closed");
}

static void rows_of_one_account_stay_in_one_part(void **state)
{
    (void)state;
    k.profile.most_rows = 3;
    assert_int_equal(export_contacts("Id,Name,Owner,Account\n"
                                     "C1,x,u1,A2\n"
                                     "C2,x,u2,A6\n"
                                     "C3,x,u1,A4\n"
                                     "C4,x,u2,A6\n",
                                     "out"),
                     BW_OK);
    assert_string_equal(get("out/contacts_2.csv"),
                        "Id,OwnerId\nC2,u1\nC4,u1\n");
    assert_string_equal(get("out/contacts_3.csv"), "Id,OwnerId\nC3,u3\n");
    put("c.csv", "Id,Name,Owner,Account\nC1,x,u1,A2\nC2,x,u1,A2\nC3,x,u1,A2\n");
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    refused(&order, "out", BW_CRM_FAMILY_LARGE, "account \"A2\"");
}

/* Only keys of rows that would be written count. */
static void bad_keys_are_all_told(void **state)
{
    (void)state;
    put("c.csv", "Id,Name,Owner,Account\n"
                 "C1,x,u1,A2\n"
                 "C1,x,u1,A1\n"
                 "X3,x,u1,A2\n"
                 "=C4,x,u1,A2\n"
                 ",x,u1,A4\n"
                 "X6,x,u1,A1\n");
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    refused(&order, "out", BW_CRM_KEY_AMBIGUOUS, "line 3");
    assert_string_equal(said_of(k.diags).text,
                        "2:1 crm-key-ambiguous; 4:1 crm-key-form; "
                        "5:1 crm-formula; 6:1 crm-key-form");
}

static void a_table_of_other_accounts_is_warned_of(void **state)
{
    (void)state;
    assert_int_equal(
        export_contacts("Id,Name,Owner,Account\nC1,x,u1,Two Ltd\n", "out"),
        BW_OK);
    assert_string_equal(said_of(k.diags).text, "2:9 crm-key-unknown");
    assert_true(said(k.diags, "\"Two Ltd\""));
}

static void a_profile_without_contacts_says_so(void **state)
{
    (void)state;
    put("c.csv", "Id,Owner,Account\nC1,u1,A2\n");
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    k.profile.n_files = 1;
    refused(&order, "out", BW_CRM_PROFILE, "--contacts");
}

/* What is wrong with accounts is told beside what is wrong with contacts. */
static void faults_of_all_files_are_told_at_once(void **state)
{
    (void)state;
    put("c.csv", "Id,Name,Owner,Account\nX1,x,u1,A2\n");
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    k.profile.most_bytes = 11 + 11;
    refused(&order, "out", BW_CRM_FAMILY_LARGE, "A6");
    assert_int_equal(bw_diags_count_code(k.diags, BW_CRM_KEY_FORM), 1);
}

static const bw_crm_column copies[] = {
    {"Id", BW_CRM_IS_KEY, NULL, false},
    {"Name", BW_CRM_IS_NAME, NULL, false},
    {"Row Checksum", BW_CRM_IS_COPY, NULL, false},
    {"Modified On", BW_CRM_IS_COPY, NULL, true},
    {"From", BW_CRM_IS_DATE, NULL, false},
    {"Why", BW_CRM_IS_TEXT, "plan", false},
    {"User", BW_CRM_IS_USER, NULL, false}};

static void columns_hold_what_the_profile_says(void **state)
{
    (void)state;
    k.file[1].column = copies;
    k.file[1].n_columns = 7;
    assert_int_equal(export_contacts("Id,Row Checksum,Name,Owner,Account\n"
                                     "C1,\"a \"\"b\"\" \",\"x, y\",u1,A2\n",
                                     "out"),
                     BW_OK);
    assert_string_equal(get("out/contacts.csv"),
                        "Id,Name,Row Checksum,From,Why,User\n"
                        "C1,\"x, y\",\"a \"\"b\"\" \",2027-03-01,plan,u2\n");
    put("c.csv", "Id,Name,Owner,Account\nC1,x,u1,A2\n");
    const bw_crm_companion_order order = {.contacts = "c.csv"};
    refused(&order, "out", BW_COLUMN_MISSING, "\"Row Checksum\"");
}

static bw_status all_of_it(void *data)
{
    bw_crm_exported *exported = NULL;
    bw_status status =
        bw_crm_export_write(&k.change, data, "out", NULL, &exported);
    bw_crm_exported_free(exported);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    put("c.csv", "Id,Name,Owner,Account\nC1,x,u1,A2\nC2,x,u2,A6\n");
    bw_crm_companion_order order = {.contacts = "c.csv"};
    survives_lack_of_memory(all_of_it, &order, BW_OK);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter, kit_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(those_of_the_former_owner_go_along),
        TEST(closed_opportunities_stay),
        TEST(rows_of_one_account_stay_in_one_part),
        TEST(bad_keys_are_all_told),
        TEST(a_table_of_other_accounts_is_warned_of),
        TEST(a_profile_without_contacts_says_so),
        TEST(faults_of_all_files_are_told_at_once),
        TEST(columns_hold_what_the_profile_says),
        TEST(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
