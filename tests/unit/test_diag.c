/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics: collected, counted, sorted. */
#include "faults.h"

#include "bw/diag.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bw_place at(const char *file, uint32_t line, uint32_t column)
{
    return (bw_place){file, line, column};
}

static void records_come_sorted_by_place(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("z.csv", 9, 1), "4");
    bw_diag_add(diags, BW_NOTE, BW_ID_BLANK, at("a.csv", 1, 1), "7");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("z.csv", 2, 5), "2");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("z.csv", 10, 1), "5");
    bw_diag_add(diags, BW_ERROR, BW_REPS_NONE, at(NULL, 0, 0), "0");
    bw_diag_add(diags, BW_WARNING, BW_ID_BLANK, at("z.csv", 2, 5), "3");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("z.csv", 0, 0), "1");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a.csv", 0, 0), "6");
    assert_int_equal(bw_diags_kept(diags), 8);
    for (size_t i = 0; i < 8; i++) {
        char want[2] = {(char)('0' + (int)i), 0};
        assert_string_equal(bw_diags_at(diags, i)->text, want);
    }
    assert_null(bw_diags_at(diags, 8));
    bw_diags_free(diags);
}

static void how_a_file_is_written_does_not_change_its_order(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_diags_written(diags, "b.csv", "UTF-16LE");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a.csv", 1, 1), "first");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("b.csv", 1, 1), "second");
    assert_string_equal(bw_diags_at(diags, 0)->text, "first");
    assert_string_equal(bw_diags_at(diags, 1)->text, "second");
    assert_string_equal(bw_diags_encoding(diags, "b.csv"), "UTF-16LE");
    assert_null(bw_diags_encoding(diags, "a.csv"));
    assert_null(bw_diags_encoding(diags, "c.csv"));
    bw_diags_separated(diags, "b.csv", ';');
    assert_int_equal(bw_diags_separator(diags, "b.csv"), ';');
    assert_int_equal(bw_diags_separator(diags, "a.csv"), ',');
    assert_int_equal(bw_diags_separator(diags, "c.csv"), ',');
    assert_string_equal(bw_diags_encoding(diags, "b.csv"), "UTF-16LE");
    bw_diags_written(NULL, "b.csv", "UTF-16LE");
    bw_diags_separated(NULL, "b.csv", ';');
    bw_diags_free(diags);
}

static void what_comes_after_a_look_is_sorted_too(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a", 2, 1), "second");
    assert_int_equal(bw_diags_kept(diags), 1);
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a", 1, 1), "first");
    assert_string_equal(bw_diags_at(diags, 0)->text, "first");
    assert_string_equal(bw_diags_at(diags, 1)->text, "second");
    bw_diags_free(diags);
}

static void everything_is_copied(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    char file[] = "a.csv", value[] = "x";
    bw_diag_add(diags, BW_WARNING, BW_FIELD_NUMBER, at(file, 3, 4),
                "\"%s\" in %d", value, 7);
    file[0] = value[0] = '?';
    const bw_diag *diag = bw_diags_at(diags, 0);
    assert_string_equal(diag->place.file, "a.csv");
    assert_int_equal(diag->place.line, 3);
    assert_int_equal(diag->place.column, 4);
    assert_string_equal(diag->text, "\"x\" in 7");
    assert_int_equal(diag->severity, BW_WARNING);
    assert_int_equal(diag->code, BW_FIELD_NUMBER);
    bw_diags_free(diags);
}

static void a_thousand_of_a_code_are_kept_and_all_are_counted(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    for (uint32_t i = 0; i < 2500; i++)
        bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a", 5000 - i, 1), "%u",
                    (unsigned)i);
    bw_diag_add(diags, BW_WARNING, BW_FIELD_NUMBER, at("a", 1, 1), "kept");
    assert_int_equal(bw_diags_kept(diags), 1001);
    assert_string_equal(bw_diags_at(diags, 0)->text, "kept");
    assert_string_equal(bw_diags_at(diags, 1000)->text, "0");
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 2500);
    assert_int_equal(bw_diags_count(diags, BW_WARNING), 1);
    assert_int_equal(bw_diags_count(diags, BW_NOTE), 0);
    assert_int_equal(bw_diags_count_code(diags, BW_ID_BLANK), 2500);
    assert_int_equal(bw_diags_count_code(diags, BW_OUTPUT), 0);
    bw_diags_free(diags);
}

typedef struct seen {
    int n;
    bw_code last;
    uint32_t line;
} seen;

static void see(void *data, bw_severity severity, bw_code code, bw_place place)
{
    seen *s = data;
    s->n++;
    s->last = severity == BW_WARNING ? code : BW_N_CODES;
    s->line = place.line;
}

static void one_record_may_speak_of_many_and_who_watches_sees_all(void **state)
{
    (void)state;
    seen s = {0};
    bw_diags *diags = bw_diags_new();
    bw_diags_watch(diags, see, &s);
    for (int i = 0; i < 1500; i++)
        bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a", 1, 1), "one");
    bw_diag_add_many(diags, BW_WARNING, BW_OWNER_STALE, at("a", 7, 1), 2000,
                     "%d rows", 2000);
    bw_diag_add_many(diags, BW_WARNING, BW_OWNER_STALE, at("b", 8, 1), 3, "3");
    assert_int_equal(s.n, 1502);
    assert_int_equal(s.last, BW_OWNER_STALE);
    assert_int_equal(s.line, 8);
    bw_diag_also(diags, BW_WARNING, BW_OWNER_STALE, at("b", 9, 1));
    bw_diag_also(NULL, BW_WARNING, BW_OWNER_STALE, at("b", 9, 1));
    assert_int_equal(s.n, 1503);
    assert_int_equal(s.line, 9);
    bw_diags_watch(diags, NULL, NULL);
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at("a", 1, 1), "unseen");
    assert_int_equal(s.n, 1503);
    assert_int_equal(bw_diags_count(diags, BW_WARNING), 2);
    assert_int_equal(bw_diags_count_code(diags, BW_OWNER_STALE), 2004);
    assert_string_equal(bw_diags_at(diags, 1000)->text, "2000 rows");
    bw_diags_free(diags);
}

static void keep_name(void *data, bw_severity severity, bw_code code,
                      bw_place place)
{
    (void)severity;
    (void)code;
    *(const char **)data = place.file;
}

static void who_watches_may_keep_the_name_of_a_file(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    const char *kept = "nothing";
    char file[] = "a.csv";
    bw_diags_watch(diags, keep_name, &kept);
    bw_diag_add(diags, BW_ERROR, BW_FILE_MISSING, at(file, 0, 0), "gone");
    file[0] = 'b';
    assert_string_equal(kept, "a.csv");
    bw_diag_add(diags, BW_ERROR, BW_REPS_NONE, (bw_place){0}, "none");
    assert_null(kept);
    bw_diags_free(diags);
}

static void a_long_sentence_is_cut_not_lost(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    char value[5000];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = 0;
    bw_diag_add(diags, BW_ERROR, BW_FIELD_NUMBER, at(NULL, 0, 0), "<%s>",
                value);
    const char *text = bw_diags_at(diags, 0)->text;
    assert_true(strlen(text) > 900 && strlen(text) < 5000);
    assert_true(strncmp(text, "<xxx", 4) == 0);
    bw_diags_free(diags);
}

/* A value cut by bytes ends with a whole character; damage stays. */
static void no_character_is_cut(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
#define SIX                                                                    \
    "\xE4\xBA\xAC\xE4\xBA\xAC\xE4\xBA\xAC\xE4\xBA\xAC\xE4\xBA\xAC\xE4\xBA\xAC"
    bw_diag_add(diags, BW_ERROR, BW_FIELD_NUMBER, at("a", 1, 1),
                "\"%.20s\", \"%.21s\" and \"%s\"", SIX SIX, SIX SIX, "caf\xE9");
    assert_string_equal(bw_diags_at(diags, 0)->text,
                        "\"" SIX "\", \"" SIX "\xE4\xBA\xAC\" and \"caf\xE9\"");
#undef SIX
    bw_diags_free(diags);
}

static void nobody_to_tell_is_no_fault(void **state)
{
    (void)state;
    bw_diag_add(NULL, BW_ERROR, BW_ID_BLANK, at("a", 1, 1), "unheard");
    bw_diags_free(NULL);
}

static void every_code_has_a_text_of_its_own(void **state)
{
    (void)state;
    for (int a = 0; a < BW_N_CODES; a++) {
        const char *text = bw_code_text((bw_code)a);
        assert_true(strlen(text) > 3);
        assert_int_equal(strspn(text, "abcdefghijklmnopqrstuvwxyz-"),
                         strlen(text));
        for (int b = 0; b < a; b++)
            assert_string_not_equal(text, bw_code_text((bw_code)b));
    }
    assert_string_equal(bw_code_text(BW_N_CODES), "?");
    assert_string_equal(bw_code_text(BW_OUTPUT), "output");
}

static void every_status_has_a_text(void **state)
{
    (void)state;
    assert_string_equal(bw_status_text(BW_OK), "ok");
    assert_string_equal(bw_status_text(BW_N_STATUS), "?");
    assert_string_equal(bw_outcome_text(BW_NO_PLAN), "no-plan");
    assert_string_equal(bw_outcome_text(BW_N_OUTCOMES), "?");
    assert_string_equal(bw_stop_text(BW_STOP_GAP), "gap");
    assert_string_equal(bw_stop_text(BW_N_STOPS), "?");
}

/* Adding never fails: with the n-th allocation failing, what could be kept is,
 * and everything is counted. */
static void counts_stay_whatever_memory_there_is(void **state)
{
    (void)state;
    long live = bw_alloc_live();
    bw_alloc_fail_at(1);
    assert_null(bw_diags_new());
    bw_alloc_fail_at(2);
    assert_null(bw_diags_new());
    bw_alloc_fail_at(0);
    assert_int_equal(bw_alloc_live(), live);
    for (long n = 1; n < 12; n++) {
        bw_diags *diags = bw_diags_new();
        bw_alloc_fail_at(n);
        for (uint32_t i = 0; i < 900; i++) {
            char file[20];
            snprintf(file, sizeof file, "file-%u", (unsigned)i % 40);
            bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, at(file, i, 1), "%u",
                        (unsigned)i);
        }
        bool disturbed = bw_alloc_fail_at(0) >= n;
        assert_int_equal(bw_diags_count(diags, BW_ERROR), 900);
        assert_true(disturbed == (bw_diags_kept(diags) < 900));
        for (size_t i = 0; i < bw_diags_kept(diags); i++)
            assert_non_null(bw_diags_at(diags, i)->text);
        bw_diags_free(diags);
        assert_int_equal(bw_alloc_live(), live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_sorted_by_place),
        cmocka_unit_test(how_a_file_is_written_does_not_change_its_order),
        cmocka_unit_test(what_comes_after_a_look_is_sorted_too),
        cmocka_unit_test(everything_is_copied),
        cmocka_unit_test(a_thousand_of_a_code_are_kept_and_all_are_counted),
        cmocka_unit_test(one_record_may_speak_of_many_and_who_watches_sees_all),
        cmocka_unit_test(who_watches_may_keep_the_name_of_a_file),
        cmocka_unit_test(a_long_sentence_is_cut_not_lost),
        cmocka_unit_test(no_character_is_cut),
        cmocka_unit_test(nobody_to_tell_is_no_fault),
        cmocka_unit_test(every_code_has_a_text_of_its_own),
        cmocka_unit_test(every_status_has_a_text),
        cmocka_unit_test(counts_stay_whatever_memory_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
