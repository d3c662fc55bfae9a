/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong, in the order of the files, each with the line it is about:
 *
 *   accounts.csv:14:8: error: owner "R-77" is not listed in reps.csv [...]
 *     14 | A-0413,R-77,184000
 *        |        ^~~~
 *
 * Nothing of a file reaches the terminal as it is: control characters and
 * broken bytes are replaced. */
#include "show_diag.h"

#include "buf.h"
#include "source_line.h"
#include "utf8.h"
#include "width.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum {
    SHOWN = 20,       /* errors and warnings, unless all */
    LINE_SHOWN = 100, /* characters of a source line */
    LINE_BEFORE = 60, /* of them before the caret where the line is cut */
    NUMBER_WIDTH = 4  /* of the line number, at least */
};

/* ------------------------------------------------------------ clean text */

/* What bw_lines_place counts as one column. */
static size_t next_character(const char *text, size_t len, size_t at)
{
    at += bw_utf8_width(text + at);
    return at < len ? at : len;
}

static bool is_control(const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (length == 1)
        return first < 0x20 || first == 0x7F;
    /* U+0080 .. U+009F, and the marks that turn the writing direction round
     * and so make a line look like another: U+202A..202E, U+2066..2069. */
    unsigned char second = (unsigned char)text[1];
    if (length == 2)
        return first == 0xC2 && second < 0xA0;
    unsigned char third = (unsigned char)text[2];
    return length == 3 && first == 0xE2 &&
           ((second == 0x80 && third >= 0xAA && third <= 0xAE) ||
            (second == 0x81 && third >= 0xA6 && third <= 0xA9));
}

/* Adds text[from, to): tabs and line ends as blanks, what is no character or
 * would act on a terminal as "?". text[to] must be readable. */
static void add_clean(bw_buf *out, const char *text, size_t from, size_t to)
{
    while (from < to) {
        size_t length = bw_utf8_length(text + from);
        bool whole = length > 0 && length <= to - from;
        if (text[from] && strchr("\t\r\n", text[from]))
            bw_buf_text(out, " ");
        else if (!whole || is_control(text + from, length))
            bw_buf_text(out, "?");
        else
            bw_buf_add(out, text + from, length);
        from += whole ? length : 1;
    }
}

/* ------------------------------------------------------------- source line */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || strchr("_-.:", c) ||
           (unsigned char)c >= 0x80;
}

static size_t word_end(const char *line, size_t len, size_t at)
{
    at++; /* whatever it is: `$`, `<`, an operator */
    while (at < len && is_word(line[at]))
        at++;
    return at;
}

static size_t quoted_end(const char *line, size_t len, size_t at)
{
    for (at++; at < len; at++) {
        if (line[at] != '"')
            continue;
        if (at + 1 >= len || line[at + 1] != '"')
            return at + 1;
        at++; /* a quote inside is written twice */
    }
    return len;
}

static size_t field_end(const char *line, size_t len, size_t at, char separator)
{
    size_t end = at;
    if (line[at] == '"')
        return quoted_end(line, len, at);
    for (; at < len && line[at] != separator; at++)
        if (line[at] != ' ' && line[at] != '\t')
            end = at + 1;
    return end;
}

static size_t xml_end(const char *line, size_t len, size_t at)
{
    char before = at > 0 ? line[at - 1] : ' ';
    if (before != '"' && before != '\'')
        return word_end(line, len, at);
    const char *end = memchr(line + at, before, len - at);
    return end ? (size_t)(end - line) : len;
}

static bool is_xml(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && (strcmp(name + len - 4, ".xml") == 0 ||
                       strcmp(name + len - 4, ".XML") == 0);
}

/* One past the value that the diagnostic is about, as far as its place and code
 * tell. */
static size_t value_end(const bw_diag *diag, char separator, const char *line,
                        size_t len, size_t at)
{
    size_t end = at;
    bw_code code = diag->code;
    bool xml = is_xml(diag->place.file);
    if (at >= len || (code == BW_FILE_ENCODING && !xml) ||
        code == BW_CSV_SYNTAX || code == BW_CSV_FIELDS || code == BW_XML_SYNTAX)
        return at;
    if (code >= BW_EXPR_SYNTAX && code <= BW_EXPR_TYPE)
        end = word_end(line, len, at);
    else if (xml)
        end = xml_end(line, len, at);
    else
        end = field_end(line, len, at, separator);
    return end;
}

/* A line as shown: a piece of it, and what part of that is underlined. Offsets
 * in bytes. */
typedef struct view {
    const char *line;
    size_t len, from, to; /* the piece */
    size_t caret, end;    /* caret > len: none */
} view;

static size_t offset_of(const char *line, size_t len, uint32_t column)
{
    size_t at = 0;
    for (; column > 1 && at < len; column--)
        at = next_character(line, len, at);
    return at;
}

/* Chooses the piece: all of it, or LINE_SHOWN characters around the caret. */
static void choose_piece(view *v, uint32_t column)
{
    uint32_t total = 0;
    for (size_t at = 0; at < v->len; at = next_character(v->line, v->len, at))
        total++;
    uint32_t first = 1;
    if (total > LINE_SHOWN && column > LINE_BEFORE)
        first = column - LINE_BEFORE;
    if (total > LINE_SHOWN && first > total - LINE_SHOWN + 1)
        first = total - LINE_SHOWN + 1;
    v->from = offset_of(v->line, v->len, first);
    v->to = offset_of(v->line, v->len, first + LINE_SHOWN);
}

static void add_times(bw_buf *out, const char *sign, int times)
{
    for (int i = 0; i < times; i++)
        bw_buf_text(out, sign);
}

/* Columns on the terminal that line[from, to) takes. */
static int width_of(const view *v, size_t from, size_t to)
{
    bw_buf text = {0};
    add_clean(&text, v->line, from, to < from ? from : to);
    int width = text.text && !text.failed ? bw_text_width(text.text) : 0;
    bw_buf_free(&text);
    return width;
}

static void add_view(bw_buf *out, const view *v, uint32_t line)
{
    const char *cut = v->from > 0 ? "..." : "";
    char number[16];
    snprintf(number, sizeof number, "%*u", NUMBER_WIDTH, (unsigned)line);
    bw_buf_format(out, "%s | %s", number, cut);
    add_clean(out, v->line, v->from, v->to);
    bw_buf_text(out, v->to < v->len ? "...\n" : "\n");
    if (v->caret > v->len)
        return;
    size_t end = v->end < v->to ? v->end : v->to;
    bw_buf_format(out, "%*s | ", (int)strlen(number), "");
    add_times(out, " ", (int)strlen(cut) + width_of(v, v->from, v->caret));
    bw_buf_text(out, "^");
    add_times(out, "~", width_of(v, v->caret, end) - 1);
    bw_buf_text(out, "\n");
}

static void add_source_line(bw_buf *out, bw_line_reader *lines,
                            const bw_diag *diag)
{
    bw_place place = diag->place;
    if (!place.file || place.line == 0 ||
        !bw_line_read(lines, place.file, place.line))
        return;
    view v = {.line = lines->text.text, .len = lines->text.len};
    v.caret = v.len + 1;
    if (place.column > 0) {
        v.caret = offset_of(v.line, v.len, place.column);
        v.end = value_end(diag, bw_diags_separator(lines->diags, place.file),
                          v.line, v.len, v.caret);
    }
    choose_piece(&v, place.column);
    add_view(out, &v, place.line);
}

/* ------------------------------------------------------------- the records */

static void add_place(bw_buf *out, bw_place place)
{
    if (!place.file)
        return;
    add_clean(out, place.file, 0, strlen(place.file));
    if (place.line > 0)
        bw_buf_format(out, ":%u", (unsigned)place.line);
    if (place.line > 0 && place.column > 0)
        bw_buf_format(out, ":%u", (unsigned)place.column);
    bw_buf_text(out, ": ");
}

static void show(FILE *out, bw_line_reader *lines, const bw_diag *diag)
{
    static const char *const severities[] = {
        [BW_NOTE] = "note", [BW_WARNING] = "warning", [BW_ERROR] = "error"};
    bw_buf text = {0};
    add_place(&text, diag->place);
    bw_buf_format(&text, "%s: ", severities[diag->severity]);
    add_clean(&text, diag->text, 0, strlen(diag->text));
    bw_buf_format(&text, " [%s]\n", bw_code_text(diag->code));
    add_source_line(&text, lines, diag);
    if (text.failed) /* memory is short: the sentence is what matters */
        fprintf(out, "%s: %s [%s]\n", severities[diag->severity], diag->text,
                bw_code_text(diag->code));
    else
        fwrite(text.text, 1, text.len, out);
    bw_buf_free(&text);
}

/* What to show. Where that is not all, one of each kind comes first, as it may
 * be the cause of what hides it, then errors before warnings: what stops the
 * run must not be hidden by what does not. */
typedef struct choice {
    bool first[BW_ERROR + 1][BW_N_CODES]; /* is still to come */
    size_t rest[BW_ERROR + 1];            /* how many besides */
} choice;

static void choose_kinds(bw_diags *diags, bw_severity severity, choice *c,
                         size_t *room)
{
    size_t n = 0, firsts = 0;
    for (size_t i = 0; i < bw_diags_kept(diags); i++) {
        const bw_diag *diag = bw_diags_at(diags, i);
        if (diag->severity != severity)
            continue;
        n++;
        if (firsts < *room && !c->first[severity][diag->code]) {
            c->first[severity][diag->code] = true;
            firsts++;
        }
    }
    *room -= firsts;
    c->rest[severity] = n - firsts;
}

static choice choose(bw_diags *diags, bool all)
{
    choice c = {0};
    size_t room = all ? SIZE_MAX : SHOWN;
    choose_kinds(diags, BW_ERROR, &c, &room);
    choose_kinds(diags, BW_WARNING, &c, &room);
    if (all)
        choose_kinds(diags, BW_NOTE, &c, &room);
    for (bw_severity s = BW_ERROR; s > BW_NOTE; s--) {
        c.rest[s] = c.rest[s] < room ? c.rest[s] : room;
        room -= c.rest[s];
    }
    return c;
}

static bool take(choice *c, const bw_diag *diag)
{
    bool *first = &c->first[diag->severity][diag->code];
    size_t *rest = &c->rest[diag->severity];
    bool taken = *first || *rest > 0;
    *rest -= !*first && taken;
    *first = false;
    return taken;
}

static void show_records(FILE *out, bw_diags *diags, bool all)
{
    size_t shown = 0;
    bw_line_reader lines = {.diags = diags};
    choice c = choose(diags, all);
    for (size_t i = 0; i < bw_diags_kept(diags); i++) {
        const bw_diag *diag = bw_diags_at(diags, i);
        if (!take(&c, diag))
            continue;
        shown += diag->severity != BW_NOTE;
        show(out, &lines, diag);
    }
    bw_line_close(&lines);
    size_t total =
        bw_diags_count(diags, BW_ERROR) + bw_diags_count(diags, BW_WARNING);
    if (total > shown)
        fprintf(out, "and %zu more%s\n", total - shown,
                all ? " of these kinds" : " (--all-errors)");
}

/* ------------------------------------------------------------ closing line */

static size_t count_files(bw_diags *diags)
{
    size_t n = 0;
    const char *last = NULL;
    for (size_t i = 0; i < bw_diags_kept(diags); i++) {
        const bw_diag *diag = bw_diags_at(diags, i);
        const char *file = diag->place.file;
        if (diag->severity == BW_NOTE || !file)
            continue;
        n += !last || strcmp(last, file) != 0;
        last = file;
    }
    return n;
}

static void show_count(FILE *out, size_t n, const char *what)
{
    fprintf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void show_closing(FILE *out, bw_diags *diags, const char *tail)
{
    size_t errors = bw_diags_count(diags, BW_ERROR);
    size_t warnings = bw_diags_count(diags, BW_WARNING);
    size_t files = count_files(diags);
    if (errors + warnings == 0)
        return;
    if (errors > 0)
        show_count(out, errors, "error");
    if (errors > 0 && warnings > 0)
        fputs(" and ", out);
    if (warnings > 0)
        show_count(out, warnings, "warning");
    if (files > 0) {
        fputs(" in ", out);
        show_count(out, files, "file");
    }
    fprintf(out, "; %s.\n", tail);
}

void bw_show_diags(FILE *out, bw_diags *diags, bool all, const char *tail)
{
    assert(out && diags);
    show_records(out, diags, all);
    if (tail)
        show_closing(out, diags, tail);
}
