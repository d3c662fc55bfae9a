/* SPDX-License-Identifier: GPL-3.0-or-later */
/** All files of a plan. */
#ifndef BW_PLAN_FILES_H
#define BW_PLAN_FILES_H

#include "out_dir.h"
#include "summary.h"

/** Writes every file but timing.json, which is about this as well. Not yet
 * committed. */
bw_status bw_plan_files_write(const bw_figures *figures, const bw_run *run,
                              bw_out_dir *out);
bw_status bw_plan_files_timing(const bw_timing *timing, bw_diags *diags,
                               bw_out_dir *out);

#endif
