/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bar.h"
#include "number.h"
#include "progress.h"
#include "width.h"

#include <math.h>
#include <stdlib.h>

#define Q(amount) ((int64_t)((amount) * (double)BW_QUANTA))

static void fits(const char *text, int width, bool utf8, const char *expected)
{
    bw_buf buf = {0};
    bw_text_fit(&buf, text, width, utf8);
    assert_string_equal(buf.text ? buf.text : "", expected);
    assert_int_equal(bw_text_width(expected), width < 0 ? -width : width);
    bw_buf_free(&buf);
}

static void names_of_every_script_fill_their_column_exactly(void **state)
{
    (void)state;
    fits("Ann", 5, false, "Ann  ");
    fits("Ann", -5, false, "  Ann");
    fits("Annabelle", 5, false, "Ann..");
    fits("Annabelle", 5, true, "Anna\xE2\x80\xA6");
    fits("Z\xC3\xBCrich", 6, true, "Z\xC3\xBCrich");
    /* Two wide characters and one that would take columns 5 and 6. */
    fits("\xE6\x9D\x8E\xE6\x98\x8E\xE6\x98\x8E", 5, true,
         "\xE6\x9D\x8E\xE6\x98\x8E\xE2\x80\xA6");
    fits("\xE6\x9D\x8E\xE6\x98\x8E\xE6\x98\x8E", 4, true,
         "\xE6\x9D\x8E\xE2\x80\xA6 ");
    fits("e\xCC\x81te", 3, true, "e\xCC\x81te"); /* combining accent */
    fits("", 3, true, "   ");
    fits("long", 1, false, "l");
    bw_buf buf = {0};
    bw_text_cut(&buf, "Ann", 5, false);
    bw_text_cut(&buf, "Annabelle", 5, false);
    assert_string_equal(buf.text, "AnnAnn..");
    bw_buf_free(&buf);
}

static void ends(const char *text, int width, bool utf8, const char *expected)
{
    bw_buf buf = {0};
    bw_text_fit_ends(&buf, text, width, utf8);
    assert_string_equal(buf.text, expected);
    assert_int_equal(bw_text_width(expected), abs(width));
    bw_buf_free(&buf);
}

static void names_that_differ_at_their_end_can_be_told_apart(void **state)
{
    (void)state;
    ends("plan-1", 8, false, "plan-1  ");
    ends("plan-1", -8, false, "  plan-1");
    ends("annual-2027-north", 10, false, "annu..orth");
    ends("annual-2027-south", 10, false, "annu..outh");
    ends("annual-2027-north", 10, true, "annua\xE2\x80\xA6orth");
    ends("annual-2027-north", -9, false, "annu..rth");
    ends("long", 1, false, "l");
    /* Wide characters that would be cut in two, and a mark that would be cut
     * from its letter. */
    ends("\xE6\x9D\x8E\xE6\x98\x8E\xE6\x98\x8E\xE6\x98\x8E", 5, false,
         "\xE6\x9D\x8E.. ");
    ends("abcdefe\xCC\x81", 5, false, "ab..e\xCC\x81");
}

static void wraps(const char *text, const char *expected)
{
    bw_buf buf = {0};
    bw_text_wrap(&buf, text, 10);
    assert_string_equal(buf.text, expected);
    bw_buf_free(&buf);
}

static void long_text_breaks_at_blanks(void **state)
{
    (void)state;
    wraps("", "\n");
    wraps("one two", "one two\n");
    wraps("one two 33", "one two 33\n");
    wraps("one two 333", "one two\n  333\n");
    wraps("one  two four five", "one two\n  four\n  five\n");
    wraps("a much_too_long_word b", "a\n  much_too_long_word\n  b\n");
    wraps("Z\xC3\xBCrich Z\xC3\xBC", "Z\xC3\xBCrich Z\xC3\xBC\n");
    wraps("a\x1B[2Jb", "a [2Jb\n");
}

static void nothing_that_steers_a_terminal_gets_through(void **state)
{
    (void)state;
    fits("a\x1B[2Jb", 8, false, "a [2Jb  ");
    fits("a\nb\tc", 5, false, "a b c");
    fits("a\xC2\x9Bm", 4, false, "a m "); /* the one-byte CSI */
    fits("\xFFx\xC3", 3, false, "?x?");
    fits("\xE2\x80\xAEx", 2, false, "x "); /* right-to-left override */
}

static void draws(int64_t low, int64_t high, int64_t load, const char *expected)
{
    bw_buf buf = {0};
    bw_fit fit = {load, low, high, 0, 0};
    bw_bar(&buf, &fit, false);
    assert_string_equal(buf.text, expected);
    bw_buf_free(&buf);
}

static void bars_show_where_a_load_lies_against_its_band(void **state)
{
    (void)state;
    draws(Q(90), Q(110), Q(100), "####|###..|....");
    draws(Q(90), Q(110), Q(90), "####|#....|....");
    draws(Q(90), Q(110), Q(110), "####|#####|....");
    draws(Q(90), Q(110), Q(110) + 1, "####|#####|#...");
    draws(Q(90), Q(110), Q(500), "####|#####|####");
    draws(Q(90), Q(110), Q(90) - 1, "###.|.....|....");
    draws(Q(90), Q(110), Q(0), "....|.....|....");
    draws(Q(100), Q(100), Q(100), "####|#....|....");
    draws(BW_NO_LOW, Q(90), Q(90), "#### #####|....");
    draws(BW_NO_LOW, Q(90), Q(0), ".... .....|....");
    draws(BW_NO_LOW, Q(90), Q(91), "#### #####|#...");
    draws(Q(90), BW_NO_HIGH, Q(1000), "####|##### ....");
    draws(Q(90), BW_NO_HIGH, Q(89), "###.|..... ....");
    draws(BW_NO_LOW, BW_NO_HIGH, Q(5), ".... ..... ....");
    draws(Q(0), Q(90), Q(45), "#### #....|....");
    draws(Q(0), Q(0), Q(0), "####|#....|....");
}

static void a_band_is_measured_from_its_middle(void **state)
{
    (void)state;
    bw_fit fit = {Q(99), Q(80), Q(120), 0, 0};
    assert_true(fabs(bw_fit_share(&fit) - 0.99) < 1e-12);
    fit.low = BW_NO_LOW;
    assert_true(fabs(bw_fit_share(&fit) - 0.825) < 1e-12);
    fit.high = BW_NO_HIGH;
    assert_true(isnan(bw_fit_share(&fit)));
    fit.high = 0;
    assert_true(isnan(bw_fit_share(&fit)));
}

static void numbers_for_people_are_rounded_and_grouped(void **state)
{
    (void)state;
    assert_string_equal(bw_number_whole(-1234567).text, "-1,234,567");
    assert_string_equal(bw_number_whole(999).text, "999");
    assert_string_equal(bw_number_whole(INT64_MIN).text,
                        "-9,223,372,036,854,775,808");
    assert_string_equal(bw_number_quanta(Q(1234) + 5000).text, "1,235");
    assert_string_equal(bw_number_quanta(-Q(1) / 2).text, "-1");
    assert_string_equal(bw_number_money(bw_fine(Q(1204))).text, "1,204");
    assert_string_equal(bw_number_money(bw_fine(Q(99) + 9949)).text, "99.99");
    assert_string_equal(bw_number_money(bw_fine(Q(99) + 9950)).text, "100");
    assert_string_equal(bw_number_money(bw_fine(-Q(7))).text, "-7");
    assert_string_equal(bw_number_money(1).text, "under 0.01");
    assert_string_equal(bw_number_money(0).text, "0");
    assert_string_equal(bw_number_short((bw_wide)Q(999999)).text, "999,999");
    assert_string_equal(bw_number_short((bw_wide)Q(1000000)).text, "1.00 M");
    assert_string_equal(bw_number_short((bw_wide)Q(999600000)).text, "1.00 G");
    assert_string_equal(bw_number_short(-(bw_wide)Q(12340000)).text, "-12.3 M");
    assert_string_equal(bw_number_short(1234).text, "0.12");
    assert_string_equal(bw_number_percent(0.123).text, "12.3 %");
    assert_string_equal(bw_number_percent(1.04).text, "104 %");
    assert_string_equal(bw_number_percent(0.0021).text, "0.21 %");
    assert_string_equal(bw_number_percent(0.000012).text, "0.0012 %");
    assert_string_equal(bw_number_percent(0).text, "0 %");
}

static const char *progress_text(bool terminal)
{
    static char text[2000];
    FILE *out = tmpfile();
    bw_progress_line line = bw_progress_begin(out, terminal);
    bw_progress p = {0.0, false, 0, -INFINITY, "prices"};
    bw_progress_show(&line, &p);
    p = (bw_progress){1.0, false, 0, 990000, "prices"};
    bw_progress_show(&line, &p);
    p = (bw_progress){1.5, true, 1000000, 990000, "search"};
    bw_progress_show(&line, &p);
    p = (bw_progress){3.0, true, 999000, 990000, "search"};
    bw_progress_show(&line, &p);
    p = (bw_progress){3.6, true, 995000, 990000, "search"};
    bw_progress_show(&line, &p);
    bw_progress_end(&line);
    rewind(out);
    text[fread(text, 1, sizeof text - 1, out)] = '\0';
    fclose(out);
    return text;
}

static void plain_progress_keeps_two_seconds_between_lines(void **state)
{
    (void)state;
    assert_string_equal(
        progress_text(false),
        "    0.0 s  prices  \n"
        "    1.5 s  search    plan 1,000,000  bound 990,000  gap 1.0 %\n"
        "    3.6 s  search    plan 995,000  bound 990,000  gap 0.50 %\n");
}

static void progress_on_a_terminal_erases_its_line(void **state)
{
    (void)state;
    const char *text = progress_text(true);
    assert_null(strchr(text, '\n'));
    assert_non_null(strstr(text, "\r    3.0 s  search"));
    size_t len = strlen(text);
    assert_true(text[len - 1] == '\r' && text[len - 2] == ' ');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_every_script_fill_their_column_exactly),
        cmocka_unit_test(names_that_differ_at_their_end_can_be_told_apart),
        cmocka_unit_test(long_text_breaks_at_blanks),
        cmocka_unit_test(nothing_that_steers_a_terminal_gets_through),
        cmocka_unit_test(bars_show_where_a_load_lies_against_its_band),
        cmocka_unit_test(a_band_is_measured_from_its_middle),
        cmocka_unit_test(numbers_for_people_are_rounded_and_grouped),
        cmocka_unit_test(plain_progress_keeps_two_seconds_between_lines),
        cmocka_unit_test(progress_on_a_terminal_erases_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
