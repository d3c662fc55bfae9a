/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The budgets of an instance: what each pair uses of them. */
#ifndef BW_BUDGET_H
#define BW_BUDGET_H

#include "build.h"

/** Limits, totals, keepers, and whether every plan must use more than there is:
 * a budget-short error, and instance->impossible. Pairs must stand. */
bw_status bw_budgets_make(bw_build *build);

/** The arrays for n budgets and so many keepers. */
bw_status bw_budgets_room(bw_instance *instance, int32_t n, int32_t keepers);
/** From the limits as stated, totals and keepers: least, stated, and B[g] as
 * the limit. */
void bw_budgets_settle(bw_instance *instance);

#endif
