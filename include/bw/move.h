/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What would change if one unit alone went to another rep: the material that
 * reasons are made of. */
#ifndef BW_MOVE_H
#define BW_MOVE_H

#include "bw/plan.h"

/** Changes against the plan, positive where the move makes it dearer. */
typedef struct bw_move {
    bw_pair_parts parts; /* of the pair's cost (and travel hours); km: there */
    bw_wide cost;        /* of all its parts, fine money */
    bw_wide imbalance;   /* fine money */
    bw_wide total;       /* of the objective: cost + imbalance */
    bool breaks;         /* a hard limit or budget that holds now would not
                          * hold then */
    /* The band that the move hurts most (one that breaks before any other):
     * its rep and measure, -1 where it hurts none; above: at its upper side.
     */
    int32_t hurt_rep, hurt_measure;
    bool hurt_above;
    int32_t hurt_budget; /* the first one that would break, where no band
                          * does; else -1 */
} bw_move;

/** False where the pair is not allowed. The plan must be complete. */
bool bw_move_to(const bw_plan *plan, int32_t unit, int32_t rep, bw_move *move);

#endif
