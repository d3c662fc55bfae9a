/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round: the core's optimum gives prices; a look at all allowed pairs under
 * them gives the Lagrangian value and, for each unit, the pair that is most
 * below the unit's dual. Those pairs join the core. Where the prices are worse
 * than the best so far (early duals swing wildly), shorter and shorter steps
 * from the best towards them are tried, and what these find joins as well. The
 * core's optimum falls, the best Lagrangian value rises, and they meet. */
#include "sift.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS_MOST = 400,
    HALVINGS = 5,
    RAISES_MOST = 5 /* of the price of hard sides, tenfold each */
};

static const double close_enough = 1e-9; /* relative */
static const double spilled = 1e-6;      /* outside a hard side */

/* Scratch of one run. */
typedef struct sifting {
    bw_sift *s;
    double *dual;             /* prices of the core's optimum */
    double *trial;            /* on the way to them */
    double *unit, *dual_unit; /* [n_units] least values; duals of units */
    int32_t *rep;             /* [n_units] whose the least values are */
    bw_core_arc *found;       /* [n_units] arcs to add */
    uint8_t *listed;          /* [n_units] already among them */
    int32_t n_found;
} sifting;

typedef struct margin {
    double above;
    int32_t unit, rep;
} margin;

static int by_margin(const void *a, const void *b)
{
    const margin *x = a, *y = b;
    if (x->above != y->above)
        return x->above < y->above ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->rep > y->rep) - (x->rep < y->rep);
}

/* Moves the `keep` least entries to the front (in no order). */
static void select_least(margin *item, int64_t n, int64_t keep)
{
    int64_t from = 0, to = n - 1;
    while (from < to) {
        margin pivot = item[from + (to - from) / 2];
        int64_t i = from, j = to;
        while (i <= j) {
            while (by_margin(&item[i], &pivot) < 0)
                i++;
            while (by_margin(&item[j], &pivot) > 0)
                j--;
            if (i <= j) {
                margin swap = item[i];
                item[i++] = item[j];
                item[j--] = swap;
            }
        }
        if (keep - 1 <= j)
            to = j;
        else if (keep - 1 >= i)
            from = i;
        else
            return;
    }
}

static double arc_value(const bw_sift *s, const bw_arcs *arcs, int32_t unit,
                        int64_t arc)
{
    const double *price = s->price;
    int32_t n = arcs->n_measures;
    double v = arcs->cost[arc];
    for (int32_t k = 0; k < n; k++)
        v += price[(int64_t)arcs->rep[arc] * n + k] * arcs->amount[arc * n + k];
    return v + bw_view_charge(s->view, unit, arcs->rep[arc], price);
}

/* The arcs, other than each unit's best, that are dearer than it by least. */
static bw_status list_margins(const bw_sift *s, const bw_arcs *arcs,
                              margin **margins, int64_t *n)
{
    size_t room = (size_t)arcs->first[arcs->n_units];
    margin *list = bw_alloc(room, sizeof *list);
    *n = 0;
    *margins = list;
    if (!list)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < arcs->n_units; unit++)
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
            if (arcs->rep[a] != s->rep[unit])
                list[(*n)++] =
                    (margin){arc_value(s, arcs, unit, a) - s->unit[unit], unit,
                             arcs->rep[a]};
    return BW_OK;
}

static bw_status first_core(bw_sift *s, const bw_arcs *arcs)
{
    margin *list;
    int64_t n, keep = s->first_arcs;
    bw_status status = bw_core_lp_new(s->view, s->rep, s->cost_free, &s->core);
    if (status == BW_OK)
        status = list_margins(s, arcs, &list, &n);
    if (status != BW_OK)
        return status;
    if (keep < n)
        select_least(list, n, keep);
    else
        keep = n;
    qsort(list, (size_t)keep, sizeof *list, by_margin);
    bw_core_arc *arc = bw_alloc((size_t)keep, sizeof *arc);
    status = arc ? BW_OK : BW_NOMEM;
    for (int64_t i = 0; arc && i < keep; i++)
        arc[i] = (bw_core_arc){list[i].unit, list[i].rep};
    if (arc)
        status = bw_core_lp_add(s->core, arc, (int32_t)keep);
    if (status == BW_OK)
        bw_core_lp_first_basis(s->core);
    bw_free(arc);
    bw_free(list);
    return status;
}

/* c + sum p q + sum v b of one pair at the core's prices. */
static double pair_value(const sifting *w, int32_t unit, int32_t rep)
{
    const bw_view *view = w->s->view;
    double amount[BW_MEASURES_MAX];
    bw_pair pair = {0};
    bw_instance_pair(view->instance, unit, rep, &pair);
    double v = bw_view_pair(view, unit, &pair, amount);
    if (w->s->cost_free)
        v = 0;
    for (int32_t k = 0; k < view->n_measures; k++)
        v += w->dual[(int64_t)rep * view->n_measures + k] * amount[k];
    return v + bw_view_charge(view, unit, rep, w->dual);
}

static void read_duals(sifting *w)
{
    const bw_core_lp *core = w->s->core;
    bw_core_lp_prices(core, w->dual);
    for (int32_t unit = 0; unit < w->s->view->n_units; unit++)
        w->dual_unit[unit] = core->row[unit] >= 0 ? bw_core_lp_unit(core, unit)
                             : core->sole[unit] < 0
                                 ? 0
                                 : pair_value(w, unit, core->sole[unit]);
}

/* Keeps the prices if they are the best so far. */
static bool keep_better(sifting *w, const double *price, double value)
{
    bw_sift *s = w->s;
    if (!(value > s->value))
        return false;
    size_t n_units = (size_t)s->view->n_units;
    s->value = value;
    memcpy(s->price, price,
           (size_t)bw_instance_prices(s->view->instance) * sizeof *price);
    memcpy(s->unit, w->unit, n_units * sizeof *w->unit);
    memcpy(s->rep, w->rep, n_units * sizeof *w->rep);
    return true;
}

/* Lists the pairs that the last look found, where they undercut the duals. */
static void list_found(sifting *w, bool at_duals)
{
    const bw_core_lp *core = w->s->core;
    double scale = w->s->cost_free ? 1 : core->cost_scale;
    for (int32_t unit = 0; unit < w->s->view->n_units; unit++) {
        if (w->listed[unit] || w->rep[unit] < 0)
            continue;
        double v = at_duals ? w->unit[unit] : pair_value(w, unit, w->rep[unit]);
        if (v >= w->dual_unit[unit] - close_enough * scale)
            continue;
        w->listed[unit] = 1;
        w->found[w->n_found++] = (bw_core_arc){unit, w->rep[unit]};
    }
}

/* Prices everything at the duals, and on the way to them if they are bad. */
static void price_out(sifting *w)
{
    bw_sift *s = w->s;
    int64_t n = bw_instance_prices(s->view->instance);
    w->n_found = 0;
    memset(w->listed, 0, (size_t)s->view->n_units);
    double value = bw_pass_run(s->pass, w->dual, w->unit, w->rep);
    list_found(w, true);
    if (keep_better(w, w->dual, value))
        return;
    double part = 1;
    for (int i = 0; i < HALVINGS; i++) {
        part /= 2;
        for (int64_t j = 0; j < n; j++)
            w->trial[j] = s->price[j] + part * (w->dual[j] - s->price[j]);
        value = bw_pass_run(s->pass, w->trial, w->unit, w->rep);
        list_found(w, false);
        if (keep_better(w, w->trial, value) || bw_clockwork_over(s->clockwork))
            return;
    }
}

/* The core is optimal over all pairs. Either that is the relaxation, or slack
 * on a hard side was too cheap. */
static bool settled(sifting *w, int *raises)
{
    bw_sift *s = w->s;
    if (s->cost_free || bw_core_lp_outside(s->core) <= spilled) {
        s->exact = true;
        return true;
    }
    if (*raises == RAISES_MOST) {
        s->blocked = true;
        return true;
    }
    ++*raises;
    bw_core_lp_raise(s->core, 10);
    return false;
}

static bw_status sift_rounds(sifting *w)
{
    bw_sift *s = w->s;
    int raises = 0;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        bool optimal;
        bw_status status = bw_core_lp_solve(s->core, s->clockwork, &optimal);
        if (status != BW_OK || !optimal)
            return status;
        read_duals(w);
        price_out(w);
        double core = bw_core_lp_value(s->core);
        bool met = core - s->value <= close_enough * fmax(fabs(core), 1e-9);
        if (bw_clockwork_over(s->clockwork)) /* the look may lack something */
            return BW_OK;
        if ((met || w->n_found == 0) && settled(w, &raises))
            return BW_OK;
        if (w->n_found > 0)
            status = bw_core_lp_add(s->core, w->found, w->n_found);
        if (status != BW_OK)
            return status;
    }
    return BW_OK;
}

static bool alloc_sifting(sifting *w)
{
    const bw_view *view = w->s->view;
    size_t windows = (size_t)bw_instance_prices(view->instance);
    size_t units = (size_t)view->n_units;
    w->dual = bw_alloc(windows, sizeof *w->dual);
    w->trial = bw_alloc(windows, sizeof *w->trial);
    w->unit = bw_alloc(units, sizeof *w->unit);
    w->dual_unit = bw_alloc(units, sizeof *w->dual_unit);
    w->rep = bw_alloc(units, sizeof *w->rep);
    w->found = bw_alloc(units, sizeof *w->found);
    w->listed = bw_alloc(units, sizeof *w->listed);
    return w->dual && w->trial && w->unit && w->dual_unit && w->rep &&
           w->found && w->listed;
}

bw_status bw_sift_run(bw_sift *sift, const bw_arcs *arcs)
{
    sifting w = {.s = sift};
    sift->exact = sift->blocked = false;
    sift->pass->cost_free = sift->cost_free;
    bw_status status = alloc_sifting(&w) ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = first_core(sift, arcs);
    if (status == BW_OK)
        status = sift_rounds(&w);
    sift->pass->cost_free = false;
    bw_free(w.dual);
    bw_free(w.trial);
    bw_free(w.unit);
    bw_free(w.dual_unit);
    bw_free(w.rep);
    bw_free(w.found);
    bw_free(w.listed);
    return status;
}

void bw_sift_done(bw_sift *sift)
{
    bw_core_lp_free(sift->core);
    sift->core = NULL;
}
