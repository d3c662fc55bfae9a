/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The problem that a repair solved, made again from what its folder says:
 * repair.csv who was within reach, summary.json how few accounts could move. */
#ifndef BW_VERIFY_REPAIR_H
#define BW_VERIFY_REPAIR_H

#include "bw/problem.h"

/** BW_OK with diagnostics of the code verify-mismatch where what is said cannot
 * be right. *made borrows the problem; its own arrays are in the arena. */
bw_status bw_verify_repair(const char *dir, const bw_problem *problem,
                           bw_diags *diags, void *arena, bw_problem *made);

#endif
