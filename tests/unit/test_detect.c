/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is guessed about the encoding of bytes that do not say it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detect.h"
#include "opened.h"

#include <stdio.h>
#include <string.h>

/* Names of places and the like, in GBK. */
static void chinese_is_told_from_western_text(void **state)
{
    (void)state;
    static const char *const chinese[] = {
        "id,\xC3\xFB\xB3\xC6\n1,\xB1\xB1\xBE\xA9\n", /* name; Beijing */
        "id,name\n7,\xC9\xCF\xBA\xA3\xCA\xD0\n",     /* Shanghai City */
        "\xBF\xCD\xBB\xA7,\xB5\xD8\xD6\xB7\n1,\xB9\xE3\xD6\xDD\n"};
    static const char *const western[] = {
        "id,name\n1,M\xFCller\n2,Stra\xDF"
        "e\n3,Gr\xF6\xDF"
        "e\n",
        "id,name\n1,CONSTRU\xC7\xC3O\n2,S\xC3O PAULO\n", /* Portuguese */
        "id,name\n1,\xC5ngstr\xF6m\n2,Malm\xF6n\n",
        "id,name\n1,Hotel L\xE9\xF3n\n2,Ca\xF1\xF3n\n"};
    for (size_t i = 0; i < 3; i++) {
        opened o = open_as(chinese[i], strlen(chinese[i]), NULL);
        assert_string_equal(bw_source_encoding(o.source), "GB18030");
        assert_int_equal(bw_diags_count(o.diags, BW_WARNING), 1);
        assert_true(said(o.diags, "reads like Chinese"));
        shut(&o);
    }
    for (size_t i = 0; i < 4; i++) {
        opened o = open_as(western[i], strlen(western[i]), NULL);
        assert_string_equal(bw_source_encoding(o.source), "Windows-1252");
        shut(&o);
    }
}

static void common_characters_make_text_chinese(void **state)
{
    (void)state;
    const char usual[] = "\xE5\x85\xAC\xE5\x8F\xB8"; /* company */
    const char rare[] = "\xE9\xBB\xAE\xE9\xBE\x98";  /* what u-umlaut becomes */
    assert_true(bw_detect_chinese(usual, 6));
    assert_false(bw_detect_chinese(rare, 6));
    assert_false(bw_detect_chinese("", 0));
    assert_false(bw_detect_chinese("plain", 5));
    char mixed[40]; /* 1 in 5 is enough, 1 in 6 is not */
    snprintf(mixed, sizeof mixed, "%.3s%s%s", usual, rare, rare);
    assert_true(bw_detect_chinese(mixed, strlen(mixed)));
    snprintf(mixed, sizeof mixed, "%.3s%s%s%.3s", usual, rare, rare, rare);
    assert_false(bw_detect_chinese(mixed, strlen(mixed)));
}

static void a_guess_is_a_warning_with_the_first_place(void **state)
{
    (void)state;
    /* The first byte beyond ASCII is valid UTF-8 by chance. */
    const char text[] = "id,name\n1,\xC3\xA4\n2,ab\xE9,\n";
    opened o = open_as(text, sizeof text - 1, NULL);
    assert_string_equal(bw_source_encoding(o.source), "Windows-1252");
    assert_string_equal(said_of(o.diags).text, "3:5 file-encoding");
    assert_int_equal(bw_diags_at(o.diags, 0)->severity, BW_WARNING);
    assert_true(said(o.diags, "encoding=\"Windows-1252\""));
    shut(&o);
    o = open_as(text, sizeof text - 1, "cp1252");
    assert_int_equal(bw_diags_kept(o.diags), 0);
    shut(&o);
}

/* One byte that is none must not make pairs of signs of all other letters. */
static void damaged_utf8_is_not_taken_for_another_encoding(void **state)
{
    (void)state;
    const char damaged[] =
        "id,name\n1,Zo\xC3\xAB\n2,B\xC3\xA9t\xC3\xA0\n3,M\xFCller\n";
    assert_refused(damaged, sizeof damaged - 1, NULL, "4:4 file-encoding",
                   "0xFC is not valid UTF-8, which nearly all of the file is");
    const char cut[] = "id,name\n1,Zo\xC3\xAB\n2,Zo\xC3";
    assert_refused(cut, sizeof cut - 1, NULL, "3:5 file-encoding",
                   "ends in the middle of a character (byte 0xC3)");
    const char chinese[] = "id,name\n1,\xE5\x85\xAC\xE5\x8F\xB8\n2,\xE5\x85";
    assert_refused(chinese, sizeof chinese - 1, NULL, "3:3 file-encoding",
                   "ends in the middle of a character (byte 0xE5)");
    assert_refused(cut, sizeof cut - 1, "utf-8", "3:5 file-encoding",
                   "it was cut off");
    /* As many of the one as of the other: a guess, and it says so. */
    const char mixed[] = "id,name\n1,Zo\xC3\xAB\n2,Caf\xE9\n";
    opened o = open_as(mixed, sizeof mixed - 1, NULL);
    assert_string_equal(bw_source_encoding(o.source), "Windows-1252");
    assert_true(said(o.diags, "all of the file is read as Windows-1252"));
    shut(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_is_told_from_western_text),
        cmocka_unit_test(common_characters_make_text_chinese),
        cmocka_unit_test(a_guess_is_a_warning_with_the_first_place),
        cmocka_unit_test(damaged_utf8_is_not_taken_for_another_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
