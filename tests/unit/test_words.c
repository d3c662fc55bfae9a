/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words.h"

#include <stdio.h>
#include <string.h>

static void long_values_are_cut_between_characters(void **state)
{
    (void)state;
    char out[BW_SHORT], text[200];
    assert_string_equal(bw_words_short("a\n\tb", out), "a  b");
    memset(text, 'x', sizeof text);
    text[63] = '\0';
    assert_string_equal(bw_words_short(text, out), text);
    memset(text, 'x', sizeof text);
    memcpy(text + 59, "\xe2\x82\xac", 3); /* a euro sign across the cut */
    text[199] = '\0';
    bw_words_short(text, out);
    assert_int_equal(strlen(out), 59 + 3);
    assert_string_equal(out + 59, "...");
}

static const char *guess(const char *word)
{
    bw_guess g = {.word = word};
    bw_guess_try(&g, "revenue");
    bw_guess_try(&g, "industry");
    bw_guess_try(&g, "id");
    return g.best;
}

static void a_guess_is_near_or_none(void **state)
{
    (void)state;
    assert_string_equal(guess("Revenue"), "revenue");
    assert_string_equal(guess("reveneu"), "revenue");
    assert_string_equal(guess("industri"), "industry");
    assert_string_equal(guess("iindustr"), "industry");
    assert_null(guess("potential"));
    assert_null(guess(""));
    assert_null(guess("x"));
}

static void lists_end(void **state)
{
    (void)state;
    bw_list list = {.n = 0};
    assert_string_equal(bw_list_text(&list), "none");
    for (int i = 1; i <= 60; i++) {
        char name[8];
        snprintf(name, sizeof name, "c%d", i);
        bw_list_add(&list, name);
        if (i == 2)
            assert_string_equal(bw_list_text(&list), "c1, c2");
    }
    const char *end = strstr(bw_list_text(&list), "c40");
    assert_non_null(end);
    assert_string_equal(end, "c40, and more");
    bw_list_free(&list);
}

static void capitals_become_small(void **state)
{
    (void)state;
    char text[] = "Ann.LEE@X-1 \xC3\x84Z";
    assert_int_equal(bw_lower(text, strlen(text), text), strlen(text));
    assert_string_equal(text, "ann.lee@x-1 \xC3\x84z");
    char none[1] = {'x'};
    assert_int_equal(bw_lower("", 0, none), 0);
    assert_string_equal(none, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capitals_become_small),
        cmocka_unit_test(long_values_are_cut_between_characters),
        cmocka_unit_test(a_guess_is_near_or_none),
        cmocka_unit_test(lists_end),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
