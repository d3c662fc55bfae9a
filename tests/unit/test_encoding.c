/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in every encoding: the same text, the same places, and what is said. */
#include "detect.h"
#include "faults.h"
#include "opened.h"

#include <stdlib.h>
#include <string.h>

typedef struct bytes {
    unsigned char *data;
    size_t len;
} bytes;

/* ------------------------------------------- encoders, without iconv */

typedef enum form {
    U8,
    U16LE,
    U16BE,
    U32LE,
    U32BE,
    GB,
    N_FORMS
} form;

static const char *const form_name[N_FORMS] = {
    "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030"};

static void put_number(bytes *out, unsigned value, int size, bool big)
{
    for (int i = 0; i < size; i++)
        out->data[out->len++] =
            (unsigned char)(value >> 8 * (big ? size - 1 - i : i));
}

static void put_utf8(bytes *out, unsigned c)
{
    if (c < 0x80) {
        put_number(out, c, 1, true);
    } else if (c < 0x800) {
        put_number(out, (0xC0u | c >> 6) << 8 | 0x80u | (c & 0x3F), 2, true);
    } else {
        if (c >= 0x10000) {
            put_number(out, 0xF0u | c >> 18, 1, true);
            put_number(out, 0x80u | (c >> 12 & 0x3F), 1, true);
        } else {
            put_number(out, 0xE0u | c >> 12, 1, true);
        }
        put_number(out, 0x80u | (c >> 6 & 0x3F), 1, true);
        put_number(out, 0x80u | (c & 0x3F), 1, true);
    }
}

/* Beyond U+FFFF the four bytes count on from 90 30 81 30; below, only ASCII and
 * what is in the table. */
static void put_gb18030(bytes *out, unsigned c)
{
    static const struct {
        unsigned c, code;
    } pairs[] = {{0x4E2D, 0xD6D0}, {0x56FD, 0xB9FA}, {0x516C, 0xB9AB},
                 {0x53F8, 0xCBBE}, {0xFC, 0xA8B9},   {0x20AC, 0xA2E3}};
    if (c < 0x80)
        put_number(out, c, 1, true);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].c == c)
            put_number(out, pairs[i].code, 2, true);
    if (c < 0x10000)
        return;
    unsigned n = c - 0x10000;
    put_number(out, 0x90 + n / 12600, 1, true);
    put_number(out, 0x30 + n / 1260 % 10, 1, true);
    put_number(out, 0x81 + n / 10 % 126, 1, true);
    put_number(out, 0x30 + n % 10, 1, true);
}

static void put(bytes *out, form f, unsigned c)
{
    if (f == U8)
        put_utf8(out, c);
    else if (f == GB)
        put_gb18030(out, c);
    else if (f == U32LE || f == U32BE)
        put_number(out, c, 4, f == U32BE);
    else if (c < 0x10000)
        put_number(out, c, 2, f == U16BE);
    else {
        put_number(out, 0xD800 + ((c - 0x10000) >> 10), 2, f == U16BE);
        put_number(out, 0xDC00 + ((c - 0x10000) & 0x3FF), 2, f == U16BE);
    }
}

static bytes encode(form f, bool mark, const unsigned *text, size_t n)
{
    bytes out = {malloc(4 * n + 5), 0};
    if (mark && f == GB)
        put_number(&out, 0x84319533, 4, true);
    else if (mark)
        put(&out, f, 0xFEFF);
    for (size_t i = 0; i < n; i++)
        put(&out, f, text[i]);
    out.data[out.len] = 0;
    return out;
}

static unsigned random_below(unsigned n)
{
    static unsigned state = 12345;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

/* Mostly ASCII as tables are, with line ends of every kind in quotes. */
static size_t random_text(unsigned *text, size_t n)
{
    static const unsigned rare[] = {0x4E2D, 0x56FD, 0x516C,  0x53F8,  0xFC,
                                    0x20AC, '\r',   0x1F600, 0x10FFFF};
    size_t at = 0;
    while (at + 2 < n) {
        unsigned kind = random_below(10);
        if (kind < 6)
            text[at++] = ' ' + random_below(95);
        else if (kind == 6)
            text[at++] = '\n';
        else if (kind == 7) {
            text[at++] = '\r';
            text[at++] = '\n';
        } else if (kind == 8)
            text[at++] = rare[random_below(sizeof rare / sizeof *rare)];
        else
            text[at++] = 0x10000 + random_below(0x100000);
    }
    return at;
}

/* Every character of the source has the place that counting gives. */
static void assert_places(const bw_source *source, const unsigned *text,
                          size_t n)
{
    unsigned line = 1, column = 1;
    unsigned char room[4];
    for (size_t i = 0, at = 0; i < n; i++) {
        bw_place place = bw_source_place(source, at);
        assert_int_equal(place.line, line);
        assert_int_equal(place.column, column);
        bytes one = {room, 0};
        put_utf8(&one, text[i]);
        at += one.len;
        column = text[i] == '\n' ? 1 : column + 1;
        line += text[i] == '\n';
    }
}

static void every_encoding_gives_the_same_text_and_places(void **state)
{
    (void)state;
    enum {
        MOST = 300
    };
    unsigned text[MOST];
    for (int round = 0; round < 100; round++) {
        size_t n = random_text(text, MOST - random_below(200));
        text[n++] = '\n'; /* so that a line feed ends lines */
        bytes plain = encode(U8, false, text, n);
        for (form f = U8; f < N_FORMS; f++)
            for (int mark = 0; mark < 2; mark++) {
                bytes file = encode(f, mark, text, n);
                opened o =
                    open_as(file.data, file.len, mark ? NULL : form_name[f]);
                assert_int_equal(o.status, BW_OK);
                assert_string_equal(bw_source_encoding(o.source), form_name[f]);
                size_t len;
                const char *got = bw_source_text(o.source, &len);
                assert_int_equal(len, plain.len);
                assert_memory_equal(got, plain.data, len + 1);
                assert_places(o.source, text, n);
                shut(&o);
                free(file.data);
            }
        free(plain.data);
    }
}

/* Long enough for several steps of the converter, with characters of four bytes
 * across each border of one. */
static void characters_across_steps_are_whole(void **state)
{
    (void)state;
    enum {
        MANY = 300000
    };
    unsigned *text = malloc(MANY * sizeof *text);
    for (size_t i = 0; i < MANY; i++)
        text[i] = i < 3 || i % 50 == 0 ? '\n' : 0x10000 + (unsigned)i;
    for (int shift = 0; shift < 4; shift++) {
        size_t n = MANY - (size_t)shift;
        bytes plain = encode(U8, false, text + shift, n);
        for (form f = U16LE; f < N_FORMS; f++) {
            bytes file = encode(f, false, text + shift, n);
            opened o = open_as(file.data, file.len, form_name[f]);
            assert_int_equal(o.status, BW_OK);
            size_t len;
            const char *got = bw_source_text(o.source, &len);
            assert_int_equal(len, plain.len);
            assert_memory_equal(got, plain.data, len);
            shut(&o);
            free(file.data);
        }
        free(plain.data);
    }
    free(text);
}

static void every_byte_of_the_western_encodings_is_known(void **state)
{
    (void)state;
    /* 80..9F of Windows-1252, as the Unicode consortium lists them; 0: none. */
    static const unsigned upper[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    for (unsigned b = 1; b < 256; b++) {
        char file[4] = {'x', (char)b, 'y'}, text[8] = "x";
        bytes out = {(unsigned char *)text, 1};
        bool middle = b >= 0x80 && b < 0xA0;
        put_utf8(&out, b);
        put_utf8(&out, 'y');
        text[out.len] = 0;
        opened o = open_as(file, 3, "latin1");
        assert_string_equal(bw_source_text(o.source, NULL), text);
        assert_int_equal(bw_diags_count(o.diags, BW_WARNING), middle);
        assert_string_equal(said_of(o.diags).text,
                            middle ? "1:2 file-encoding" : "");
        shut(&o);
        if (middle && upper[b - 0x80] == 0) {
            assert_refused(file, 3, "cp1252", "1:2 file-encoding",
                           "no character of Windows-1252");
            continue;
        }
        out.len = 1;
        put_utf8(&out, middle ? upper[b - 0x80] : b);
        put_utf8(&out, 'y');
        text[out.len] = 0;
        assert_read(file, 3, "cp1252", "Windows-1252", text);
    }
}

/* --------------------------------------------------------------- names */

static void names_are_compared_without_case_and_dashes(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"utf-8", "UTF-8"},           {"UTF8", "UTF-8"},
        {"cp1252", "Windows-1252"},   {"WINDOWS_1252", "Windows-1252"},
        {"Latin1", "ISO-8859-1"},     {"iso-8859-1", "ISO-8859-1"},
        {"ISO_8859_1", "ISO-8859-1"}, {"GBK", "GB18030"},
        {"gb2312", "GB18030"},        {"Cp936", "GB18030"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_read("id", 2, names[i][0], names[i][1], "id");
}

static void an_unknown_name_is_a_fault_where_it_stands(void **state)
{
    (void)state;
    opened o = open_as("id", 2, "EBCDIC");
    assert_int_equal(bw_diags_kept(o.diags), 1);
    const bw_diag *d = bw_diags_at(o.diags, 0);
    assert_string_equal(d->place.file, "s.xml");
    assert_int_equal(d->place.line, 2);
    assert_int_equal(d->place.column, 5);
    assert_true(said(o.diags, "\"EBCDIC\" is no encoding"));
    assert_true(said(o.diags, "Windows-1252, ISO-8859-1 or GB18030"));
    shut(&o);
    assert_refused("id", 2, "a-very-long-name-of-an-encoding",
                   "2:5 file-encoding", "is no encoding");
    assert_refused("id", 2, "", "2:5 file-encoding", "is no encoding");
}

static void a_mark_decides_but_must_not_contradict(void **state)
{
    (void)state;
    assert_read("\xFF\xFEi\0d\0", 6, "utf-16", "UTF-16LE", "id");
    assert_read("\xFE\xFF\0i\0d", 6, "utf-16", "UTF-16BE", "id");
    assert_read("\xEF\xBB\xBFid", 5, "utf-8", "UTF-8", "id");
    assert_read("\xFF\xFE\0\0i\0\0\0", 8, "utf-32", "UTF-32LE", "i");
    assert_read("\x84\x31\x95\x33id", 6, "gbk", "GB18030", "id");
    assert_refused("\xFF\xFEi\0d\0", 6, "utf-16be", "2:5 file-encoding",
                   "mark of UTF-16LE, but is declared as UTF-16BE");
    assert_refused("\xEF\xBB\xBFid", 5, "cp1252", "2:5 file-encoding",
                   "mark of UTF-8, but is declared as Windows-1252");
    assert_refused("id\nA\n", 5, "utf-16", "2:5 file-encoding",
                   "declared as UTF-16, in which there is one");
    assert_refused("id\nA\n\nB", 7, "utf-32le", "2:5 file-encoding", "NUL");
}

/* ----------------------------------------------------------- detection */

static void utf16_without_a_mark_is_found_by_its_nul_bytes(void **state)
{
    (void)state;
    static const unsigned text[] = {'i', 'd', ',',    0x5317, 0x4EAC,  '\n',
                                    'x', '7', 0x4E00, ',',    0x1F600, '\n'};
    size_t n = sizeof text / sizeof *text;
    for (form f = U16LE; f <= U16BE; f++)
        for (int declared = 0; declared < 2; declared++) {
            bytes file = encode(f, false, text, n);
            opened o = open_as(file.data, file.len, declared ? "UTF-16" : NULL);
            assert_int_equal(o.status, BW_OK);
            assert_string_equal(bw_source_encoding(o.source), form_name[f]);
            assert_places(o.source, text, n);
            assert_int_equal(bw_diags_kept(o.diags), declared ? 0 : 1);
            assert_int_equal(bw_diags_count(o.diags, BW_WARNING), 0);
            shut(&o);
            free(file.data);
        }
}

static void a_declared_text_without_a_mark_shows_its_end(void **state)
{
    (void)state;
    static const unsigned text[] = {'i', 'd', ',', 0x5317, 0x1F600};
    size_t n = sizeof text / sizeof *text;
    for (form f = U16LE; f <= U32BE; f++) {
        bytes file = encode(f, false, text, n);
        opened o = open_as(file.data, file.len, f < U32LE ? "UTF-16" : "ucs-4");
        assert_int_equal(o.status, BW_OK);
        assert_string_equal(bw_source_encoding(o.source), form_name[f]);
        assert_places(o.source, text, n);
        shut(&o);
        free(file.data);
    }
}

static void some_nul_bytes_do_not_make_utf16(void **state)
{
    (void)state;
    assert_refused("id,name\nA,x\0y\nB,z\0\n", 19, NULL,
                   "2:4 file-encoding; 3:4 file-encoding", "a NUL byte");
    assert_refused("id,name\nA,1\0\nB,2\0\n", 18, NULL,
                   "2:4 file-encoding; 3:4 file-encoding", "a NUL byte");
    const char text[] = "id,name,city,latitude\nA,O\0ne,Rome,41.9\nB,N\0\n";
    assert_refused(text, sizeof text - 1, NULL,
                   "2:4 file-encoding; 3:4 file-encoding", "a NUL byte");
    assert_refused(text, sizeof text - 1, "cp1252",
                   "2:4 file-encoding; 3:4 file-encoding", "a NUL byte");
    assert_refused("\xFF\xFEi\0\0\0d\0", 8, NULL,
                   "0:0 file-encoding; 1:2 file-encoding", "a NUL character");
}

/* -------------------------------------------------------------- faults */

static void declared_utf8_that_is_none_says_what_it_may_be(void **state)
{
    (void)state;
    const char text[] = "id\nCaf\xE9 \xE9\nok\n\xE9t\n";
    assert_refused(text, sizeof text - 1, "utf-8",
                   "2:4 file-encoding; 4:1 file-encoding",
                   "encoding=\"Windows-1252\"");
}

static void each_faulty_line_is_told_once_with_its_bytes(void **state)
{
    (void)state;
    /* a byte that is no character is a column, whatever it might continue */
    assert_refused("id\nx\x81\x81\nA,\x9D\n", 11, "utf-8",
                   "2:2 file-encoding; 3:3 file-encoding", "byte 0x81");
    const char western[] = "id\na\x81\x8D\xE9\x8F\nok\n\xFC\x90\n";
    assert_refused(western, sizeof western - 1, "cp1252",
                   "2:2 file-encoding; 4:2 file-encoding", "byte 0x81");
    /* A low surrogate alone, a high one before a letter. */
    const char pairs[] = "\xFF\xFEi\0\n\0\0\xDCx\0\n\0x\0\0\xD8x\0";
    assert_refused(pairs, sizeof pairs - 1, "utf-16le",
                   "2:1 file-encoding; 3:2 file-encoding",
                   "bytes 0x00 0xDC: no character of UTF-16LE");
    const char large[] = "i\0\0\0\0\0\x11\0";
    assert_refused(large, sizeof large - 1, "utf-32le", "1:2 file-encoding",
                   "bytes 0x00 0x00 0x11 0x00");
    const char chinese[] = "id\n\xD6\xD0\xFF\xFF,\n";
    assert_refused(chinese, sizeof chinese - 1, "gbk", "2:2 file-encoding",
                   "byte 0xFF: no character of GB18030");
}

static void a_file_cut_in_a_character_says_so(void **state)
{
    (void)state;
    assert_refused("\xFF\xFEi\0\n\0d", 7, NULL,
                   "0:0 file-encoding; 2:1 file-encoding",
                   "in the middle of a UTF-16 unit (byte 0x64)");
    assert_refused("\xFE\xFF\0i\xD8\x3D", 6, "UTF-16", "1:2 file-encoding",
                   "in the middle of a surrogate pair (bytes 0xD8 0x3D)");
    assert_refused("i\0\0\0d\0", 6, "UTF-32LE", "1:2 file-encoding",
                   "in the middle of a UTF-32 unit");
    assert_refused("id\n\xD6\xD0\xB9", 6, "gb18030", "2:2 file-encoding",
                   "in the middle of a character (byte 0xB9)");
    assert_refused("id,\xB1\xB1\xBE\xA9\n\xD6\xD0\xB9", 11, NULL,
                   "1:4 file-encoding; 2:2 file-encoding",
                   "in the middle of a character");
}

static void what_is_no_table_is_refused_in_any_wrapping(void **state)
{
    (void)state;
    assert_refused("PK\x03\x04..[Content_Types].xml..xl/workbook.xml", 40, NULL,
                   "0:0 file-format", "an .xlsx workbook");
    assert_refused("PK\x03\x04  a.csv", 11, NULL, "0:0 file-format",
                   "a ZIP archive");
    assert_refused("\xD0\xCF\x11\xE0\xA1\xB1", 6, NULL, "0:0 file-format",
                   "an .xls workbook");
    assert_refused("%PDF-1.7", 8, NULL, "0:0 file-format", "a PDF document");
    const char page[] = "\xEF\xBB\xBF\n <!DOCTYPE html>\n<title>Log in";
    assert_refused(page, sizeof page - 1, NULL, "0:0 file-format",
                   "login page");
    const char login[] = "<html><form><table><td>Password";
    assert_refused(login, sizeof login - 1, NULL, "0:0 file-format",
                   "login page");
    const char report[] = "<head><META charset=utf-8></head><TABLE border=1>";
    assert_refused(report, sizeof report - 1, NULL, "0:0 file-format",
                   "which some systems name .xls");
    assert_refused("<table>\n<tr>", 12, NULL, "0:0 file-format", "as CSV");
    assert_refused("[{\"id\":1}]", 10, NULL, "0:0 file-format", "JSON");
    assert_refused("\xFE\xFF\0<\0H\0T\0M\0L\0>", 14, "utf-16",
                   "0:0 file-format", "web page");
    assert_refused("", 0, NULL, "0:0 file-empty", "empty");
    assert_refused("\xFF\xFE", 2, "utf-16", "0:0 file-empty", "empty");
}

static void carriage_returns_end_lines_where_nothing_else_does(void **state)
{
    (void)state;
    opened o = open_as("id\rab\r\rc", 8, NULL);
    assert_int_equal(bw_source_place(o.source, 3).line, 2);
    assert_int_equal(bw_source_place(o.source, 4).column, 2);
    assert_int_equal(bw_source_place(o.source, 7).line, 4);
    size_t len;
    assert_int_equal(*bw_source_line(o.source, 4, &len), 'c');
    assert_int_equal(len, 1);
    assert_null(bw_source_line(o.source, 5, &len));
    assert_null(bw_source_line(o.source, 0, &len));
    shut(&o);
    o = open_as("id\rab\nc", 7, NULL);
    assert_int_equal(bw_source_place(o.source, 3).line, 1);
    assert_int_equal(bw_source_place(o.source, 6).line, 2);
    shut(&o);
}

/* Whatever the bytes are: text that is valid, or a fault; a place for each. */
static void random_bytes_never_crash(void **state)
{
    (void)state;
    static const char *const declared[] = {NULL,       "utf-8",      "utf-16",
                                           "utf-16le", "utf-16be",   "utf-32",
                                           "cp1252",   "iso-8859-1", "gb18030"};
    static const char favoured[] =
        "\0\0\xFF\xFE\xEF\xBB\xBF,\n\r\"\xD8\x84\x31";
    for (int round = 0; round < 9000; round++) {
        char file[120];
        size_t len = 1 + random_below(sizeof file - 1);
        for (size_t i = 0; i < len; i++)
            file[i] = random_below(3)
                          ? (char)random_below(256)
                          : favoured[random_below(sizeof favoured - 1)];
        opened o = open_as(file, len, declared[round % 9]);
        size_t n = 0;
        if (o.source)
            bw_source_text(o.source, &n);
        for (size_t at = 0; at < n; at++)
            assert_true(bw_source_place(o.source, at).line > 0);
        shut(&o);
    }
}

static bw_status open_chinese(void *nothing)
{
    (void)nothing;
    const char text[] = "id,\xB1\xB1\xBE\xA9\n\xD6\xD0\xFF\n";
    const bw_source_how how = {0};
    bw_source *source;
    bw_status status = bw_source_from_table(text, sizeof text - 3, "t.csv",
                                            &how, NULL, &source);
    bw_source_free(source);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    assert_true(survives_lack_of_memory(open_chinese, NULL, BW_OK) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_gives_the_same_text_and_places),
        cmocka_unit_test(characters_across_steps_are_whole),
        cmocka_unit_test(every_byte_of_the_western_encodings_is_known),
        cmocka_unit_test(names_are_compared_without_case_and_dashes),
        cmocka_unit_test(an_unknown_name_is_a_fault_where_it_stands),
        cmocka_unit_test(a_mark_decides_but_must_not_contradict),
        cmocka_unit_test(utf16_without_a_mark_is_found_by_its_nul_bytes),
        cmocka_unit_test(a_declared_text_without_a_mark_shows_its_end),
        cmocka_unit_test(some_nul_bytes_do_not_make_utf16),
        cmocka_unit_test(declared_utf8_that_is_none_says_what_it_may_be),
        cmocka_unit_test(each_faulty_line_is_told_once_with_its_bytes),
        cmocka_unit_test(a_file_cut_in_a_character_says_so),
        cmocka_unit_test(what_is_no_table_is_refused_in_any_wrapping),
        cmocka_unit_test(carriage_returns_end_lines_where_nothing_else_does),
        cmocka_unit_test(random_bytes_never_crash),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
