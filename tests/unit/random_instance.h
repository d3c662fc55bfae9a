/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small random instances of every kind: soft, hard and open sides, negative
 * amounts, units above a band, sparse rows, owners. */
#ifndef TESTS_RANDOM_INSTANCE_H
#define TESTS_RANDOM_INSTANCE_H

#include "bw/instance.h"

#include "random_budgets.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct random_kind {
    int32_t n_units, n_reps, n_measures;
    int sides;       /* 0 soft, 1 soft and open, 2 hard above, 3 mixed */
    bool negative;   /* amounts of the last measure may be negative */
    double slack;    /* width of the bands, part of an even share */
    double spread;   /* costs span so many decades */
    double presence; /* part of the pairs that is allowed */
    int32_t n_budgets, budget; /* percent of what may move by choice */
} random_kind;

static inline double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static inline void random_measures(const random_kind *kind, uint64_t *state,
                                   bw_instance_measure *measure)
{
    for (int32_t k = 0; k < kind->n_measures; k++) {
        double under = 1 + 20 * draw(state), over = 1 + 20 * draw(state);
        bool hard = kind->sides == 2 || (kind->sides == 3 && k % 2 == 0);
        measure[k] = (bw_instance_measure){
            "m", bw_price(under), hard ? BW_HARD : bw_price(over), false};
        if (kind->sides == 2)
            measure[k].under = 0;
    }
}

static inline void random_bands(const random_kind *kind, uint64_t *state,
                                const int64_t *base, int64_t *low,
                                int64_t *high)
{
    for (int32_t k = 0; k < kind->n_measures; k++) {
        double total = 0;
        for (int32_t u = 0; u < kind->n_units; u++)
            total += (double)base[u * kind->n_measures + k];
        for (int32_t r = 0; r < kind->n_reps; r++) {
            double even = total / kind->n_reps;
            double half = fabs(even) * kind->slack;
            int32_t at = r * kind->n_measures + k;
            low[at] = llround(even - half);
            high[at] = llround(even + half);
            if (kind->sides == 1 && draw(state) < 0.4)
                low[at] = BW_NO_LOW;
            if (kind->sides == 1 && draw(state) < 0.4)
                high[at] = BW_NO_HIGH;
            if (kind->sides >= 2)
                low[at] = BW_NO_LOW;
        }
    }
}

/* NULL when memory is short, as under a test of failing allocations. */
static inline bw_instance *random_instance(const random_kind *kind,
                                           uint64_t seed)
{
    size_t n = (size_t)kind->n_units, m = (size_t)kind->n_reps;
    size_t k = (size_t)kind->n_measures;
    uint64_t state = seed * 977 + 12345;
    bw_instance_measure measure[BW_MEASURES_MAX];
    int64_t *base = calloc(n * k + 1, sizeof *base);
    int64_t *low = calloc(m * k + 1, sizeof *low);
    int64_t *high = calloc(m * k + 1, sizeof *high);
    int64_t *first = calloc(n + 1, sizeof *first);
    int32_t *owner = calloc(n + 1, sizeof *owner);
    bw_pair *pair = calloc(n * m, sizeof *pair);
    bw_instance *instance = NULL;
    random_measures(kind, &state, measure);
    int64_t at = 0;
    for (size_t u = 0; u < n; u++) {
        for (size_t j = 0; j < k; j++) {
            double q = exp(2 * draw(&state)) * 3;
            if (kind->negative && j + 1 == k && draw(&state) < 0.3)
                q = -q;
            base[u * k + j] = bw_quanta(q);
        }
        size_t sure = (size_t)(draw(&state) * (double)m);
        owner[u] = (int32_t)sure;
        for (size_t r = 0; r < m; r++) {
            if (r != sure && draw(&state) > kind->presence)
                continue;
            double cost =
                30 * pow(10, kind->spread * draw(&state)) * draw(&state);
            int64_t work = k ? base[u * k] + bw_quanta(2 * draw(&state)) : 0;
            pair[at++] = (bw_pair){(int32_t)r, bw_quanta(cost), work};
        }
        first[u + 1] = at;
    }
    random_bands(kind, &state, base, low, high);
    bw_instance_rows rows = {.n_units = kind->n_units,
                             .n_reps = kind->n_reps,
                             .n_measures = kind->n_measures,
                             .workload = k ? 0 : -1,
                             .measure = measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .owner = owner,
                             .first = first,
                             .pair = pair};
    random_budgets budgets =
        give_budgets(&rows, kind->n_budgets, kind->budget, seed);
    if (bw_instance_from_rows(&rows, &instance) != BW_OK)
        instance = NULL;
    free_budgets(&budgets);
    free(base);
    free(low);
    free(high);
    free(first);
    free(owner);
    free(pair);
    return instance;
}

#endif
