/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What anybody asks of an instance, however it was made. */
#include "bw/instance.h"

#include "bw/alloc.h"

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
