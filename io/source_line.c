/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files are large and the lines wanted few, so nothing is kept but one
 * line. */
#include "source_line.h"

#include <string.h>
#include <sys/stat.h>

enum {
    LONGEST_LINE = 1 << 20 /* bytes */
};

void bw_line_close(bw_line_reader *reader)
{
    if (reader->file)
        fclose(reader->file);
    bw_source_free(reader->source);
    bw_buf_free(&reader->text);
    *reader = (bw_line_reader){.diags = reader->diags};
}

static void open_file(bw_line_reader *reader, const char *name)
{
    bw_line_close(reader);
    reader->name = name;
    struct stat about;
    if (stat(name, &about) != 0 || !S_ISREG(about.st_mode))
        return;
    const bw_attr encoding = {.text = bw_diags_encoding(reader->diags, name)};
    const bw_source_how how = {.encoding = &encoding, .lenient = true};
    if (!encoding.text)
        reader->file = fopen(name, "rb");
    else
        (void)bw_source_open_table(name, name, &how, NULL, &reader->source);
}

static bool converted_line(bw_line_reader *reader, uint32_t line)
{
    size_t len = 0;
    const char *text = bw_source_line(reader->source, line, &len);
    if (!text)
        return false;
    while (len > 0 && strchr("\r\n", text[len - 1]) && text[len - 1])
        len--;
    reader->line = line;
    if (len <= LONGEST_LINE)
        bw_buf_add(&reader->text, text, len);
    return len <= LONGEST_LINE && !reader->text.failed;
}

/* Reads the next line, into the text where it is the one wanted. */
static bool next_line(bw_line_reader *reader, bool wanted)
{
    bw_buf *text = &reader->text;
    int c = getc_unlocked(reader->file);
    if (c == EOF)
        return false;
    for (; c != EOF && c != '\n'; c = getc_unlocked(reader->file)) {
        char byte = (char)c;
        if (wanted && text->len <= LONGEST_LINE)
            bw_buf_add(text, &byte, 1);
    }
    reader->line++;
    return true;
}

static void trim(bw_line_reader *reader)
{
    static const char mark[] = "\xEF\xBB\xBF";
    bw_buf *text = &reader->text;
    while (text->len > 0 && text->text[text->len - 1] == '\r')
        text->text[--text->len] = 0;
    if (reader->line == 1 && text->len >= 3 && !memcmp(text->text, mark, 3)) {
        memmove(text->text, text->text + 3, text->len - 2);
        text->len -= 3;
    }
}

static bool usable(const bw_line_reader *reader)
{
    return !reader->text.failed && reader->text.len <= LONGEST_LINE;
}

bool bw_line_read(bw_line_reader *reader, const char *name, uint32_t line)
{
    bool same = reader->name && strcmp(reader->name, name) == 0;
    if (same && reader->line == line && line > 0)
        return usable(reader);
    if (!same || reader->line > line)
        open_file(reader, name);
    if ((!reader->file && !reader->source) || line == 0)
        return false;
    reader->text.len = 0;
    bw_buf_add(&reader->text, "", 0);
    if (reader->source)
        return converted_line(reader, line);
    while (reader->line < line)
        if (!next_line(reader, reader->line + 1 == line))
            return false;
    trim(reader);
    return usable(reader);
}
