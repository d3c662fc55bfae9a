/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices are found by one task, so that the calling thread keeps the time and
 * reports; that is why the task itself has neither clock nor progress. */
#include "pricing.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

typedef struct job {
    const bw_instance *instance;
    bw_settings settings;
    const atomic_int *stop;
    bw_prices **prices;
} job;

static double no_clock(void *nothing)
{
    (void)nothing;
    return 0;
}

static bw_status find(void *data, int32_t index, int thread)
{
    const job *j = data;
    (void)index;
    (void)thread;
    return bw_prices_new(j->instance, &j->settings, j->stop, j->prices);
}

static bw_status certify(bw_plan *plan, const bw_prices *prices, int threads)
{
    const bw_instance *instance = plan->instance;
    size_t n = (size_t)bw_instance_prices(instance);
    int64_t *rounded = bw_alloc(n, sizeof *rounded);
    if (!rounded)
        return BW_NOMEM;
    bw_prices_round(instance, prices->price, rounded);
    bw_status status = bw_plan_certify(plan, rounded, threads);
    /* The plan began with the bound of all prices 0. */
    if (status == BW_OK && plan->bound_certified < instance->bound_zero) {
        memset(rounded, 0, n * sizeof *rounded);
        status = bw_plan_certify(plan, rounded, threads);
    }
    bw_free(rounded);
    return status;
}

bw_status bw_pricing_run(bw_work *work, const bw_settings *settings,
                         bw_plan *plan, bw_prices **prices)
{
    job j = {plan->instance, *settings, bw_work_stop(work), prices};
    j.settings.progress = NULL;
    j.settings.clock = no_clock;
    j.settings.seconds = (double)INFINITY;
    bw_status status = bw_work_run(work, 1, find, &j);
    return status == BW_OK ? certify(plan, *prices, settings->threads) : status;
}
