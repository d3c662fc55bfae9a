/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The figures of a comparison, once for the screen, the CSV and the JSON: a
 * line for each figure, a cell in it for today and for each scenario. */
#ifndef BW_COMPARE_GRID_H
#define BW_COMPARE_GRID_H

#include "compare.h"

typedef enum bw_grid_kind {
    BW_GRID_TEXT,
    BW_GRID_MONEY,
    BW_GRID_COUNT,
    BW_GRID_SHARE, /* a fraction, shown in per cent */
    BW_GRID_HOURS,
    BW_GRID_SECONDS
} bw_grid_kind;

typedef struct bw_grid_cell {
    double number;    /* NaN: blank */
    const char *text; /* of BW_GRID_TEXT; NULL: blank */
} bw_grid_cell;

typedef struct bw_grid_line {
    const char *key;   /* of columns in CSV and members in JSON */
    const char *label; /* on the screen; NULL: not there */
    bw_grid_kind kind;
    bw_grid_cell *cell; /* [n_columns] */
} bw_grid_line;

typedef struct bw_grid {
    int n_columns;      /* today, then the scenarios */
    const char **title; /* [n_columns] */
    bw_grid_line *line; /* [n_lines] */
    int n_lines;
    void *arena;
} bw_grid;

/** The comparison must be run, and outlive the grid. BW_NOMEM. */
bw_status bw_grid_new(const bw_compare *compare, bw_grid **grid);
void bw_grid_free(bw_grid *grid);

/** The line of this key; NULL: there is none. */
const bw_grid_line *bw_grid_find(const bw_grid *grid, const char *key);
/** All blank, or 0. */
bool bw_grid_is_idle(const bw_grid *grid, const bw_grid_line *line);

#endif
