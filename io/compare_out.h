/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A comparison for people and for programs. */
#ifndef BW_COMPARE_OUT_H
#define BW_COMPARE_OUT_H

#include "compare_grid.h"

/** One row for today, one for each scenario. */
void bw_compare_csv(const bw_grid *grid, bw_buf *buf);
void bw_compare_json(const bw_compare *compare, const bw_grid *grid,
                     bw_buf *buf);

/** compare.csv and compare.json in the folder, each put in its place when it is
 * whole (compare_files.c). BW_IO, told. */
bw_status bw_compare_save(const bw_compare *compare, const bw_grid *grid,
                          bw_diags *diags);

/** The table: a column for each scenario where `columns` of a terminal have
 * room for that, else a row; then what is to be said of single ones
 * (compare_screen.c). */
void bw_compare_show(const bw_compare *compare, const bw_grid *grid,
                     int columns, bool utf8, bw_buf *buf);

#endif
