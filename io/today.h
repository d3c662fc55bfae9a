/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How things stand today, by the same functions that judge the plan: every
 * account with its present owner. */
#ifndef BW_TODAY_H
#define BW_TODAY_H

#include "figures.h"

typedef struct bw_today {
    /* Loads if every owner who serves in the plan kept exactly the accounts
     * owned today. */
    int64_t *load; /* [n_reps * n_measures] of the instance, quanta */
    /* Accounts by what there is to compare: */
    int64_t comparable;  /* the owner serves in the plan and may have it */
    int64_t not_allowed; /* the owner serves, but may not have it */
    int64_t leaving;     /* the owner is leaving */
    int64_t unowned;
    /* Over the comparable ones, as owned today and as planned: */
    int64_t hours_today, hours_then; /* of travel, quanta */
    double km_today, km_then;        /* sums over those with a place */
    int64_t placed;
    void *arena;
} bw_today;

bw_status bw_today_new(const bw_figures *figures, bw_today **today);
void bw_today_free(bw_today *today);

#endif
