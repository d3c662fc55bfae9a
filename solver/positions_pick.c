/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates as for facilities without limits: a unit loses what its second best
 * costs more when its rep closes, and gains what a new one is cheaper. */
#include "positions_pick.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

enum {
    SAMPLE_PAIRS = 20000000
};

struct bw_picker {
    const bw_instance *instance;
    const uint8_t *free;
    const int64_t *cost;
    int32_t stride;  /* every so many-th unit is looked at */
    double *price;   /* [windows] */
    bw_pair *buffer; /* [n_reps] */
    double *loss;    /* [n_reps] of closing; of opening: gain */
    double *swap;    /* [n_reps] with one that opens */
};

bw_status bw_picker_new(const bw_instance *instance, const uint8_t *free,
                        const int64_t *cost, bw_picker **picker)
{
    size_t n = (size_t)instance->n_reps;
    bw_picker *p = bw_alloc(1, sizeof *p);
    *picker = p;
    if (!p)
        return BW_NOMEM;
    *p = (bw_picker){.instance = instance, .free = free, .cost = cost};
    p->stride = (int32_t)(1 + instance->n_pairs / SAMPLE_PAIRS);
    p->price =
        bw_alloc((size_t)bw_instance_windows(instance) + 1, sizeof *p->price);
    p->buffer = bw_alloc(n, sizeof *p->buffer);
    p->loss = bw_alloc(n, sizeof *p->loss);
    p->swap = bw_alloc(n, sizeof *p->swap);
    if (p->price && p->buffer && p->loss && p->swap)
        return BW_OK;
    bw_picker_free(p);
    *picker = NULL;
    return BW_NOMEM;
}

void bw_picker_free(bw_picker *picker)
{
    if (!picker)
        return;
    bw_free(picker->price);
    bw_free(picker->buffer);
    bw_free(picker->loss);
    bw_free(picker->swap);
    bw_free(picker);
}

void bw_picker_price(bw_picker *picker, const uint8_t *open,
                     const int64_t *price)
{
    const bw_instance *instance = picker->instance;
    int32_t m = instance->n_measures;
    for (int32_t k = 0; k < m; k++) {
        double sum = 0;
        int32_t n = 0;
        for (int32_t r = 0; r < instance->n_reps; r++) {
            if (!open[r])
                continue;
            sum += bw_from_price(price[(int64_t)r * m + k]);
            n++;
        }
        for (int32_t r = 0; r < instance->n_reps; r++)
            picker->price[(int64_t)r * m + k] =
                open[r] ? bw_from_price(price[(int64_t)r * m + k])
                        : sum / (n > 0 ? n : 1);
    }
}

static double value_of(const bw_picker *p, int32_t unit, const bw_pair *pair)
{
    const bw_instance *instance = p->instance;
    double value = bw_from_quanta(pair->cost);
    for (int32_t k = 0; k < instance->n_measures; k++)
        value += p->price[(int64_t)pair->rep * instance->n_measures + k] *
                 bw_from_quanta(bw_pair_measure(instance, unit, pair, k));
    return value;
}

/* The best and the second best open rep of a unit. */
typedef struct two {
    int32_t rep;
    double best, second;
} two;

static two look(const bw_picker *p, int32_t unit, const bw_row *row,
                const uint8_t *open)
{
    two t = {-1, INFINITY, INFINITY};
    for (int32_t i = 0; i < row->n; i++) {
        if (!open[row->pair[i].rep])
            continue;
        double value = value_of(p, unit, &row->pair[i]);
        if (value < t.best) {
            t.second = t.best;
            t.best = value;
            t.rep = row->pair[i].rep;
        } else if (value < t.second) {
            t.second = value;
        }
    }
    return t;
}

/* Nobody else may serve it: a loss that nothing makes good, but a number. */
static double dear(double value)
{
    return isfinite(value) ? value : 1e15;
}

/* loss[r]: what closing an open r costs, or opening a closed r costs (below 0:
 * saves), positions' own costs included. */
static void weigh(bw_picker *p, const uint8_t *open)
{
    const bw_instance *instance = p->instance;
    for (int32_t r = 0; r < instance->n_reps; r++)
        p->loss[r] = (open[r] ? -1 : 1) * bw_from_quanta(p->cost[r]);
    for (int32_t unit = 0; unit < instance->n_units; unit += p->stride) {
        bw_row row = bw_instance_row(instance, unit, p->buffer);
        two t = look(p, unit, &row, open);
        if (t.rep >= 0)
            p->loss[t.rep] += p->stride * (dear(t.second) - t.best);
        for (int32_t i = 0; i < row.n; i++)
            if (!open[row.pair[i].rep])
                p->loss[row.pair[i].rep] +=
                    p->stride *
                    fmin(0, value_of(p, unit, &row.pair[i]) - dear(t.best));
    }
}

void bw_picker_fit(bw_picker *picker, uint8_t *open, int32_t n)
{
    for (;;) {
        int32_t have = 0, pick = -1;
        for (int32_t r = 0; r < picker->instance->n_reps; r++)
            have += picker->free[r] && open[r];
        if (have == n)
            return;
        weigh(picker, open);
        for (int32_t r = 0; r < picker->instance->n_reps; r++)
            if (picker->free[r] && open[r] == (have > n) &&
                (pick < 0 || picker->loss[r] < picker->loss[pick]))
                pick = r;
        if (pick < 0)
            return;
        open[pick] = have < n;
    }
}

/* swap[r]: what closing r costs once c is open, less what c saves; for all open
 * free r. */
static double weigh_swaps(bw_picker *p, const uint8_t *open, int32_t c)
{
    const bw_instance *instance = p->instance;
    double saves = -bw_from_quanta(p->cost[c]);
    for (int32_t r = 0; r < instance->n_reps; r++)
        p->swap[r] = -bw_from_quanta(p->cost[r]);
    for (int32_t unit = 0; unit < instance->n_units; unit += p->stride) {
        bw_row row = bw_instance_row(instance, unit, p->buffer);
        two t = look(p, unit, &row, open);
        double here = INFINITY;
        for (int32_t i = 0; i < row.n; i++)
            if (row.pair[i].rep == c)
                here = value_of(p, unit, &row.pair[i]);
        double gain = fmax(0, dear(t.best) - dear(here));
        saves += p->stride * gain;
        if (t.rep >= 0)
            p->swap[t.rep] +=
                p->stride * (fmin(dear(t.second), dear(here)) - t.best + gain);
    }
    return saves;
}

static void insert(bw_pick *pick, int *n, int most, const bw_pick *new)
{
    int at = *n;
    while (at > 0 && pick[at - 1].gain < new->gain)
        at--;
    if (at == most)
        return;
    *n += *n < most;
    for (int i = *n - 1; i > at; i--)
        pick[i] = pick[i - 1];
    pick[at] = *new;
}

int bw_picker_swaps(bw_picker *picker, const uint8_t *open, bw_pick *pick,
                    int most)
{
    int n = 0;
    int32_t n_reps = picker->instance->n_reps;
    for (int32_t c = 0; c < n_reps; c++) {
        if (!picker->free[c] || open[c])
            continue;
        double saves = weigh_swaps(picker, open, c);
        for (int32_t r = 0; r < n_reps; r++) {
            const bw_pick swap = {r, c, saves - picker->swap[r]};
            if (picker->free[r] && open[r])
                insert(pick, &n, most, &swap);
        }
    }
    return n;
}
