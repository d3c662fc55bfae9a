/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The program's own check: the judge recomputes a finished plan from what was
 * read, and every figure must agree with the solver's. */
#ifndef BW_OWN_CHECK_H
#define BW_OWN_CHECK_H

#include "bw/plan.h"

/** BW_INVALID, with BW_CHECK_FAILED diagnostics, where anything differs: such
 * a plan must not be written. The plan must be complete. */
bw_status bw_own_check(const bw_plan *plan, bw_diags *diags);

#endif
