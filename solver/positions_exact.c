/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What prices of reps and units prove of all choices of a number. */
#include "positions_bound.h"

#include "bw/alloc.h"
#include "exact.h"

/* Of a rep that was taken. */
#define TAKEN ((bw_wide)1 << 120)

static void add_bands(const bw_instance *instance, const int64_t *price,
                      bw_wide *gain)
{
    for (int32_t r = 0; r < instance->n_reps; r++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t at = (int64_t)r * instance->n_measures + k;
            if (price[at] != 0)
                gain[r] -=
                    (bw_wide)price[at] *
                    (price[at] > 0 ? instance->high[at] : instance->low[at]);
        }
}

/* Sum of w; what each rep gains. */
static bw_wide add_units(const bw_instance *instance, const int64_t *price,
                         const int64_t *unit_price, bw_pair *buffer,
                         bw_wide *gain)
{
    bw_wide sum = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, buffer);
        bw_wide w = (bw_wide)unit_price[unit] * BW_QUANTA;
        sum += w;
        for (int32_t i = 0; i < row.n; i++) {
            bw_wide h =
                bw_exact_pair(instance, unit, &row.pair[i], price, false) - w;
            gain[row.pair[i].rep] += h < 0 ? h : 0;
        }
    }
    return sum;
}

/* The n least f + G of the free ones; n is small. */
static bw_wide take_least(const bw_positions_ask *ask, bw_wide *gain)
{
    bw_wide sum = 0;
    for (int32_t i = 0; i < ask->n; i++) {
        int32_t least = -1;
        bw_wide value = 0;
        for (int32_t r = 0; r < ask->instance->n_reps; r++) {
            bw_wide here = bw_fine(ask->cost[r]) + gain[r];
            if (!ask->free[r] || gain[r] == TAKEN)
                continue;
            if (least < 0 || here < value)
                value = here;
            if (here == value)
                least = r;
        }
        if (least < 0)
            break;
        sum += value;
        gain[least] = TAKEN;
    }
    return sum;
}

bw_status bw_positions_exact(const bw_positions_ask *ask, const int64_t *price,
                             const int64_t *unit_price, bw_wide *bound)
{
    const bw_instance *instance = ask->instance;
    size_t n_reps = (size_t)instance->n_reps;
    bw_wide *gain = bw_alloc(n_reps, sizeof *gain);
    bw_pair *buffer = bw_alloc(n_reps, sizeof *buffer);
    bw_status status = gain && buffer ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        add_bands(instance, price, gain);
        bw_wide sum = add_units(instance, price, unit_price, buffer, gain);
        for (int32_t g = 0; g < instance->n_budgets; g++)
            sum -= (bw_wide)price[bw_instance_windows(instance) + g] *
                   instance->budget[g].limit;
        for (int32_t r = 0; r < instance->n_reps; r++)
            sum += ask->free[r] ? 0 : gain[r];
        *bound = sum + take_least(ask, gain);
    }
    bw_free(gain);
    bw_free(buffer);
    return status;
}
