/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ways: every allowed pair, counted first; or the cheapest few of each unit
 * in slots of equal size, closed up afterwards. Blocks of units are shared
 * among threads; each writes to its own slots. */
#include "arcs.h"

#include "bw/alloc.h"
#include "parallel.h"
#include "view.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    BLOCK = 1024,
    CHOICE_MAX = 64 /* arcs a unit at most where not all pairs get one */
};

void bw_arcs_free(bw_arcs *arcs)
{
    if (!arcs)
        return;
    bw_free(arcs->first);
    bw_free(arcs->rep);
    bw_free(arcs->cost);
    bw_free(arcs->amount);
    bw_free(arcs);
}

typedef struct filling {
    bw_arcs *arcs;
    const bw_view *view;
    const double *price; /* NULL: 0 */
    bw_pair *buffer;     /* [threads * n_reps] */
    int32_t per_unit;    /* 0: all */
    int32_t *count;      /* [n_units] arcs in the unit's slots; NULL: all */
    int32_t slots;       /* a unit */
    const bw_arcs_choice *how;
} filling;

/* A few pairs in ascending order of (key, rep). */
typedef struct choice {
    int32_t n;
    double key[CHOICE_MAX + 1];
    int32_t at[CHOICE_MAX + 1]; /* place in the row, so ascending by rep */
} choice;

static void consider(choice *best, int32_t most, double key, int32_t at)
{
    assert(most > 0 && best->n >= 0 && best->n <= most);
    if (best->n == most && key >= best->key[most - 1])
        return;
    int32_t i = best->n < most ? best->n++ : most - 1;
    while (i > 0 && best->key[i - 1] > key) {
        best->key[i] = best->key[i - 1];
        best->at[i] = best->at[i - 1];
        i--;
    }
    best->key[i] = key;
    best->at[i] = at;
}

static void put(const filling *f, int32_t unit, const bw_pair *pair,
                int64_t arc)
{
    bw_arcs *arcs = f->arcs;
    arcs->rep[arc] = pair->rep;
    arcs->cost[arc] = bw_view_pair(f->view, unit, pair,
                                   arcs->amount + arc * arcs->n_measures);
}

/* Ascending, without doubles; returns how many are left. */
static int32_t sort_places(int32_t *at, int32_t n)
{
    int32_t kept = 0;
    for (int32_t i = 1; i < n; i++) {
        int32_t item = at[i], j = i;
        for (; j > 0 && at[j - 1] > item; j--)
            at[j] = at[j - 1];
        at[j] = item;
    }
    for (int32_t i = 0; i < n; i++)
        if (i == 0 || at[i] != at[i - 1])
            at[kept++] = at[i];
    return kept;
}

/* Looks at one row: the cheapest at the prices, the cheapest at price 0, where
 * the owner is, and the least value. */
typedef struct look {
    choice priced, plain;
    int32_t owner_at, least_at;
    double least;
} look;

static void look_at(const filling *f, int32_t unit, const bw_row *row, look *l)
{
    const bw_view *view = f->view;
    int32_t owner = view->instance->owner[unit];
    int32_t plain = f->how->mixed ? f->per_unit / 2 : 0;
    double amount[BW_MEASURES_MAX];
    l->priced.n = l->plain.n = 0;
    l->owner_at = l->least_at = -1;
    l->least = (double)INFINITY;
    for (int32_t i = 0; i < row->n; i++) {
        const bw_pair *pair = &row->pair[i];
        double cost = bw_view_pair(view, unit, pair, amount), key = cost;
        for (int32_t k = 0; f->price && k < view->n_measures; k++)
            key +=
                f->price[(int64_t)pair->rep * view->n_measures + k] * amount[k];
        if (key < l->least) {
            l->least = key;
            l->least_at = i;
        }
        if (pair->rep == owner) {
            l->owner_at = i;
            continue;
        }
        consider(&l->priced, f->per_unit - plain, key, i);
        if (plain > 0)
            consider(&l->plain, plain, cost, i);
    }
}

static void choose(const filling *f, int32_t unit, const bw_row *row)
{
    look l;
    int32_t at[2 * CHOICE_MAX + 2], n = 0;
    look_at(f, unit, row, &l);
    for (int32_t i = 0; i < l.priced.n; i++)
        at[n++] = l.priced.at[i];
    for (int32_t i = 0; i < l.plain.n; i++)
        at[n++] = l.plain.at[i];
    if (l.owner_at >= 0)
        at[n++] = l.owner_at;
    n = sort_places(at, n);
    for (int32_t i = 0; i < n; i++)
        put(f, unit, &row->pair[at[i]], (int64_t)unit * f->slots + i);
    f->count[unit] = n;
    if (f->how->unit)
        f->how->unit[unit] = l.least_at < 0 ? 0 : l.least;
    if (f->how->rep)
        f->how->rep[unit] = l.least_at < 0 ? -1 : row->pair[l.least_at].rep;
}

static bw_status fill_block(void *data, int worker, int32_t number)
{
    const filling *f = data;
    bw_pair *buffer = f->buffer + (int64_t)worker * f->view->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    if (end > f->view->n_units)
        end = f->view->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        bw_row row = bw_instance_row(f->view->instance, unit, buffer);
        if (f->count) {
            choose(f, unit, &row);
            continue;
        }
        for (int32_t i = 0; i < row.n; i++)
            put(f, unit, &row.pair[i], f->arcs->first[unit] + i);
    }
    return BW_OK;
}

static bool alloc_arcs(bw_arcs *arcs, int64_t n)
{
    size_t room = (size_t)n;
    arcs->rep = bw_alloc(room, sizeof *arcs->rep);
    arcs->cost = bw_alloc(room, sizeof *arcs->cost);
    arcs->amount =
        bw_alloc(room, (size_t)arcs->n_measures * sizeof *arcs->amount);
    return arcs->rep && arcs->cost && arcs->amount;
}

static void count_all(const filling *f)
{
    bw_arcs *arcs = f->arcs;
    for (int32_t unit = 0; unit < arcs->n_units; unit++) {
        bw_row row = bw_instance_row(f->view->instance, unit, f->buffer);
        arcs->first[unit + 1] = arcs->first[unit] + row.n;
    }
}

/* Closes the gaps between the slots. A failed shrinking keeps the old block. */
static void close_up(const filling *f)
{
    bw_arcs *arcs = f->arcs;
    int32_t n_measures = arcs->n_measures;
    for (int32_t unit = 0; unit < arcs->n_units; unit++) {
        int64_t from = (int64_t)unit * f->slots, to = arcs->first[unit];
        size_t n = (size_t)f->count[unit];
        memmove(arcs->rep + to, arcs->rep + from, n * sizeof *arcs->rep);
        memmove(arcs->cost + to, arcs->cost + from, n * sizeof *arcs->cost);
        memmove(arcs->amount + to * n_measures,
                arcs->amount + from * n_measures,
                n * (size_t)n_measures * sizeof *arcs->amount);
        arcs->first[unit + 1] = to + f->count[unit];
    }
    size_t total = (size_t)arcs->first[arcs->n_units];
    void *block = bw_realloc(arcs->rep, total, sizeof *arcs->rep);
    arcs->rep = block ? block : arcs->rep;
    block = bw_realloc(arcs->cost, total, sizeof *arcs->cost);
    arcs->cost = block ? block : arcs->cost;
    block = bw_realloc(arcs->amount, total,
                       (size_t)n_measures * sizeof *arcs->amount);
    arcs->amount = block ? block : arcs->amount;
}

static bw_status fill(filling *f, int threads)
{
    bw_arcs *arcs = f->arcs;
    int32_t blocks = arcs->n_units / BLOCK + 1;
    int64_t n = (int64_t)arcs->n_units * f->slots;
    f->buffer =
        bw_alloc((size_t)threads * (size_t)arcs->n_reps, sizeof *f->buffer);
    arcs->first = bw_alloc((size_t)arcs->n_units + 1, sizeof *arcs->first);
    if (!f->buffer || !arcs->first)
        return BW_NOMEM;
    if (arcs->all) {
        count_all(f);
        n = arcs->first[arcs->n_units];
    } else {
        f->count = bw_alloc((size_t)arcs->n_units, sizeof *f->count);
        if (!f->count)
            return BW_NOMEM;
    }
    if (!alloc_arcs(arcs, n))
        return BW_NOMEM;
    bw_status status = bw_parallel(threads, blocks, fill_block, f);
    if (status == BW_OK && !arcs->all)
        close_up(f);
    return status;
}

bw_status bw_arcs_of_view(const bw_view *view, const bw_arcs_choice *how,
                          bw_arcs **arcs)
{
    assert(how->per_unit >= 1);
    *arcs = NULL;
    bw_arcs *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->n_units = view->n_units;
    made->n_reps = view->n_reps;
    made->n_measures = view->n_measures;
    made->all = view->instance->n_pairs <= how->limit;
    int32_t per_unit = how->per_unit < CHOICE_MAX ? how->per_unit : CHOICE_MAX;
    filling f = {.arcs = made,
                 .view = view,
                 .price = how->price,
                 .per_unit = per_unit,
                 .slots = per_unit + 1,
                 .how = how};
    bw_status status = fill(&f, how->threads);
    bw_free(f.buffer);
    bw_free(f.count);
    if (status == BW_OK)
        *arcs = made;
    else
        bw_arcs_free(made);
    return status;
}

bw_status bw_arcs_new(const bw_instance *instance, const double *price,
                      int32_t per_unit, int64_t limit, bw_arcs **arcs)
{
    bw_view *view;
    bw_status status = bw_view_new(instance, &view);
    *arcs = NULL;
    if (status != BW_OK)
        return status;
    bw_arcs_choice how = {
        .price = price, .per_unit = per_unit, .limit = limit, .threads = 1};
    status = bw_arcs_of_view(view, &how, arcs);
    bw_view_free(view);
    return status;
}
