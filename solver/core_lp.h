/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The linear relaxation over a growing set of arcs, its core. A unit with one
 * arc in the core has no row: its cost and amounts are constants, so that the
 * program has hundreds of rows where the instance has a hundred thousand units.
 *
 *   minimise  sum c x + under s + over t
 *   sum_r x[u,r] = 1           units with two arcs or more
 *   low <= sum_u q x + s - t <= high     every rep and measure
 *          sum_u,r b x - t <= limit        every budget
 *
 * Rows of budgets are treated as windows that come after the others; their t
 * is slack on a hard side.
 *
 * Inside, money and measures are divided by typical amounts. A hard side gets a
 * slack too, at a price that is raised as long as anybody pays it. */
#ifndef BW_CORE_LP_H
#define BW_CORE_LP_H

#include "clockwork.h"
#include "mip.h"
#include "view.h"

typedef struct bw_core_lp {
    const bw_view *view;
    bool cost_free; /* minimise what is outside hard limits, nothing else */
    bw_mip *mip;
    int32_t n_windows; /* rows of bands and budgets, in the order of prices */
    double cost_scale, amount_scale[BW_MEASURES_MAX];
    double *budget_scale; /* [n_budgets] */
    double hard_price;    /* of slack on hard sides, inside */
    double fixed_cost;    /* of units without a row, inside */
    double *fixed;        /* [n_windows] their loads, inside */
    int32_t *sole;        /* [n_units] the only core arc's rep */
    int32_t *row;         /* [n_units] row in the program, or -1 */
    int32_t *head;        /* [n_units] newest column of the unit, or -1 */
    int32_t n_columns, n_rows, room;
    int32_t *column_unit, *column_rep, *next; /* [room] arcs in the program */
    int32_t *index;                           /* scratch of one column */
    double *value;
} bw_core_lp;

/** An arc to add. */
typedef struct bw_core_arc {
    int32_t unit, rep;
} bw_core_arc;

/** Windows of bands; those of budgets follow. */
static inline int32_t bw_core_lp_bands(const bw_core_lp *core)
{
    return core->n_windows - core->view->n_budgets;
}

/** The typical amount by which a window is divided inside. */
static inline double bw_core_lp_scale(const bw_core_lp *core, int32_t window)
{
    int32_t g = window - bw_core_lp_bands(core);
    return g < 0 ? core->amount_scale[window % core->view->n_measures]
                 : core->budget_scale[g];
}

/** Starts with one arc per unit, sole[n_units], all allowed. hard_price: in
 * money per unit of measure where an average unit costs what it costs. */
bw_status bw_core_lp_new(const bw_view *view, const int32_t *sole,
                         bool cost_free, bw_core_lp **core);
void bw_core_lp_free(bw_core_lp *core); /* NULL is fine */

/** Adds arcs; those that are in already are passed over. */
bw_status bw_core_lp_add(bw_core_lp *core, const bw_core_arc *arc, int32_t n);

/** A feasible first basis; after the first arcs were added. */
void bw_core_lp_first_basis(bw_core_lp *core);

/** Solves; *optimal is false when it was time to give up, or on trouble. */
bw_status bw_core_lp_solve(bw_core_lp *core, const bw_clockwork *clockwork,
                           bool *optimal);

/** Raises the price of slack on hard sides to `factor` times what it was. */
void bw_core_lp_raise(bw_core_lp *core, double factor);

/* Of the last solve, in money and units of measure: */
double bw_core_lp_value(const bw_core_lp *core);
/** The largest amount outside a hard side, as a part of a typical amount. */
double bw_core_lp_outside(const bw_core_lp *core);
void bw_core_lp_prices(const bw_core_lp *core, double *price);
/** The dual of a unit's row; the unit must have one. */
double bw_core_lp_unit(const bw_core_lp *core, int32_t unit);

#endif
