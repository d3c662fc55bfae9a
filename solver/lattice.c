/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The divisor of all c[u,r] - c[u, first r], row by row, given up as soon as
 * it is one quantum, and not begun where there are very many pairs. Deviations
 * with a price in money, under s + over t, could come to anything, so where
 * there are any nothing is looked at. */
#include "lattice.h"

#include "bw/alloc.h"

enum {
    LOOKED_AT = 20000000 /* pairs; more would take seconds where rows are
                          * computed */
};

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Does any deviation have a price in money? */
static bool priced(const bw_instance *instance)
{
    for (int32_t k = 0; k < instance->n_measures; k++) {
        const bw_instance_measure *m = &instance->measure[k];
        bool under = m->under != BW_HARD && m->under != 0;
        bool over = m->over != BW_HARD && m->over != 0;
        for (int32_t rep = 0; rep < instance->n_reps; rep++) {
            int64_t at = (int64_t)rep * instance->n_measures + k;
            if ((under && instance->low[at] != BW_NO_LOW) ||
                (over && instance->high[at] != BW_NO_HIGH))
                return true;
        }
    }
    return false;
}

bw_status bw_lattice_of(const bw_instance *instance, bw_lattice *lattice)
{
    *lattice = (bw_lattice){0, 0};
    if (instance->n_pairs > LOOKED_AT || priced(instance))
        return BW_OK;
    bw_pair *buffer = bw_alloc((size_t)instance->n_reps, sizeof *buffer);
    if (!buffer)
        return BW_NOMEM;
    int64_t step = 0;
    for (int32_t unit = 0; unit < instance->n_units && step != 1; unit++) {
        bw_row row = bw_instance_row(instance, unit, buffer);
        if (row.n == 0)
            continue;
        lattice->offset += bw_fine(row.pair[0].cost);
        for (int32_t i = 1; i < row.n && step != 1; i++) {
            int64_t apart = row.pair[i].cost - row.pair[0].cost;
            step = divisor(step, apart < 0 ? -apart : apart);
        }
    }
    bw_free(buffer);
    /* a single quantum: rounding would gain nothing, and the offset is cut
     * short */
    if (step > 1)
        lattice->step = bw_fine(step);
    return BW_OK;
}

bw_wide bw_lattice_up(const bw_lattice *lattice, bw_wide bound)
{
    if (lattice->step == 0)
        return bound;
    bw_wide beyond = (bound - lattice->offset) % lattice->step;
    if (beyond < 0)
        beyond += lattice->step;
    return beyond == 0 ? bound : bound + lattice->step - beyond;
}
