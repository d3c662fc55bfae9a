/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as a table of cells with places, and every fault of a file. */
#include "csv_read.h"
#include "faults.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A table with everything that it borrows. */
typedef struct opened {
    bw_source *source;
    bw_diags *diags;
    bw_table *table;
} opened;

static bw_status read_text(opened *o, const char *text)
{
    o->diags = bw_diags_new();
    assert_int_equal(
        bw_source_from(text, strlen(text), "t.csv", o->diags, &o->source),
        BW_OK);
    return bw_table_read(o->source, o->diags, &o->table);
}

static opened table_of(const char *text)
{
    opened o;
    assert_int_equal(read_text(&o, text), BW_OK);
    assert_int_equal(bw_diags_count(o.diags, BW_ERROR), 0);
    assert_ptr_equal(bw_table_source(o.table), o.source);
    return o;
}

static opened faults_of(const char *text)
{
    opened o;
    assert_int_equal(read_text(&o, text), BW_INVALID);
    assert_null(o.table);
    return o;
}

static void done(opened *o)
{
    bw_table_free(o->table);
    bw_source_free(o->source);
    bw_diags_free(o->diags);
}

static void assert_cell(const opened *o, int64_t row, int32_t column,
                        const char *want)
{
    bw_cell cell = bw_table_cell(o->table, row, column);
    assert_string_equal(cell.text, want);
    assert_int_equal(cell.len, strlen(want));
}

static void assert_at(bw_place place, unsigned line, unsigned column)
{
    assert_string_equal(place.file, "t.csv");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void assert_cell_at(const opened *o, int64_t row, int32_t column,
                           unsigned line, unsigned at)
{
    assert_at(bw_table_place(o->table, row, column), line, at);
}

static void assert_fault(const opened *o, size_t index, bw_code code,
                         unsigned line, unsigned column)
{
    const bw_diag *diag = bw_diags_at(o->diags, index);
    assert_non_null(diag);
    assert_string_equal(bw_code_text(diag->code), bw_code_text(code));
    assert_at(diag->place, line, column);
}

/* ------------------------------------------------------------ good files */

static void records_become_rows_and_the_first_names_the_columns(void **state)
{
    (void)state;
    opened o = table_of("id,name\n1,Ann\n2,Bo\n");
    assert_int_equal(bw_table_columns(o.table), 2);
    assert_int_equal(bw_table_rows(o.table), 2);
    assert_string_equal(bw_table_header(o.table, 1).text, "name");
    assert_int_equal(bw_table_find(o.table, "name"), 1);
    assert_int_equal(bw_table_find(o.table, "Name"), -1);
    assert_cell(&o, 0, 0, "1");
    assert_cell(&o, 1, 1, "Bo");
    assert_cell_at(&o, 1, 1, 3, 3);
    assert_at(bw_table_header_place(o.table, 1), 1, 4);
    done(&o);
}

static void line_ends_may_be_crlf_and_the_last_may_be_missing(void **state)
{
    (void)state;
    opened o = table_of("id,name\r\n1,Ann\r\n2,Bo");
    assert_int_equal(bw_table_rows(o.table), 2);
    assert_cell(&o, 0, 1, "Ann");
    assert_cell(&o, 1, 1, "Bo");
    assert_cell_at(&o, 1, 0, 3, 1);
    assert_cell_at(&o, 1, 1, 3, 3);
    done(&o);
}

static void quotes_hold_commas_quotes_and_line_breaks(void **state)
{
    (void)state;
    opened o =
        table_of("id,name,x\n1,\"A, \"\"B\"\"\r\nC\",2\n\"\",\"\",\"\"\n");
    assert_int_equal(bw_table_rows(o.table), 2);
    assert_cell(&o, 0, 1, "A, \"B\"\r\nC");
    assert_cell_at(&o, 0, 1, 2, 3); /* its opening quote */
    assert_cell(&o, 0, 2, "2");
    assert_cell_at(&o, 0, 2, 3, 4);
    assert_cell(&o, 1, 2, "");
    assert_cell_at(&o, 1, 2, 4, 7);
    done(&o);
}

static void blanks_around_a_field_go_unless_quoted(void **state)
{
    (void)state;
    opened o = table_of("a,b,c\n  x y\t, \" q \" ,   \n");
    assert_cell(&o, 0, 0, "x y");
    assert_cell_at(&o, 0, 0, 2, 3);
    assert_cell(&o, 0, 1, " q ");
    assert_cell_at(&o, 0, 1, 2, 9);
    assert_cell(&o, 0, 2, "");
    assert_cell_at(&o, 0, 2, 2, 16); /* nothing there: where it begins */
    done(&o);
}

static void blank_lines_are_no_records_but_count_as_lines(void **state)
{
    (void)state;
    opened o = table_of("\n\r\n  \na,b\n\n1,2\r\n\t \r\n\n3,4\n   ");
    assert_int_equal(bw_table_rows(o.table), 2);
    assert_at(bw_table_header_place(o.table, 0), 4, 1);
    assert_cell_at(&o, 0, 0, 6, 1);
    assert_cell_at(&o, 1, 0, 9, 1);
    assert_cell_at(&o, 1, 1, 9, 3);
    done(&o);
}

static void places_count_characters(void **state)
{
    (void)state;
    opened o = table_of("\xEF\xBB\xBFname,id\nZo\xC3\xAB,7\n");
    assert_string_equal(bw_table_header(o.table, 0).text, "name");
    assert_at(bw_table_header_place(o.table, 0), 1, 1);
    assert_cell_at(&o, 0, 1, 2, 5);
    done(&o);
}

static void blank_fields_are_cells(void **state)
{
    (void)state;
    opened o = table_of("a,b,c\n,,\n,x,\n");
    assert_cell(&o, 0, 0, "");
    assert_cell(&o, 0, 2, "");
    assert_cell_at(&o, 0, 2, 2, 3);
    assert_cell(&o, 1, 1, "x");
    done(&o);
}

static void one_column_is_a_table(void **state)
{
    (void)state;
    opened o = table_of("id\n1\n\"\"\n2");
    assert_int_equal(bw_table_rows(o.table), 3);
    assert_cell(&o, 1, 0, "");
    assert_cell(&o, 2, 0, "2");
    done(&o);
}

static void a_blank_header_is_a_note(void **state)
{
    (void)state;
    opened o = table_of("a,b,,\n1,2,3,4\n");
    assert_int_equal(bw_diags_count(o.diags, BW_NOTE), 1);
    assert_fault(&o, 0, BW_CSV_SYNTAX, 1, 5);
    assert_cell(&o, 0, 2, "3");
    done(&o);
}

/* Deterministic numbers, the same on every machine. */
static unsigned draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Random fields, written here in a random one of the allowed ways while their
 * places are counted, must come back with text and place. */
static void random_tables_come_back_with_text_and_place(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",         "x",          "a,b",
        "q\"q",     "two\nlines", "  kept  ",
        "cr\r\nlf", "7",          "\"\"",
        ",",        "\n\n",       "long enough to cross a block boundary"};
    enum {
        ROWS = 30,
        COLUMNS = 4
    };
    unsigned seed = 7;
    for (int round = 0; round < 200; round++) {
        char text[20000];
        size_t len = 0;
        unsigned line = 1, column = 1;
        unsigned want[ROWS + 1][COLUMNS][3];
        for (unsigned row = 0; row <= ROWS; row++) {
            for (unsigned c = 0; c < COLUMNS; c++) {
                unsigned pick = row ? draw(&seed, 12) : 1;
                char field[100];
                const char *s = texts[pick];
                if (row == 0) {
                    snprintf(field, sizeof field, "h%u", c);
                    s = field;
                }
                bool quote = strpbrk(s, ",\"\r\n ") || draw(&seed, 3) == 0 ||
                             (c == 0 && !*s);
                want[row][c][0] = pick;
                want[row][c][1] = line;
                want[row][c][2] = column;
                size_t start = len;
                if (quote)
                    text[len++] = '"';
                for (const char *p = s; *p; p++) {
                    if (*p == '"')
                        text[len++] = '"';
                    text[len++] = *p;
                }
                if (quote)
                    text[len++] = '"';
                text[len++] = ',';
                if (c == COLUMNS - 1) {
                    len--;
                    if (draw(&seed, 2))
                        text[len++] = '\r';
                    text[len++] = '\n';
                    if (draw(&seed, 9) == 0)
                        text[len++] = '\n';
                }
                for (size_t i = start; i < len; i++) {
                    column = text[i] == '\n' ? 1 : column + 1;
                    line += text[i] == '\n';
                }
            }
        }
        text[len] = 0;
        opened o = table_of(text);
        assert_int_equal(bw_table_rows(o.table), ROWS);
        for (unsigned row = 1; row <= ROWS; row++)
            for (unsigned c = 0; c < COLUMNS; c++) {
                assert_cell(&o, row - 1, (int32_t)c, texts[want[row][c][0]]);
                assert_cell_at(&o, row - 1, (int32_t)c, want[row][c][1],
                               want[row][c][2]);
            }
        done(&o);
    }
}

/* ------------------------------------------------------------- bad files */

static void every_record_of_another_length_is_listed(void **state)
{
    (void)state;
    opened o = faults_of("a,b,c\n1,2\n1,2,3\n1,2,3,4,5\nx\n");
    assert_int_equal(bw_diags_kept(o.diags), 3);
    assert_fault(&o, 0, BW_CSV_FIELDS, 2, 1);
    assert_fault(&o, 1, BW_CSV_FIELDS, 4, 7); /* the first too many */
    assert_fault(&o, 2, BW_CSV_FIELDS, 5, 1);
    assert_non_null(strstr(bw_diags_at(o.diags, 0)->text, "2 fields"));
    assert_non_null(strstr(bw_diags_at(o.diags, 0)->text, "has 3"));
    assert_non_null(strstr(bw_diags_at(o.diags, 1)->text, "5 fields"));
    assert_non_null(strstr(bw_diags_at(o.diags, 2)->text, "1 field found"));
    done(&o);
}

static void every_stray_quote_is_found(void **state)
{
    (void)state;
    opened o = faults_of("a,b\n1,5\" pipe\n2,fine\n\"x\"y,3\n4\n 5 \"\" ,6\n");
    assert_int_equal(bw_diags_kept(o.diags), 4);
    assert_fault(&o, 0, BW_CSV_SYNTAX, 2, 4);
    assert_fault(&o, 1, BW_CSV_SYNTAX, 4, 4);
    assert_fault(&o, 2, BW_CSV_FIELDS, 5, 1);
    assert_fault(&o, 3, BW_CSV_SYNTAX, 6, 4);
    assert_non_null(strstr(bw_diags_at(o.diags, 1)->text, "line 4, column 1"));
    done(&o);
}

static void a_quote_never_closed_hides_nothing(void **state)
{
    (void)state;
    opened o = faults_of("a,b\n1,2\n3,  \"open\n5\n6,7\n8,9,10");
    assert_int_equal(bw_diags_kept(o.diags), 3);
    assert_fault(&o, 0, BW_CSV_SYNTAX, 3, 5);
    assert_fault(&o, 1, BW_CSV_FIELDS, 4, 1);
    assert_fault(&o, 2, BW_CSV_FIELDS, 6, 5);
    done(&o);
}

static void a_lone_carriage_return_is_one_fault(void **state)
{
    (void)state;
    opened o = faults_of("a,b\n1,x\ry\n2,\"x\ry\"\n3,z\r\r\n4\n");
    assert_int_equal(bw_diags_kept(o.diags), 2);
    assert_fault(&o, 0, BW_CSV_SYNTAX, 2, 4);
    assert_fault(&o, 1, BW_CSV_FIELDS, 5, 1);
    done(&o);
}

static void records_are_not_counted_against_a_broken_header(void **state)
{
    (void)state;
    opened o = faults_of("a,b\"c\n1,2\n1,2,3\n4,\"x\"y\n");
    assert_int_equal(bw_diags_kept(o.diags), 2);
    assert_fault(&o, 0, BW_CSV_SYNTAX, 1, 4);
    assert_fault(&o, 1, BW_CSV_SYNTAX, 4, 6);
    done(&o);
}

static void a_header_without_records_is_a_fault_of_its_own(void **state)
{
    (void)state;
    opened o = faults_of("a,b\n\n");
    assert_int_equal(bw_diags_kept(o.diags), 1);
    assert_fault(&o, 0, BW_FILE_HEADER_ONLY, 0, 0);
    done(&o);
    o = faults_of("a,b\n1\n"); /* one fault, one message */
    assert_int_equal(bw_diags_kept(o.diags), 1);
    assert_fault(&o, 0, BW_CSV_FIELDS, 2, 1);
    done(&o);
}

static void blank_lines_alone_are_an_empty_file(void **state)
{
    (void)state;
    opened o = faults_of("\n  \r\n");
    assert_int_equal(bw_diags_kept(o.diags), 1);
    assert_fault(&o, 0, BW_FILE_EMPTY, 0, 0);
    done(&o);
}

static void an_oversized_quoted_field_is_read(void **state)
{
    (void)state;
    enum {
        SIZE = 200000
    };
    char *text = malloc(SIZE + 20);
    strcpy(text, "a,b\n1,\"");
    memset(text + 7, '\n', SIZE);
    strcpy(text + 7 + SIZE, "\"\n2,3\n");
    opened o = table_of(text);
    assert_int_equal(bw_table_cell(o.table, 0, 1).len, SIZE);
    assert_cell_at(&o, 1, 1, SIZE + 3, 3);
    done(&o);
    free(text);
}

/* No bytes, however wild, may crash the reader, and what it accepts has as many
 * cells as it says. */
static void wild_bytes_are_refused_or_read_never_worse(void **state)
{
    (void)state;
    static const char letters[] = ",,\"\"\r\n\n ab";
    unsigned seed = 3;
    for (int round = 0; round < 20000; round++) {
        char text[60];
        size_t len = draw(&seed, 58) + 1;
        for (size_t i = 0; i < len; i++)
            text[i] = letters[draw(&seed, sizeof letters - 1)];
        text[len] = 0;
        opened o;
        bw_status status = read_text(&o, text);
        if (status == BW_OK) {
            int64_t n = bw_table_rows(o.table);
            for (int64_t row = 0; row < n; row++)
                for (int32_t c = 0; c < bw_table_columns(o.table); c++)
                    assert_true(bw_table_cell(o.table, row, c).len <= len);
        } else {
            assert_int_not_equal(bw_diags_count(o.diags, BW_ERROR), 0);
        }
        done(&o);
    }
}

static bw_status read_it(void *text)
{
    bw_source *source;
    bw_table *table = NULL;
    bw_status status =
        bw_source_from(text, strlen(text), "t.csv", NULL, &source);
    if (status == BW_OK)
        status = bw_table_read(source, NULL, &table);
    assert_true((status == BW_OK) == (table != NULL));
    bw_table_free(table);
    bw_source_free(source);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    char text[9000] = "a,b\n1,";
    memset(text + 6, 'x', 1000); /* libcsv's own buffer must grow, too */
    text[1006] = '\n';
    for (size_t i = 1007; i + 4 < sizeof text; i += 4)
        memcpy(text + i, "1,2\n", 4);
    assert_true(survives_lack_of_memory(read_it, text, BW_OK) >= 10);
    char bad[] = "a,b\n1,x\"y\n1,2,3\n\"open\n4";
    assert_true(survives_lack_of_memory(read_it, bad, BW_INVALID) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_become_rows_and_the_first_names_the_columns),
        cmocka_unit_test(line_ends_may_be_crlf_and_the_last_may_be_missing),
        cmocka_unit_test(quotes_hold_commas_quotes_and_line_breaks),
        cmocka_unit_test(blanks_around_a_field_go_unless_quoted),
        cmocka_unit_test(blank_lines_are_no_records_but_count_as_lines),
        cmocka_unit_test(places_count_characters),
        cmocka_unit_test(blank_fields_are_cells),
        cmocka_unit_test(one_column_is_a_table),
        cmocka_unit_test(a_blank_header_is_a_note),
        cmocka_unit_test(random_tables_come_back_with_text_and_place),
        cmocka_unit_test(every_record_of_another_length_is_listed),
        cmocka_unit_test(every_stray_quote_is_found),
        cmocka_unit_test(a_quote_never_closed_hides_nothing),
        cmocka_unit_test(a_lone_carriage_return_is_one_fault),
        cmocka_unit_test(records_are_not_counted_against_a_broken_header),
        cmocka_unit_test(a_header_without_records_is_a_fault_of_its_own),
        cmocka_unit_test(blank_lines_alone_are_an_empty_file),
        cmocka_unit_test(an_oversized_quoted_field_is_read),
        cmocka_unit_test(wild_bytes_are_refused_or_read_never_worse),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
