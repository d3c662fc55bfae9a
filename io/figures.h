/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the tables print: every figure per account, rep and segment, computed
 * once from a complete plan. Hours, potential, money in quanta; sums of revenue
 * are wide, because revenue has no upper limit worth the name. */
#ifndef BW_FIGURES_H
#define BW_FIGURES_H

#include "bw/plan.h"

typedef struct bw_account_line {
    int32_t rep;        /* who serves it in the plan */
    int32_t previous;   /* its known owner, leaving ones included, or -1 */
    bool moved;         /* there is a known owner, and it is not `rep` */
    bool forced;        /* moved, and the owner could not have kept it */
    int32_t next;       /* next best rep of its unit, or -1 */
    bw_wide next_extra; /* what that would cost more, fine money */
    int32_t n_allowed;  /* reps that may serve its unit */
    int32_t cheapest;   /* of them, by the unit's own cost; `rep` if tied */
    int64_t service_hours, travel_hours, cost;
    int64_t potential, revenue;
    double km; /* road km to its rep; NaN: no place */
} bw_account_line;

/** Sums over accounts. */
typedef struct bw_totals {
    int64_t accounts, accounts_in, accounts_out, moved, forced;
    int64_t service_hours, travel_hours, potential;
    bw_wide revenue, revenue_in, revenue_out, moved_revenue, forced_revenue;
    bw_wide cost;
    double km; /* sum over the accounts with a place, of which there are: */
    int64_t placed;
} bw_totals;

/** Totals of a rep: `in` counts accounts that it serves and did not own, `out`
 * those that it owned and no longer serves: accounts - in + out is what it
 * owned. Segments have neither. */
typedef struct bw_figures {
    const bw_plan *plan;
    const bw_instance *instance;
    const bw_problem *problem;
    bw_account_line *account; /* [accounts] */
    bw_totals *rep;           /* [reps] */
    bw_totals *segment;       /* [segments] */
    bw_totals all;
    bw_pair_parts cost; /* of all units together; km: unused */
    void *arena;
} bw_figures;

/** The plan must be complete and outlive the figures. BW_NOMEM. */
bw_status bw_figures_new(const bw_plan *plan, int threads,
                         bw_figures **figures);
void bw_figures_free(bw_figures *figures);

/** Service and travel hours. */
int64_t bw_account_hours(const bw_account_line *account);
int64_t bw_totals_hours(const bw_totals *totals);
/** Mean road km over the placed accounts; NaN: none. */
double bw_totals_km(const bw_totals *totals);

/** How a rep's load lies against its band. */
typedef struct bw_fit {
    int64_t load, low, high; /* quanta; BW_NO_LOW, BW_NO_HIGH */
    int64_t outside;         /* > 0 above, < 0 below, 0 inside; quanta */
    double relative; /* |outside| / max(|the limit|, 1 unit); 0 inside */
} bw_fit;

bw_fit bw_fit_of(const bw_instance *instance, int32_t rep, int32_t measure,
                 int64_t load);
/** Of the plan's load. */
bw_fit bw_fit_in_plan(const bw_figures *figures, int32_t rep, int32_t measure);
/** Inside every band. */
bool bw_rep_fits(const bw_figures *figures, int32_t rep);

#endif
