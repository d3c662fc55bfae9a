/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "expr.h"
#include "said.h"

#include <math.h>
#include <stdlib.h>

static const bw_variable account_columns[] = {
    {"revenue", BW_NUMBER},
    {"industry", BW_TEXT},
    {"zip", BW_TEXT},
    {"blank", BW_NUMBER},
    {"Annual Revenue", BW_NUMBER},
    {"country", BW_TEXT},
    {"open-cases", BW_NUMBER},
    {"price", BW_NUMBER},
    {"nothing", BW_TEXT},
    {"grösse", BW_NUMBER},
};
static const bw_variable rep_columns[] = {
    {"country", BW_TEXT}, {"quota", BW_NUMBER}, {"Home Office", BW_TEXT}};
static const bw_scope accounts = {"accounts.csv", account_columns, 10};
static const bw_scope reps = {"reps.csv", rep_columns, 3};

static bw_value look_up(void *data, bool of_rep, int32_t index)
{
    static const bw_value account_row[] = {
        {.number = 250000}, {.text = "Health"}, {.text = "01234"},
        {.number = NAN},    {.number = 7},      {.text = "DE"},
        {.number = 3},      {.number = 3.78},   {.text = ""},
        {.number = 1.5}};
    static const bw_value rep_row[] = {
        {.text = "DE"}, {.number = 100}, {.text = "Rome"}};
    assert_null(data);
    return of_rep ? rep_row[index] : account_row[index];
}

static bw_expr *compile(const char *text, const bw_scope *account,
                        const bw_scope *rep, bw_type want)
{
    bw_diags *diags = bw_diags_new();
    bw_attr attr = {.text = text, .place = {"x.xml", 1, 1}};
    bw_expr *expr;
    bw_status status = bw_expr_new(&attr, account, rep, want, diags, &expr);
    if (status != BW_OK)
        fail_msg("%s: %s", text,
                 bw_diags_kept(diags) ? bw_diags_at(diags, 0)->text : "?");
    bw_diags_free(diags);
    return expr;
}

static bool truth(const char *text, const bw_scope *account,
                  const bw_scope *rep)
{
    bw_expr *expr = compile(text, account, rep, BW_BOOLEAN);
    bool result, again;
    assert_int_equal(bw_expr_truth(expr, look_up, NULL, &result), BW_OK);
    assert_int_equal(bw_expr_truth(expr, look_up, NULL, &again), BW_OK);
    assert_int_equal(result, again);
    bw_expr_free(expr);
    return result;
}

static double number(const char *text)
{
    bw_expr *expr = compile(text, &accounts, NULL, BW_NUMBER);
    double result;
    assert_int_equal(bw_expr_number(expr, look_up, NULL, &result), BW_OK);
    bw_expr_free(expr);
    return result;
}

/* Faults as "column code; ..." of a text on one line. */
static void expect_in(const char *text, const bw_scope *account,
                      const bw_scope *rep, const char *faults,
                      const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_attr attr = {.text = text, .place = {"x.xml", 1, 1}};
    bw_expr *expr;
    assert_int_equal(bw_expr_new(&attr, account, rep, BW_BOOLEAN, diags, &expr),
                     BW_INVALID);
    assert_null(expr);
    assert_string_equal(said_of(diags).text, faults);
    if (!said(diags, words))
        fail_msg("not said: %s\nbut: %s", words, bw_diags_at(diags, 0)->text);
    bw_diags_free(diags);
}

static void expect(const char *text, const char *faults, const char *words)
{
    expect_in(text, &accounts, NULL, faults, words);
}

static void conditions_hold_or_not(void **state)
{
    (void)state;
    static const char *const hold[] = {
        "$revenue >= 250000 or $industry = 'x'",
        "$revenue>=250000and$industry='Health'",
        "not($industry = \"Bank\") and ($revenue div 2 = 125000)",
        "$revenue mod 7 = 2 and -$revenue < 0 and - -1 = 1",
        "2 + 3 * 4 - 1 = 13 and (2 + 3) * 4 = 20 and 6 - 2 - 1 = 3",
        "1 < 2 = true() and false() != true()",
        "contains($industry, 'eal') and starts-with($zip, '01')",
        "substring($zip, 2, 2) = '12' and substring($zip, 4) = '34'",
        "substring-before($zip, '2') = '01'",
        "substring-after($zip, '2') = '34'",
        "string-length(concat($zip, '-', $country)) = 8",
        "translate($industry, 'Hh', 'TT') = 'TealtT'",
        "normalize-space('  a  b ') = 'a b'",
        "floor(2.5) = 2 and ceiling(2.5) = 3 and round(2.5) = 3",
        "number($zip) = 1234 and string($revenue) = '250000'",
        "boolean($industry) and not(boolean($nothing)) and boolean($revenue)",
        "col('Annual Revenue') = 7 and col( \"zip\" ) = '01234'",
        "$open-cases - 1 = 2",
        "$gr\xc3\xb6sse = 1.5",
        "'a\xc3\xa9' != 'b'",
    };
    for (size_t i = 0; i < sizeof hold / sizeof *hold; i++) {
        char denied[256];
        snprintf(denied, sizeof denied, "not(%s)", hold[i]);
        if (!truth(hold[i], &accounts, NULL) || truth(denied, &accounts, NULL))
            fail_msg("%s", hold[i]);
    }
}

static void blank_numbers_are_only_unequal(void **state)
{
    (void)state;
    assert_true(truth("$blank != 5", &accounts, NULL));
    assert_false(truth("$blank = 5", &accounts, NULL));
    assert_false(truth("$blank = $blank", &accounts, NULL));
    assert_false(truth("$blank < 5 or $blank >= 5", &accounts, NULL));
    assert_true(truth("$nothing = ''", &accounts, NULL));
    assert_true(isnan(number("$blank + 1")));
}

/* libxml2 adds 0.78 to 3 and is off by one in the last place. */
static void numbers_are_right_to_the_last_bit(void **state)
{
    (void)state;
    assert_true(truth("$price = 3.78", &accounts, NULL));
    assert_true(number("3.78") == 3.78);
    assert_true(number("number(' 3.78 ')") == 3.78);
    assert_true(number("0.1") == 0.1 && number(".3") == 0.3);
    assert_true(number("5.") == 5 &&
                number("12345678901234567890123") == 12345678901234567890123.0);
    assert_true(number("179769313486231570.5") == 179769313486231570.5);
    assert_true(isnan(number("number('12 apples')")));
    assert_true(isnan(number("number('')")) && isnan(number("number('nan')")));
    assert_true(number("number(true())") == 1 && number("number(3)") == 3);
}

static void values_are_numbers_or_texts(void **state)
{
    (void)state;
    assert_true(number("$revenue * 0.1 + $open-cases") == 25003);
    bw_expr *expr = compile("concat($country, '-', substring($zip, 1, 2))",
                            &accounts, NULL, BW_TEXT);
    const char *text;
    assert_int_equal(bw_expr_text(expr, look_up, NULL, &text), BW_OK);
    assert_string_equal(text, "DE-01");
    assert_int_equal(bw_expr_text(expr, look_up, NULL, &text), BW_OK);
    assert_string_equal(text, "DE-01");
    bw_expr_free(expr);
}

static void both_rows_can_be_named(void **state)
{
    (void)state;
    assert_true(truth("$country = $rep.country", &accounts, &reps));
    assert_true(truth("$revenue > $rep.quota and rep-col('Home Office') = "
                      "'Rome' and col('zip') = '01234'",
                      &accounts, &reps));
    expect_in("$quota > 5", &accounts, &reps, "1:1 expression-column",
              "reps.csv has it: write $rep.quota");
    expect_in("$rep.qouta > 5", &accounts, &reps, "1:1 expression-column",
              "no column \"qouta\" in reps.csv; did you mean $rep.quota?");
    expect_in("$rep.zip = '5'", &accounts, &reps, "1:1 expression-column",
              "accounts.csv has it: write $zip");
    expect("$rep.country = 'DE'", "1:1 expression-column",
           "this expression sees accounts.csv alone");
    expect("rep-col('x') = 'DE'", "1:9 expression-column",
           "this expression sees accounts.csv alone");
}

static void reps_alone_are_named_either_way(void **state)
{
    (void)state;
    assert_true(truth("$quota = 100 and $rep.quota = 100 and "
                      "col('Home Office') = rep-col('Home Office')",
                      NULL, &reps));
    expect_in("$industry = 'x'", NULL, &reps, "1:1 expression-column",
              "no column \"industry\" in reps.csv");
    bw_expr *expr =
        compile("$quota > 5 and $rep.quota < 5", NULL, &reps, BW_BOOLEAN);
    const int32_t *index;
    assert_int_equal(bw_expr_used(expr, false, &index), 0);
    assert_int_equal(bw_expr_used(expr, true, &index), 1);
    assert_int_equal(index[0], 1);
    bw_expr_free(expr);
}

static void the_columns_used_are_listed_once(void **state)
{
    (void)state;
    bw_expr *expr = compile("$zip != '' and $country = $rep.country and "
                            "($zip = '1' or $revenue > 1)",
                            &accounts, &reps, BW_BOOLEAN);
    const int32_t *index;
    assert_int_equal(bw_expr_used(expr, false, &index), 3);
    assert_int_equal(index[0], 2);
    assert_int_equal(index[1], 5);
    assert_int_equal(index[2], 0);
    assert_int_equal(bw_expr_used(expr, true, &index), 1);
    assert_int_equal(index[0], 0);
    bw_expr_free(expr);
}

static void unknown_columns_are_told_with_those_there_are(void **state)
{
    (void)state;
    expect("$revenu > 5", "1:1 expression-column",
           "no column \"revenu\" in accounts.csv; did you mean $revenue?; "
           "there are: revenue, industry, zip");
    expect("$Annual > 5 or col('annual revenue') > 5",
           "1:1 expression-column; 1:20 expression-column",
           "did you mean col('Annual Revenue')?");
    expect("$revenue-1 > 5", "1:1 expression-column",
           "put blanks around a minus sign");
}

static void types_are_never_mixed_in_silence(void **state)
{
    (void)state;
    expect("$zip = 1234", "1:1 expression-type",
           "$zip is a text, but 1234 is a number: they cannot be compared");
    expect("$revenue > '5' and 'x' = $price",
           "1:1 expression-type; 1:20 expression-type",
           "$revenue is a number, but '5' is a text");
    expect("$zip < 'b'", "1:1 expression-type", "are each a text");
    expect("1 < $revenue < 5", "1:1 expression-type",
           "1 < $revenue is true or false, but 5 is a number");
    expect("$revenue and not($industry)",
           "1:1 expression-type; 1:18 expression-type",
           "such as $revenue != 0");
    expect("true() or $industry", "1:11 expression-type",
           "such as $industry != ''");
    expect("$zip + 1 > 2 and -$zip > 1",
           "1:1 expression-type; 1:19 expression-type",
           "number($zip) makes it one");
    expect("contains($revenue, 5)",
           "1:10 expression-type; 1:20 expression-type",
           "contains() takes a text as argument 1, but $revenue is a number; "
           "write string($revenue)");
    expect("floor($zip) = 1", "1:7 expression-type", "write number($zip)");
    expect("$revenue", "1:1 expression-type",
           "the expression gives a number where true or false is needed");
    expect("($zip = 1) = ($nowhere = 2)",
           "1:2 expression-type; 1:15 expression-column", "");
}

static void functions_are_those_listed(void **state)
{
    (void)state;
    expect("sum($revenue) > 5", "1:1 expression-function",
           "there is no function sum() here; there are: boolean, ceiling");
    expect("document('x') = 'y' or lenght('x') > 1",
           "1:1 expression-function; 1:24 expression-function",
           "no function document()");
    expect("start-with($zip, 'a')", "1:1 expression-function",
           "did you mean starts-with()?");
    expect("contains($zip)", "1:1 expression-function",
           "contains() takes 2 arguments, found 1");
    expect("string-length() = 1", "1:1 expression-function",
           "takes 1 argument, found 0");
    expect("concat('a') = 'a'", "1:1 expression-function",
           "takes 2 or more arguments, found 1");
    expect("substring('a') = substring('a', 1, 2, 3)",
           "1:1 expression-function; 1:18 expression-function",
           "takes 2 to 3 arguments, found 4");
}

static void broken_expressions_say_what_to_write(void **state)
{
    (void)state;
    static const char *const broken[][3] = {
        {"", "1:1", "is empty"},
        {"$revenue >", "1:11", "ends where a value is missing"},
        {"$revenue == 5", "1:10", "== is no operator here; write ="},
        {"$zip <> '5'", "1:6", "write !="},
        {"$revenue => 5", "1:10", "write >="},
        {"$zip = '5' && true()", "1:12", "write and"},
        {"($zip = '5' OR true())", "1:13", "write or"},
        {"!$zip", "1:1", "write not(...)"},
        {"revenue > 5", "1:1", "written with a dollar: $revenue"},
        {"$zip = Bank", "1:8", "a text 'Bank'"},
        {"$zip = 'Bank", "1:8", "not closed; add '"},
        {"($zip = 'a'", "1:1", "opens here is not closed"},
        {"$zip = 'a')", "1:11", "never opened"},
        {"contains($zip, )", "1:16", ") stands where a value is needed"},
        {"$revenue 5", "1:10", "where an operator is needed"},
        {"/a/b = 'x'", "1:1", "paths through documents"},
        {"$zip/a = 'x'", "1:5", "write div"},
        {"@id = 'x'", "1:1", "paths through documents"},
        {"$2013 > 1", "1:1", "a name must follow the dollar"},
        {"$ zip = 'a'", "1:1", "a name must follow the dollar"},
        {"col($zip) = 'a'", "1:5", "a header in quotes is needed"},
        {"col('zip', 1) = 'a'", "1:10", "where an operator is needed"},
        {"$revenue > 1e5", "1:13", "where an operator is needed"},
        {"* = 5", "1:1", "* stands where a value is needed"},
        {"$revenue % 2 = 1", "1:10", "write mod"},
        {"#", "1:1", "# stands where a value is needed"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        char faults[64];
        snprintf(faults, sizeof faults, "%s expression-syntax", broken[i][1]);
        expect(broken[i][0], faults, broken[i][2]);
    }
}

static void faults_before_a_syntax_fault_are_told_too(void **state)
{
    (void)state;
    expect("$nowhere = 1 and sum(1) = 1 and $zip = 1 and )",
           "1:1 expression-column; 1:18 expression-function; "
           "1:33 expression-type; 1:46 expression-syntax",
           "");
}

/* CR LF is one blank in the value. */
static void places_are_exact_behind_references_and_breaks(void **state)
{
    (void)state;
    bw_attr attr = {.text =
                        "$price < 5 and $x = 1 and   $y = '\xc3\xa9' and $z",
                    .raw = "$price &lt; 5 and &#36;x = 1 and\r\n \t$y = "
                           "'\xc3\xa9' and $z",
                    .place = {"x.xml", 4, 13}};
    bw_diags *diags = bw_diags_new();
    bw_expr *expr;
    assert_int_equal(
        bw_expr_new(&attr, &accounts, NULL, BW_BOOLEAN, diags, &expr),
        BW_INVALID);
    assert_string_equal(said_of(diags).text,
                        "4:31 expression-column; 5:3 expression-column; "
                        "5:16 expression-column");
    bw_diags_free(diags);
}

static void expect_too_long(const char *text, const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_attr attr = {.text = text, .place = {"x.xml", 1, 1}};
    bw_expr *expr;
    assert_int_equal(
        bw_expr_new(&attr, &accounts, NULL, BW_BOOLEAN, diags, &expr),
        BW_INVALID);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 1);
    assert_true(said(diags, words));
    bw_diags_free(diags);
}

/* libxml2 must still evaluate what our limits let through. */
static void long_expressions_work_up_to_the_limit(void **state)
{
    (void)state;
    char *text = calloc(1, 64 * 1024);
    assert_non_null(text);
    strcpy(text, "$revenue = 1");
    for (int i = 0; i < 499; i++) /* two operators each */
        strcat(text, " or $revenue = 250000");
    assert_true(truth(text, &accounts, NULL));
    strcat(text, " or $revenue = 250000");
    expect_too_long(text, "more than 1000 operators");

    char *chain = text;
    chain += sprintf(chain, "$revenue = 1000");
    for (int i = 0; i < 999; i++)
        chain += sprintf(chain, " + 1");
    assert_false(truth(text, &accounts, NULL));

    memset(text, '(', 99);
    strcpy(text + 99, "$revenue > 1");
    memset(strchr(text, '\0'), ')', 100);
    text[99 + 12 + 99] = '\0';
    assert_true(truth(text, &accounts, NULL));
    memset(text, '(', 50000);
    text[50000] = '\0';
    expect_too_long(text, "nested deeper than 100");
    memset(text, '-', 50000);
    expect_too_long(text, "more than 100 minus signs");
    free(text);
}

static void lack_of_memory_is_survived_everywhere(void **state)
{
    (void)state;
    bw_attr attr = {.text = "$price = 3.78 and col('zip') = '01234' and "
                            "$country = $rep.country",
                    .place = {"x.xml", 1, 1}};
    long live = bw_alloc_live();
    int compiled = 0;
    for (long n = 1; n < 100 && !compiled; n++) {
        bw_expr *expr;
        bw_alloc_fail_at(n);
        bw_status status =
            bw_expr_new(&attr, &accounts, &reps, BW_BOOLEAN, NULL, &expr);
        bw_alloc_fail_at(0);
        compiled = status == BW_OK;
        assert_true(compiled || status == BW_NOMEM);
        bw_expr_free(expr);
        assert_int_equal(bw_alloc_live(), live);
    }
    assert_true(compiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_hold_or_not),
        cmocka_unit_test(blank_numbers_are_only_unequal),
        cmocka_unit_test(numbers_are_right_to_the_last_bit),
        cmocka_unit_test(values_are_numbers_or_texts),
        cmocka_unit_test(both_rows_can_be_named),
        cmocka_unit_test(reps_alone_are_named_either_way),
        cmocka_unit_test(the_columns_used_are_listed_once),
        cmocka_unit_test(unknown_columns_are_told_with_those_there_are),
        cmocka_unit_test(types_are_never_mixed_in_silence),
        cmocka_unit_test(functions_are_those_listed),
        cmocka_unit_test(broken_expressions_say_what_to_write),
        cmocka_unit_test(faults_before_a_syntax_fault_are_told_too),
        cmocka_unit_test(places_are_exact_behind_references_and_breaks),
        cmocka_unit_test(long_expressions_work_up_to_the_limit),
        cmocka_unit_test(lack_of_memory_is_survived_everywhere),
    };
    return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
