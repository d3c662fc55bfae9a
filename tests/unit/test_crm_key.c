/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys: the published examples, a second formula, and every fault. */
#include "faults.h"

#include "crm_key.h"
#include "csv_write.h"

#include <stdio.h>
#include <string.h>

static const bw_crm_form account = {BW_CRM_SALESFORCE_ID, "001", NULL, NULL, 0};
static const bw_crm_form any_id = {BW_CRM_SALESFORCE_ID, NULL, NULL, NULL, 0};
static const bw_crm_form guid = {BW_CRM_GUID, NULL, NULL, NULL, 0};
static const bw_crm_form number = {BW_CRM_NUMBER, NULL, NULL, "id:", 0};
static const bw_crm_form zoho = {BW_CRM_NUMBER, NULL, "zcrm_", NULL, 0};
static const bw_crm_form text = {BW_CRM_TEXT, NULL, NULL, NULL, 8};

static bw_crm_key_fault check(const bw_crm_form *form, const char *key)
{
    return bw_crm_key_check(form, key, strlen(key));
}

static const char *normal(const bw_crm_form *form, const char *key)
{
    static char out[100];
    size_t len = bw_crm_key_normal(form, key, strlen(key), out);
    assert_int_equal(len, strlen(out));
    assert_true(len <= strlen(key));
    return out;
}

static void assert_written(const bw_crm_form *form, const char *key,
                           const char *want)
{
    bw_buf buf = {0};
    bw_crm_key_write(form, key, &buf);
    assert_string_equal(buf.text, want);
    bw_buf_free(&buf);
}

static void assert_told(const bw_crm_form *form, const char *key,
                        const char *want)
{
    bw_buf buf = {0};
    bw_crm_key_tell(form, key, check(form, key), &buf);
    assert_string_equal(buf.text, want);
    bw_buf_free(&buf);
}

static void the_published_suffixes_are_computed(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"00300000003T2PG", "AA0"},
                                           {"001x0000002xLCV", "AA2"},
                                           {"005x0000000fNSi", "AAM"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char suffix[4], whole[20];
        bw_crm_salesforce_suffix(pairs[i][0], suffix);
        assert_string_equal(suffix, pairs[i][1]);
        snprintf(whole, sizeof whole, "%s%s", pairs[i][0], suffix);
        assert_int_equal(check(&any_id, whole), BW_CRM_KEY_GOOD);
        assert_string_equal(normal(&any_id, whole), pairs[i][0]);
        assert_written(&any_id, pairs[i][0], whole);
        assert_written(&any_id, whole, whole);
    }
}

/* The same in other words: a five-digit binary number, read backwards, looked
 * up as a letter up to 25 and a digit after. */
static char judge(const char *five)
{
    int value = 0;
    for (int i = 4; i >= 0; i--)
        value = 2 * value + (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", five[i]) &&
                             five[i] != '\0');
    return (char)(value < 26 ? 'A' + value : '0' + value - 26);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void random_ids_agree_with_another_formula(void **state)
{
    (void)state;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789";
    unsigned seed = 7;
    for (int n = 0; n < 20000; n++) {
        char id[19] = "", changed[19];
        for (int i = 0; i < 15; i++)
            id[i] = letters[next_random(&seed) % 62];
        for (int block = 0; block < 3; block++)
            id[15 + block] = judge(id + 5 * block);
        assert_int_equal(check(&any_id, id), BW_CRM_KEY_GOOD);
        /* A program that changes the case of one letter is caught. */
        memcpy(changed, id, sizeof id);
        char *at = &changed[next_random(&seed) % 15];
        bool letter = *at > '9';
        if (letter)
            *at = (char)(*at ^ 0x20);
        assert_int_equal(check(&any_id, changed),
                         letter ? BW_CRM_KEY_SUFFIX : BW_CRM_KEY_GOOD);
    }
}

static void ids_of_salesforce_are_looked_at_in_every_way(void **state)
{
    (void)state;
    assert_int_equal(check(&account, "001x0000002xLCV"), BW_CRM_KEY_GOOD);
    assert_int_equal(check(&account, "005x0000000fNSiAAM"), BW_CRM_KEY_BEGINS);
    assert_int_equal(check(&account, "001x0000002xLCVA"), BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&account, "001x0000002xL-V"), BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&account, ""), BW_CRM_KEY_BLANK);
    assert_int_equal(check(&account, "001x0000002xlcvAA2"), BW_CRM_KEY_SUFFIX);
    assert_told(&account, "001x0000002xlcvAA2",
                "its last three characters are not those that the first 15 "
                "give (AAA): the case was changed");
    assert_told(&account, "001x",
                "it is not 15 or 18 letters and digits, as "
                "Salesforce's ids are (it has 4 characters)");
    assert_told(&account, "005x0000000fNSi",
                "it does not begin with \"001\", as these do");
    /* Two records that differ by case alone are two. */
    assert_string_not_equal("001x0000002xlcv",
                            normal(&account, "001x0000002xLCVAA2"));
    assert_string_equal(normal(&account, "odd"), "odd");
    /* Its first 15 are another record's. */
    assert_string_equal(normal(&account, "001x0000002xLCvAA2"),
                        "001x0000002xLCvAA2");
}

static void guids_are_one_in_any_case_and_braces(void **state)
{
    (void)state;
    const char *plain = "306976f9-96b9-6f55-5b1e-6b044dcc76d0";
    const char *other = "{306976F9-96B9-6F55-5B1E-6B044DCC76D0}";
    assert_int_equal(check(&guid, plain), BW_CRM_KEY_GOOD);
    assert_int_equal(check(&guid, other), BW_CRM_KEY_GOOD);
    assert_string_equal(normal(&guid, other), plain);
    assert_string_equal(normal(&guid, plain), plain);
    assert_written(&guid, other, "306976F9-96B9-6F55-5B1E-6B044DCC76D0");
    assert_int_equal(check(&guid, "306976f9-96b9-6f55-5b1e-6b044dcc76dg"),
                     BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&guid, "306976f996b9-6f55-5b1e-6b044dcc76d0-"),
                     BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&guid, "{306976f9-96b9-6f55-5b1e-6b044dcc76d0"),
                     BW_CRM_KEY_SHAPE);
    assert_string_equal(normal(&guid, "No-Guid"), "No-Guid");
    assert_told(&guid, "7",
                "it is no GUID, which has 8-4-4-4-12 hexadecimal "
                "digits");
}

static void numbers_are_digits_only(void **state)
{
    (void)state;
    assert_int_equal(check(&number, "42"), BW_CRM_KEY_GOOD);
    assert_int_equal(check(&number, "id:42"), BW_CRM_KEY_GOOD);
    assert_string_equal(normal(&number, "id:42"), "42");
    assert_string_equal(normal(&number, "042"), "42");
    assert_string_equal(normal(&number, "id:00042"), "42");
    assert_string_equal(normal(&number, "000"), "0");
    assert_string_equal(normal(&number, "04x"), "04x");
    assert_string_equal(normal(&any_id, "042"), "042");
    assert_written(&number, "042", "id:042");
    assert_written(&number, "42", "id:42");
    assert_written(&number, "id:42", "id:42");
    assert_int_equal(check(&number, "4 2"), BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&number, "4.2"), BW_CRM_KEY_SHAPE);
    assert_int_equal(check(&number, "id:"), BW_CRM_KEY_SHAPE);
    assert_told(&number, "4.87E+17",
                "it is not digits only: a spreadsheet has rounded it");
    assert_told(&number, "4.8", "it is not digits only");
    assert_told(&number, "Eve", "it is not digits only");
}

static void what_stands_in_front_is_dropped(void **state)
{
    (void)state;
    const char *key = "zcrm_554023000000238121";
    assert_int_equal(check(&zoho, key), BW_CRM_KEY_GOOD);
    assert_string_equal(normal(&zoho, key), "554023000000238121");
    assert_string_equal(normal(&zoho, "554023000000238121"),
                        "554023000000238121");
    assert_written(&zoho, key, "554023000000238121");
    assert_int_equal(check(&zoho, "zcrm_=1"), BW_CRM_KEY_FORMULA);
    assert_int_equal(check(&zoho, "zcrm_"), BW_CRM_KEY_SHAPE);
}

static void texts_hold_nothing_that_is_not_seen(void **state)
{
    (void)state;
    assert_int_equal(check(&text, "A-7/b c"), BW_CRM_KEY_GOOD);
    assert_int_equal(check(&text, "Z\xC3\xBCrich"), BW_CRM_KEY_GOOD);
    assert_int_equal(check(&text, "   "), BW_CRM_KEY_BLANK);
    assert_int_equal(check(&text, " A7"), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "A7 "), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "A7\xC2\xA0"), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "\xC2\xA0"), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "A\t7"), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "A\x7F"), BW_CRM_KEY_CONTROL);
    assert_int_equal(check(&text, "A\xC2\x85"), BW_CRM_KEY_CONTROL);
    assert_told(&text, "A7 ", "it has a blank at an end");
    assert_told(&text, "A\n7", "it holds a control character");
    assert_told(&text, "  ", "it is blank");
    /* Characters are counted, not bytes. */
    assert_int_equal(check(&text, "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
                                  "\xC3\xBC\xC3\xBC\xC3\xBC"),
                     BW_CRM_KEY_GOOD);
    assert_int_equal(check(&text, "123456789"), BW_CRM_KEY_LONG);
    assert_told(&text, "123456789", "it has more than 8 characters");
}

static void formulas_are_known_by_their_first_character(void **state)
{
    (void)state;
    static const char *const formula[] = {
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=", "-"};
    for (size_t i = 0; i < sizeof formula / sizeof *formula; i++) {
        assert_true(bw_is_formula(formula[i]));
        assert_int_equal(check(&text, formula[i]), BW_CRM_KEY_FORMULA);
    }
    assert_false(bw_is_formula(""));
    assert_false(bw_is_formula("1-1"));
    assert_false(bw_is_formula("'=1"));
    assert_told(&text, "@x",
                "it begins with \"@\", which programs that open "
                "tables take for a formula");
    assert_told(&text, "\tx", "it begins with a tab or a line's end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_suffixes_are_computed),
        cmocka_unit_test(random_ids_agree_with_another_formula),
        cmocka_unit_test(ids_of_salesforce_are_looked_at_in_every_way),
        cmocka_unit_test(guids_are_one_in_any_case_and_braces),
        cmocka_unit_test(numbers_are_digits_only),
        cmocka_unit_test(what_stands_in_front_is_dropped),
        cmocka_unit_test(texts_hold_nothing_that_is_not_seen),
        cmocka_unit_test(formulas_are_known_by_their_first_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
