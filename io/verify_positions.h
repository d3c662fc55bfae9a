/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The problem that a choice of positions solved, made again from what its
 * folder says, and the bound over all choices of its number. */
#ifndef BW_VERIFY_POSITIONS_H
#define BW_VERIFY_POSITIONS_H

#include "bw/problem.h"

/** positions.csv says who is open, positions_proof.csv proves the bound that
 * headcount.csv and summary.json name. BW_OK with diagnostics of the code
 * verify-mismatch where what is said cannot be right. *made borrows the
 * problem; its own arrays are in the arena. */
bw_status bw_verify_positions(const char *dir, const bw_problem *problem,
                              bw_diags *diags, void *arena, bw_problem *made);

#endif
