/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a repair came to, as a table, in summary.json and for people. */
#ifndef BW_REPAIR_SHOW_H
#define BW_REPAIR_SHOW_H

#include "bw/repair.h"
#include "csv_write.h"
#include "figures.h"
#include "json.h"

/** repair.csv: every serving rep, and whether he was within reach. */
void bw_write_repair(const bw_repair *repair, bw_csv *csv);
/** The object "repair". */
void bw_json_repair(const bw_repair *repair, const bw_figures *figures,
                    bw_json_out *json);
void bw_show_repair(const bw_repair *repair, const bw_figures *figures,
                    bw_buf *buf);
/** Why there is no plan within this reach, at the place of <repair>. */
void bw_repair_tell_impossible(const bw_repair *repair, bw_diags *diags);

#endif
