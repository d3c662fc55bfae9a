/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where lines begin in a text, and so what line and column an offset is. */
#ifndef BW_LINES_H
#define BW_LINES_H

#include "bw/diag.h"

/** Start zeroed. Text and name are borrowed. */
typedef struct bw_lines {
    const char *name; /* of the file */
    const char *text; /* UTF-8, more or less: each byte that begins a character
                       * counts as one column */
    size_t len;
    size_t *start; /* [n] offsets */
    size_t n;
    char end; /* the last character of a line: a line feed, or in a text that
               * has none at all the carriage return */
} bw_lines;

/** BW_OK or BW_NOMEM. */
bw_status bw_lines_map(const char *name, const char *text, size_t len,
                       bw_lines *lines);
void bw_lines_free(bw_lines *lines);

/** Logarithmic in the number of lines, linear in the length of that line. */
bw_place bw_lines_place(const bw_lines *lines, size_t offset);
/** Offset of the line after the one with the offset `at`; len: there is none.
 */
size_t bw_lines_next(const bw_lines *lines, size_t at);

#endif
