/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV that reads back as it was. */
#include "faults.h"

#include "csv_read.h"
#include "csv_write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void assert_field(const char *text, const char *want)
{
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf};
    bw_csv_text(&csv, text);
    assert_string_equal(buf.text, want);
    bw_buf_free(&buf);
}

static void quotes_stand_only_where_they_are_needed(void **state)
{
    (void)state;
    assert_field("plain text", "plain text");
    assert_field("", "");
    assert_field(NULL, "");
    assert_field("a,b", "\"a,b\"");
    assert_field("5\" pipe", "\"5\"\" pipe\"");
    assert_field("\"", "\"\"\"\"");
    assert_field("\"\"", "\"\"\"\"\"\"");
    assert_field("two\nlines", "\"two\nlines\"");
    assert_field("cr\r", "\"cr\r\"");
    assert_field(" lead", "\" lead\"");
    assert_field("trail\t", "\"trail\t\"");
    assert_field("in side", "in side");
}

static void a_style_says_what_separates_and_what_is_quoted(void **state)
{
    (void)state;
    const bw_csv_style needed = {.separator = ';', .crlf = true},
                       all = {.separator = '\t', .quote_all = true};
    bw_buf buf = {0};
    bw_csv csv = {&buf, 0, &needed};
    bw_csv_text(&csv, "a,b");
    bw_csv_text(&csv, "a;b");
    bw_csv_bytes(&csv, "cut", 2);
    bw_csv_end(&csv);
    assert_string_equal(buf.text, "a,b;\"a;b\";cu\r\n");
    buf.len = 0;
    csv.style = &all;
    bw_csv_text(&csv, "a");
    bw_csv_text(&csv, NULL);
    bw_csv_text(&csv, "5\" pipe");
    bw_csv_int(&csv, 7);
    bw_csv_end(&csv);
    bw_csv_text(&csv, "");
    bw_csv_end(&csv);
    assert_string_equal(buf.text, "\"a\"\t\"\"\t\"5\"\" pipe\"\t7\n\"\"\n");
    bw_buf_free(&buf);
}

static void records_have_commas_between_and_a_line_end(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf};
    bw_csv_text(&csv, "id");
    bw_csv_quanta(&csv, 125000);
    bw_csv_fine(&csv, -bw_fine(1));
    bw_csv_double(&csv, 0.1);
    bw_csv_double(&csv, NAN);
    bw_csv_int(&csv, INT64_MIN);
    bw_csv_end(&csv);
    bw_csv_int(&csv, 7);
    bw_csv_end(&csv);
    assert_string_equal(buf.text,
                        "id,12.5,-0.0001,0.1,,-9223372036854775808\n7\n");
    bw_buf_free(&buf);
}

static void no_text_is_a_formula_in_a_spreadsheet(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf, .style = &bw_csv_spreadsheet};
    bw_csv_begin(&csv);
    bw_csv_text(&csv, "=1+1");
    bw_csv_text(&csv, "+49 30");
    bw_csv_text(&csv, "-5");
    bw_csv_text(&csv, "@A1");
    bw_csv_text(&csv, "\tx");
    bw_csv_end(&csv);
    bw_csv_text(&csv, "'=1");
    bw_csv_text(&csv, "'tis");
    bw_csv_text(&csv, "a=1");
    bw_csv_quanta(&csv, -50000);
    bw_csv_text(&csv, NULL);
    bw_csv_end(&csv);
    assert_string_equal(buf.text, "\xEF\xBB\xBF"
                                  "\"'=1+1\",\"'+49 30\",\"'-5\",\"'@A1\","
                                  "\"'\tx\"\n"
                                  "\"''=1\",\"'tis\",\"a=1\",-5,\"\"\n");
    bw_buf_free(&buf);
}

static void a_record_of_one_blank_field_is_no_blank_line(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf};
    bw_csv_text(&csv, "");
    bw_csv_end(&csv);
    bw_csv_text(&csv, "x");
    bw_csv_end(&csv);
    bw_csv_double(&csv, NAN);
    bw_csv_end(&csv);
    bw_csv_text(&csv, "");
    bw_csv_text(&csv, "");
    bw_csv_end(&csv);
    assert_string_equal(buf.text, "\"\"\nx\n\"\"\n,\n");
    bw_buf_free(&buf);
}

static unsigned draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Any text without NUL, the wildest included, comes back byte for byte. */
static void what_is_written_reads_back(void **state)
{
    (void)state;
    static const char letters[] = ",,\"\"\r\n\t ab\xC3\xA4";
    enum {
        COLUMNS = 3,
        ROWS = 20
    };
    unsigned seed = 11;
    for (int round = 0; round < 300; round++) {
        char text[ROWS][COLUMNS][16];
        bw_buf buf = {0};
        bw_csv csv = {.buf = &buf};
        for (int c = 0; c < COLUMNS; c++)
            bw_csv_int(&csv, c);
        bw_csv_end(&csv);
        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < COLUMNS; c++) {
                size_t len = draw(&seed, 8), n = 0;
                for (size_t i = 0; i < len; i++) {
                    unsigned pick = draw(&seed, sizeof letters - 2);
                    text[row][c][n++] = letters[pick];
                    if (letters[pick] == '\xC3')
                        text[row][c][n++] = '\xA4';
                }
                text[row][c][n] = 0;
                bw_csv_text(&csv, text[row][c]);
            }
            bw_csv_end(&csv);
        }
        assert_false(buf.failed);
        bw_source *source;
        bw_table *table;
        assert_int_equal(
            bw_source_from(buf.text, buf.len, "t.csv", NULL, &source), BW_OK);
        assert_int_equal(bw_table_read(source, NULL, &table), BW_OK);
        assert_int_equal(bw_table_rows(table), ROWS);
        for (int row = 0; row < ROWS; row++)
            for (int c = 0; c < COLUMNS; c++)
                assert_string_equal(bw_table_cell(table, row, c).text,
                                    text[row][c]);
        bw_table_free(table);
        bw_source_free(source);
        bw_buf_free(&buf);
    }
}

static bw_status write_it(void *data)
{
    (void)data;
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf};
    for (int i = 0; i < 200; i++) {
        bw_csv_text(&csv, "a \"quoted\" text");
        bw_csv_int(&csv, i);
        bw_csv_end(&csv);
    }
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    bw_buf_free(&buf);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    assert_true(survives_lack_of_memory(write_it, NULL, BW_OK) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_stand_only_where_they_are_needed),
        cmocka_unit_test(a_style_says_what_separates_and_what_is_quoted),
        cmocka_unit_test(records_have_commas_between_and_a_line_end),
        cmocka_unit_test(no_text_is_a_formula_in_a_spreadsheet),
        cmocka_unit_test(a_record_of_one_blank_field_is_no_blank_line),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
