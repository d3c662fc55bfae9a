/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arcs cost and add on the average. */
#include "arcs.h"

#include <math.h>
#include <string.h>

double bw_arcs_scale(const bw_arcs *arcs, double *amount)
{
    int32_t n = arcs->n_measures, n_there = 0;
    int64_t n_arcs = arcs->first[arcs->n_units];
    double least = 0, all = 0;
    memset(amount, 0, (size_t)n * sizeof *amount);
    for (int32_t unit = 0; unit < arcs->n_units; unit++) {
        double low = (double)INFINITY;
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++) {
            low = fmin(low, arcs->cost[a]);
            all += fabs(arcs->cost[a]);
            for (int32_t k = 0; k < n; k++)
                amount[k] += fabs(arcs->amount[a * n + k]);
        }
        least += isfinite(low) ? fabs(low) : 0;
        n_there += isfinite(low); /* in a sample most units have no arcs */
    }
    double shares = n_arcs > 0 ? (double)n_arcs : 1;
    for (int32_t k = 0; k < n; k++)
        amount[k] /= shares;
    double scale =
        fmax(least / (n_there > 0 ? n_there : 1), 0.01 * all / shares);
    return scale > 0 ? scale : 1;
}
