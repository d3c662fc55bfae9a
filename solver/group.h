/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Reps that compete for the same units, put together. */
#ifndef BW_GROUP_H
#define BW_GROUP_H

#include "arcs.h"

/** Groups of at most `most` reps: group[n_reps], numbered from 0 in the order
 * of their lowest reps; *n_groups. above[arc]: what the arc costs more, at the
 * prices, than its unit's best; `scale`: what counts as much. */
bw_status bw_group_reps(const bw_arcs *arcs, const double *above, double scale,
                        int32_t most, int32_t *group, int32_t *n_groups);

#endif
