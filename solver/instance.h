/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Steps in the making of an instance that its parts share. */
#ifndef BW_SOLVER_INSTANCE_H
#define BW_SOLVER_INSTANCE_H

#include "bw/alloc.h"
#include "bw/instance.h"

/** c[u,r] with what exceeds a band for certain added (model.md,
 * "Tightening"), fine money. */
bw_wide bw_pair_cost_tightened(const bw_instance *instance, int32_t unit,
                               const bw_pair *pair);

/** Sets measure[].tightens, n_pairs and bound_zero from bands and pairs; the
 * rest must stand. BW_NOMEM. */
bw_status bw_instance_tighten(bw_instance *instance);

#endif
