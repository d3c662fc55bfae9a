/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of UTF-8 text, without the C library's locale: the program runs in
 * the "C" locale so that numbers look the same everywhere. */
#include "width.h"

#include <stdlib.h>
#include <string.h>

typedef struct span {
    uint32_t first, last;
} span;

/* The blocks that matter in names of people and companies; after Unicode's
 * EastAsianWidth (W and F) and the general category Mn, block-wise. */
static const span wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD}};
static const span marks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
    {0x064B, 0x065F}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

static bool inside(const span *spans, size_t n, uint32_t point)
{
    for (size_t i = 0; i < n; i++)
        if (point >= spans[i].first && point <= spans[i].last)
            return true;
    return false;
}

/* One character: its bytes, its columns, and what is printed for it (NULL: the
 * bytes themselves). */
typedef struct glyph {
    size_t len;
    int columns;
    const char *instead;
} glyph;

static glyph glyph_at(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (*at < 0x20 || *at == 0x7F)
        return (glyph){1, 1, " "};
    if (*at < 0x80)
        return (glyph){1, 1, NULL};
    size_t len = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
    uint32_t point = *at & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return (glyph){1, 1, "?"};
        point = point << 6 | (at[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0x80, 0x800, 0x10000};
    if (*at < 0xC2 || *at > 0xF4 || point < least[len - 2] || point > 0x10FFFF)
        return (glyph){1, 1, "?"};
    if (point < 0xA0) /* control characters of the upper half */
        return (glyph){len, 1, " "};
    /* Marks that turn the direction of a line must not reach a terminal. */
    if ((point >= 0x202A && point <= 0x202E) ||
        (point >= 0x2066 && point <= 0x2069))
        return (glyph){len, 0, ""};
    if (inside(marks, sizeof marks / sizeof *marks, point))
        return (glyph){len, 0, NULL};
    if (inside(wide, sizeof wide / sizeof *wide, point))
        return (glyph){len, 2, NULL};
    return (glyph){len, 1, NULL};
}

/* Up to `end`, which no character crosses. */
static int width_until(const char *text, const char *end)
{
    int columns = 0;
    while (text < end) {
        glyph g = glyph_at(text);
        columns += g.columns;
        text += g.len;
    }
    return columns;
}

int bw_text_width(const char *text)
{
    return width_until(text, text + strlen(text));
}

/* As many characters as fit into `room` columns; the columns they take. */
static int add_part(bw_buf *buf, const char *text, int room)
{
    int columns = 0;
    while (*text) {
        glyph g = glyph_at(text);
        if (columns + g.columns > room)
            break;
        if (g.instead)
            bw_buf_text(buf, g.instead);
        else
            bw_buf_add(buf, text, g.len);
        columns += g.columns;
        text += g.len;
    }
    return columns;
}

static void blanks(bw_buf *buf, int n)
{
    bw_buf_format(buf, "%*s", n, "");
}

/* What of a text of so many columns is in the last of them. */
static const char *end_of(const char *text, int columns, int room)
{
    while (columns > room) {
        glyph g = glyph_at(text);
        columns -= g.columns;
        text += g.len;
    }
    return text;
}

/* `ends`: the middle is cut. */
static void fit(bw_buf *buf, const char *text, int width, bool utf8, bool ends)
{
    int room = abs(width), columns = bw_text_width(text);
    if (columns <= room) {
        if (width < 0)
            blanks(buf, room - columns);
        add_part(buf, text, room);
        if (width > 0)
            blanks(buf, room - columns);
        return;
    }
    const char *cut = utf8 ? "\xE2\x80\xA6" : "..";
    int taken = utf8 ? 1 : 2;
    if (taken > room)
        taken = 0;
    int last = ends ? (room - taken) / 2 : 0;
    int shown = add_part(buf, text, room - taken - last);
    if (taken)
        bw_buf_text(buf, cut);
    if (last)
        shown += add_part(buf, end_of(text, columns, last), last);
    blanks(buf, room - taken - shown);
}

void bw_text_fit(bw_buf *buf, const char *text, int width, bool utf8)
{
    fit(buf, text, width, utf8, false);
}

void bw_text_fit_ends(bw_buf *buf, const char *text, int width, bool utf8)
{
    fit(buf, text, width, utf8, true);
}

void bw_text_cut(bw_buf *buf, const char *text, int width, bool utf8)
{
    int columns = bw_text_width(text);
    bw_text_fit(buf, text, columns < width ? columns : width, utf8);
}

void bw_text_wrap(bw_buf *buf, const char *text, int width)
{
    int at = 0;
    for (const char *end; *text; text = end + strspn(end, " ")) {
        end = text + strcspn(text, " ");
        int columns = width_until(text, end);
        if (at > 0 && at + 1 + columns > width) {
            bw_buf_text(buf, "\n ");
            at = 1;
        }
        if (at > 0)
            bw_buf_text(buf, " ");
        at += (at > 0) + add_part(buf, text, columns);
    }
    bw_buf_text(buf, "\n");
}
