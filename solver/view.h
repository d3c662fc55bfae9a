/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The instance in doubles: money and units of measure, tightened. What prices
 * and programs are computed from; what is claimed in the end is recomputed in
 * exact integers. */
#ifndef BW_VIEW_H
#define BW_VIEW_H

#include "bw/instance.h"

typedef struct bw_view {
    const bw_instance *instance;
    int32_t n_units, n_reps, n_measures;
    double over[BW_MEASURES_MAX], under[BW_MEASURES_MAX]; /* may be INFINITY */
    /* All [n_reps * n_measures]: */
    double *low, *high;   /* -INFINITY, INFINITY where there is no limit */
    double *cap;          /* amounts beyond are cut and paid for; INFINITY */
    double *least, *most; /* the range of p[r,k], infinite where hard */
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

/** What prices p pay back: sum of p >= 0 ? p high : p low over one rep. */
double bw_view_band(const bw_view *view, int32_t rep, const double *price);

/** Puts each price into its range. price[n_reps * n_measures] */
void bw_view_clamp(const bw_view *view, double *price);

#endif
