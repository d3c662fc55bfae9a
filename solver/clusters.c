/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters are bounded one by one, on several threads. Work is dealt out in two
 * rounds: half in even shares, then the rest to the clusters that are still
 * open, which begin anew with more. Time is dealt out as it goes. */
#include "cluster.h"

#include "bw/alloc.h"
#include "clockwork.h"
#include "cluster_parts.h"
#include "parallel.h"

#include <math.h>
#include <pthread.h>

/* Taken off a bound for the solver's tolerances. A tree that came to its end
 * left out what was within 1e-7 of its cutoff, and its relaxations are solved
 * to 1e-7. Bounds of open trees are far from the plan and can spare more. */
static const double safety = 1e-6, closed_safety = 2e-7;

/* Below any bound, and far from where sums overflow. */
#define NO_BOUND (-((bw_wide)1 << 120))

void bw_clusters_free(bw_clusters *clusters)
{
    if (!clusters)
        return;
    bw_free(clusters->of_rep);
    bw_free(clusters->unit_price);
    bw_free(clusters->bound);
    bw_free(clusters->closed);
    bw_free(clusters->rep);
    bw_free(clusters);
}

typedef struct deal {
    const bw_cluster_settings *settings;
    bw_clusters *out;
    bw_cluster_mip *part; /* [n_clusters] */
    int64_t share;        /* iterations for each in this round; 0: no limit */
    bw_clockwork clockwork;
    atomic_int left; /* clusters not yet begun in this round */
    bw_wide priced;  /* what unit prices and budgets bring to the sum */
    bw_wide certified, objective; /* the plan's */
    double paid_back;             /* by budgets, inside a single cluster */
    pthread_mutex_t lock;         /* guards what follows */
    bw_wide *least;      /* [n_clusters] what an earlier look has proven */
    double *now;         /* [n_clusters] bounds so far */
    uint8_t *closed_now; /* [n_clusters] of `out` */
} deal;

/* --- the sum ---------------------------------------------------------- */

/* What the prices of budgets pay back. */
static bw_wide budgets(const bw_plan *plan)
{
    const bw_instance *instance = plan->instance;
    const int64_t *v = plan->certificate.price + bw_instance_windows(instance);
    bw_wide sum = 0;
    for (int32_t g = 0; g < instance->n_budgets; g++)
        sum += (bw_wide)v[g] * instance->budget[g].limit;
    return sum;
}

static void start_sum(deal *d, const bw_plan *plan)
{
    bw_clusters *out = d->out;
    bw_wide back = budgets(plan);
    bool several = out->n_clusters > 1;
    d->certified = plan->bound_certified;
    d->objective = plan->objective;
    d->paid_back = several ? 0 : bw_from_fine(back);
    out->budgets_back = several ? back : 0;
    d->priced = -out->budgets_back;
    for (int32_t unit = 0; unit < out->n_units; unit++)
        if (out->unit_price[unit] != BW_INSIDE)
            d->priced += bw_fine(out->unit_price[unit]);
}

/* Pairs that are left now were left then, so bounds hold on. A unit with a
 * price keeps it (cluster_parts.c), unless all that is left of it lies in one
 * cluster: there it must be now, and costs its price more. */
static void take_over(deal *d)
{
    const bw_clusters *earlier = d->settings->earlier;
    for (int32_t k = 0; k < d->out->n_clusters; k++) {
        const bw_cluster_mip *c = &d->part[k];
        d->least[k] = earlier ? earlier->bound[k] : NO_BOUND;
        for (int32_t i = 0; earlier && i < c->n_units; i++)
            if (d->out->unit_price[c->unit[i]] == BW_INSIDE &&
                earlier->unit_price[c->unit[i]] != BW_INSIDE)
                d->least[k] += bw_fine(earlier->unit_price[c->unit[i]]);
    }
}

/* How wrong the solver may be about a cluster: it solves to 1e-7 of the money
 * that goes about in it. That is the cluster's own sum or, where unit prices
 * take most of it away, its reps' share of the whole. */
static double tolerance(const deal *d, int32_t k, double total)
{
    double share = fabs(total) * d->part[k].n_reps / d->out->n_reps;
    return (d->closed_now[k] ? closed_safety : safety) *
           fmax(fabs(d->now[k]), share);
}

/* Sets the bounds to what is known now, less tolerances, and adds up. */
static bw_wide add_up(const deal *d)
{
    const bw_clusters *out = d->out;
    double total = bw_from_fine(d->priced);
    bw_wide value = d->priced;
    for (int32_t k = 0; k < out->n_clusters; k++)
        total += d->now[k];
    for (int32_t k = 0; k < out->n_clusters; k++) {
        double bound = d->now[k] - tolerance(d, k, total);
        if (out->n_clusters == 1) /* the whole: what is below its priced costs,
                                   * less what the prices pay back, is below
                                   * its costs */
            bound -= d->paid_back + 1e-9 * fabs(bound);
        out->bound[k] = (bw_wide)floor(bound * BW_QUANTA) * BW_PRICE_UNIT;
        if (out->bound[k] < d->least[k])
            out->bound[k] = d->least[k];
        value += out->bound[k];
    }
    if (value < d->certified)
        value = d->certified;
    return value > d->objective ? d->objective : value;
}

static void note(deal *d, const bw_cluster_mip *c, double bound, bool closed)
{
    int32_t k = c->cluster;
    pthread_mutex_lock(&d->lock);
    bool better = bound > d->now[k] || closed > d->closed_now[k];
    d->now[k] = fmax(d->now[k], fmin(bound, c->plan));
    d->closed_now[k] |= closed;
    if (better && d->settings->raised)
        d->settings->raised(d->settings->raised_data, add_up(d));
    pthread_mutex_unlock(&d->lock);
}

static void raised(void *data, const bw_cluster_mip *c, double bound)
{
    note(data, c, bound, false);
}

/* --- solving ---------------------------------------------------------- */

typedef struct deadline {
    const bw_clockwork *clockwork;
    double end; /* on the clock; INFINITY: none */
} deadline;

static bool is_late(void *data)
{
    const deadline *late = data;
    const bw_settings *s = late->clockwork->settings;
    if (bw_clockwork_over(late->clockwork))
        return true;
    return isfinite(late->end) && s->clock(s->clock_data) >= late->end;
}

/* An even share of what is left of the time, over what is left to do: a
 * cluster that closes early leaves its time to the others. */
static deadline next_deadline(deal *d)
{
    const bw_settings *s = d->settings->settings;
    deadline late = {&d->clockwork, (double)INFINITY};
    int left = atomic_fetch_sub(&d->left, 1);
    if (!isfinite(d->settings->seconds))
        return late;
    double now = s->clock(s->clock_data);
    double rest = d->clockwork.start + d->settings->seconds - now;
    int threads = s->threads < left ? s->threads : left;
    late.end = now + rest * threads / left;
    return late;
}

static bw_status solve_part(void *data, int worker, int32_t number)
{
    deal *d = data;
    bw_cluster_mip *c = &d->part[number];
    (void)worker;
    if (c->closed)
        return BW_OK;
    deadline late = next_deadline(d);
    if (is_late(&late))
        return BW_OK;
    bw_mip_limits limits = {.iterations = d->share,
                            .stop = d->settings->stop,
                            .give_up = is_late,
                            .give_up_data = &late};
    bw_status status = bw_cluster_mip_solve(c, &limits);
    if (status == BW_OK)
        note(d, c, c->bound, c->closed);
    return status;
}

static bw_status solve_round(deal *d, int64_t work)
{
    int32_t open = 0;
    for (int32_t k = 0; k < d->out->n_clusters; k++)
        open += !d->part[k].closed;
    if (open == 0)
        return BW_OK;
    d->share = work / open;
    if (work > 0 && d->share == 0)
        return BW_OK;
    atomic_store(&d->left, open);
    return bw_parallel(d->settings->settings->threads, d->out->n_clusters,
                       solve_part, d);
}

static int64_t work_done(const deal *d)
{
    int64_t work = 0;
    for (int32_t k = 0; k < d->out->n_clusters; k++)
        work += d->part[k].work;
    return work;
}

static bw_status solve_parts(deal *d)
{
    int64_t work = d->settings->work;
    for (int32_t k = 0; k < d->out->n_clusters; k++) {
        bw_cluster_mip_relax(&d->part[k]);
        d->now[k] = fmin(d->part[k].relaxed, d->part[k].plan);
        d->part[k].raised = raised;
        d->part[k].raised_data = d;
    }
    if (d->out->n_clusters == 1)
        d->part[0].chosen = d->out->rep;
    if (work <= 0)
        return solve_round(d, 0);
    bw_status status = solve_round(d, work / 2);
    int64_t rest = work - work_done(d);
    if (status == BW_OK && rest > 0)
        status = solve_round(d, rest);
    return status;
}

/* A plan that branch and bound met in the only cluster, if it is complete. */
static void keep_better_plan(deal *d)
{
    bw_clusters *out = d->out;
    bool better = out->n_clusters == 1 && d->part[0].found &&
                  d->part[0].n_units == out->n_units;
    if (better)
        return;
    bw_free(out->rep);
    out->rep = NULL;
}

static bw_status bound_parts(deal *d, const bw_plan *plan)
{
    bw_clusters *out = d->out;
    d->now = bw_alloc((size_t)out->n_clusters, sizeof *d->now);
    d->least = bw_alloc((size_t)out->n_clusters, sizeof *d->least);
    d->closed_now = out->closed;
    if (!d->now || !d->least || pthread_mutex_init(&d->lock, NULL) != 0) {
        bw_free(d->now);
        bw_free(d->least);
        return BW_NOMEM;
    }
    start_sum(d, plan);
    take_over(d);
    bw_status status = solve_parts(d);
    out->value = add_up(d);
    out->work = work_done(d);
    /* A single one was solved with budgets priced, and keeps them: its bound
     * need not be attained. */
    if (out->n_clusters == 1 && plan->instance->n_budgets > 0)
        out->closed[0] = 0;
    keep_better_plan(d);
    pthread_mutex_destroy(&d->lock);
    bw_free(d->now);
    bw_free(d->least);
    return status;
}

bw_status bw_clusters_new(const bw_plan *plan,
                          const bw_cluster_settings *settings,
                          bw_clusters **clusters)
{
    bw_cluster_parts parts = {.plan = plan,
                              .reps_most = settings->reps_most,
                              .earlier = settings->earlier,
                              .threads = settings->settings->threads};
    *clusters = NULL;
    bw_status status = bw_cluster_parts_make(&parts);
    deal d = {.settings = settings,
              .out = parts.out,
              .part = parts.part,
              .clockwork =
                  bw_clockwork_start(settings->settings, settings->stop)};
    if (status == BW_OK && d.out)
        status = bound_parts(&d, plan);
    bw_cluster_parts_done(&parts);
    if (status == BW_OK)
        *clusters = d.out;
    else
        bw_clusters_free(d.out);
    return status;
}
