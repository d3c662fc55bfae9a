/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What anybody asks of an instance, however it was made. */
#include "bw/instance.h"

#include "bw/alloc.h"

#include <math.h>

void bw_instance_free(bw_instance *instance)
{
    if (instance)
        bw_arena_free(instance->arena);
}

bw_wide bw_instance_deviation(const bw_instance *instance, int32_t rep,
                              int32_t k, int64_t load, int64_t *outside)
{
    int64_t at = (int64_t)rep * instance->n_measures + k;
    int64_t low = instance->low[at], high = instance->high[at];
    bw_wide amount = 0;
    int64_t price = 0;
    if (low != BW_NO_LOW && load < low) {
        amount = (bw_wide)low - load;
        price = instance->measure[k].under;
    } else if (high != BW_NO_HIGH && load > high) {
        amount = (bw_wide)load - high;
        price = instance->measure[k].over;
    }
    bool hard = price == BW_HARD;
    *outside = hard ? (int64_t)amount : 0;
    return hard ? 0 : price * amount;
}

bw_pair_parts bw_instance_sum_parts(const bw_instance *instance,
                                    const int32_t *rep)
{
    bw_pair_parts sum = {.km = NAN};
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_pair_parts parts;
        bw_instance_parts(instance, unit, rep[unit], &parts);
        sum.travel += parts.travel;
        sum.handover += parts.handover;
        sum.preference += parts.preference;
        sum.given += parts.given;
        sum.travel_hours += parts.travel_hours;
    }
    return sum;
}

double bw_instance_typical_use(const bw_instance *instance, int32_t g)
{
    double sum = 0;
    int64_t n = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        int64_t total =
            instance->budget_total[(int64_t)unit * instance->n_budgets + g];
        sum += bw_from_quanta(total);
        n += total > 0;
    }
    return sum > 0 ? sum / (double)n : 1;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int64_t bw_instance_grain(const bw_instance *instance, int32_t g)
{
    int32_t n = instance->n_budgets;
    int64_t grain = 0;
    for (int32_t unit = 0; unit < instance->n_units && grain != 1; unit++)
        grain = common_divisor(instance->budget_total[(int64_t)unit * n + g],
                               grain);
    for (int32_t i = 0; i < instance->keeper_first[instance->n_units]; i++)
        grain = common_divisor(instance->kept[(int64_t)i * n + g], grain);
    return grain > 0 ? grain : 1;
}
