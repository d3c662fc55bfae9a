/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What prices prove, in integers: B(p) of model.md with the default unit
 * prices,
 *
 *   sum over units of min over reps (c + sum p q)
 *       - sum over reps and measures (p >= 0 ? p high : p low),
 *
 * with sum_g v b in the least value and - sum_g v B for budgets; c and q
 * tightened. Integer sums do not depend on their order, so blocks of
 * units go to whatever thread is free. */
#include "exact.h"

#include "bound.h"
#include "bw/alloc.h"
#include "near.h"
#include "parallel.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    BLOCK = 1024
};

/* Beyond it p q of a large account would leave 128 bits in a sum of ten
 * million. */
#define PRICE_MOST ((double)1e17)

typedef struct summing {
    const bw_instance *instance;
    const int64_t *price;
    bool cost_free;
    bw_lens *lens;
    bw_pair *buffer; /* [threads * n_reps] */
    bw_wide *part;   /* [blocks] */
} summing;

bw_wide bw_exact_pair(const bw_instance *instance, int32_t unit,
                      const bw_pair *pair, const int64_t *price, bool cost_free)
{
    int64_t at = (int64_t)pair->rep * instance->n_measures;
    bw_wide value = cost_free ? 0 : bw_fine(pair->cost);
    for (int32_t k = 0; k < instance->n_measures; k++, at++) {
        int64_t q = bw_pair_measure(instance, unit, pair, k);
        int64_t high = instance->high[at];
        if (instance->measure[k].tightens && high >= 0 && q > high) {
            if (!cost_free)
                value +=
                    (bw_wide)instance->measure[k].over * ((bw_wide)q - high);
            q = high;
        }
        value += (bw_wide)price[at] * q;
    }
    const int64_t *v = price + bw_instance_windows(instance);
    for (int32_t g = 0; g < instance->n_budgets; g++)
        if (v[g] != 0)
            value +=
                (bw_wide)v[g] * bw_instance_use(instance, g, unit, pair->rep);
    return value;
}

typedef struct least {
    const summing *s;
    int32_t unit;
    bool any;
    bw_wide value;
} least;

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    least *l = data;
    for (int32_t i = 0; i < n; i++) {
        bw_wide value = bw_exact_pair(l->s->instance, l->unit, &pair[i],
                                      l->s->price, l->s->cost_free);
        if (!l->any || value < l->value)
            l->value = value;
        l->any = true;
    }
    return bw_from_fine(l->value);
}

static bw_status sum_block(void *data, int worker, int32_t number)
{
    summing *s = data;
    const bw_instance *instance = s->instance;
    bw_pair *buffer = s->buffer + (int64_t)worker * instance->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    bw_wide sum = 0;
    if (end > instance->n_units)
        end = instance->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        least l = {s, unit, false, 0};
        bw_lens_walk(s->lens, unit, buffer, compare, &l);
        sum += l.value;
    }
    s->part[number] = sum;
    return BW_OK;
}

static bw_wide bands(const bw_instance *instance, const int64_t *price)
{
    bw_wide sum = 0;
    int64_t n = bw_instance_windows(instance);
    for (int32_t g = 0; g < instance->n_budgets; g++)
        sum += (bw_wide)price[n + g] * instance->budget[g].limit;
    for (int64_t at = 0; at < n; at++) {
        int64_t side = price[at] > 0 ? instance->high[at] : instance->low[at];
        if (price[at] == 0)
            continue;
        assert(side != BW_NO_HIGH && side != BW_NO_LOW);
        sum += (bw_wide)price[at] * side;
    }
    return sum;
}

/* The lens sees prices as doubles. */
static bw_status look_through(summing *s)
{
    const bw_instance *instance = s->instance;
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    double *price = bw_alloc((size_t)n, sizeof *price);
    bw_status status = bw_lens_new(instance, &s->lens);
    for (int64_t i = 0; price && i < n; i++)
        price[i] = bw_from_price(s->price[i]);
    if (price && status == BW_OK)
        bw_lens_set(s->lens, price, s->cost_free);
    bw_free(price);
    return price ? status : BW_NOMEM;
}

bw_status bw_exact_value(const bw_instance *instance, const int64_t *price,
                         bool cost_free, int threads, bw_wide *value)
{
    int32_t blocks = instance->n_units / BLOCK + 1;
    summing s = {.instance = instance, .price = price, .cost_free = cost_free};
    bw_status status = look_through(&s);
    *value = 0;
    s.buffer =
        bw_alloc((size_t)threads * (size_t)instance->n_reps, sizeof *s.buffer);
    s.part = bw_alloc((size_t)blocks, sizeof *s.part);
    if (!s.buffer || !s.part)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = bw_parallel(threads, blocks, sum_block, &s);
    if (status == BW_OK) {
        for (int32_t b = 0; b < blocks; b++)
            *value += s.part[b];
        *value -= bands(instance, price);
    }
    bw_lens_free(s.lens);
    bw_free(s.buffer);
    bw_free(s.part);
    return status;
}

bw_status bw_bound_exact(const bw_instance *instance, const int64_t *price,
                         int threads, bw_wide *bound)
{
    return bw_exact_value(instance, price, false, threads, bound);
}

static int64_t whole_units(double price)
{
    double units = price * BW_PRICE_UNIT;
    if (!(fabs(units) < PRICE_MOST))
        units = isnan(units) ? 0 : copysign(PRICE_MOST, units);
    return (int64_t)llround(units);
}

/* The nearest price that the certificate may hold. */
static int64_t round_price(const bw_instance *instance, int64_t at, int32_t k,
                           double price)
{
    const bw_instance_measure *m = &instance->measure[k];
    int64_t rounded = whole_units(price);
    if (rounded > 0)
        return instance->high[at] == BW_NO_HIGH ? 0
               : rounded > m->over              ? m->over
                                                : rounded;
    if (rounded < 0 && instance->low[at] == BW_NO_LOW)
        return 0;
    return m->under != BW_HARD && rounded < -m->under ? -m->under : rounded;
}

void bw_prices_round(const bw_instance *instance, const double *price,
                     int64_t *rounded)
{
    int64_t n = bw_instance_windows(instance);
    for (int64_t at = 0; at < n; at++)
        rounded[at] = round_price(
            instance, at, (int32_t)(at % instance->n_measures), price[at]);
    for (int64_t at = n; at < bw_instance_prices(instance); at++)
        rounded[at] = price[at] > 0 ? whole_units(price[at]) : 0;
}
