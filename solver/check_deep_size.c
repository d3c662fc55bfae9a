/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of one cluster: unit prices, sizes of amounts. */
#include "check_deep.h"

#include <math.h>

bool bw_deep_price(const bw_deep_cluster *cluster, int32_t unit, bw_wide *price)
{
    const bw_judge *judge = cluster->judge;
    int32_t head = judge->unit_account[judge->unit_first[unit]];
    int64_t own = cluster->unit_price[head];
    *price = own == BW_NO_LOW ? 0 : bw_fine(own);
    return own != BW_NO_LOW;
}

double bw_deep_size(const bw_deep_cluster *cluster, int32_t k)
{
    double sum = 0;
    for (int32_t i = 0; i < cluster->n_reps; i++) {
        int64_t at = (int64_t)cluster->rep[i] * cluster->judge->n_measures + k;
        if (cluster->judge->verdict.high[at] != BW_NO_HIGH)
            sum += fabs(bw_from_quanta(cluster->judge->verdict.high[at]));
        else if (cluster->judge->verdict.low[at] != BW_NO_LOW)
            sum += fabs(bw_from_quanta(cluster->judge->verdict.low[at]));
    }
    return sum > 0 ? cluster->n_reps / sum : 0;
}
