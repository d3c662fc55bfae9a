/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan to start from: that of another scenario, carried over by ids. */
#ifndef BW_START_PLAN_H
#define BW_START_PLAN_H

#include "bw/instance.h"

/** rep[n_units]: who serves the unit's accounts in the plan that stands in
 * `dir`; of several the one who serves the first of them there. -1: none of its
 * accounts is there, or the rep does not serve here. BW_NOMEM, BW_IO,
 * BW_INVALID: no such file, no such table; nothing is told. */
bw_status bw_start_plan_read(const char *dir, const bw_instance *instance,
                             int32_t *rep);

#endif
