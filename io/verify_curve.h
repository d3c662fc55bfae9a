/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A curve as frontier.csv claims it, and what the judge knows of its limit.
 * Amounts are fine money, or fine units of a measure. */
#ifndef BW_VERIFY_CURVE_H
#define BW_VERIFY_CURVE_H

#include "verify_parts.h"

enum {
    BW_CURVE_OVER,
    BW_CURVE_LIMIT,
    BW_CURVE_STATUS,
    BW_CURVE_AMOUNT, /* the first of those that a point without a plan lacks */
    BW_CURVE_USED,
    BW_CURVE_OBJECTIVE,
    BW_CURVE_BOUND,
    BW_CURVE_GAP,
    BW_CURVE_TRAVEL, /* parts of the objective, to imbalance */
    BW_CURVE_HANDOVER,
    BW_CURVE_PREFERENCE,
    BW_CURVE_GIVEN,
    BW_CURVE_IMBALANCE,
    BW_CURVE_MOVED,
    BW_CURVE_REVENUE,
    BW_CURVE_COLUMNS
};

typedef enum bw_curve_status {
    BW_CURVE_OPTIMAL,
    BW_CURVE_WITHIN_GAP,
    BW_CURVE_FEASIBLE, /* up to here: there is a plan */
    BW_CURVE_IMPOSSIBLE,
    BW_CURVE_NO_PLAN,
    BW_CURVE_NOT_RUN,
    BW_CURVE_STATUSES
} bw_curve_status;

typedef struct bw_curve_point {
    int64_t row;
    bool sound; /* it can be read; one that cannot is not compared further */
    bool has_plan;
    bw_curve_status status;
    double limit, gap;
    bw_wide most; /* of a budget: what the limit comes to, recomputed */
    bw_wide figure[BW_CURVE_COLUMNS]; /* where they are amounts */
} bw_curve_point;

typedef struct bw_curve {
    bw_verification *v;
    const bw_frontier_spec *spec;
    const bw_table *table;
    int32_t column[BW_CURVE_COLUMNS];
    bw_curve_point *point;        /* [steps] from tight to loose */
    bool budget;                  /* else a tolerance */
    bool of_accounts, of_revenue; /* what the budget is over */
    bool limited;         /* the plan of the folder has that limit, too */
    int32_t balance;      /* of a tolerance: the problem's */
    double own_tolerance; /* of that plan's problem */
    bw_wide own;          /* what its budget comes to, */
    bw_wide use;          /* what the plan uses of it, */
    bw_wide all;          /* quanta: and all that could move */
    int64_t owned;        /* accounts with an owner */
    bw_wide owned_revenue;
} bw_curve;

/** What the judge knows, without a look at the file. BW_NOMEM. */
bw_status bw_curve_ask(bw_curve *curve, void *arena);

/** A point beside the one before it, and beside the folder's plan. */
void bw_curve_beside_last(const bw_curve *curve, const bw_curve_point *point);
void bw_curve_beside_plan(const bw_curve *curve, const bw_curve_point *point);

/** verify_points.c: the plans of the points, judged from the inputs, and what
 * the figures of the points (checked so far each by itself) must then be.
 * BW_IO: frontier_plans.csv is not there. */
bw_status bw_curve_plans(const bw_curve *curve, const char *dir);

/** "COLUMN of the point at LIMIT is CLAIM, but ..." */
__attribute__((format(printf, 4, 5))) void
bw_curve_tell(const bw_curve *curve, const bw_curve_point *point, int column,
              const char *but, ...);
/** The same, with an amount behind a blank at the end. */
void bw_curve_tell_amount(const bw_curve *curve, const bw_curve_point *point,
                          int column, const char *but, bw_wide amount);

#endif
