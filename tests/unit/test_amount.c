/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write them, dates, and words for nothing. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amount.h"
#include "date.h"

#include <stdio.h>
#include <string.h>

#define NO_BREAK "\xC2\xA0"
#define THIN     "\xE2\x80\x89"
#define NARROW   "\xE2\x80\xAF"

typedef struct amount {
    const char *text;
    double value;
} amount;

static void assert_amounts(const amount *cases, size_t n, bool comma)
{
    for (size_t i = 0; i < n; i++) {
        double value = -77;
        const char *text = cases[i].text;
        if (!bw_field_amount(text, strlen(text), comma, &value))
            fail_msg("\"%s\" is refused", text);
        if (value != cases[i].value)
            fail_msg("\"%s\" is %g", text, value);
    }
}

static void assert_none(const char *const *texts, size_t n, bool comma)
{
    for (size_t i = 0; i < n; i++) {
        double value = 0;
        if (bw_field_amount(texts[i], strlen(texts[i]), comma, &value))
            fail_msg("\"%s\" is taken for %g", texts[i], value);
    }
}

static void amounts_with_a_decimal_point(void **state)
{
    (void)state;
    static const amount cases[] = {
        {"0", 0},
        {"-12.5", -12.5},
        {"1.2E6", 1.2e6},
        {"$ 1,234.50", 1234.5},
        {"$1,234,567", 1234567},
        {"-$5", -5},
        {"$-5", -5},
        {"(12.50)", -12.5},
        {"($1,234.50)", -1234.5},
        {"$(3)", -3},
        {"12.50-", -12.5},
        {"$ .50", 0.5},
        {"(.5)", -0.5},
        {"\xE2\x88\x92"
         "7",
         -7},
        {"USD 1,000", 1000},
        {"Rs. 8,50,000.00", 850000},
        {"HK$ 12", 12},
        {"kr. 5", 5},
        {"1,000.25 EUR", 1000.25},
        {"\xE2\x82\xAC" NO_BREAK "99", 99},
        {"99 \xC2\xA3", 99},
        {"1.2E6 USD", 1.2e6},
        {"1 234 567.5", 1234567.5},
        {"1" NO_BREAK "234", 1234},
        {"1" THIN "234" THIN "567", 1234567},
        {"1" NARROW "234", 1234},
        {"1'234.50", 1234.5},
        {"1\xE2\x80\x99"
         "234",
         1234},
        {"12,34,567.5", 1234567.5}, /* twelve lakh */
        {"1,00,000", 100000},
        {" 7 ", 7},
        {"+1,000", 1000},
        {"12.", 12},
    };
    assert_amounts(cases, sizeof cases / sizeof *cases, false);
}

static void every_currency_may_stand_on_either_side(void **state)
{
    (void)state;
    static const char *const marks[] = {"$",
                                        "US$",
                                        "R$",
                                        "C$",
                                        "A$",
                                        "HK$",
                                        "NT$",
                                        "NZ$",
                                        "MX$",
                                        "S$",
                                        "\xE2\x82\xAC",
                                        "\xC2\xA3",
                                        "\xC2\xA5",
                                        "\xE2\x82\xB9",
                                        "\xE2\x82\xBD",
                                        "\xE2\x82\xA9",
                                        "\xE2\x82\xBA",
                                        "\xE2\x82\xAA",
                                        "z\xC5\x82",
                                        "K\xC4\x8D",
                                        "kr",
                                        "kr.",
                                        "Rs",
                                        "Rs.",
                                        "USD",
                                        "EUR",
                                        "GBP",
                                        "JPY",
                                        "CHF",
                                        "CAD",
                                        "AUD",
                                        "NZD",
                                        "CNY",
                                        "INR",
                                        "SEK",
                                        "NOK",
                                        "DKK",
                                        "PLN",
                                        "CZK",
                                        "HUF",
                                        "RON",
                                        "BRL",
                                        "MXN",
                                        "ZAR",
                                        "RUB",
                                        "TRY",
                                        "KRW",
                                        "SGD",
                                        "HKD",
                                        "TWD",
                                        "THB",
                                        "ILS",
                                        "AED",
                                        "SAR"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char text[2][40];
        snprintf(text[0], sizeof text[0], "%s 1,234.5", marks[i]);
        snprintf(text[1], sizeof text[1], "1,234.5" NARROW "%s", marks[i]);
        const amount both[] = {{text[0], 1234.5}, {text[1], 1234.5}};
        assert_amounts(both, 2, false);
    }
}

static void amounts_with_a_decimal_comma(void **state)
{
    (void)state;
    static const amount cases[] = {
        {",5", 0.5},
        {"-,25", -0.25},
        {"1,5", 1.5},
        {"1.234,50", 1234.5},
        {"1.234", 1234},
        {"1.234.567", 1234567},
        {"1234", 1234},
        {"(1.234,5)", -1234.5},
        {"1,2E6", 1.2e6},
        {"1,2e+06 EUR", 1.2e6},
        {"2E-1", 0.2},
        {"-0,25", -0.25},
        {"1 234,5 kr", 1234.5},
        {"R$ 32.000,00", 32000},
    };
    assert_amounts(cases, sizeof cases / sizeof *cases, true);
}

static void what_is_no_amount_is_refused(void **state)
{
    (void)state;
    static const char *const point[] = {
        "1,5",       "1,50",    "1,2345", "0,123",     "1.234,50", "1,234,5",
        "12,34",     "1,23,45", "1,,234", "1,234 567", "1.2.3",    "(5",
        "5)",        "(-5)",    "--5",    "-5-",       "$",        "$$5",
        "USD 5 EUR", "5%",      "abc",    "1 2",       "",         "()",
        "-",         "1,234E5", "1E",     "1.2Ex USD", "E5",       "1E5.5",
        "$ .",       ",5",      "1E1E1",  "0x10",      "1,",       "1234,567",
        "12 345 67", "NULL",    "12/3",   "1-2"};
    static const char *const comma[] = {",",     ".5",     ",E5",   "-,",
                                        "1.5",   "1234.5", "0.123", "1,234.5",
                                        "1,2,3", "1.23,4"};
    assert_none(point, sizeof point / sizeof *point, false);
    assert_none(comma, sizeof comma / sizeof *comma, true);
}

static void a_long_text_is_no_amount(void **state)
{
    (void)state;
    char text[1000];
    memset(text, '1', sizeof text);
    text[1] = ',';
    double value;
    for (size_t len = 90; len < sizeof text; len++)
        assert_false(bw_field_amount(text, len, false, &value));
}

static void plain_numbers_with_a_comma(void **state)
{
    (void)state;
    assert_true(bw_field_looks_numeric_comma("1,5", 3));
    assert_true(bw_field_looks_numeric_comma("15", 2));
    assert_false(bw_field_looks_numeric_comma("1.500", 5));
    assert_false(bw_field_looks_numeric_comma("007", 3));
    assert_false(bw_field_looks_numeric_comma("1,5,5", 5));
}

static void words_for_nothing(void **state)
{
    (void)state;
    static const char *const words[] = {"NULL", "n/a", "#N/A", "None", "nil"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(bw_field_says_nothing(words[i], strlen(words[i])));
    assert_false(bw_field_says_nothing("0", 1));
    assert_false(bw_field_says_nothing("nullable", 8));
}

/* ------------------------------------------------------------------ dates */

typedef struct dated {
    const char *text;
    bw_date_order order;
    bw_date_fault fault;
    double date;
} dated;

static void dates_are_read_and_never_guessed(void **state)
{
    (void)state;
    static const dated cases[] = {
        {"2027-03-31", BW_DATES_YMD, BW_DATE_FINE, 20270331},
        {"2027-3-1", BW_DATES_DMY, BW_DATE_FINE, 20270301},
        {"2027/03/31", BW_DATES_MDY, BW_DATE_FINE, 20270331},
        {"20270331", BW_DATES_YMD, BW_DATE_FINE, 20270331},
        {"2006-04-15T03:23:15.000Z", BW_DATES_YMD, BW_DATE_FINE, 20060415},
        {"2006-04-15 03:23", BW_DATES_YMD, BW_DATE_FINE, 20060415},
        {"3/4/2027", BW_DATES_MDY, BW_DATE_FINE, 20270304},
        {"3/4/2027 2:30 PM", BW_DATES_MDY, BW_DATE_FINE, 20270304},
        {"3/4/2027, 2:30" NARROW "PM", BW_DATES_MDY, BW_DATE_FINE, 20270304},
        {"3.4.2027 14.30", BW_DATES_DMY, BW_DATE_FINE, 20270403},
        {"2027-03-31,", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-03-31 :", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-03-31 PM", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"3.4.2027", BW_DATES_DMY, BW_DATE_FINE, 20270403},
        {"31-12-2026", BW_DATES_DMY, BW_DATE_FINE, 20261231},
        {"29.02.2028", BW_DATES_DMY, BW_DATE_FINE, 20280229},
        {"3/4/2027", BW_DATES_YMD, BW_DATE_ORDER, 0},
        {"31/12/2026", BW_DATES_YMD, BW_DATE_ORDER, 0},
        {"3/4/27", BW_DATES_MDY, BW_DATE_YEAR, 0},
        {"31/12/2026", BW_DATES_MDY, BW_DATE_NONE, 0},
        {"2000-02-29", BW_DATES_YMD, BW_DATE_FINE, 20000229},
        {"2100-02-29", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"29.02.2027", BW_DATES_DMY, BW_DATE_NONE, 0},
        {"2027-02-30", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-13-01", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"40/40/2027", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-03/31", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-03-31x", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"2027-03", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"March 3, 2027", BW_DATES_MDY, BW_DATE_NONE, 0},
        {"44927", BW_DATES_MDY, BW_DATE_NONE, 0},
        {"0000-00-00", BW_DATES_YMD, BW_DATE_NONE, 0},
        {"", BW_DATES_YMD, BW_DATE_NONE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const dated *c = &cases[i];
        double date = 0;
        if (bw_field_date(c->text, strlen(c->text), c->order, &date) !=
                c->fault ||
            (c->fault == BW_DATE_FINE && date != c->date))
            fail_msg("\"%s\", order %d: %.0f", c->text, (int)c->order, date);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_with_a_decimal_point),
        cmocka_unit_test(every_currency_may_stand_on_either_side),
        cmocka_unit_test(amounts_with_a_decimal_comma),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(a_long_text_is_no_amount),
        cmocka_unit_test(plain_numbers_with_a_comma),
        cmocka_unit_test(words_for_nothing),
        cmocka_unit_test(dates_are_read_and_never_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
