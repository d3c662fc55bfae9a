/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where lines begin in a text, and so what line and column an offset is. */
#ifndef BW_LINES_H
#define BW_LINES_H

#include "bw/diag.h"

#include <stdbool.h>

/** Start zeroed. Text and name are borrowed. */
typedef struct bw_lines {
    const char *name; /* of the file */
    const char *text; /* UTF-8, more or less: a byte that is none counts as a
                       * column, as a character does; NUL-terminated */
    size_t len;
    size_t *start; /* [n] offsets */
    size_t n;
    bool returns; /* carriage returns end lines, too, not line feeds alone */
} bw_lines;

/** `returns`: lines end with carriage returns (bw_csv_returns), as they do in
 * any text that has no line feed at all; line feeds in quotes break lines
 * there, too. BW_OK or BW_NOMEM. */
bw_status bw_lines_map(const char *name, const char *text, size_t len,
                       bool returns, bw_lines *lines);
void bw_lines_free(bw_lines *lines);

/** Logarithmic in the number of lines, linear in the length of that line. */
bw_place bw_lines_place(const bw_lines *lines, size_t offset);
/** Offset of the line after the one with the offset `at`; len: there is none.
 */
size_t bw_lines_next(const bw_lines *lines, size_t at);

#endif
