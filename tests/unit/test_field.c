/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of a field as number, yes or no. */
#include "faults.h"
#include "field.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double number_of(const char *text)
{
    double value = -99;
    if (!bw_field_number(text, strlen(text), &value))
        fail_msg("\"%s\" was not read as a number", text);
    return value;
}

static void assert_number(const char *text, double want)
{
    double got = number_of(text);
    assert_memory_equal(&got, &want, sizeof want); /* every bit, -0 too */
}

static void plain_decimals_are_numbers(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("-0", -0.0);
    assert_number("007", 7);
    assert_number("+12.50", 12.5);
    assert_number("-3", -3);
    assert_number(".5", 0.5);
    assert_number("5.", 5);
    assert_number("1.2E6", 1.2e6);
    assert_number("25e-1", 2.5);
    assert_number("0.1", 0.1);
    assert_number("0000000000000000000000000000001.25", 1.25);
    assert_number("123456789012345678901234567890",
                  123456789012345678901234567890.0);
    assert_number("0e999999999999999999999999", 0);
    assert_number("1e-999999999999999999999999", 0);
}

static void everything_else_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",      " ",        "-",   "+",     ".",        "-.",   "e5",
        "1e",    "1e+",      "1,5", "1 000", "1.2.3",    "0x10", "nan",
        "inf",   "Infinity", "12a", " 1",    "1 ",       "--1",  "+-1",
        "1e5.5", "$ 5",      "(3)", "1e999", "\xD9\xA1", "1_000"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (bw_field_number(texts[i], strlen(texts[i]), &value))
            fail_msg("\"%s\" was read as a number", texts[i]);
}

static void only_the_given_length_counts(void **state)
{
    (void)state;
    double value;
    assert_true(bw_field_number("12;34", 2, &value));
    assert_true(value == 12);
}

/* A double's own 17 digits, in plain and in scientific form, read back as the
 * same bits; the C library in the C locale is the judge of the rest. */
static void numbers_are_correctly_rounded(void **state)
{
    (void)state;
    uint64_t seed = 12345;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ (seed >> 29);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        char text[64];
        snprintf(text, sizeof text, "%.*e", (int)(seed >> 60) + 3, value);
        assert_number(text, strtod(text, NULL));
        snprintf(text, sizeof text, "%.17g", value);
        assert_number(text, value);
        snprintf(text, sizeof text, "%lld.%02d", (long long)bits % 100000000000,
                 (int)(seed >> 57) % 100);
        assert_number(text, strtod(text, NULL));
    }
}

/* The middle between 1 and the next double has 53 binary places; exactly there
 * the even one wins, a digit 1 a thousand places further on tips it. */
static void a_tie_is_tipped_by_a_digit_however_far(void **state)
{
    (void)state;
    char text[3000];
    snprintf(text, sizeof text, "%.53f", 1 + ldexp(1, -52));
    assert_number("1.00000000000000011102230246251565404236316680908203125", 1);
    snprintf(text, sizeof text, "%s%01000d1",
             "1.00000000000000011102230246251565404236316680908203125", 0);
    assert_number(text, 1 + ldexp(1, -52));
    snprintf(text, sizeof text, "1%0310d.%01000d1e-310", 0, 0);
    assert_number(text, 1);
}

static void the_locale_does_not_matter(void **state)
{
    (void)state;
    const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < 3 && !found; i++)
        found = setlocale(LC_NUMERIC, names[i]) != NULL;
    if (!found)
        skip();
    assert_number("3.14159265358979323846", 3.14159265358979323846);
    setlocale(LC_NUMERIC, "C");
}

static void identifiers_do_not_look_numeric(void **state)
{
    (void)state;
    static const char *const numeric[] = {"0",   "0.5",    "-0.5", "10",
                                          "1e6", "-12.25", ".5"};
    static const char *const other[] = {"007", "00.5", "-01", "+4912345",
                                        "",    "12-3", "A1",  "1e999"};
    for (size_t i = 0; i < sizeof numeric / sizeof *numeric; i++)
        assert_true(bw_field_looks_numeric(numeric[i], strlen(numeric[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(bw_field_looks_numeric(other[i], strlen(other[i])));
}

static void blank_means_nothing_to_see(void **state)
{
    (void)state;
    assert_true(bw_field_blank(""));
    assert_true(bw_field_blank(" \t\r\n "));
    assert_false(bw_field_blank("  0"));
}

static void yes_and_no_have_many_spellings(void **state)
{
    (void)state;
    static const char *const yes[] = {"yes", "YES", "True", "1",
                                      "y",   "t",   "On"};
    static const char *const no[] = {"no", "No", "FALSE", "0", "N", "f", "off"};
    static const char *const neither[] = {"", "ye", "yess", "10", "of", " yes"};
    bool value;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        value = false;
        assert_true(bw_field_yes_no(yes[i], strlen(yes[i]), &value));
        assert_true(value);
        assert_true(bw_field_yes_no(no[i], strlen(no[i]), &value));
        assert_false(value);
    }
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        assert_false(bw_field_yes_no(neither[i], strlen(neither[i]), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_decimals_are_numbers),
        cmocka_unit_test(everything_else_is_none),
        cmocka_unit_test(only_the_given_length_counts),
        cmocka_unit_test(numbers_are_correctly_rounded),
        cmocka_unit_test(a_tie_is_tipped_by_a_digit_however_far),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(identifiers_do_not_look_numeric),
        cmocka_unit_test(blank_means_nothing_to_see),
        cmocka_unit_test(yes_and_no_have_many_spellings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
