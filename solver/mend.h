/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bringing a plan back inside its budgets. */
#ifndef BW_MEND_H
#define BW_MEND_H

#include "chain.h"

/** Returns units to reps who may keep them, those first that cost least for
 * what they free, until no budget is exceeded or nothing helps. The reps are
 * touched. False: nothing had to be done. */
bool bw_mend(bw_state *state, bw_chains *chains);

#endif
