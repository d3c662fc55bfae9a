/* SPDX-License-Identifier: GPL-3.0-or-later */
/** instance -> plan, bound, certificate. Reads no clock but the one given,
 * prints nothing. */
#ifndef BW_SOLVE_H
#define BW_SOLVE_H

#include "bw/plan.h"
#include "bw/settings.h"

/** gap 0.1 %, no time limit, normal effort, seed 1, one thread; the clock
 * must still be set. */
bw_settings bw_settings_default(void);

/**
 * Always gives a plan object when BW_OK, whose outcome says what is known:
 * BW_OPTIMAL, BW_WITHIN_GAP, BW_FEASIBLE: inside every hard limit;
 * BW_IMPOSSIBLE: proven that the hard limits cannot hold together;
 * BW_NO_PLAN: a limit was reached first.
 */
bw_status bw_solve(const bw_instance *instance, const bw_settings *settings,
                   bw_plan **plan);

#endif
