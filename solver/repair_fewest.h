/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How few accounts can move. */
#ifndef BW_REPAIR_FEWEST_H
#define BW_REPAIR_FEWEST_H

#include "bw/instance.h"
#include "bw/settings.h"

typedef struct bw_fewest {
    int64_t moves;   /* of accounts that have an owner; -1: no plan */
    int64_t bound;   /* proven: every plan moves so many */
    bool impossible; /* proven: no plan keeps the hard limits */
    bw_stop stopped_by;
    int32_t *start; /* [n_units] the plan, in the arena; NULL: none */
} bw_fewest;

/** The problem has the locks and rules of the repair. */
bw_status bw_repair_fewest(const bw_problem *problem,
                           const bw_settings *settings, bw_diags *diags,
                           void *arena, bw_fewest *fewest);

#endif
