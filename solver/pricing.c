/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices are found by one task, so that the calling thread keeps the time and
 * reports; that is why the task itself has neither clock nor progress. */
#include "pricing.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

/* Of all time: a plan without prices is worth more than prices without. */
static const double part = 0.5;

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

/* The plan began with what prices 0 prove, which is known: where others prove
 * less, or are 0, it stays so. */
static bw_status certify(bw_plan *plan, const bw_prices *prices, int threads)
{
    const bw_instance *instance = plan->instance;
    size_t n = (size_t)bw_instance_prices(instance);
    bool any = false;
    int64_t *rounded = bw_alloc(n, sizeof *rounded);
    if (!rounded)
        return BW_NOMEM;
    bw_prices_round(instance, prices->price, rounded);
    for (size_t i = 0; i < n; i++)
        any |= rounded[i] != 0;
    bw_status status = any ? bw_plan_certify(plan, rounded, threads) : BW_OK;
    if (status == BW_OK && plan->bound_certified < instance->bound_zero) {
        memset(plan->certificate.price, 0, n * sizeof *rounded);
        plan->bound_certified = instance->bound_zero;
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
    bw_work_limit(work, part * settings->seconds);
    bw_work_stopped(work, NULL); /* before the first look at the pairs */
    bw_status status = bw_work_run(work, 1, find, &j);
    bw_work_limit(work, settings->seconds);
    return status == BW_OK ? certify(plan, *prices, settings->threads) : status;
}

typedef struct choosing {
    const bw_instance *instance;
    bw_arcs_choice how;
    bw_arcs **arcs;
} choosing;

static bw_status choose(void *data, int32_t index, int thread)
{
    const choosing *c = data;
    (void)index;
    (void)thread;
    return bw_arcs_choose(c->instance, &c->how, c->arcs);
}

bw_status bw_pricing_arcs(bw_work *work, const bw_instance *instance,
                          const bw_arcs_choice *how, bw_arcs **arcs)
{
    choosing c = {instance, *how, arcs};
    c.how.threads = bw_work_threads(work);
    c.how.stop = bw_work_stop(work);
    *arcs = NULL;
    bw_work_stopped(work, NULL);
    return bw_work_run(work, 1, choose, &c);
}
