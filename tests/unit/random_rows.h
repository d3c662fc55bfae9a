/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small random instances of many shapes, and their optima by enumeration. */
#ifndef TESTS_RANDOM_ROWS_H
#define TESTS_RANDOM_ROWS_H

#include "bw/instance.h"

#include "random.h"
#include "random_budgets.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define RQ(amount) ((int64_t)(amount)*BW_QUANTA)

/** What a random instance looks like. */
typedef struct random_shape {
    int32_t n_units, n_reps, n_measures;
    bool hard; /* some limits are hard */
    bool two_sided;
    double allowed;            /* share of pairs */
    int32_t tightness;         /* band half width, percent */
    int32_t n_budgets, budget; /* percent of what may move by choice */
} random_shape;

static inline int64_t random_price(uint64_t *random, bool hard)
{
    if (hard && bw_random_below(random, 2) == 0)
        return BW_HARD;
    return (int64_t)bw_random_below(random, 20) * BW_PRICE_UNIT;
}

static inline bw_instance *random_instance(random_shape s, uint64_t seed)
{
    uint64_t random = seed * 7919 + 1;
    size_t n_bands = (size_t)(s.n_reps * s.n_measures);
    bw_instance_measure *measure =
        calloc((size_t)s.n_measures + 1, sizeof *measure);
    int64_t *base = calloc((size_t)(s.n_units * s.n_measures) + 1, 8);
    int64_t *low = calloc(n_bands + 1, 8), *high = calloc(n_bands + 1, 8);
    int64_t *first = calloc((size_t)s.n_units + 1, 8);
    bw_pair *pair = calloc((size_t)(s.n_units * s.n_reps), sizeof *pair);
    int64_t total[BW_MEASURES_MAX] = {0};
    for (int32_t k = 0; k < s.n_measures; k++)
        measure[k] =
            (bw_instance_measure){"m", random_price(&random, s.hard),
                                  random_price(&random, s.hard), false};
    for (int32_t u = 0; u < s.n_units; u++) {
        for (int32_t k = 0; k < s.n_measures; k++) {
            int64_t *q = &base[u * s.n_measures + k];
            *q = RQ(1 + bw_random_below(&random, 12));
            total[k] += *q;
        }
        int32_t sure = bw_random_below(&random, s.n_reps);
        first[u + 1] = first[u];
        for (int32_t r = 0; r < s.n_reps; r++) {
            if (r != sure && bw_random_unit(&random) > s.allowed)
                continue;
            int64_t work = s.n_measures ? base[u * s.n_measures] : 0;
            work += RQ(bw_random_below(&random, 3));
            pair[first[u + 1]++] =
                (bw_pair){r, RQ(bw_random_below(&random, 40)), work};
        }
    }
    for (size_t i = 0; i < n_bands; i++) {
        int64_t mean = total[i % (size_t)s.n_measures] / s.n_reps;
        low[i] = s.two_sided ? mean * (100 - s.tightness) / 100 : BW_NO_LOW;
        high[i] = mean * (100 + s.tightness) / 100;
    }
    bw_instance_rows rows = {.n_units = s.n_units,
                             .n_reps = s.n_reps,
                             .n_measures = s.n_measures,
                             .workload = s.n_measures ? 0 : -1,
                             .measure = measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    random_budgets budgets = give_budgets(&rows, s.n_budgets, s.budget, seed);
    bw_instance *instance;
    if (bw_instance_from_rows(&rows, &instance) != BW_OK)
        abort();
    free_budgets(&budgets);
    free(measure);
    free(base);
    free(low);
    free(high);
    free(first);
    free(pair);
    return instance;
}

typedef struct enumeration {
    const bw_instance *instance;
    int64_t load[64];
    int32_t rep[16], best[16];
    bool any;
    bw_wide objective;
} enumeration;

static inline void enumerate_from(enumeration *e, int32_t unit, bw_wide cost)
{
    const bw_instance *in = e->instance;
    int32_t n_measures = in->n_measures;
    if (unit == in->n_units) {
        for (int32_t i = 0; i < in->n_reps * n_measures; i++) {
            int64_t outside;
            cost += bw_instance_deviation(in, i / n_measures, i % n_measures,
                                          e->load[i], &outside);
            if (outside > 0)
                return;
        }
        for (int32_t g = 0; g < in->n_budgets; g++) {
            int64_t use = 0;
            for (int32_t u = 0; u < in->n_units; u++)
                use += bw_instance_use(in, g, u, e->rep[u]);
            if (use > in->budget[g].stated)
                return;
        }
        if (e->any && cost >= e->objective)
            return;
        e->any = true;
        e->objective = cost;
        memcpy(e->best, e->rep, sizeof e->best);
        return;
    }
    bw_pair buffer[16];
    bw_row row = bw_instance_row(in, unit, buffer);
    for (int32_t i = 0; i < row.n; i++) {
        const bw_pair *p = &row.pair[i];
        int64_t *load = e->load + p->rep * n_measures;
        for (int32_t k = 0; k < n_measures; k++)
            load[k] += bw_pair_measure(in, unit, p, k);
        e->rep[unit] = p->rep;
        enumerate_from(e, unit + 1, cost + bw_fine(p->cost));
        for (int32_t k = 0; k < n_measures; k++)
            load[k] -= bw_pair_measure(in, unit, p, k);
    }
}

/** The optimum over all plans; any is false where none keeps hard limits. */
static inline enumeration enumerate_plans(const bw_instance *instance)
{
    enumeration e = {.instance = instance};
    enumerate_from(&e, 0, 0);
    return e;
}

#endif
