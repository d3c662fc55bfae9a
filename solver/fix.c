/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reduced-cost fixing: counted first, filled afterwards, both by blocks of
 * units on several threads. */
#include "fix.h"

#include "bw/alloc.h"
#include "exact.h"
#include "parallel.h"

#include <stdatomic.h>

enum {
    BLOCK = 1024
};

typedef struct fixing {
    const bw_view *view;
    const bw_fix *fix;
    bw_arcs *arcs;
    bw_pair *buffer; /* [threads * n_reps] */
    bw_wide *value;  /* [threads * n_reps] */
    bool counting;
    atomic_int_fast64_t
        counted; /* arcs so far: beyond the limit counting ends */
} fixing;

static bw_wide least_value(const fixing *f, int32_t unit, const bw_row *row,
                           bw_wide *value)
{
    bw_wide least = 0;
    for (int32_t i = 0; i < row->n; i++) {
        value[i] = bw_exact_pair(f->view->instance, unit, &row->pair[i],
                                 f->fix->price, false);
        if (i == 0 || value[i] < least)
            least = value[i];
    }
    return least;
}

static void take_unit(const fixing *f, int32_t unit, const bw_row *row,
                      bw_wide *value)
{
    bw_wide least = least_value(f, unit, row, value);
    bw_wide room = f->fix->objective - f->fix->bound;
    bw_arcs *arcs = f->arcs;
    int64_t kept = 0;
    for (int32_t i = 0; i < row->n; i++) {
        if (value[i] - least >= room)
            continue;
        if (!f->counting) {
            int64_t arc = arcs->first[unit] + kept;
            arcs->rep[arc] = row->pair[i].rep;
            arcs->cost[arc] =
                bw_view_pair(f->view, unit, &row->pair[i],
                             arcs->amount + arc * arcs->n_measures);
        }
        kept++;
    }
    if (f->counting)
        arcs->first[unit + 1] = kept;
}

static bw_status take_block(void *data, int worker, int32_t number)
{
    fixing *f = data;
    if (f->counting && atomic_load(&f->counted) > f->fix->limit)
        return BW_OK;
    int64_t scratch = (int64_t)worker * f->view->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    if (end > f->view->n_units)
        end = f->view->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        bw_row row =
            bw_instance_row(f->view->instance, unit, f->buffer + scratch);
        take_unit(f, unit, &row, f->value + scratch);
        if (f->counting)
            atomic_fetch_add(&f->counted, f->arcs->first[unit + 1]);
    }
    return BW_OK;
}

static bw_status count(fixing *f)
{
    bw_arcs *arcs = f->arcs;
    f->counting = true;
    bw_status status =
        bw_parallel(f->fix->threads, arcs->n_units / BLOCK + 1, take_block, f);
    for (int32_t unit = 0; unit < arcs->n_units; unit++)
        arcs->first[unit + 1] += arcs->first[unit];
    return status;
}

static bw_status fill(fixing *f)
{
    bw_arcs *arcs = f->arcs;
    size_t n = (size_t)arcs->first[arcs->n_units];
    arcs->rep = bw_alloc(n, sizeof *arcs->rep);
    arcs->cost = bw_alloc(n, sizeof *arcs->cost);
    arcs->amount = bw_alloc(n, (size_t)arcs->n_measures * sizeof *arcs->amount);
    if (!arcs->rep || !arcs->cost || !arcs->amount)
        return BW_NOMEM;
    f->counting = false;
    return bw_parallel(f->fix->threads, arcs->n_units / BLOCK + 1, take_block,
                       f);
}

static bool alloc_fixing(fixing *f)
{
    size_t n = (size_t)f->fix->threads * (size_t)f->view->n_reps;
    f->arcs = bw_alloc(1, sizeof *f->arcs);
    f->buffer = bw_alloc(n, sizeof *f->buffer);
    f->value = bw_alloc(n, sizeof *f->value);
    if (!f->arcs || !f->buffer || !f->value)
        return false;
    f->arcs->n_units = f->view->n_units;
    f->arcs->n_reps = f->view->n_reps;
    f->arcs->n_measures = f->view->n_measures;
    f->arcs->first =
        bw_alloc((size_t)f->view->n_units + 1, sizeof *f->arcs->first);
    return f->arcs->first;
}

bw_status bw_fix_arcs(const bw_view *view, const bw_fix *fix, bw_arcs **kept)
{
    fixing f = {.view = view, .fix = fix};
    bool fits = false;
    *kept = NULL;
    bw_status status = alloc_fixing(&f) ? count(&f) : BW_NOMEM;
    if (status == BW_OK)
        fits = f.arcs->first[view->n_units] <= fix->limit;
    if (fits)
        status = fill(&f);
    if (status == BW_OK && fits) {
        f.arcs->all = f.arcs->first[view->n_units] == view->instance->n_pairs;
        *kept = f.arcs;
    } else {
        bw_arcs_free(f.arcs);
    }
    bw_free(f.buffer);
    bw_free(f.value);
    return status;
}
