/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An instance with everything that the search stands on. */
#ifndef TESTS_SEARCH_KIT_H
#define TESTS_SEARCH_KIT_H

#include "bw/solve.h"
#include "incumbent.h"
#include "random_rows.h"

typedef struct search_kit {
    bw_instance *instance;
    bw_prices *prices;
    bw_arcs *arcs;
    bw_net *net;
    bw_incumbent *incumbent;
    int32_t *rep; /* [n_units] each unit with a random rep it may have */
} search_kit;

static inline double standing_clock(void *nothing)
{
    (void)nothing;
    return 0;
}

static inline search_kit make_kit(random_shape shape, uint64_t seed)
{
    search_kit kit = {.instance = random_instance(shape, seed)};
    bw_settings settings = bw_settings_default();
    settings.clock = standing_clock;
    kit.rep = calloc((size_t)shape.n_units, sizeof *kit.rep);
    if (!kit.rep ||
        bw_prices_new(kit.instance, &settings, NULL, &kit.prices) != BW_OK ||
        bw_arcs_new(kit.instance, kit.prices->price, 8, 1 << 20, 1,
                    &kit.arcs) != BW_OK ||
        bw_net_new(kit.instance, kit.arcs, kit.prices, &kit.net) != BW_OK ||
        bw_incumbent_new(kit.instance, &kit.incumbent) != BW_OK)
        abort();
    uint64_t random = seed;
    for (int32_t unit = 0; unit < shape.n_units; unit++) {
        int64_t first = kit.arcs->first[unit];
        int32_t n = (int32_t)(kit.arcs->first[unit + 1] - first);
        kit.rep[unit] = kit.arcs->rep[first + bw_random_below(&random, n)];
    }
    bw_incumbent_offer(kit.incumbent, kit.rep);
    return kit;
}

static inline void free_kit(search_kit *kit)
{
    free(kit->rep);
    bw_incumbent_free(kit->incumbent);
    bw_net_free(kit->net);
    bw_arcs_free(kit->arcs);
    bw_prices_free(kit->prices);
    bw_instance_free(kit->instance);
}

#endif
