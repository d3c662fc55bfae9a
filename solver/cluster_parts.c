/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan costs above the relaxation splits into what it costs above in
 * each cluster, theta; no cluster needs to be proven beyond its own. The unit
 * price of a spanning unit lies midway between its best value in its best and
 * in its second-best cluster: any price between leaves the relaxation's bound
 * as it is, and the middle leaves room on both sides. */
#include "cluster_parts.h"

#include "bw/alloc.h"
#include "fix.h"
#include "group.h"

#include <math.h>

enum {
    ARCS_MOST = 12000000, /* more pairs left: not worth it */
    REPS_MOST = 5000      /* affinities are a dense table of reps */
};

/* Of the mean cost of a unit: what counts as near in the affinity of reps. */
static const double near_part = 0.3;

/* --- clusters --------------------------------------------------------- */

static double arc_value(const bw_cluster_parts *d, int64_t arc)
{
    int32_t n = d->arcs->n_measures;
    double v = d->arcs->cost[arc];
    for (int32_t k = 0; k < n; k++)
        v += d->price[(int64_t)d->arcs->rep[arc] * n + k] *
             d->arcs->amount[arc * n + k];
    return v;
}

static bw_status make_clusters(bw_cluster_parts *d, bw_wide objective)
{
    const bw_arcs *arcs = d->arcs;
    double *above = bw_alloc((size_t)arcs->first[arcs->n_units], sizeof *above);
    if (!above)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < arcs->n_units; unit++) {
        double least = (double)INFINITY;
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++) {
            above[a] = arc_value(d, a);
            least = fmin(least, above[a]);
        }
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
            above[a] -= least;
    }
    double mean = fabs(bw_from_fine(objective)) / arcs->n_units;
    bw_status status =
        bw_group_reps(arcs, above, mean > 0 ? near_part * mean : 1,
                      d->reps_most, d->out->of_rep, &d->out->n_clusters);
    bw_free(above);
    return status;
}

static void take_over(bw_cluster_parts *d)
{
    d->out->n_clusters = d->earlier->n_clusters;
    for (int32_t rep = 0; rep < d->arcs->n_reps; rep++)
        d->out->of_rep[rep] = d->earlier->of_rep[rep];
}

/* The least value in the best cluster and in the second-best; both INFINITY
 * where there is none. */
static void two_least(const bw_cluster_parts *d, int32_t unit, double *best,
                      double *second)
{
    const bw_arcs *arcs = d->arcs;
    int32_t cluster = -1;
    *best = *second = (double)INFINITY;
    for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++) {
        double v = arc_value(d, a);
        if (v < *best) {
            *best = v;
            cluster = d->out->of_rep[arcs->rep[a]];
        }
    }
    for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
        if (d->out->of_rep[arcs->rep[a]] != cluster)
            *second = fmin(*second, arc_value(d, a));
}

static void price_units(bw_cluster_parts *d)
{
    for (int32_t unit = 0; unit < d->arcs->n_units; unit++) {
        double best, second;
        two_least(d, unit, &best, &second);
        d->out->unit_price[unit] = BW_INSIDE;
        d->unit_price[unit] = NAN;
        if (isinf(second))
            continue;
        d->out->unit_price[unit] =
            d->earlier ? d->earlier->unit_price[unit]
                       : bw_quanta(best + 0.5 * (second - best));
        d->unit_price[unit] = bw_from_quanta(d->out->unit_price[unit]);
    }
}

/* Clusters do not know what others use of a budget: its price stands for it,
 * as part of what an arc costs. */
static void charge_arcs(bw_cluster_parts *d)
{
    for (int32_t unit = 0; unit < d->arcs->n_units; unit++)
        for (int64_t a = d->arcs->first[unit]; a < d->arcs->first[unit + 1];
             a++)
            d->arcs->cost[a] +=
                bw_view_charge(d->view, unit, d->arcs->rep[a], d->price);
}

/* --- parts ------------------------------------------------------------ */

/* Counts, or lists, the units of each part. mark[n_clusters]: the last unit
 * that was listed there. */
static void list_units(bw_cluster_parts *d, int32_t *mark, bool counting)
{
    const bw_arcs *arcs = d->arcs;
    for (int32_t k = 0; k < d->out->n_clusters; k++) {
        mark[k] = -1;
        d->part[k].n_units = 0;
    }
    for (int32_t unit = 0; unit < arcs->n_units; unit++)
        for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++) {
            int32_t k = d->out->of_rep[arcs->rep[a]];
            bw_cluster_mip *c = &d->part[k];
            if (mark[k] == unit)
                continue;
            mark[k] = unit;
            if (!counting)
                c->unit[c->n_units] = unit;
            c->n_units++;
        }
}

/* What the plan at hand costs in each part: sums to its objective less the
 * prices of spanning units. */
static bw_status cost_plan(bw_cluster_parts *d, const int32_t *rep)
{
    const bw_view *view = d->view;
    int32_t n = view->n_measures;
    size_t windows = (size_t)view->n_reps * (size_t)n;
    double *load = bw_alloc(windows, sizeof *load), amount[BW_MEASURES_MAX];
    if (!load)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < view->n_units; unit++) {
        bw_pair pair = {0};
        bw_instance_pair(view->instance, unit, rep[unit], &pair);
        double cost = bw_view_pair(view, unit, &pair, amount) +
                      bw_view_charge(view, unit, rep[unit], d->price);
        double u = d->unit_price[unit];
        d->part[d->out->of_rep[rep[unit]]].plan += cost - (isnan(u) ? 0 : u);
        for (int32_t k = 0; k < n; k++)
            load[(int64_t)rep[unit] * n + k] += amount[k];
    }
    for (size_t w = 0; w < windows; w++) {
        int32_t k = (int32_t)(w % (size_t)n);
        bw_cluster_mip *c = &d->part[d->out->of_rep[w / (size_t)n]];
        if (load[w] < view->low[w] && isfinite(view->under[k]))
            c->plan += view->under[k] * (view->low[w] - load[w]);
        if (load[w] > view->high[w] && isfinite(view->over[k]))
            c->plan += view->over[k] * (load[w] - view->high[w]);
    }
    bw_free(load);
    return BW_OK;
}

/* What makes an amount of a measure large: parts of a mean limit. */
static void weigh(bw_cluster_parts *d)
{
    const bw_view *view = d->view;
    for (int32_t k = 0; k < view->n_measures; k++) {
        double sum = 0;
        for (int32_t r = 0; r < view->n_reps; r++) {
            int64_t at = (int64_t)r * view->n_measures + k;
            if (isfinite(view->high[at]))
                sum += fabs(view->high[at]);
            else if (isfinite(view->low[at]))
                sum += fabs(view->low[at]);
        }
        d->weight[k] = sum > 0 ? view->n_reps / sum : 0;
    }
}

static void start_part(bw_cluster_parts *d, int32_t k)
{
    d->part[k] = (bw_cluster_mip){.view = d->view,
                                  .arcs = d->arcs,
                                  .price = d->price,
                                  .unit_price = d->unit_price,
                                  .of_rep = d->out->of_rep,
                                  .weight = d->weight,
                                  .cluster = k};
}

static bw_status make_parts(bw_cluster_parts *d, const int32_t *plan)
{
    int32_t n = d->out->n_clusters, units = 0, reps = 0;
    int32_t *mark = bw_alloc((size_t)n, sizeof *mark);
    d->part = bw_alloc((size_t)n, sizeof *d->part);
    d->rep = bw_alloc((size_t)d->view->n_reps, sizeof *d->rep);
    if (!mark || !d->part || !d->rep) {
        bw_free(mark);
        return BW_NOMEM;
    }
    for (int32_t k = 0; k < n; k++)
        start_part(d, k);
    list_units(d, mark, true);
    for (int32_t k = 0; k < n; k++)
        units += d->part[k].n_units;
    d->unit = bw_alloc((size_t)units, sizeof *d->unit);
    for (int32_t k = 0, at = 0; d->unit && k < n; k++) {
        d->part[k].unit = d->unit + at;
        at += d->part[k].n_units;
        d->part[k].rep = d->rep + reps;
        for (int32_t r = 0; r < d->view->n_reps; r++)
            if (d->out->of_rep[r] == k)
                d->rep[reps++] = r;
        d->part[k].n_reps = (int32_t)(d->rep + reps - d->part[k].rep);
    }
    if (d->unit)
        list_units(d, mark, false);
    bw_free(mark);
    return d->unit ? cost_plan(d, plan) : BW_NOMEM;
}

static bool alloc_out(bw_cluster_parts *d)
{
    bw_clusters *out = bw_alloc(1, sizeof *out);
    size_t units = (size_t)d->view->n_units, reps = (size_t)d->view->n_reps;
    size_t windows = (size_t)bw_instance_prices(d->view->instance);
    d->out = out;
    if (!out)
        return false;
    out->n_units = d->view->n_units;
    out->n_reps = d->view->n_reps;
    out->of_rep = bw_alloc(reps, sizeof *out->of_rep);
    out->unit_price = bw_alloc(units, sizeof *out->unit_price);
    out->bound = bw_alloc(reps, sizeof *out->bound);
    out->closed = bw_alloc(reps, sizeof *out->closed);
    out->rep = bw_alloc(units, sizeof *out->rep);
    d->price = bw_alloc(windows, sizeof *d->price);
    d->unit_price = bw_alloc(units, sizeof *d->unit_price);
    d->weight = bw_alloc((size_t)d->view->n_measures, sizeof *d->weight);
    return out->of_rep && out->unit_price && out->bound && out->closed &&
           out->rep && d->price && d->unit_price && d->weight;
}

void bw_cluster_parts_done(bw_cluster_parts *d)
{
    bw_free(d->part);
    bw_free(d->price);
    bw_free(d->unit_price);
    bw_free(d->weight);
    bw_free(d->unit);
    bw_free(d->rep);
    bw_arcs_free(d->arcs);
    bw_view_free(d->view);
}

bw_status bw_cluster_parts_make(bw_cluster_parts *d)
{
    const bw_plan *plan = d->plan;
    bw_status status = bw_view_new(plan->instance, &d->view);
    if (status != BW_OK || d->view->n_reps > REPS_MOST || plan->outside > 0 ||
        plan->bound_certified >= plan->objective)
        return status;
    bw_fix fix = {plan->certificate.price, plan->bound_certified,
                  plan->objective, ARCS_MOST, d->threads};
    status = bw_fix_arcs(d->view, &fix, &d->arcs);
    if (status != BW_OK || !d->arcs)
        return status;
    if (!alloc_out(d))
        return BW_NOMEM;
    int64_t n_prices = bw_instance_prices(d->view->instance);
    for (int64_t w = 0; w < n_prices; w++)
        d->price[w] = bw_from_price(plan->certificate.price[w]);
    charge_arcs(d);
    weigh(d);
    if (d->earlier)
        take_over(d);
    else
        status = make_clusters(d, plan->objective);
    if (status != BW_OK)
        return status;
    price_units(d);
    return make_parts(d, plan->rep);
}
