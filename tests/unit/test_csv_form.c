/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as they really come: separators, line ends, titles, repeated and blank
 * headers. */
#include "csv_form.h"
#include "faults.h"
#include "table_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void assert_cell(const opened *o, int64_t row, int32_t column,
                        const char *want)
{
    assert_string_equal(bw_table_cell(o->table, row, column).text, want);
}

/* ------------------------------------------------------------- separators */

static void the_separator_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char separator;
        int32_t columns;
    } cases[] = {
        {"id,name\n1,a\n", ',', 2},
        {"id;name\n1;a\n", ';', 2},
        {"id\tname\n1\ta\n", '\t', 2},
        {"id|name\n1|a\n", '|', 2},
        {"id\n1\n2\n", ',', 1},
        {"id;name;revenue\n1;a, b;1,5\n2;c;2,5\n", ';', 3},
        {"id,name;x\n1,a\n2,b\n", ',', 2},
        {"id;a,b\n1;2,3\n4;5\n", ';', 2},
        {"id,\"a;b;c;d\"\n1,\"2;3\"\n", ',', 2},
        {"id;\"a\nb\";c\n1;\"x;\n,,,\";3\n", ';', 3},
        {"id\tname\tx\n1\t\t\n2\t\t3\n", '\t', 3},
        {"a,b;c,d\n1,2;3,4\n", ',', 3}, /* 3 fields over 2 */
        {"a,b;c\n1,2;3\n", ',', 2},     /* a tie: the comma */
        {"\"id\";\"last, first\"\n\"1\";\"Lee, Ann\"\n", ';', 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o = table_of(cases[i].text);
        if (bw_table_separator(o.table) != cases[i].separator)
            fail_msg("case %zu: %c", i, bw_table_separator(o.table));
        assert_int_equal(bw_table_columns(o.table), cases[i].columns);
        done(&o);
    }
}

static void tabs_separate_blank_fields_too(void **state)
{
    (void)state;
    opened o = table_of("id\ta\tb\n1\t\t x \n\t\t\n2\t\t\n");
    assert_int_equal(bw_table_rows(o.table), 3);
    assert_cell(&o, 0, 1, "");
    assert_cell(&o, 0, 2, "x");
    assert_cell(&o, 1, 0, "");
    assert_int_equal(bw_table_place(o.table, 0, 1).column, 3);
    assert_int_equal(bw_table_place(o.table, 0, 2).column, 5);
    done(&o);
}

static void a_separator_that_is_told_stands(void **state)
{
    (void)state;
    opened o = read_text("id;a,b\n1;2,3\n", ',');
    assert_int_equal(o.status, BW_OK);
    assert_string_equal(bw_table_header(o.table, 0).text, "id;a");
    done(&o);
}

static void a_wrong_separator_is_told_with_the_right_one(void **state)
{
    (void)state;
    opened o = read_text("id;name;x\n1;2;3\n4;5,6;6\n", '\t');
    assert_int_equal(o.status, BW_INVALID);
    const bw_diag *d = only(&o, BW_ERROR, BW_CSV_FIELDS);
    assert_int_equal(d->place.line, 1);
    assert_non_null(strstr(d->text, "delimiter=\"tab\""));
    assert_non_null(strstr(d->text, "separated by semicolon, which gives 3"));
    done(&o);
    /* and nothing else is: not every quote, nor every record */
    static const struct {
        const char *text, *words;
        char told;
    } cases[] = {
        {"\"id\";\"name\"\n\"1\";\"a\"\n\"2\";\"b c\"\n", "one column", '\t'},
        {"id;rev;x\n1;2,5;1,2\n2;3,5;1,2\n", "one column", ','},
        {"id,name,a;b\n1,a b,2\n3,b c,4\n", "no record as long", ';'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        o = read_text(cases[i].text, cases[i].told);
        assert_int_equal(o.status, BW_INVALID);
        assert_int_equal(bw_diags_kept(o.diags), 1);
        d = only(&o, BW_ERROR, BW_CSV_FIELDS);
        assert_non_null(strstr(d->text, cases[i].words));
        done(&o);
    }
}

static void the_first_line_may_say_the_separator(void **state)
{
    (void)state;
    static const char *const texts[] = {"sep=;\nid;a,b\n1;2\n",
                                        "sep=;\r\nid;a,b\r\n1;2\r\n",
                                        "\"sep=;\"\nid;a,b\n1;2\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        opened o = table_of(texts[i]);
        assert_int_equal(bw_table_separator(o.table), ';');
        assert_string_equal(bw_table_header(o.table, 1).text, "a,b");
        assert_int_equal(bw_table_place(o.table, 0, 1).line, 3);
        done(&o);
    }
    opened o = table_of("sep=x\n1\n"); /* a column like any other */
    assert_string_equal(bw_table_header(o.table, 0).text, "sep=x");
    done(&o);
}

/* -------------------------------------------------------------- line ends */

static void lines_may_end_with_returns_alone(void **state)
{
    (void)state;
    opened o = table_of("id,name\r1,\"a\nb\"\r\r2,c\r");
    assert_int_equal(bw_table_rows(o.table), 2);
    assert_cell(&o, 0, 1, "a\nb");
    assert_cell(&o, 1, 1, "c");
    done(&o);
    o = read_text("id,name\r1,\"a\"x\r2\r3,d,e\r", 0);
    assert_int_equal(o.status, BW_INVALID); /* each is found */
    assert_int_equal(bw_diags_count(o.diags, BW_ERROR), 3);
    done(&o);
}

/* As an editor counts: breaks in quotes are lines there. */
static void breaks_in_quotes_are_lines_among_returns(void **state)
{
    (void)state;
    static const char text[] = "id;\"na\nme\";x\r1;\"a\r\nb\";2\r3;\"\n\";4";
    const bw_source_how how = {.encoding = NULL};
    opened o = {.diags = bw_diags_new()};
    o.status = bw_source_from_table(text, sizeof text - 1, "t.csv", &how,
                                    o.diags, &o.source);
    assert_int_equal(o.status, BW_OK);
    o.status = bw_table_read_as(o.source, 0, o.diags, &o.table);
    assert_int_equal(o.status, BW_OK);
    assert_int_equal(bw_table_rows(o.table), 2);
    static const struct {
        int row, column;
        uint32_t line, at;
    } cells[] = {{-1, 1, 1, 4}, {0, 0, 3, 1}, {0, 1, 3, 3},
                 {0, 2, 4, 4},  {1, 0, 5, 1}, {1, 2, 6, 3}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        bw_place place =
            cells[i].row < 0
                ? bw_table_header_place(o.table, cells[i].column)
                : bw_table_place(o.table, cells[i].row, cells[i].column);
        assert_int_equal(place.line, cells[i].line);
        assert_int_equal(place.column, cells[i].at);
    }
    done(&o);
}

static void lf_and_crlf_may_be_mixed(void **state)
{
    (void)state;
    opened o = table_of("id,name\r\n1,a\n2,b\r\n3,c");
    assert_int_equal(bw_table_rows(o.table), 3);
    assert_cell(&o, 2, 1, "c");
    done(&o);
}

static void every_field_may_be_quoted_the_mark_inside(void **state)
{
    (void)state;
    opened o =
        table_of("\"\xEF\xBB\xBFid\",\"name\"\n\"1\",\"a\"\n\"\",\"\"\n");
    assert_string_equal(bw_table_header(o.table, 0).text, "id");
    assert_int_equal(bw_table_header(o.table, 0).len, 2);
    assert_int_equal(bw_table_rows(o.table), 2);
    done(&o);
}

/* ---------------------------------------------------------------- headers */

static void a_title_above_the_header_is_one_fault(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "All accounts\n\nid,name\n1,a\n2,b\n3,c\n",
        "All accounts\n\"2026, all\"\n\nid,name\n1,a\n"};
    for (int i = 0; i < 2; i++) {
        opened o = read_text(texts[i], 0);
        assert_int_equal(o.status, BW_INVALID);
        const bw_diag *d = only(&o, BW_ERROR, BW_CSV_FIELDS);
        assert_int_equal(d->place.line, 1);
        assert_non_null(strstr(d->text, "records below have 2"));
        done(&o);
    }
}

static void a_title_filled_up_with_blank_fields_is_no_header(void **state)
{
    (void)state;
    opened o = read_text("All accounts,,\n,,\nid,name,x\n1,a,2\n", 0);
    assert_int_equal(o.status, BW_INVALID);
    const bw_diag *d = only(&o, BW_ERROR, BW_CSV_FIELDS);
    assert_int_equal(d->place.line, 1);
    assert_non_null(strstr(d->text, "names one of 3 columns"));
    done(&o);
    /* Columns without a name and without anything in them do no harm. */
    o = read_text("id,,\n1,,\n2,,\n", 0);
    assert_int_equal(o.status, BW_OK);
    done(&o);
}

static void repeated_headers_are_marked(void **state)
{
    (void)state;
    opened o = table_of("id,x,name,x,x\n1,2,3,4,5\n");
    static const int32_t twin[] = {-1, 3, -1, 1, 1};
    for (int32_t c = 0; c < 5; c++)
        assert_int_equal(bw_table_twin(o.table, c), twin[c]);
    const bw_diag *note = only(&o, BW_NOTE, BW_COLUMN_DUPLICATE);
    assert_int_equal(note->place.column, 11);
    assert_non_null(strstr(note->text, "3 columns are named \"x\" (2 and 4"));
    done(&o);
}

static void blank_headers_are_one_note(void **state)
{
    (void)state;
    opened o = table_of("id,,name,,\n1,2,3,,\n");
    const bw_diag *note = only(&o, BW_NOTE, BW_CSV_SYNTAX);
    assert_int_equal(note->place.column, 4);
    assert_int_equal(bw_table_twin(o.table, 1), -1);
    done(&o);
}

/* ----------------------------------------------------------------- blanks */

static void texts_for_nothing_become_blank(void **state)
{
    (void)state;
    opened o = table_of("NULL,x\nNULL,-999\n\" NULL \",-9990\nnull,NULL x\n");
    static const char *const text[] = {"NULL", "-999"};
    int64_t count[2] = {0, 0};
    bw_table_blank(o.table, text, 2, count);
    assert_int_equal(count[0], 2);
    assert_int_equal(count[1], 1);
    assert_string_equal(bw_table_header(o.table, 0).text, "NULL");
    assert_cell(&o, 0, 0, "");
    assert_cell(&o, 0, 1, "");
    assert_cell(&o, 1, 0, "");
    assert_cell(&o, 1, 1, "-9990");
    assert_cell(&o, 2, 0, "null");
    assert_cell(&o, 2, 1, "NULL x");
    done(&o);
}

/* ----------------------------------------------------------------- limits */

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void a_line_of_ten_megabytes_is_read(void **state)
{
    (void)state;
    size_t size = 10000000;
    char *text = malloc(size + 20);
    strcpy(text, "id,name\n1,");
    memset(text + 10, 'x', size);
    strcpy(text + 10 + size, "\n2,b\n");
    opened o = table_of(text);
    assert_int_equal(bw_table_cell(o.table, 0, 1).len, size);
    assert_cell(&o, 1, 1, "b");
    done(&o);
    free(text);
}

static void a_hundred_thousand_columns_are_read(void **state)
{
    (void)state;
    enum {
        N = 100000
    };
    char *text = malloc(N * 16 + 16), *at = text;
    for (int i = 0; i < N; i++)
        at += sprintf(at, "%sc%d", i ? "," : "", i / 2); /* all of them twins */
    *at++ = '\n';
    memset(at, ',', N - 1);
    at[N - 1] = '\n';
    at[N] = 0;
    double start = cpu_seconds();
    opened o = table_of(text);
    assert_int_equal(bw_table_columns(o.table), N);
    assert_int_equal(bw_table_twin(o.table, N - 1), N - 2);
    assert_true(cpu_seconds() - start < 5); /* 0.1 s; squares take minutes */
    done(&o);
    free(text);
}

static bw_status read_it(void *text)
{
    bw_source *source;
    bw_table *table = NULL;
    bw_status status =
        bw_source_from(text, strlen(text), "t.csv", NULL, &source);
    if (status == BW_OK)
        status = bw_table_read_as(source, 0, NULL, &table);
    bw_table_free(table);
    bw_source_free(source);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    char text[] = "id;x;x\n1;2;3\n\nfoot note\nmore\n";
    assert_true(survives_lack_of_memory(read_it, text, BW_OK) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_separator_is_found),
        cmocka_unit_test(tabs_separate_blank_fields_too),
        cmocka_unit_test(a_separator_that_is_told_stands),
        cmocka_unit_test(a_wrong_separator_is_told_with_the_right_one),
        cmocka_unit_test(the_first_line_may_say_the_separator),
        cmocka_unit_test(lines_may_end_with_returns_alone),
        cmocka_unit_test(breaks_in_quotes_are_lines_among_returns),
        cmocka_unit_test(lf_and_crlf_may_be_mixed),
        cmocka_unit_test(every_field_may_be_quoted_the_mark_inside),
        cmocka_unit_test(a_title_above_the_header_is_one_fault),
        cmocka_unit_test(a_title_filled_up_with_blank_fields_is_no_header),
        cmocka_unit_test(repeated_headers_are_marked),
        cmocka_unit_test(blank_headers_are_one_note),
        cmocka_unit_test(texts_for_nothing_become_blank),
        cmocka_unit_test(a_line_of_ten_megabytes_is_read),
        cmocka_unit_test(a_hundred_thousand_columns_are_read),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
