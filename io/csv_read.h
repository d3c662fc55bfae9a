/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A CSV file as a table of text cells that know their places. */
#ifndef BW_CSV_READ_H
#define BW_CSV_READ_H

#include "source.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct bw_table bw_table;

typedef struct bw_cell {
    const char *text; /* NUL-terminated, blanks at both ends trimmed where the
                       * field is not quoted; never NULL */
    size_t len;
} bw_cell;

/**
 * RFC 4180, comma, CRLF or LF, first record is the header. Faults: stray
 * quotes, a quote never closed, records with another number of fields than the
 * header (all of them are listed), header only, blank or repeated header names.
 * The table borrows the source.
 */
bw_status bw_table_read(const bw_source *source, bw_diags *diags,
                        bw_table **table);
void bw_table_free(bw_table *table);

int64_t bw_table_rows(const bw_table *table); /* records without the header */
int32_t bw_table_columns(const bw_table *table);
bw_cell bw_table_header(const bw_table *table, int32_t column);
bw_place bw_table_header_place(const bw_table *table, int32_t column);
/** Column with exactly this header, or -1. */
int32_t bw_table_find(const bw_table *table, const char *header);
bw_cell bw_table_cell(const bw_table *table, int64_t row, int32_t column);
/** Of the field's first character (after an opening quote: the quote). */
bw_place bw_table_place(const bw_table *table, int64_t row, int32_t column);
const bw_source *bw_table_source(const bw_table *table);

#endif
