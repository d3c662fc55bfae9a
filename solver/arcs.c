/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ways: every allowed pair, counted first; or the cheapest few of each unit
 * in slots of equal size, closed up afterwards. Blocks of units are shared
 * among threads; each writes to its own slots. */
#include "arcs.h"

#include "bw/alloc.h"
#include "near.h"
#include "parallel.h"
#include "random.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    BLOCK = 1024,
    SAMPLED = 8,    /* units side by side in a sample */
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
    bw_lens *priced, *plain;
} filling;

/* A few pairs of a unit, in ascending order of key. */
typedef struct choice {
    int32_t unit, n, most;
    double key[CHOICE_MAX];
    bw_pair pair[CHOICE_MAX];
} choice;

/* Whether a pair comes before one of the same unit. */
static bool before(int32_t unit, double key, int32_t rep, double other_key,
                   int32_t other)
{
    return key < other_key ||
           (key == other_key && bw_prefers(unit, rep, other));
}

static void consider(choice *best, double key, const bw_pair *pair)
{
    int32_t last = best->most - 1;
    assert(best->most > 0 && best->n >= 0 && best->n <= best->most);
    if (best->n == best->most && !before(best->unit, key, pair->rep,
                                         best->key[last], best->pair[last].rep))
        return;
    int32_t i = best->n < best->most ? best->n++ : last;
    while (i > 0 && before(best->unit, key, pair->rep, best->key[i - 1],
                           best->pair[i - 1].rep)) {
        best->key[i] = best->key[i - 1];
        best->pair[i] = best->pair[i - 1];
        i--;
    }
    best->key[i] = key;
    best->pair[i] = *pair;
}

static void put(const filling *f, int32_t unit, const bw_pair *pair,
                int64_t arc)
{
    bw_arcs *arcs = f->arcs;
    arcs->rep[arc] = pair->rep;
    arcs->cost[arc] = bw_view_pair(f->view, unit, pair,
                                   arcs->amount + arc * arcs->n_measures);
}

/* By ascending rep, without doubles; returns how many are left. */
static int32_t sort_pairs(bw_pair *pair, int32_t n)
{
    int32_t kept = 0;
    for (int32_t i = 1; i < n; i++) {
        bw_pair moving = pair[i];
        int32_t j = i;
        for (; j > 0 && pair[j - 1].rep > moving.rep; j--)
            pair[j] = pair[j - 1];
        pair[j] = moving;
    }
    for (int32_t i = 0; i < n; i++)
        if (kept == 0 || pair[kept - 1].rep != pair[i].rep)
            pair[kept++] = pair[i];
    return kept;
}

/* A unit's arcs, into its slots. */
static void put_sorted(const filling *f, int32_t unit, bw_pair *pair, int32_t n)
{
    n = sort_pairs(pair, n);
    for (int32_t i = 0; i < n; i++)
        put(f, unit, &pair[i], (int64_t)unit * f->slots + i);
    f->count[unit] = n;
}

/* Looks for a unit's cheapest pairs, under prices or at price 0. */
typedef struct look {
    const filling *f;
    int32_t unit, owner;
    const double *price; /* NULL: 0 */
    choice choice;
    bool owner_may;
    bw_pair of_owner;
    double least;
    int32_t least_rep;
} look;

static double look_at(void *data, const bw_pair *pair, int32_t n)
{
    look *l = data;
    const bw_view *view = l->f->view;
    double amount[BW_MEASURES_MAX];
    for (int32_t i = 0; i < n; i++) {
        double key = bw_view_pair(view, l->unit, &pair[i], amount);
        const double *price =
            l->price ? l->price + (int64_t)pair[i].rep * view->n_measures
                     : NULL;
        for (int32_t k = 0; price && k < view->n_measures; k++)
            key += price[k] * amount[k];
        if (l->price)
            key += bw_view_charge(view, l->unit, pair[i].rep, l->price);
        if (l->least_rep < 0 ||
            before(l->unit, key, pair[i].rep, l->least, l->least_rep)) {
            l->least = key;
            l->least_rep = pair[i].rep;
        }
        if (pair[i].rep == l->owner) {
            l->owner_may = true;
            l->of_owner = pair[i];
        } else {
            consider(&l->choice, key, &pair[i]);
        }
    }
    const choice *best = &l->choice;
    return best->n < best->most ? (double)INFINITY : best->key[best->n - 1];
}

static void walk(const filling *f, const bw_lens *lens, look *l,
                 bw_pair *buffer)
{
    l->f = f;
    l->owner = f->view->instance->owner[l->unit];
    l->least_rep = -1;
    l->owner_may = false;
    l->choice.n = 0;
    bw_lens_walk(lens, l->unit, buffer, look_at, l);
}

/* The pair with the rep that is to get an arc, 1; 0 where none may. */
static int32_t known(const filling *f, int32_t unit, int32_t rep, bw_pair *pair)
{
    return rep >= 0 && rep < f->view->n_reps &&
           bw_instance_pair(f->view->instance, unit, rep, pair);
}

/* When time is up: pairs that need no look at the others. */
static void choose_known(const filling *f, int32_t unit)
{
    const bw_instance *instance = f->view->instance;
    const int32_t *start = f->how->start;
    bw_pair pair[3];
    int32_t n = known(f, unit, instance->cheapest[unit], pair);
    n += known(f, unit, instance->owner[unit], &pair[n]);
    n += start ? known(f, unit, start[unit], &pair[n]) : 0;
    put_sorted(f, unit, pair, n);
    if (f->how->unit)
        f->how->unit[unit] = 0;
    if (f->how->rep)
        f->how->rep[unit] = instance->cheapest[unit];
}

static void choose(const filling *f, int32_t unit, bw_pair *buffer)
{
    if (f->how->stop && atomic_load(f->how->stop)) {
        choose_known(f, unit);
        return;
    }
    if (f->how->every > 1 && unit / SAMPLED % f->how->every != 0) {
        f->count[unit] = 0;
        if (f->how->unit)
            f->how->unit[unit] = 0;
        if (f->how->rep)
            f->how->rep[unit] = -1;
        return;
    }
    look l = {.unit = unit, .price = f->price};
    bw_pair pair[2 * CHOICE_MAX + 2];
    int32_t plain = f->how->mixed ? f->per_unit / 2 : 0, n = 0;
    l.choice.unit = unit;
    l.choice.most = f->per_unit - plain;
    walk(f, f->priced, &l, buffer);
    for (int32_t i = 0; i < l.choice.n; i++)
        pair[n++] = l.choice.pair[i];
    if (l.owner_may)
        pair[n++] = l.of_owner;
    if (f->how->start)
        n += known(f, unit, f->how->start[unit], &pair[n]);
    if (f->how->unit)
        f->how->unit[unit] = l.least_rep < 0 ? 0 : l.least;
    if (f->how->rep)
        f->how->rep[unit] = l.least_rep;
    l.price = NULL;
    l.choice.most = plain;
    if (plain > 0)
        walk(f, f->plain, &l, buffer);
    for (int32_t i = 0; plain > 0 && i < l.choice.n; i++)
        pair[n++] = l.choice.pair[i];
    put_sorted(f, unit, pair, n);
}

static bw_status fill_block(void *data, int worker, int32_t number)
{
    const filling *f = data;
    bw_pair *buffer = f->buffer + (int64_t)worker * f->view->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    if (end > f->view->n_units)
        end = f->view->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        if (f->count) {
            choose(f, unit, buffer);
            continue;
        }
        bw_row row = bw_instance_row(f->view->instance, unit, buffer);
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
        arcs->first[unit + 1] =
            arcs->first[unit] +
            bw_instance_count(f->view->instance, unit, f->buffer);
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

static bool look_through(filling *f)
{
    const bw_instance *instance = f->view->instance;
    if (f->arcs->all)
        return true;
    if (bw_lens_new(instance, &f->priced) != BW_OK ||
        bw_lens_new(instance, &f->plain) != BW_OK)
        return false;
    bw_lens_set(f->priced, f->price, false);
    return true;
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
    if (!alloc_arcs(arcs, n) || !look_through(f))
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
                 .slots = per_unit + (how->start ? 2 : 1),
                 .how = how};
    bw_status status = fill(&f, how->threads);
    bw_free(f.buffer);
    bw_free(f.count);
    bw_lens_free(f.priced);
    bw_lens_free(f.plain);
    if (status == BW_OK)
        *arcs = made;
    else
        bw_arcs_free(made);
    return status;
}

bw_status bw_arcs_new(const bw_instance *instance, const double *price,
                      int32_t per_unit, int64_t limit, int threads,
                      bw_arcs **arcs)
{
    bw_arcs_choice how = {.price = price,
                          .per_unit = per_unit,
                          .limit = limit,
                          .threads = threads};
    return bw_arcs_choose(instance, &how, arcs);
}

bw_status bw_arcs_choose(const bw_instance *instance, const bw_arcs_choice *how,
                         bw_arcs **arcs)
{
    bw_view *view;
    bw_status status = bw_view_new(instance, &view);
    *arcs = NULL;
    if (status != BW_OK)
        return status;
    status = bw_arcs_of_view(view, how, arcs);
    bw_view_free(view);
    return status;
}
