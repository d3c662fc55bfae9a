/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversion of bands and prices to doubles. A price is positive where the
 * upper limit binds and negative where the lower one does, so a side without a
 * limit closes its half of the range. */
#include "view.h"

#include "bw/alloc.h"

#include <math.h>

void bw_view_free(bw_view *view)
{
    if (!view)
        return;
    bw_free(view->low);
    bw_free(view->high);
    bw_free(view->cap);
    bw_free(view->least);
    bw_free(view->most);
    bw_free(view);
}

static bool alloc_limits(bw_view *view, size_t n)
{
    view->low = bw_alloc(n, sizeof(double));
    view->high = bw_alloc(n, sizeof(double));
    view->cap = bw_alloc(n, sizeof(double));
    view->least = bw_alloc(n, sizeof(double));
    view->most = bw_alloc(n, sizeof(double));
    return view->low && view->high && view->cap && view->least && view->most;
}

static void fill_limit(bw_view *view, int64_t at, int32_t k)
{
    const bw_instance *instance = view->instance;
    int64_t low = instance->low[at], high = instance->high[at];
    bool has_low = low != BW_NO_LOW, has_high = high != BW_NO_HIGH;
    view->low[at] = has_low ? bw_from_quanta(low) : -(double)INFINITY;
    view->high[at] = has_high ? bw_from_quanta(high) : (double)INFINITY;
    view->least[at] = has_low ? -view->under[k] : 0;
    view->most[at] = has_high ? view->over[k] : 0;
    bool cuts = instance->measure[k].tightens && has_high && high >= 0;
    view->cap[at] = cuts ? view->high[at] : (double)INFINITY;
}

bw_status bw_view_new(const bw_instance *instance, bw_view **view)
{
    *view = NULL;
    bw_view *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->instance = instance;
    made->n_units = instance->n_units;
    made->n_reps = instance->n_reps;
    made->n_measures = instance->n_measures;
    made->n_budgets = instance->n_budgets;
    int64_t n_limits = bw_instance_windows(instance);
    if (!alloc_limits(made, (size_t)bw_instance_prices(instance))) {
        bw_view_free(made);
        return BW_NOMEM;
    }
    for (int32_t k = 0; k < made->n_measures; k++) {
        made->over[k] = bw_from_price(instance->measure[k].over);
        made->under[k] = bw_from_price(instance->measure[k].under);
    }
    for (int64_t at = 0; at < n_limits; at++)
        fill_limit(made, at, (int32_t)(at % made->n_measures));
    for (int32_t g = 0; g < made->n_budgets; g++) {
        made->low[n_limits + g] = -(double)INFINITY;
        made->high[n_limits + g] = bw_from_quanta(instance->budget[g].limit);
        made->most[n_limits + g] = (double)INFINITY;
    }
    *view = made;
    return BW_OK;
}

double bw_view_band(const bw_view *view, int32_t rep, const double *price)
{
    double sum = 0;
    int64_t first = (int64_t)rep * view->n_measures;
    for (int32_t k = 0; k < view->n_measures; k++) {
        double p = price[first + k];
        if (p > 0)
            sum += p * view->high[first + k];
        else if (p < 0)
            sum += p * view->low[first + k];
    }
    return sum;
}

double bw_view_budgets(const bw_view *view, const double *price)
{
    double sum = 0;
    int64_t first = bw_instance_windows(view->instance);
    for (int32_t g = 0; g < view->n_budgets; g++)
        if (price[first + g] > 0)
            sum += price[first + g] * view->high[first + g];
    return sum;
}

void bw_view_clamp(const bw_view *view, double *price)
{
    int64_t n = bw_instance_prices(view->instance);
    for (int64_t at = 0; at < n; at++)
        price[at] = fmin(fmax(price[at], view->least[at]), view->most[at]);
}
