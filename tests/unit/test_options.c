/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "exit_code.h"
#include "options.h"

static const bw_option options[] = {
    {"output", 'o', "DIR", "where"},
    {"gap", 0, "P", "when to stop"},
    {"quiet", 'q', NULL, "no talk"},
    {"inner", 0, "LIST", NULL},
};
static const bw_usage usage = {"plan", "SCENARIO.xml", "Plans.", options, 4, 1};

typedef struct run {
    bw_parsed parsed;
    const char *value[4], *operand[1];
    char said[2000]; /* on stdout and stderr */
} run;

/* Parses a line of words; what is printed is caught. */
static run parse(const char *line)
{
    static char text[200];
    char *argv[20] = {0};
    int argc = 0;
    snprintf(text, sizeof text, "%s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    run r = {0};
    FILE *caught = tmpfile();
    int out = dup(1), err = dup(2);
    fflush(stdout);
    fflush(stderr);
    dup2(fileno(caught), 1);
    dup2(fileno(caught), 2);
    r.parsed = bw_options_parse(&usage, argc, argv, r.value, r.operand);
    fflush(stdout);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    rewind(caught);
    r.said[fread(r.said, 1, sizeof r.said - 1, caught)] = '\0';
    fclose(caught);
    return r;
}

static void options_and_operands_may_stand_in_any_order(void **state)
{
    (void)state;
    const char *lines[] = {"plan a.xml -o out --gap 5%",
                           "plan --gap=5% -oout a.xml",
                           "plan --output out --gap 5% -- a.xml"};
    for (int i = 0; i < 3; i++) {
        run r = parse(lines[i]);
        assert_int_equal(r.parsed, BW_PARSED_RUN);
        assert_string_equal(r.operand[0], "a.xml");
        assert_string_equal(r.value[0], "out");
        assert_string_equal(r.value[1], "5%");
        assert_null(r.value[2]);
        assert_string_equal(r.said, "");
    }
}

static void an_unknown_option_is_named_with_the_nearest_one(void **state)
{
    (void)state;
    run r = parse("plan a.xml --gpa 1%");
    assert_int_equal(r.parsed, BW_PARSED_MISUSED);
    assert_non_null(strstr(r.said, "unknown option --gpa; did you mean --gap"));
    assert_non_null(strstr(r.said, "bailiwick plan --help"));
    r = parse("plan --quiet -zq a.xml");
    assert_int_equal(r.parsed, BW_PARSED_MISUSED);
    assert_non_null(strstr(r.said, "unknown option -z\n"));
    r = parse("plan --incomprehensible a.xml");
    assert_null(strstr(r.said, "did you mean"));
}

static void missing_and_superfluous_words_are_told_apart(void **state)
{
    (void)state;
    assert_non_null(strstr(parse("plan").said, "SCENARIO.xml is missing"));
    assert_non_null(strstr(parse("plan a b").said, "\"b\" is one argument"));
    assert_non_null(strstr(parse("plan a --gap").said, "--gap needs"));
    assert_non_null(strstr(parse("plan a -o").said, "-o needs"));
    assert_non_null(
        strstr(parse("plan a --quiet=3").said, "--quiet takes no argument"));
}

static void help_lists_every_option(void **state)
{
    (void)state;
    run r = parse("plan --help");
    assert_int_equal(r.parsed, BW_PARSED_HELPED);
    assert_non_null(strstr(r.said, "Usage: bailiwick plan SCENARIO.xml"));
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(r.said, options[i].name));
}

/* Runs one of the value readers with stderr shut away. */
static bool silent_number(const char *text, double low, double high, double *x)
{
    int err = dup(2);
    assert_non_null(freopen("/dev/null", "w", stderr));
    bool good =
        bw_option_number(&usage, 1, text, (const double[2]){low, high}, x);
    fflush(stderr);
    dup2(err, 2);
    close(err);
    return good;
}

static void numbers_are_checked_against_their_range(void **state)
{
    (void)state;
    double x = 7;
    assert_true(silent_number(NULL, 0, 1, &x));
    assert_true(x == 7);
    assert_true(silent_number("0.5%", 0, 1, &x));
    assert_true(x == 0.5 / 100);
    assert_true(silent_number("1", 0, 1, &x));
    const char *bad[] = {"", "%", "1.01", "-1", "abc", "nan", "0.5%%", "1 "};
    for (int i = 0; i < 8; i++)
        assert_false(silent_number(bad[i], 0, 1, &x));
    assert_true(x == 1);
}

static void seeds_use_all_64_bits_and_nothing_more(void **state)
{
    (void)state;
    uint64_t x = 0, range[2] = {0, UINT64_MAX};
    assert_true(bw_option_whole(&usage, 1, "18446744073709551615", range, &x));
    assert_true(x == UINT64_MAX);
    assert_false(bw_option_whole(&usage, 1, "18446744073709551616", range, &x));
    assert_false(bw_option_whole(&usage, 1, "-1", range, &x));
    assert_false(bw_option_whole(&usage, 1, "", range, &x));
}

static void a_choice_must_be_one_of_its_words(void **state)
{
    (void)state;
    static const char *const words[] = {"quick", "normal", NULL};
    int choice = 9;
    assert_true(bw_option_choice(&usage, 1, "normal", words, &choice));
    assert_int_equal(choice, 1);
    assert_false(bw_option_choice(&usage, 1, "norm", words, &choice));
}

static void a_near_word_is_found_and_a_far_one_is_not(void **state)
{
    (void)state;
    static const char *const words[] = {"plan", "verify", "model", NULL};
    assert_string_equal(bw_nearest_word("plna", words), "plan");
    assert_null(bw_nearest_word("paln2", words));
    assert_string_equal(bw_nearest_word("pln", words), "plan");
    assert_string_equal(bw_nearest_word("verfiy", words), "verify");
    assert_null(bw_nearest_word("export", words));
}

static int code_for(bw_code first, bw_code second)
{
    bw_diags *diags = bw_diags_new();
    bw_diag_add(diags, BW_WARNING, BW_FILE_MISSING, (bw_place){0}, "w");
    bw_diag_add(diags, BW_ERROR, first, (bw_place){0}, "a");
    bw_diag_add(diags, BW_ERROR, second, (bw_place){0}, "b");
    int code = bw_exit_code(BW_INVALID, diags);
    bw_diags_free(diags);
    return code;
}

static void exit_codes_follow_the_gravest_meaning(void **state)
{
    (void)state;
    assert_int_equal(code_for(BW_ID_BLANK, BW_FIELD_RANGE), 2);
    assert_int_equal(code_for(BW_FILE_EMPTY, BW_FILE_HEADER_ONLY), 2);
    assert_int_equal(code_for(BW_ID_BLANK, BW_FILE_MISSING), 4);
    assert_int_equal(code_for(BW_CAPACITY_SHORT, BW_CAPACITY_SHORT), 1);
    assert_int_equal(code_for(BW_CAPACITY_SHORT, BW_LOCK_CONFLICT), 2);
    assert_int_equal(bw_exit_code(BW_NOMEM, NULL), 4);
    assert_int_equal(bw_exit_code(BW_OK, NULL), 0);
}

static void an_option_without_help_works_but_is_not_shown(void **unused)
{
    (void)unused;
    run r = parse("plan x.xml --inner=abc");
    assert_int_equal(r.parsed, BW_PARSED_RUN);
    assert_string_equal(r.value[3], "abc");
    assert_null(strstr(parse("plan --help").said, "inner"));
    assert_null(strstr(parse("plan --innner x.xml").said, "inner?"));
}

static void one_operand_or_more(void **state)
{
    (void)state;
    const bw_usage several = {"compare", "BASE.xml ...", "", options, 4, -1};
    const char *value[4], *operand[6];
    char *argv[] = {"compare", "a", "-q", "b", "c", NULL};
    assert_int_equal(bw_options_parse(&several, 5, argv, value, operand),
                     BW_PARSED_RUN);
    assert_string_equal(operand[0], "a");
    assert_string_equal(operand[2], "c");
    assert_null(operand[3]);
    assert_non_null(value[2]);
    char *one[] = {"compare", "a", NULL};
    assert_int_equal(bw_options_parse(&several, 2, one, value, operand),
                     BW_PARSED_RUN);
    assert_null(operand[1]);
    int err = dup(2);
    assert_non_null(freopen("/dev/null", "w", stderr));
    char *none[] = {"compare", NULL};
    assert_int_equal(bw_options_parse(&several, 1, none, value, operand),
                     BW_PARSED_MISUSED);
    fflush(stderr);
    dup2(err, 2);
    close(err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_may_stand_in_any_order),
        cmocka_unit_test(an_unknown_option_is_named_with_the_nearest_one),
        cmocka_unit_test(missing_and_superfluous_words_are_told_apart),
        cmocka_unit_test(one_operand_or_more),
        cmocka_unit_test(help_lists_every_option),
        cmocka_unit_test(an_option_without_help_works_but_is_not_shown),
        cmocka_unit_test(numbers_are_checked_against_their_range),
        cmocka_unit_test(seeds_use_all_64_bits_and_nothing_more),
        cmocka_unit_test(a_choice_must_be_one_of_its_words),
        cmocka_unit_test(a_near_word_is_found_and_a_far_one_is_not),
        cmocka_unit_test(exit_codes_follow_the_gravest_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
