/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What changes put over a table: cells, and rows after its last one. It knows
 * numbers of rows and columns only; load_table.c asks it before the file. */
#ifndef BW_LAYER_H
#define BW_LAYER_H

#include "bw/alloc.h"
#include "bw/diag.h"

#include <stdbool.h>

/** A cell as it stands in place of the file's. */
typedef struct bw_layer_cell {
    const char *text; /* numbers with a point, dates as 2027-03-31 */
    bw_place place;   /* of what wrote it */
    int group;        /* the <change> that it stands in */
    bool by_set;      /* a later <set> of the same group contradicts it */
} bw_layer_cell;

/** Rows that a change appended. */
typedef struct bw_layer_part {
    int64_t first, rows;    /* of the table */
    struct bw_sheet *sheet; /* that they stand in; NULL: <add-rep> made them */
    const int32_t *column;  /* [columns of the table] of that sheet, or -1 */
    bw_place place;         /* of the element */
} bw_layer_part;

typedef struct bw_layer bw_layer;

/** For so many rows and columns at most. NULL when memory is short. */
bw_layer *bw_layer_new(bw_arena *arena, int64_t rows, int32_t columns,
                       int parts);
int64_t bw_layer_room(const bw_layer *layer);
int32_t bw_layer_columns(const bw_layer *layer);

/** NULL: the file's own cell stands. */
const bw_layer_cell *bw_layer_at(const bw_layer *layer, int32_t column,
                                 int64_t row);
/** Writes a cell; the text is copied. BW_NOMEM. */
bw_status bw_layer_put(bw_layer *layer, int32_t column, int64_t row,
                       const bw_layer_cell *cell);
bool bw_layer_wrote(const bw_layer *layer, int32_t column);

/** Appends rows; parts must follow each other. */
void bw_layer_append(bw_layer *layer, const bw_layer_part *part);
/** NULL: a row of the file. */
const bw_layer_part *bw_layer_part_of(const bw_layer *layer, int64_t row);
int bw_layer_parts(const bw_layer *layer);
const bw_layer_part *bw_layer_part_at(const bw_layer *layer, int index);

/** Which change dropped the row (as bw_layer_drop said), or -1. */
int32_t bw_layer_dropped(const bw_layer *layer, int64_t row);
bw_status bw_layer_drop(bw_layer *layer, int64_t row, int32_t change);

#endif
