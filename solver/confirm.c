/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That no plan at all keeps the hard limits is said only after it was proven in
 * integers. */
#include "bound.h"

#include "bw/alloc.h"
#include "exact.h"

#include <math.h>

/* Exact: scaled to long integers, prices of the cost-free program must give a
 * positive value. */
bw_status bw_prices_confirm(const bw_instance *instance, const double *price,
                            int threads, bool *infeasible)
{
    int64_t windows = bw_instance_windows(instance);
    int64_t n = bw_instance_prices(instance);
    int64_t *whole = bw_alloc((size_t)n, sizeof *whole);
    double *scaled = bw_alloc((size_t)n, sizeof *scaled), most = 0;
    bw_wide value = 0;
    bw_status status = whole && scaled ? BW_OK : BW_NOMEM;
    for (int64_t i = 0; i < n; i++)
        most = fmax(most, fabs(price[i]));
    for (int64_t i = 0; status == BW_OK && i < n; i++) {
        bool hard = true;
        if (i < windows) {
            const bw_instance_measure *m =
                &instance->measure[i % instance->n_measures];
            hard = (price[i] > 0 ? m->over : m->under) == BW_HARD;
        }
        scaled[i] = hard && most > 0 ? 1000 * price[i] / most : 0;
    }
    if (status == BW_OK) {
        bw_prices_round(instance, scaled, whole);
        status = bw_exact_value(instance, whole, true, threads, &value);
    }
    *infeasible = status == BW_OK && value > 0;
    bw_free(whole);
    bw_free(scaled);
    return status;
}
