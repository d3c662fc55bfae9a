/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Random budgets for instances made from rows: most units have a keeper, some
 * two (a family of several owners), some move by force. */
#ifndef TESTS_RANDOM_BUDGETS_H
#define TESTS_RANDOM_BUDGETS_H

#include "bw/instance.h"

#include <stdlib.h>

typedef struct random_budgets {
    bw_instance_budget *budget;
    int64_t *total, *kept;
    int32_t *first, *keeper;
} random_budgets;

static inline int32_t budget_draw(uint64_t *state, int32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (int32_t)((*state >> 33) % (uint64_t)below);
}

/* An amount that counts: the first budget counts units, others something. */
static inline int64_t budget_amount(uint64_t *state, int32_t g)
{
    return (g == 0 ? 1 : 1 + budget_draw(state, 50)) * (int64_t)BW_QUANTA;
}

static inline void add_keeper(random_budgets *b, int32_t n, int32_t unit,
                              int32_t at, int32_t rep, uint64_t *state)
{
    b->keeper[at] = rep;
    for (int32_t g = 0; g < n; g++) {
        b->kept[at * n + g] = budget_amount(state, g);
        b->total[unit * n + g] += b->kept[at * n + g];
    }
}

/** Gives the rows n budgets of `percent` of what may move by choice. */
static inline random_budgets give_budgets(bw_instance_rows *rows, int32_t n,
                                          int32_t percent, uint64_t seed)
{
    uint64_t state = seed * 104729 + 17;
    size_t units = (size_t)rows->n_units, count = (size_t)n;
    random_budgets b = {calloc(count + 1, sizeof *b.budget),
                        calloc(units * count + 1, sizeof *b.total),
                        calloc(2 * units * count + 1, sizeof *b.kept),
                        calloc(units + 1, sizeof *b.first),
                        calloc(2 * units + 1, sizeof *b.keeper)};
    int32_t at = 0;
    for (int32_t u = 0; u < rows->n_units; u++) {
        const bw_pair *pair = rows->pair + rows->first[u];
        int32_t n_pairs = (int32_t)(rows->first[u + 1] - rows->first[u]);
        int32_t kind = budget_draw(&state, 10);
        int32_t one = budget_draw(&state, n_pairs), two = one + 1;
        if (kind < 9)
            add_keeper(&b, n, u, at++, pair[one].rep, &state);
        if (kind < 2 && two < n_pairs)
            add_keeper(&b, n, u, at++, pair[two].rep, &state);
        for (int32_t g = 0; kind == 9 && g < n; g++)
            b.total[u * n + g] = budget_amount(&state, g);
        b.first[u + 1] = at;
    }
    for (int32_t g = 0; g < n; g++) {
        int64_t most = 0, least = 0;
        for (int32_t u = 0; u < rows->n_units; u++) {
            int64_t kept = 0;
            for (int32_t i = b.first[u]; i < b.first[u + 1]; i++)
                if (b.kept[i * n + g] > kept)
                    kept = b.kept[i * n + g];
            most += b.total[u * n + g];
            least += b.total[u * n + g] - kept;
        }
        b.budget[g].name = "budget";
        b.budget[g].limit = least + (most - least) * percent / 100;
    }
    rows->n_budgets = n;
    rows->budget = b.budget;
    rows->budget_total = b.total;
    rows->keeper_first = b.first;
    rows->keeper = b.keeper;
    rows->kept = b.kept;
    return b;
}

static inline void free_budgets(random_budgets *b)
{
    free(b->budget);
    free(b->total);
    free(b->kept);
    free(b->first);
    free(b->keeper);
}

#endif
