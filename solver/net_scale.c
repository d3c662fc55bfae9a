/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as much and what as nothing among reduced costs. Both must stay
 * apart: prices are found by rounded arithmetic, so that reps that cost a unit
 * the same differ by 1e-17, and a search that took this for a gain would send
 * the unit to and fro for ever. */
#include "net.h"

#include <math.h>

enum {
    ROUNDINGS = 64 /* half units in the last place that a change may be off */
};

static const double far_away = 1e299;

/* A change of F_r is a difference of products of a price and a load, the load
 * near the limits: it is exact to some last places of the largest of them. */
static double rounding(const bw_net *net)
{
    double most = 0;
    for (int64_t at = 0; at < (int64_t)net->n_reps * net->n_measures; at++) {
        const bw_band *b = &net->band[at];
        double low = fabs(b->low), high = fabs(b->high);
        double load =
            fmax(low < far_away ? low : 0, high < far_away ? high : 0);
        most = fmax(most, load * (b->under + b->over + fabs(b->price)));
    }
    return ROUNDINGS * 1.1e-16 * most;
}

/* A plan loses per unit about as much against the reduced costs as the second
 * choice costs; a fixed share of all cost would depend on what every rep costs
 * alike. */
void bw_net_rescale(bw_net *net)
{
    double sum = 0;
    int32_t n = 0;
    for (int32_t unit = 0; net->n_near > 1 && unit < net->n_units; unit++) {
        int32_t second = net->near[(int64_t)unit * net->n_near + 1];
        if (second < 0)
            continue;
        sum += net->reduced[net->arcs->first[unit] + second];
        n++;
    }
    net->scale = n > 0 && sum / n > rounding(net) ? sum / n : 1;
}

double bw_net_least_gain(const bw_net *net)
{
    return 1e-7 * net->scale + 1e-12 * fabs(net->base) / net->n_units +
           rounding(net);
}
