/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user sees of what is wrong. */
#include "faults.h"

#include "show_diag.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bw-show-XXXXXX", home[1024];

/* Files are named as a user names them: from the folder where he stands. */
static int enter_folder(void **state)
{
    (void)state;
    return getcwd(home, sizeof home) && mkdtemp(folder) ? chdir(folder) : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    unlink("a.csv");
    unlink("s.xml");
    unlink("pipe");
    return chdir(home) == 0 ? rmdir(folder) : -1;
}

static void write_file(const char *name, const char *bytes, size_t len)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static char shown[100000];

static const char *show(bw_diags *diags, bool all, const char *tail)
{
    FILE *out = tmpfile();
    assert_non_null(out);
    bw_show_diags(out, diags, all, tail);
    rewind(out);
    shown[fread(shown, 1, sizeof shown - 1, out)] = 0;
    fclose(out);
    return shown;
}

static void assert_shown(bw_diags *diags, const char *want)
{
    assert_string_equal(show(diags, false, NULL), want);
    bw_diags_free(diags);
}

/* One error about a place. */
static bw_diags *one(bw_code code, const char *file, uint32_t line,
                     uint32_t column)
{
    bw_diags *diags = bw_diags_new();
    bw_diag_add(diags, BW_ERROR, code, (bw_place){file, line, column},
                "no good");
    return diags;
}

static void a_fault_is_shown_with_its_line_and_underlined(void **state)
{
    (void)state;
    write_text("a.csv", "id,owner,hours\nA-1,R-1,3\nA-0413,R-77,184000\n");
    assert_shown(one(BW_OWNER_UNKNOWN, "a.csv", 3, 8),
                 "a.csv:3:8: error: no good [owner-unknown]\n"
                 "   3 | A-0413,R-77,184000\n"
                 "     |        ^~~~\n");
}

static void the_line_is_found_with_crlf_and_a_mark(void **state)
{
    (void)state;
    write_text("a.csv", "\xEF\xBB\xBFid,x\r\n1,2\r\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 1, 4),
                 "a.csv:1:4: error: no good [field-number]\n"
                 "   1 | id,x\n"
                 "     |    ^\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 2, 3),
                 "a.csv:2:3: error: no good [field-number]\n"
                 "   2 | 1,2\n"
                 "     |   ^\n");
}

static void fields_of_every_kind_are_underlined(void **state)
{
    (void)state;
    write_text("a.csv", "x,\"a, \"\"b\"\" c\",long value  ,\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 1, 3),
                 "a.csv:1:3: error: no good [field-number]\n"
                 "   1 | x,\"a, \"\"b\"\" c\",long value  ,\n"
                 "     |   ^~~~~~~~~~~~\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 1, 16),
                 "a.csv:1:16: error: no good [field-number]\n"
                 "   1 | x,\"a, \"\"b\"\" c\",long value  ,\n"
                 "     |                ^~~~~~~~~~\n");
    /* A blank field, at the end of the line: a place and no more. */
    assert_shown(one(BW_FIELD_BLANK, "a.csv", 1, 29),
                 "a.csv:1:29: error: no good [field-blank]\n"
                 "   1 | x,\"a, \"\"b\"\" c\",long value  ,\n"
                 "     |                             ^\n");
    /* Where only a spot is known. */
    assert_shown(one(BW_CSV_FIELDS, "a.csv", 1, 1),
                 "a.csv:1:1: error: no good [csv-fields]\n"
                 "   1 | x,\"a, \"\"b\"\" c\",long value  ,\n"
                 "     | ^\n");
}

/* What was told about the file, by whoever read it. */
static bw_diags *separated(char separator, uint32_t column)
{
    bw_diags *diags = one(BW_FIELD_NUMBER, "a.csv", 1, column);
    bw_diags_separated(diags, "a.csv", separator);
    return diags;
}

static void a_field_ends_where_its_file_separates(void **state)
{
    (void)state;
    write_text("a.csv", "x;1,5 ;\"a;\"\"b\"\"\";y|z\n");
    assert_shown(separated(';', 3), "a.csv:1:3: error: no good [field-number]\n"
                                    "   1 | x;1,5 ;\"a;\"\"b\"\"\";y|z\n"
                                    "     |   ^~~\n");
    assert_shown(separated(';', 8), "a.csv:1:8: error: no good [field-number]\n"
                                    "   1 | x;1,5 ;\"a;\"\"b\"\"\";y|z\n"
                                    "     |        ^~~~~~~~~\n");
    assert_shown(separated('|', 18),
                 "a.csv:1:18: error: no good [field-number]\n"
                 "   1 | x;1,5 ;\"a;\"\"b\"\"\";y|z\n"
                 "     |                  ^\n");
    write_text("a.csv", "x\ta, b\tz\n");
    assert_shown(separated('\t', 3),
                 "a.csv:1:3: error: no good [field-number]\n"
                 "   1 | x a, b z\n"
                 "     |   ^~~~\n");
}

static void parts_of_a_scenario_are_underlined(void **state)
{
    (void)state;
    write_text("s.xml", "<a>\n  <lock where=\"$typ = 'Named'\" rep='R1'/>\n");
    assert_shown(one(BW_RULE_EMPTY, "s.xml", 2, 3),
                 "s.xml:2:3: error: no good [rule-empty]\n"
                 "   2 |   <lock where=\"$typ = 'Named'\" rep='R1'/>\n"
                 "     |   ^~~~~\n");
    assert_shown(one(BW_RULE_IDLE, "s.xml", 2, 16),
                 "s.xml:2:16: error: no good [rule-idle]\n"
                 "   2 |   <lock where=\"$typ = 'Named'\" rep='R1'/>\n"
                 "     |                ^~~~~~~~~~~~~~\n");
    assert_shown(one(BW_EXPR_COLUMN, "s.xml", 2, 16),
                 "s.xml:2:16: error: no good [expression-column]\n"
                 "   2 |   <lock where=\"$typ = 'Named'\" rep='R1'/>\n"
                 "     |                ^~~~\n");
    assert_shown(one(BW_LOCK_REP_UNKNOWN, "s.xml", 2, 37),
                 "s.xml:2:37: error: no good [lock-rep-unknown]\n"
                 "   2 |   <lock where=\"$typ = 'Named'\" rep='R1'/>\n"
                 "     |                                     ^~\n");
}

static void the_caret_stands_right_under_every_script(void **state)
{
    (void)state;
    /* An umlaut is one column wide, the two ideographs are two each. */
    write_text("a.csv", "Z\xC3\xBC,\xE6\x9D\xB1\xE4\xBA\xAC,x\ty,7\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 1, 7),
                 "a.csv:1:7: error: no good [field-number]\n"
                 "   1 | Z\xC3\xBC,\xE6\x9D\xB1\xE4\xBA\xAC,x y,7\n"
                 "     |         ^~~\n");
    assert_shown(one(BW_FIELD_NUMBER, "a.csv", 1, 4),
                 "a.csv:1:4: error: no good [field-number]\n"
                 "   1 | Z\xC3\xBC,\xE6\x9D\xB1\xE4\xBA\xAC,x y,7\n"
                 "     |    ^~~~\n");
    /* and under a byte that is no character */
    write_text("a.csv", "x\x81,y\n");
    assert_shown(one(BW_FILE_ENCODING, "a.csv", 1, 2),
                 "a.csv:1:2: error: no good [file-encoding]\n"
                 "   1 | x?,y\n"
                 "     |  ^\n");
}

static void nothing_reaches_the_terminal_that_would_act_on_it(void **state)
{
    (void)state;
    const char line[] = "a,\x1B[31m,\xE9,\0,\xC2\x9B,\xE2\x80\xAE,end\n";
    write_file("a.csv", line, sizeof line - 1);
    bw_diags *diags = bw_diags_new();
    bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING, (bw_place){"a.csv", 1, 9},
                "value \"%s\" is\x1B[2J bad", "two\nlines\xE9");
    assert_shown(diags, "a.csv:1:9: error: value \"two lines?\" is?[2J bad "
                        "[file-encoding]\n"
                        "   1 | a,?[31m,?,?,?,?,end\n"
                        "     |         ^\n");
}

static void show_one(uint32_t column)
{
    bw_diags *diags = one(BW_FIELD_NUMBER, "a.csv", 1, column);
    show(diags, false, NULL);
    bw_diags_free(diags);
}

static void a_long_line_is_cut_around_the_caret(void **state)
{
    (void)state;
    char line[500] = "", dots[600];
    for (int i = 0; i < 30; i++)
        strcat(line, "123456789,");
    write_text("a.csv", line);
    show_one(201);
    snprintf(dots, sizeof dots,
             "   1 | ...%.100s...\n"
             "     | %63s^~~~~~~~~\n",
             line, "");
    assert_string_equal(strchr(shown, '\n') + 1, dots);
    show_one(11);
    snprintf(dots, sizeof dots, "   1 | %.100s...\n     | %10s^~~~~~~~~\n",
             line, "");
    assert_string_equal(strchr(shown, '\n') + 1, dots);
    show_one(291);
    snprintf(dots, sizeof dots, "   1 | ...%.100s\n     | %93s^~~~~~~~~\n",
             line, "");
    assert_string_equal(strchr(shown, '\n') + 1, dots);
    line[100] = 0; /* exactly what fits */
    write_text("a.csv", line);
    show_one(91);
    assert_null(strstr(shown, "..."));
}

static void what_is_not_known_is_left_out(void **state)
{
    (void)state;
    write_text("a.csv", "id\n");
    assert_shown(one(BW_REPS_NONE, NULL, 0, 0), "error: no good [reps-none]\n");
    assert_shown(one(BW_FILE_MISSING, "gone.csv", 0, 0),
                 "gone.csv: error: no good [file-missing]\n");
    assert_shown(one(BW_ID_BLANK, "gone.csv", 4, 2),
                 "gone.csv:4:2: error: no good [id-blank]\n");
    assert_shown(one(BW_ID_BLANK, "a.csv", 4, 2),
                 "a.csv:4:2: error: no good [id-blank]\n");
    assert_shown(one(BW_ID_BLANK, "a.csv", 1, 0),
                 "a.csv:1: error: no good [id-blank]\n   1 | id\n");
    assert_shown(one(BW_ID_BLANK, "/", 1, 1),
                 "/:1:1: error: no good [id-blank]\n");
    assert_shown(one(BW_ID_BLANK, "a.csv", 1, 99),
                 "a.csv:1:99: error: no good [id-blank]\n"
                 "   1 | id\n"
                 "     |   ^\n");
}

static void lines_of_other_encodings_are_shown_as_text(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    const bw_place place = {"a.csv", 2, 3};
    const char wide[] = "\xFF\xFEi\0d\0\r\0\n\0\xE4\0,\0x\0\r\0\n\0y\0";
    write_file("a.csv", wide, sizeof wide - 1);
    bw_diags_written(diags, "a.csv", "UTF-16LE");
    bw_diag_add(diags, BW_ERROR, BW_FIELD_NUMBER, place, "no number");
    bw_diag_add(diags, BW_ERROR, BW_FIELD_NUMBER, (bw_place){"a.csv", 4, 1},
                "not there");
    assert_shown(diags, "a.csv:2:3: error: no number [field-number]\n"
                        "   2 | \xC3\xA4,x\n"
                        "     |   ^\n"
                        "a.csv:4:1: error: not there [field-number]\n");
    /* What is no character stays one column. */
    diags = bw_diags_new();
    write_text("a.csv", "id\n\xE4\x81x,y\n");
    bw_diags_written(diags, "a.csv", "Windows-1252");
    bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING, place, "here");
    assert_shown(diags, "a.csv:2:3: error: here [file-encoding]\n"
                        "   2 | \xC3\xA4\xEF\xBF\xBDx,y\n"
                        "     |   ^\n");
    diags = bw_diags_new();
    write_text("a.csv", "id\rab,x\r");
    bw_diags_written(diags, "a.csv", "UTF-8");
    bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING, place, "here");
    assert_shown(diags, "a.csv:2:3: error: here [file-encoding]\n"
                        "   2 | ab,x\n"
                        "     |   ^\n");
}

static void a_pipe_is_not_waited_for(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    alarm(10);
    assert_shown(one(BW_ID_BLANK, "pipe", 1, 1),
                 "pipe:1:1: error: no good [id-blank]\n");
    alarm(0);
}

static void add(bw_diags *diags, bw_severity severity, uint32_t line)
{
    bw_diag_add(diags, severity, BW_FIELD_NUMBER,
                (bw_place){"gone.csv", line, 1}, "no good");
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

static void twenty_are_shown_and_errors_before_warnings(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    for (uint32_t line = 1; line <= 30; line++)
        add(diags, BW_WARNING, line);
    for (uint32_t line = 31; line <= 33; line++)
        add(diags, BW_ERROR, line);
    add(diags, BW_NOTE, 34);
    show(diags, false, "nothing was solved");
    assert_int_equal(count_of(shown, "warning: "), 17);
    assert_int_equal(count_of(shown, "error: "), 3);
    assert_int_equal(count_of(shown, "note: "), 0);
    assert_true(strstr(shown, "gone.csv:1:1: warning") == shown);
    assert_non_null(strstr(shown, "\nand 13 more (--all-errors)\n"
                                  "3 errors and 30 warnings in 1 file; "
                                  "nothing was solved.\n"));
    show(diags, true, NULL);
    assert_int_equal(count_of(shown, "warning: "), 30);
    assert_int_equal(count_of(shown, "error: "), 3);
    assert_int_equal(count_of(shown, "note: "), 1);
    assert_null(strstr(shown, " more"));
    bw_diags_free(diags);
}

static void one_of_each_kind_is_never_hidden(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    for (uint32_t line = 1; line <= 30; line++)
        add(diags, BW_ERROR, line);
    bw_diag_add(diags, BW_WARNING, BW_POSTAL_UNKNOWN,
                (bw_place){"gone.csv", 31, 1}, "the cause");
    bw_diag_add(diags, BW_ERROR, BW_ID_BLANK, (bw_place){"gone.csv", 32, 1},
                "another");
    show(diags, false, "nothing was solved");
    assert_int_equal(count_of(shown, "error: "), 19);
    assert_non_null(strstr(shown, "gone.csv:18:1: error"));
    assert_null(strstr(shown, "gone.csv:19:1: error"));
    assert_non_null(strstr(shown, "gone.csv:31:1: warning: the cause"));
    assert_non_null(strstr(shown, "gone.csv:32:1: error: another"));
    assert_non_null(strstr(shown, "\nand 12 more (--all-errors)\n"));
    bw_diags_free(diags);
}

static void exactly_twenty_leave_no_more(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    for (uint32_t line = 1; line <= 20; line++)
        add(diags, BW_ERROR, line);
    assert_null(strstr(show(diags, false, NULL), "more"));
    add(diags, BW_ERROR, 21);
    assert_non_null(strstr(show(diags, false, NULL), "and 1 more"));
    bw_diags_free(diags);
}

static void what_was_not_kept_is_counted(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    for (uint32_t line = 1; line <= 1500; line++)
        add(diags, BW_ERROR, line);
    show(diags, true, "x");
    assert_int_equal(count_of(shown, "error: "), 1000);
    assert_non_null(strstr(shown, "\nand 500 more of these kinds\n"
                                  "1500 errors in 1 file; x.\n"));
    bw_diags_free(diags);
}

static void the_closing_line_counts_files_and_agrees_in_number(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    assert_string_equal(show(diags, false, "x"), "");
    bw_diag_add(diags, BW_ERROR, BW_REPS_NONE, (bw_place){NULL, 0, 0}, "bad");
    assert_string_equal(show(diags, false, "nothing was solved"),
                        "error: bad [reps-none]\n"
                        "1 error; nothing was solved.\n");
    bw_diag_add(diags, BW_WARNING, BW_RULE_IDLE, (bw_place){"a", 0, 0}, "bad");
    bw_diag_add(diags, BW_ERROR, BW_RULE_IDLE, (bw_place){"b", 0, 0}, "bad");
    bw_diag_add(diags, BW_ERROR, BW_RULE_IDLE, (bw_place){"a", 0, 0}, "bad");
    show(diags, false, "x");
    assert_non_null(strstr(shown, "\n3 errors and 1 warning in 2 files; x.\n"));
    bw_diags_free(diags);
}

/* Short of memory, the source line goes first, then the place; the sentence
 * stays. */
static void the_sentence_is_shown_whatever_memory_there_is(void **state)
{
    (void)state;
    write_text("a.csv", "id,owner\n1,2\n");
    bw_diags *diags = one(BW_OWNER_UNKNOWN, "a.csv", 2, 3);
    long live = bw_alloc_live();
    long n = 0, made;
    do {
        bw_alloc_fail_at(++n);
        show(diags, false, NULL);
        made = bw_alloc_fail_at(0);
        assert_int_equal(bw_alloc_live(), live);
        assert_non_null(strstr(shown, "error: no good [owner-unknown]\n"));
    } while (made >= n);
    assert_true(made >= 3); /* the last time, when nothing was lacking */
    assert_non_null(strstr(shown, "^"));
    bw_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_shown_with_its_line_and_underlined),
        cmocka_unit_test(the_line_is_found_with_crlf_and_a_mark),
        cmocka_unit_test(fields_of_every_kind_are_underlined),
        cmocka_unit_test(a_field_ends_where_its_file_separates),
        cmocka_unit_test(parts_of_a_scenario_are_underlined),
        cmocka_unit_test(the_caret_stands_right_under_every_script),
        cmocka_unit_test(nothing_reaches_the_terminal_that_would_act_on_it),
        cmocka_unit_test(a_long_line_is_cut_around_the_caret),
        cmocka_unit_test(what_is_not_known_is_left_out),
        cmocka_unit_test(lines_of_other_encodings_are_shown_as_text),
        cmocka_unit_test(a_pipe_is_not_waited_for),
        cmocka_unit_test(twenty_are_shown_and_errors_before_warnings),
        cmocka_unit_test(one_of_each_kind_is_never_hidden),
        cmocka_unit_test(exactly_twenty_leave_no_more),
        cmocka_unit_test(what_was_not_kept_is_counted),
        cmocka_unit_test(the_closing_line_counts_files_and_agrees_in_number),
        cmocka_unit_test(the_sentence_is_shown_whatever_memory_there_is),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
