/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The example of model.md, computed by hand there: three units, two reps,
 * c = (1, 6) and q = 4 each, band 5..7, under 2, over 3. */
#ifndef TESTS_TINY_H
#define TESTS_TINY_H

#include "bw/instance.h"

#define Q(amount) ((int64_t)((amount)*BW_QUANTA))
#define P(price)  ((int64_t)((price)*BW_PRICE_UNIT))

static inline bw_instance *tiny_instance(int64_t under, int64_t over)
{
    static const int64_t first[] = {0, 2, 4, 6};
    bw_pair pair[6];
    for (int i = 0; i < 6; i++)
        pair[i] = (bw_pair){i % 2, i % 2 ? Q(6) : Q(1), 0};
    bw_instance_measure measure = {"beds", under, over, false};
    int64_t base[3] = {Q(4), Q(4), Q(4)};
    int64_t low[2] = {Q(5), Q(5)}, high[2] = {Q(7), Q(7)};
    bw_instance_rows rows = {.n_units = 3,
                             .n_reps = 2,
                             .n_measures = 1,
                             .workload = -1,
                             .measure = &measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    return bw_instance_from_rows(&rows, &instance) == BW_OK ? instance : NULL;
}

#endif
