/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The curve of a choice of positions, as far as it can be computed again. */
#ifndef BW_VERIFY_HEADCOUNT_H
#define BW_VERIFY_HEADCOUNT_H

#include "bw/diag.h"
#include "bw/problem.h"
#include "bw/status.h"
#include "json.h"

/** headcount.csv in dir, beside the choice that positions.csv says, open
 * [n_serving], and the summary: a row for each number, who is open in it and
 * what that costs, sums of costs, gaps, no bound above a cost, the plan the
 * cheapest of all; and what the summary takes from it. BW_OK with diagnostics
 * of the code verify-mismatch. */
bw_status bw_verify_headcount(const char *dir, const bw_problem *problem,
                              const uint8_t *open, const bw_json *summary,
                              bw_diags *diags);

#endif
