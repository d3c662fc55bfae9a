/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written here is read back as it was by csv_read.c and by anything
 * else that keeps to RFC 4180. */
#include "csv_write.h"

#include <string.h>

const bw_csv_style bw_csv_spreadsheet = {',', false, true, true};
static const bw_csv_style ours = {',', false, false, false};

static const bw_csv_style *style_of(const bw_csv *csv)
{
    return csv->style ? csv->style : &ours;
}

static void start_field(bw_csv *csv)
{
    if (csv->column++ > 0)
        bw_buf_add(csv->buf, &style_of(csv)->separator, 1);
}

/* Quotes are needed where the text would end the field, and where a reader may
 * trim it: many drop blanks at the ends of a field that is not quoted. */
static bool needs_quotes(const char *text, size_t len, char separator)
{
    if (len == 0)
        return false;
    char first = text[0], last = text[len - 1];
    bool needed = first == ' ' || first == '\t' || last == ' ' || last == '\t';
    for (size_t i = 0; i < len && !needed; i++)
        needed = text[i] == separator || text[i] == '"' || text[i] == '\r' ||
                 text[i] == '\n';
    return needed;
}

static bool begins_formula(char first)
{
    return first && strchr("=+-@\t\r\n", first);
}

bool bw_is_formula(const char *text)
{
    return begins_formula(text[0]);
}

bool bw_is_guarded(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && text[at] == '\'')
        at++;
    return at < len && begins_formula(text[at]);
}

void bw_csv_begin(bw_csv *csv)
{
    if (style_of(csv)->formulas_off)
        bw_buf_text(csv->buf, "\xEF\xBB\xBF");
}

void bw_csv_bytes(bw_csv *csv, const char *text, size_t len)
{
    const bw_csv_style *style = style_of(csv);
    start_field(csv);
    if (!style->quote_all && !needs_quotes(text, len, style->separator)) {
        bw_buf_add(csv->buf, text, len);
        return;
    }
    bool guard = style->formulas_off && bw_is_guarded(text, len);
    bw_buf_text(csv->buf, guard ? "\"'" : "\"");
    for (const char *quote; len > 0 && (quote = memchr(text, '"', len));) {
        size_t before = (size_t)(quote - text) + 1;
        bw_buf_add(csv->buf, text, before);
        bw_buf_add(csv->buf, "\"", 1);
        text += before;
        len -= before;
    }
    bw_buf_add(csv->buf, text, len);
    bw_buf_add(csv->buf, "\"", 1);
}

void bw_csv_text(bw_csv *csv, const char *text)
{
    bw_csv_bytes(csv, text ? text : "", text ? strlen(text) : 0);
}

void bw_csv_quanta(bw_csv *csv, int64_t quanta)
{
    start_field(csv);
    bw_buf_quanta(csv->buf, quanta);
}

void bw_csv_fine(bw_csv *csv, bw_wide fine)
{
    start_field(csv);
    bw_buf_fine(csv->buf, fine);
}

void bw_csv_double(bw_csv *csv, double value)
{
    start_field(csv);
    bw_buf_double(csv->buf, value);
}

void bw_csv_int(bw_csv *csv, int64_t value)
{
    start_field(csv);
    bw_buf_format(csv->buf, "%lld", (long long)value);
}

/* A record of one blank field would be a blank line, which is no record. */
static bool is_blank_line(const bw_csv *csv)
{
    const bw_buf *buf = csv->buf;
    return csv->column == 1 &&
           (buf->len == 0 || buf->text[buf->len - 1] == '\n');
}

void bw_csv_end(bw_csv *csv)
{
    if (is_blank_line(csv))
        bw_buf_text(csv->buf, "\"\"");
    bw_buf_text(csv->buf, style_of(csv)->crlf ? "\r\n" : "\n");
    csv->column = 0;
}
