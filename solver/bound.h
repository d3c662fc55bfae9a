/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Prices and what they prove: the Lagrangian bound (model.md, "The bound and
 * its certificate"), driven to the value of the linear relaxation. */
#ifndef BW_BOUND_H
#define BW_BOUND_H

#include "arcs.h"
#include "bw/settings.h"

/** A dual solution; money and units of measure. */
typedef struct bw_prices {
    int32_t n_units, n_reps, n_measures, n_budgets;
    double *price; /* p[r,k], then v[g]: the order of instance.h */
    double *unit;  /* [n_units] least c + sum p q + sum v b over all pairs */
    double value;  /* what they prove, money (floating; see bw_bound_exact) */
    bool exact_lp; /* value is the LP's to 1e-6 relative */
    /* A primal LP solution where the LP was solved: the fractional arcs. */
    int64_t n_parts; /* entries of x > 0 of units that are split, else 0 */
    int32_t *part_unit, *part_rep;
    double *part_x;
    int32_t *best_rep; /* [n_units] largest x, else the cheapest by price */
    bool infeasible;   /* the LP relaxation has no solution: a ray with a
                        * positive bound of the cost-free program was found
                        * and confirmed in exact arithmetic */
} bw_prices;

/** Ascent, then sifting with a simplex where the program is small enough.
 * Deterministic unless stopped. `stop` non-zero: give the best so far. */
bw_status bw_prices_new(const bw_instance *instance,
                        const bw_settings *settings, const atomic_int *stop,
                        bw_prices **prices);
void bw_prices_free(bw_prices *prices);

/** Exact: prices of the cost-free program, scaled, that give a positive value.
 * *infeasible: they do, and no plan keeps the hard limits. BW_NOMEM. */
bw_status bw_prices_confirm(const bw_instance *instance, const double *price,
                            int threads, bool *infeasible);

/** Rounds prices to price units, into range, for the certificate. */
void bw_prices_round(const bw_instance *instance, const double *price,
                     int64_t *rounded);

/** B(p) with the default unit prices, in exact arithmetic over all allowed
 * pairs. Prices must be in range. BW_NOMEM. */
bw_status bw_bound_exact(const bw_instance *instance, const int64_t *price,
                         int threads, bw_wide *bound);

#endif
