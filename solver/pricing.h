/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The first part of a run: prices, and the plan's certificate from them. */
#ifndef BW_PRICING_H
#define BW_PRICING_H

#include "bw/plan.h"

#include "bound.h"
#include "work.h"

bw_status bw_pricing_run(bw_work *work, const bw_settings *settings,
                         bw_plan *plan, bw_prices **prices);

/** bw_arcs_choose, until time is up (arcs.h says what then): `threads` and
 * `stop` of `how` are set here. */
bw_status bw_pricing_arcs(bw_work *work, const bw_instance *instance,
                          const bw_arcs_choice *how, bw_arcs **arcs);

#endif
