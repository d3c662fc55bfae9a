/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The instance in doubles: money and units of measure, tightened. What prices
 * and programs are computed from; what is claimed in the end is recomputed in
 * exact integers. */
#ifndef BW_VIEW_H
#define BW_VIEW_H

#include "bw/instance.h"

typedef struct bw_view {
    const bw_instance *instance;
    int32_t n_units, n_reps, n_measures, n_budgets;
    double over[BW_MEASURES_MAX], under[BW_MEASURES_MAX]; /* may be INFINITY */
    /* In the order of prices (instance.h): of reps and measures, then of
     * budgets, which have no lower limit: */
    double *low, *high;   /* -INFINITY, INFINITY where there is no limit */
    double *least, *most; /* the range of the price, infinite where hard */
    /* [n_reps * n_measures] amounts beyond are cut and paid for; INFINITY */
    double *cap;
} bw_view;

bw_status bw_view_new(const bw_instance *instance, bw_view **view);
void bw_view_free(bw_view *view); /* NULL is fine */

/** c[u,r] and q[u,r,k], both tightened. */
static inline double bw_view_pair(const bw_view *view, int32_t unit,
                                  const bw_pair *pair, double *amount)
{
    int32_t n = view->n_measures;
    const double *cap = view->cap + (int64_t)pair->rep * n;
    double cost = (double)pair->cost / BW_QUANTA;
    for (int32_t k = 0; k < n; k++) {
        double q =
            (double)bw_pair_measure(view->instance, unit, pair, k) / BW_QUANTA;
        if (q > cap[k]) {
            cost += view->over[k] * (q - cap[k]);
            q = cap[k];
        }
        amount[k] = q;
    }
    return cost;
}

/** sum_g v[g] b[g,u,r], money. */
static inline double bw_view_charge(const bw_view *view, int32_t unit,
                                    int32_t rep, const double *price)
{
    const double *v = price + (int64_t)view->n_reps * view->n_measures;
    double sum = 0;
    for (int32_t g = 0; g < view->n_budgets; g++)
        sum += v[g] * ((double)bw_instance_use(view->instance, g, unit, rep) /
                       BW_QUANTA);
    return sum;
}

/** What prices p pay back: sum of p >= 0 ? p high : p low over one rep. */
double bw_view_band(const bw_view *view, int32_t rep, const double *price);
/** What prices v pay back: sum of v limit. */
double bw_view_budgets(const bw_view *view, const double *price);

/** Puts each price into its range. */
void bw_view_clamp(const bw_view *view, double *price);

#endif
