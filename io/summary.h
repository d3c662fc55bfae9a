/* SPDX-License-Identifier: GPL-3.0-or-later */
/** summary.json and timing.json: the run in figures that scripts rely on. */
#ifndef BW_SUMMARY_H
#define BW_SUMMARY_H

#include "buf.h"
#include "bw/frontier.h"
#include "bw/positions.h"
#include "bw/repair.h"
#include "bw/solve.h"
#include "figures.h"

/** Seconds by stage, on a clock that never goes back. */
typedef struct bw_timing {
    double load, model, solve, check, write;
    int threads;
} bw_timing;

/** What was asked and what was found on the way. */
typedef struct bw_run {
    const bw_settings *settings;
    bw_diags *diags;               /* warnings */
    const bw_repair *repair;       /* NULL: none */
    const bw_frontier *frontier;   /* likewise */
    const bw_positions *positions; /* likewise */
    bool spreadsheet; /* the tables are made safe to be opened by one */
} bw_run;

/** The same bytes for the same inputs: no times, no threads, no paths but
 * those of the scenario. */
void bw_write_summary(const bw_figures *figures, const bw_run *run,
                      bw_buf *buf);
void bw_write_timing(const bw_timing *timing, bw_buf *buf);

/** Text of an effort, as options and scenarios spell it; NULL past the last.
 */
const char *bw_effort_text(int effort);

#endif
