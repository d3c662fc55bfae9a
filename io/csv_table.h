/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A CSV file in memory: text cells that know their places. */
#ifndef BW_CSV_TABLE_H
#define BW_CSV_TABLE_H

#include "source.h"

#include <stdint.h>

typedef struct bw_table bw_table;

typedef struct bw_cell {
    const char *text; /* NUL-terminated, blanks at both ends trimmed where the
                       * field is not quoted; never NULL */
    size_t len;
} bw_cell;

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
/** What separates its fields: , ; | or a tab. */
char bw_table_separator(const bw_table *table);
/** Another column with the same header (the first of them; of the first one
 * the second), or -1. */
int32_t bw_table_twin(const bw_table *table, int32_t column);

/** A line after the last record that is none, as reports have at their end. */
typedef struct bw_footer {
    bw_place place;
    int32_t fields;
} bw_footer;

int64_t bw_table_footers(const bw_table *table);
bw_footer bw_table_footer(const bw_table *table, int64_t index);

/** Makes cells blank that are one of the texts, blanks around them aside;
 * count[i] of each, headers are left alone. */
void bw_table_blank(bw_table *table, const char *const *text, int n,
                    int64_t *count);

/** Takes the apostrophe off texts and headers that bw_is_guarded
 * (csv_write.h) says writing put there. */
void bw_table_unguard(bw_table *table);

/* What follows is for csv_read.c, which fills tables, and csv_check.c. */

/** An empty table; NULL when memory is short. */
bw_table *bw_table_new(const bw_source *source, char separator);
/** Appends a cell: its text, and the offset in the source at which the field
 * begins. The text must be no longer than the field is there, and fields must
 * not overlap. BW_OK or BW_NOMEM. */
bw_status bw_table_add(bw_table *table, size_t offset, bw_cell cell);
/** All cells, the header's included; and dropping those after the first n. */
size_t bw_table_cells(const bw_table *table);
/** The text of one of them. */
const char *bw_table_at(const bw_table *table, size_t cell);
void bw_table_cut(bw_table *table, size_t n_cells);
/** Says that a footer stands at the offset. BW_OK or BW_NOMEM. */
bw_status bw_table_add_footer(bw_table *table, size_t offset, int32_t fields);
/** Makes footers of the rows from there on. BW_OK or BW_NOMEM. */
bw_status bw_table_end_rows(bw_table *table, int64_t row);
/** What bw_table_twin says, -1 throughout at first, for the caller to fill in;
 * NULL when memory is short. */
int32_t *bw_table_twins(bw_table *table);
/** Says that the cells so far are the header; 0 columns before. */
void bw_table_end_header(bw_table *table);
/** Where the text of a field begins that begins at the offset: after blanks. A
 * field that is nothing but blanks stays where it is. */
size_t bw_table_field_start(const bw_table *table, size_t offset);

#endif
