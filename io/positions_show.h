/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a choice of positions came to: tables, summary.json, terminal. */
#ifndef BW_POSITIONS_SHOW_H
#define BW_POSITIONS_SHOW_H

#include "bw/positions.h"
#include "csv_write.h"
#include "figures.h"
#include "json.h"

/** positions.csv: every free position. */
void bw_write_positions(const bw_positions *positions,
                        const bw_figures *figures, bw_csv *csv);
/** headcount.csv: a line for each number of positions. */
void bw_write_headcount(const bw_positions *positions,
                        const bw_figures *figures, bw_csv *csv);
/** positions_proof.csv: what proves the certified bound of the number in the
 * plan over all its choices. */
void bw_write_positions_proof(const bw_positions *positions,
                              const bw_figures *figures, bw_csv *csv);
/** The object "positions". */
void bw_json_positions(const bw_positions *positions, const bw_figures *figures,
                       bw_json_out *json);
void bw_show_positions(const bw_positions *positions, const bw_figures *figures,
                       bool utf8, bw_buf *buf);
/** Whether it is proven that no choice of any number has a plan; and that told,
 * at the place of <positions>. */
bool bw_positions_impossible(const bw_positions *positions);
void bw_positions_tell_impossible(const bw_problem *problem, bw_diags *diags);

#endif
