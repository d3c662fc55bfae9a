/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units are taken in blocks; each block's sum is its own, and the sums are
 * added in the order of the blocks. */
#include "pass.h"

#include "bw/alloc.h"
#include "parallel.h"
#include "random.h"

#include <math.h>

enum {
    BLOCK = 1024 /* units; below that a thread costs more than it brings */
};

static int32_t n_blocks(const bw_view *view)
{
    return view->n_units / BLOCK + 1;
}

void bw_pass_free(bw_pass *pass)
{
    if (!pass)
        return;
    bw_free(pass->buffer);
    bw_free(pass->part);
    bw_lens_free(pass->lens);
    bw_free(pass);
}

bw_status bw_pass_new(const bw_view *view, int threads, bw_pass **pass)
{
    *pass = NULL;
    bw_pass *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->view = view;
    made->threads = threads;
    made->buffer =
        bw_alloc((size_t)threads * (size_t)view->n_reps, sizeof *made->buffer);
    made->part = bw_alloc((size_t)n_blocks(view), sizeof *made->part);
    bw_status status = bw_lens_new(view->instance, &made->lens);
    if (!made->buffer || !made->part || status != BW_OK) {
        bw_pass_free(made);
        return BW_NOMEM;
    }
    *pass = made;
    return BW_OK;
}

typedef struct run {
    bw_pass *pass;
    const double *price;
    double *unit;
    int32_t *rep;
} run;

/* The cheapest pair of a unit so far. */
typedef struct best {
    const run *run;
    int32_t unit, rep;
    double least;
} best;

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    best *b = data;
    const run *r = b->run;
    const bw_view *view = r->pass->view;
    double amount[BW_MEASURES_MAX];
    for (int32_t i = 0; i < n; i++) {
        const double *price =
            r->price + (int64_t)pair[i].rep * view->n_measures;
        double v = bw_view_pair(view, b->unit, &pair[i], amount);
        if (r->pass->cost_free)
            v = 0;
        for (int32_t k = 0; k < view->n_measures; k++)
            v += price[k] * amount[k];
        v += bw_view_charge(view, b->unit, pair[i].rep, r->price);
        if (v < b->least ||
            (v == b->least && bw_prefers(b->unit, pair[i].rep, b->rep))) {
            b->least = v;
            b->rep = pair[i].rep;
        }
    }
    return b->least;
}

static bw_status run_block(void *data, int worker, int32_t number)
{
    run *r = data;
    const bw_view *view = r->pass->view;
    bw_pair *buffer = r->pass->buffer + (int64_t)worker * view->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    double sum = 0;
    if (end > view->n_units)
        end = view->n_units;
    r->pass->part[number] = 0;
    if (r->pass->stop && atomic_load(r->pass->stop))
        return BW_OK;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        best b = {r, unit, -1, (double)INFINITY};
        bw_lens_walk(r->pass->lens, unit, buffer, compare, &b);
        r->unit[unit] = b.rep < 0 ? 0 : b.least;
        r->rep[unit] = b.rep;
        sum += r->unit[unit];
    }
    r->pass->part[number] = sum;
    return BW_OK;
}

double bw_pass_run(bw_pass *pass, const double *price, double *unit,
                   int32_t *rep)
{
    run r = {pass, price, unit, rep};
    int32_t blocks = n_blocks(pass->view);
    bw_lens_set(pass->lens, price, pass->cost_free);
    bw_parallel(pass->threads, blocks, run_block, &r);
    if (pass->stop && atomic_load(pass->stop))
        return -(double)INFINITY;
    double value = 0;
    for (int32_t b = 0; b < blocks; b++)
        value += pass->part[b];
    for (int32_t at = 0; at < pass->view->n_reps; at++)
        value -= bw_view_band(pass->view, at, price);
    value -= bw_view_budgets(pass->view, price);
    return value;
}
