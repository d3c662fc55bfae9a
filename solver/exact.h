/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What prices prove, in exact integers. */
#ifndef BW_EXACT_H
#define BW_EXACT_H

#include "bw/instance.h"

/** bw_bound_exact; cost_free: with every cost 0 and prices of soft measures 0.
 * A positive value is then a proof that no plan is inside the hard limits. */
bw_status bw_exact_value(const bw_instance *instance, const int64_t *price,
                         bool cost_free, int threads, bw_wide *value);

/** c + sum p q + sum v b of one pair, tightened, fine money. */
bw_wide bw_exact_pair(const bw_instance *instance, int32_t unit,
                      const bw_pair *pair, const int64_t *price,
                      bool cost_free);

#endif
