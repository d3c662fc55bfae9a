/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the best plan costs while one limit goes from tight to loose: one solve
 * a point, each begun with the plan of the point before, which still holds. */
#ifndef BW_FRONTIER_H
#define BW_FRONTIER_H

#include "bw/plan.h"
#include "bw/settings.h"

typedef enum bw_lever_kind {
    BW_LEVER_BUDGET,   /* `max` of a budget */
    BW_LEVER_TOLERANCE /* `tolerance` of a balance */
} bw_lever_kind;

/** Which limit of the problem moves, and between what. */
typedef struct bw_lever {
    bw_lever_kind kind;
    int32_t index;   /* of the problem's budget or balance */
    bool share;      /* of a budget: fractions of its measure, else amounts */
    double from, to; /* from <= to */
    int32_t steps;   /* points, >= 2 */
} bw_lever;

typedef struct bw_frontier_point {
    double value;       /* the limit */
    bw_outcome outcome; /* BW_NO_PLAN too where the point was not begun */
    bw_stop stopped_by;
    const int32_t *rep;     /* [n_units]; NULL: no plan */
    bw_wide objective;      /* fine money; if there is a plan */
    bw_wide bound;          /* no plan inside this limit costs less */
    bw_pair_parts cost;     /* all units together, quanta; km: unused */
    bw_wide imbalance;      /* fine money */
    int64_t use, most;      /* of the budget, quanta; 0 for a tolerance */
    int64_t moved_accounts; /* with an owner, who is not their rep */
    bw_wide moved_revenue;  /* quanta */
} bw_frontier_point;

typedef struct bw_frontier {
    bw_lever lever;
    int32_t n, begun; /* points; the first of them, up to an interrupt */
    bw_frontier_point *point; /* [n] from tight to loose */
    void *arena;
} bw_frontier;

/** Called when a point is done. */
typedef void bw_frontier_seen(void *data, int32_t at,
                              const bw_frontier_point *point);

/**
 * The whole curve. The settings hold for every point, but seconds for all
 * together; settings->start, if given, begins the first. Costs never rise from
 * one point to the next, nor do bounds: a plan inside a limit is inside looser
 * ones, and what bounds all plans inside a limit bounds those inside tighter
 * ones. An interrupt ends it; the points that were not begun have no plan.
 * The problem is borrowed for the call.
 */
bw_status bw_frontier_run(const bw_problem *problem, const bw_lever *lever,
                          const bw_settings *settings, bw_frontier_seen *seen,
                          void *data, bw_frontier **frontier);
void bw_frontier_free(bw_frontier *frontier);

#endif
