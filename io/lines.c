/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map holds the offset of every line start (8 bytes a line), so that
 * everybody else passes plain offsets around and a place costs a binary search
 * only when somebody asks. */
#include "lines.h"

#include "bw/alloc.h"
#include "utf8.h"

#include <string.h>

size_t bw_lines_next(const bw_lines *lines, size_t at)
{
    const char *text = lines->text;
    if (!lines->returns) {
        const char *end = memchr(text + at, '\n', lines->len - at);
        return end ? (size_t)(end - text) + 1 : lines->len;
    }
    while (at < lines->len && text[at] != '\r' && text[at] != '\n')
        at++;
    bool both = at + 1 < lines->len && text[at] == '\r' && text[at + 1] == '\n';
    return at < lines->len ? at + 1 + both : lines->len;
}

bw_status bw_lines_map(const char *name, const char *text, size_t len,
                       bool returns, bw_lines *lines)
{
    size_t room = len / 64 + 16;
    *lines = (bw_lines){.name = name, .text = text, .len = len, .n = 1};
    lines->returns = returns || !memchr(text, '\n', len);
    lines->start = bw_alloc(room, sizeof *lines->start);
    if (!lines->start)
        return BW_NOMEM;
    for (size_t at = bw_lines_next(lines, 0); at < len;
         at = bw_lines_next(lines, at)) {
        if (lines->n == room) {
            size_t *grown = bw_realloc(lines->start, 2 * room, sizeof *grown);
            if (!grown)
                return BW_NOMEM;
            lines->start = grown;
            room *= 2;
        }
        lines->start[lines->n++] = at;
    }
    return BW_OK;
}

void bw_lines_free(bw_lines *lines)
{
    bw_free(lines->start);
    *lines = (bw_lines){.n = 0};
}

bw_place bw_lines_place(const bw_lines *lines, size_t offset)
{
    if (offset > lines->len)
        offset = lines->len;
    /* The last line that starts at or before the offset is in [low, high). */
    size_t low = 0, high = lines->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    uint32_t column = 1;
    const char *text = lines->text;
    for (size_t at = lines->start[low]; at < offset && column < UINT32_MAX;
         column++)
        at += (unsigned char)text[at] < 0x80 ? 1 : bw_utf8_width(text + at);
    uint32_t line = low < UINT32_MAX ? (uint32_t)(low + 1) : UINT32_MAX;
    return (bw_place){lines->name, line, column};
}
