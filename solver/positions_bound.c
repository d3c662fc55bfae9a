/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B is concave in w and p; a supergradient at a point is, for a unit, one less
 * the open reps that want it, for a band what those reps have wanted less its
 * side. Steps as in Held, Wolfe and Crowder, Mathematical Programming 6 (1974),
 * with the last direction carried on; v stays as it was given. */
#include "positions_bound.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double carried = 0.6; /* of the last direction */

enum {
    PATIENCE = 8 /* rounds without a gain until steps become shorter */
};

/* A unit that a rep would take at these prices. */
typedef struct want {
    int32_t unit, rep;
} want;

typedef struct ascent {
    const bw_positions_ask *ask;
    const bw_instance *instance;
    int64_t n_prices, n_windows;
    double *w, *p;           /* where it is */
    double *step_w, *step_p; /* direction */
    double *best_w, *best_p;
    double best;
    double *scale;     /* [n_measures] amount of a unit */
    double *load;      /* [windows] wanted */
    double *gain;      /* [n_reps] G */
    uint8_t *open;     /* [n_reps] staying, or among the n */
    int32_t *n_wanted; /* [n_units] */
    want *want;        /* [n_wants] of the last look, room for `room` */
    int64_t n_wants, room;
    bw_pair *buffer;
} ascent;

static bw_status alloc_ascent(ascent *a)
{
    size_t units = (size_t)a->instance->n_units;
    size_t reps = (size_t)a->instance->n_reps;
    size_t prices = (size_t)a->n_prices + 1;
    double **of_units[] = {&a->w, &a->step_w, &a->best_w};
    double **of_prices[] = {&a->p, &a->step_p, &a->best_p, &a->load};
    bool short_of = false;
    for (size_t i = 0; i < 3; i++)
        short_of |= !(*of_units[i] = bw_alloc(units, sizeof(double)));
    for (size_t i = 0; i < 4; i++)
        short_of |= !(*of_prices[i] = bw_alloc(prices, sizeof(double)));
    a->scale = bw_alloc((size_t)a->instance->n_measures + 1, sizeof *a->scale);
    a->gain = bw_alloc(reps, sizeof *a->gain);
    a->open = bw_alloc(reps, 1);
    a->n_wanted = bw_alloc(units, sizeof *a->n_wanted);
    a->buffer = bw_alloc(reps, sizeof *a->buffer);
    return short_of || !a->scale || !a->gain || !a->open || !a->n_wanted ||
                   !a->buffer
               ? BW_NOMEM
               : BW_OK;
}

static void free_ascent(ascent *a)
{
    bw_free(a->w);
    bw_free(a->p);
    bw_free(a->step_w);
    bw_free(a->step_p);
    bw_free(a->best_w);
    bw_free(a->best_p);
    bw_free(a->scale);
    bw_free(a->load);
    bw_free(a->gain);
    bw_free(a->open);
    bw_free(a->n_wanted);
    bw_free(a->want);
    bw_free(a->buffer);
}

/* --- values --- */

/* q of a pair as the bands cut it; what is cut is added to *cost. */
static double cut(const bw_instance *instance, int32_t unit,
                  const bw_pair *pair, int32_t k, double *cost)
{
    int64_t q = bw_pair_measure(instance, unit, pair, k);
    int64_t high =
        instance->high[(int64_t)pair->rep * instance->n_measures + k];
    if (!instance->measure[k].tightens || high < 0 || q <= high)
        return bw_from_quanta(q);
    *cost +=
        bw_from_price(instance->measure[k].over) * bw_from_quanta(q - high);
    return bw_from_quanta(high);
}

/* c + p q + v b. */
static double value_of(const ascent *a, int32_t unit, const bw_pair *pair)
{
    const bw_instance *instance = a->instance;
    double value = bw_from_quanta(pair->cost);
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t at = (int64_t)pair->rep * instance->n_measures + k;
        double q = cut(instance, unit, pair, k, &value);
        value += a->p[at] * q;
    }
    for (int32_t g = 0; g < instance->n_budgets; g++)
        if (a->p[a->n_windows + g] > 0)
            value +=
                a->p[a->n_windows + g] *
                bw_from_quanta(bw_instance_use(instance, g, unit, pair->rep));
    return value;
}

static double side_of(const bw_instance *instance, int64_t at, double price)
{
    int64_t side = price > 0 ? instance->high[at] : instance->low[at];
    return price == 0 ? 0 : bw_from_quanta(side);
}

static bw_status add_want(ascent *a, int32_t unit, int32_t rep)
{
    if (a->n_wants == a->room) {
        int64_t room = a->room ? 2 * a->room : 4096;
        want *grown = bw_realloc(a->want, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        a->want = grown;
        a->room = room;
    }
    a->want[a->n_wants++] = (want){unit, rep};
    return BW_OK;
}

static void begin_look(ascent *a)
{
    const bw_instance *instance = a->instance;
    a->n_wants = 0;
    memset(a->load, 0, (size_t)a->n_prices * sizeof *a->load);
    for (int32_t r = 0; r < instance->n_reps; r++) {
        a->gain[r] = 0;
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t at = (int64_t)r * instance->n_measures + k;
            a->gain[r] -= a->p[at] * side_of(instance, at, a->p[at]);
        }
    }
}

/* G(r) and what each rep wants. */
static bw_status look(ascent *a)
{
    const bw_instance *instance = a->instance;
    bw_status status = BW_OK;
    begin_look(a);
    for (int32_t unit = 0; unit < instance->n_units && status == BW_OK;
         unit++) {
        bw_row row = bw_instance_row(instance, unit, a->buffer);
        for (int32_t i = 0; i < row.n && status == BW_OK; i++) {
            const bw_pair *pair = &row.pair[i];
            double h = value_of(a, unit, pair) - a->w[unit], spilt = 0;
            if (h >= 0)
                continue;
            a->gain[pair->rep] += h;
            for (int32_t k = 0; k < instance->n_measures; k++)
                a->load[(int64_t)pair->rep * instance->n_measures + k] +=
                    cut(instance, unit, pair, k, &spilt);
            status = add_want(a, unit, pair->rep);
        }
    }
    return status;
}

typedef struct ranked {
    double value;
    int32_t rep;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *one = a, *other = b;
    if (one->value != other->value)
        return one->value < other->value ? -1 : 1;
    return (one->rep > other->rep) - (one->rep < other->rep);
}

/* The n free ones of least f + G are open. *sum: of these and of who stays. */
static bw_status choose(ascent *a, double *sum)
{
    int32_t n_free = 0, n_reps = a->instance->n_reps;
    ranked *rank = bw_alloc((size_t)n_reps + 1, sizeof *rank);
    if (!rank)
        return BW_NOMEM;
    *sum = 0;
    for (int32_t r = 0; r < n_reps; r++) {
        a->open[r] = !a->ask->free[r];
        if (a->open[r])
            *sum += a->gain[r];
        else
            rank[n_free++] =
                (ranked){bw_from_quanta(a->ask->cost[r]) + a->gain[r], r};
    }
    qsort(rank, (size_t)n_free, sizeof *rank, by_value);
    for (int32_t i = 0; i < a->ask->n && i < n_free; i++) {
        a->open[rank[i].rep] = 1;
        *sum += rank[i].value;
    }
    bw_free(rank);
    return BW_OK;
}

static bw_status evaluate(ascent *a, double *value)
{
    double sum = 0;
    bw_status status = look(a);
    if (status == BW_OK)
        status = choose(a, &sum);
    for (int32_t unit = 0; unit < a->instance->n_units; unit++)
        sum += a->w[unit];
    for (int32_t g = 0; g < a->instance->n_budgets; g++)
        sum -= a->p[a->n_windows + g] *
               bw_from_quanta(a->instance->budget[g].limit);
    *value = sum;
    return status;
}

/* --- steps --- */

/* How many open reps want each unit. */
static void count_wanted(ascent *a)
{
    memset(a->n_wanted, 0, (size_t)a->instance->n_units * sizeof *a->n_wanted);
    for (int64_t i = 0; i < a->n_wants; i++)
        a->n_wanted[a->want[i].unit] += a->open[a->want[i].rep];
}

/* Wanted less the side that counts; at price 0 the nearer of both. */
static double excess(const ascent *a, int32_t r, int32_t k)
{
    int64_t at = (int64_t)r * a->instance->n_measures + k;
    int64_t low = a->instance->low[at], high = a->instance->high[at];
    double load = a->load[at];
    if (!a->open[r])
        return 0;
    if (a->p[at] > 0)
        return load - bw_from_quanta(high);
    if (a->p[at] < 0)
        return load - bw_from_quanta(low);
    if (high != BW_NO_HIGH && load > bw_from_quanta(high))
        return load - bw_from_quanta(high);
    if (low != BW_NO_LOW && load < bw_from_quanta(low))
        return load - bw_from_quanta(low);
    return 0;
}

/* The new direction; its squared length, in units. */
static double turn(ascent *a)
{
    const bw_instance *instance = a->instance;
    double length = 0;
    count_wanted(a);
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        a->step_w[unit] = carried * a->step_w[unit] + 1 - a->n_wanted[unit];
        length += a->step_w[unit] * a->step_w[unit];
    }
    for (int32_t r = 0; r < instance->n_reps; r++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t at = (int64_t)r * instance->n_measures + k;
            double g = excess(a, r, k) / a->scale[k];
            a->step_p[at] = carried * a->step_p[at] + g;
            length += a->step_p[at] * a->step_p[at];
        }
    return length;
}

static double in_range(const bw_instance *instance, int64_t at, double price)
{
    const bw_instance_measure *m =
        &instance->measure[at % instance->n_measures];
    if (m->over != BW_HARD)
        price = fmin(price, bw_from_price(m->over));
    if (m->under != BW_HARD)
        price = fmax(price, -bw_from_price(m->under));
    if (instance->high[at] == BW_NO_HIGH)
        price = fmin(price, 0);
    if (instance->low[at] == BW_NO_LOW)
        price = fmax(price, 0);
    return price;
}

static void go(ascent *a, double step)
{
    const bw_instance *instance = a->instance;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        a->w[unit] += step * a->step_w[unit];
    for (int64_t at = 0; at < a->n_windows; at++)
        a->p[at] = in_range(instance, at,
                            a->p[at] + step * a->step_p[at] /
                                           a->scale[at % instance->n_measures]);
}

static void keep(ascent *a, double value)
{
    a->best = value;
    memcpy(a->best_w, a->w, (size_t)a->instance->n_units * sizeof *a->w);
    memcpy(a->best_p, a->p, (size_t)a->n_prices * sizeof *a->p);
}

static bool is_over(const bw_positions_ask *ask)
{
    const bw_settings *s = ask->settings;
    return (s->interrupt && atomic_load(s->interrupt)) ||
           s->clock(s->clock_data) > ask->until;
}

static bw_status climb(ascent *a)
{
    double theta = 1, value = 0;
    int idle = 0;
    bw_status status = evaluate(a, &value);
    keep(a, value);
    for (int i = 0; i < a->ask->rounds && status == BW_OK; i++) {
        double aim = isfinite(a->ask->target)
                         ? a->ask->target
                         : a->best + 0.05 * fabs(a->best) + 1;
        double length = turn(a), open = fmax(aim - value, 1e-6 * fabs(aim));
        if (length <= 0 || a->best >= aim || is_over(a->ask))
            break;
        go(a, theta * open / length);
        status = evaluate(a, &value);
        idle = value > a->best + 1e-9 * fabs(a->best) ? 0 : idle + 1;
        if (value > a->best)
            keep(a, value);
        if (idle == PATIENCE) { /* shorter, from the best so far */
            idle = 0;
            theta *= 0.5;
            memcpy(a->w, a->best_w,
                   (size_t)a->instance->n_units * sizeof *a->w);
            memcpy(a->p, a->best_p, (size_t)a->n_prices * sizeof *a->p);
            memset(a->step_w, 0,
                   (size_t)a->instance->n_units * sizeof *a->step_w);
            memset(a->step_p, 0, (size_t)a->n_prices * sizeof *a->step_p);
            status = status == BW_OK ? evaluate(a, &value) : status;
        }
    }
    return status;
}

/* --- beginning and end --- */

static void begin(ascent *a)
{
    const bw_instance *instance = a->instance;
    double *sum = a->scale;
    for (int64_t at = 0; at < a->n_prices; at++)
        a->p[at] = bw_from_price(a->ask->price[at]);
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, a->buffer);
        double least = INFINITY;
        for (int32_t i = 0; i < row.n; i++) {
            double value = value_of(a, unit, &row.pair[i]);
            least = fmin(least, value);
        }
        a->w[unit] = isfinite(least) ? least : 0;
        for (int32_t k = 0; k < instance->n_measures && row.n > 0; k++)
            sum[k] += fabs(bw_from_quanta(
                bw_pair_measure(instance, unit, &row.pair[0], k)));
    }
    for (int32_t k = 0; k < instance->n_measures; k++)
        sum[k] = sum[k] > 0 ? sum[k] / instance->n_units : 1;
}

bw_status bw_positions_bound(const bw_positions_ask *ask, int64_t *price,
                             int64_t *unit, bw_wide *bound)
{
    ascent a = {.ask = ask,
                .instance = ask->instance,
                .n_prices = bw_instance_prices(ask->instance),
                .n_windows = bw_instance_windows(ask->instance)};
    bw_status status = alloc_ascent(&a);
    if (status == BW_OK) {
        begin(&a);
        status = climb(&a);
    }
    for (int64_t at = 0; status == BW_OK && at < a.n_prices; at++)
        price[at] = at < a.n_windows
                        ? (int64_t)llround(a.best_p[at] * BW_PRICE_UNIT)
                        : ask->price[at];
    for (int32_t u = 0; status == BW_OK && u < ask->instance->n_units; u++)
        unit[u] = (int64_t)llround(a.best_w[u] * BW_PRICE_UNIT);
    if (status == BW_OK)
        status = bw_positions_exact(ask, price, unit, bound);
    free_ascent(&a);
    return status;
}
