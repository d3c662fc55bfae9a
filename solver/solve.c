/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instance -> prices -> start -> search -> last look -> plan. Prices p, v, with
 * w[u] the least c + sum_k p q + sum_g v b, prove B and leave reduced costs
 * d(u,r) (net.h). What a plan costs above B is what every G(r) is above its
 * least, and v times what budgets have left: everything after the prices works
 * on that. The search goes in rounds (rounds.h), with the whole program between
 * them where it is small enough to prove something; clusters then raise the
 * bound beyond B (closing.h). */
#include "bw/solve.h"

#include "closing.h"
#include "lattice.h"
#include "pricing.h"
#include "proof.h"
#include "rounds.h"
#include "start.h"
#include "sweep.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    ARCS_OF_UNIT = 12,
    ALL_ARCS = 2500000,  /* up to so many pairs all have arcs */
    PROVABLE_ARCS = 4000 /* a whole program with so many open columns is
                          * given to branch and bound */
};

/* Of the closing's time, to see whether it pays: it must close so much. */
static const double trial = 0.15, worth_it = 0.1;

typedef struct run {
    const bw_instance *instance;
    const bw_settings *settings;
    bw_plan *plan;
    bw_work *work;
    bw_prices *prices;
    bw_arcs *arcs;
    bw_net *net;
    bw_regions *regions;
    bw_searcher *searcher; /* [threads] */
    bw_incumbent *incumbent;
    bw_rounds *rounds;
    bw_tolls *tolls;
    const char *phase;
    bw_wide bound;
    bw_lattice lattice;
    bool proven, impossible;
    int64_t spent, budget;
    bw_stall stall;
    bw_proof *proof;
    bw_stop stopped_by;
} run;

static bool has_plan(const run *r)
{
    return r->incumbent && bw_incumbent_good(r->incumbent);
}

static bool is_off(const run *r, unsigned part)
{
    return (r->settings->off & part) != 0;
}

static void show(run *r)
{
    bw_progress now = {.phase = r->phase,
                       .has_plan = has_plan(r),
                       .bound = bw_from_fine(r->bound)};
    if (now.has_plan)
        now.objective = bw_from_fine(r->incumbent->objective);
    bw_work_show(r->work, &now);
}

static void enter(run *r, const char *phase)
{
    r->phase = phase;
    show(r);
}

static void raise_bound(run *r, bw_wide bound)
{
    if (has_plan(r) && bound > r->incumbent->objective)
        bound = r->incumbent->objective;
    if (bound > r->bound)
        r->bound = bound;
}

/* A bound from branch and bound; the plan keeps what it rests on. */
static bw_status rest_on(run *r, const bw_searched *found)
{
    bw_wide before = r->bound;
    raise_bound(r, bw_searched_sum(r->instance, found));
    return r->bound > before ? bw_plan_searched(r->plan, found) : BW_OK;
}

static bw_status rest_on_whole(run *r, bw_wide bound, bool proven)
{
    bound = bw_lattice_up(&r->lattice, bound);
    uint8_t closed = proven;
    return rest_on(r, &(bw_searched){1, NULL, NULL, &bound, &closed, 0});
}

static double gap(const run *r)
{
    return has_plan(r) ? bw_gap(r->incumbent->objective, r->bound)
                       : (double)INFINITY;
}

/* --- prices --- */

static bw_status find_prices(run *r)
{
    enter(r, "prices");
    bw_status status =
        bw_pricing_run(r->work, r->settings, r->plan, &r->prices);
    if (status != BW_OK)
        return status;
    r->impossible = r->prices->infeasible;
    raise_bound(r, r->plan->bound_certified);
    status = rest_on_whole(r, r->plan->bound_certified, false);
    show(r);
    return status;
}

/* --- start --- */

static bw_status prepare(run *r)
{
    const bw_instance *instance = r->instance;
    int threads = bw_work_threads(r->work);
    bw_status status = bw_arcs_new(instance, r->prices->price, ARCS_OF_UNIT,
                                   ALL_ARCS, threads, &r->arcs);
    if (status == BW_OK)
        status = bw_net_new(instance, r->arcs, r->prices, &r->net);
    if (status == BW_OK)
        status = bw_regions_new(r->net, &r->regions);
    if (r->net) {
        r->net->off = r->settings->off;
        r->net->step = bw_from_fine(r->lattice.step);
    }
    if (status == BW_OK)
        status = bw_incumbent_new(instance, &r->incumbent);
    r->searcher = bw_alloc((size_t)threads, sizeof *r->searcher);
    if (status == BW_OK && !r->searcher)
        status = BW_NOMEM;
    for (int i = 0; status == BW_OK && i < threads; i++)
        status = bw_searcher_new(r->net, &r->searcher[i]);
    if (status == BW_OK)
        status = bw_tolls_new(r->net, &r->tolls);
    if (status == BW_OK)
        status = bw_rounds_new(r->net, r->regions, r->searcher, r->tolls,
                               r->work, r->settings->seed, &r->rounds);
    return status;
}

/* A plan at once, then a good one. Without bands that bind, dives bring
 * nothing, and the gap says so; nor do they where limits are hard and the
 * population keeps them: the last units of a dive find no room. */
static bw_status find_start(run *r)
{
    enter(r, "start");
    bw_start start = {.net = r->net,
                      .prices = r->prices,
                      .regions = r->regions,
                      .searcher = r->searcher,
                      .tolls = r->tolls,
                      .work = r->work,
                      .incumbent = r->incumbent,
                      .seed = r->settings->seed};
    bw_status status = bw_start_filled(&start);
    show(r);
    if (status == BW_OK && gap(r) > fmax(r->settings->gap, 1e-6))
        status = bw_start_rounded(&start);
    show(r);
    if (status == BW_OK && r->net->any_hard && !is_off(r, BW_OFF_CHILDREN))
        status = bw_rounds_seek(r->rounds, r->work, r->incumbent, &r->spent);
    if (status == BW_OK && gap(r) > fmax(r->settings->gap, 1e-6) &&
        !(r->net->any_hard && has_plan(r)) && !is_off(r, BW_OFF_DIVES))
        status = bw_start_dive(&start);
    r->spent += start.spent;
    show(r);
    return status;
}

/* --- search --- */

/* The gap asked for is reached when the certificate alone proves it. Where only
 * a searched bound does, the plan gets some more work to close the rest. */
static bool near_enough(const run *r)
{
    double wanted = fmax(r->settings->gap, 1e-6);
    if (!has_plan(r) || gap(r) > wanted)
        return false;
    double certified =
        bw_gap(r->incumbent->objective, r->plan->bound_certified);
    return certified <= wanted ||
           r->spent >= bw_work_budget(r->instance->n_units, BW_EFFORT_QUICK);
}

static bool finished(run *r)
{
    if (bw_work_stopped(r->work, &r->stopped_by))
        return true;
    r->stopped_by = BW_STOP_GAP;
    r->proven |= has_plan(r) && r->bound >= r->incumbent->objective;
    if (r->proven || r->impossible || near_enough(r))
        return true;
    r->stopped_by = BW_STOP_EFFORT;
    double objective =
        has_plan(r) ? bw_from_fine(r->incumbent->objective) : (double)INFINITY;
    return r->spent >= r->budget ||
           bw_stalled(&r->stall, r->spent, r->budget, objective);
}

static bw_status try_proof(run *r)
{
    int64_t before = r->proof->spent;
    double open = gap(r);
    bw_status status =
        bw_proof_try(r->proof, r->work, r->incumbent, &r->impossible);
    r->spent += r->proof->spent - before;
    if (status != BW_OK || r->impossible || !has_plan(r))
        return status;
    r->proven = bw_proof_complete(r->proof);
    bw_searched found = bw_proof_found(r->proof, r->incumbent, r->lattice.step);
    status = rest_on(r, &found);
    bw_proof_left(r->proof, isinf(open) ? 0 : gap(r) / open);
    return status;
}

static bw_status search(run *r)
{
    enter(r, "search");
    bw_status status = BW_OK;
    r->stall.objective = (double)INFINITY;
    while (status == BW_OK && !finished(r)) {
        bool prove = !is_off(r, BW_OFF_PROOF) &&
                     bw_proof_due(r->proof, r->spent) &&
                     bw_proof_ready(r->proof, r->incumbent);
        status =
            prove ? try_proof(r)
                  : bw_rounds_next(r->rounds, r->work, r->incumbent, &r->spent);
        show(r);
    }
    return status;
}

/* --- the end --- */

/* A bound beyond the relaxation, where the plan is not near enough without.
 * `part`: of the time that is left. */
static bw_status close_gap(run *r, double part)
{
    bool near = near_enough(r);
    if (!has_plan(r) || r->proven || r->impossible || near ||
        is_off(r, BW_OFF_CLUSTERS) || r->stopped_by == BW_STOP_INTERRUPT)
        return BW_OK;
    enter(r, "proof");
    bw_clusters *clusters = NULL;
    bw_status status = bw_plan_assign(r->plan, r->incumbent->rep);
    if (status == BW_OK)
        status = bw_closing_run(r->work, r->settings, part, r->plan, r->spent,
                                &clusters);
    if (clusters) {
        bw_searched found = {clusters->n_clusters, clusters->of_rep,
                             clusters->unit_price, clusters->bound,
                             clusters->closed,     clusters->budgets_back};
        status = rest_on(r, &found);
        if (clusters->rep)
            bw_incumbent_offer(r->incumbent, clusters->rep);
    }
    bw_clusters_free(clusters);
    show(r);
    bw_stop why;
    if (bw_work_stopped(r->work, &why))
        r->stopped_by = why;
    else if (near_enough(r))
        r->stopped_by = BW_STOP_GAP;
    return status;
}

/* Where limits are hard, the clusters' bound often stays where the prices' is.
 * A short try tells; then the rest of the time is better spent on the plan. */
static bw_status close_or_go_on(run *r)
{
    bool timed = r->settings->effort == BW_EFFORT_UNLIMITED &&
                 isfinite(r->settings->seconds);
    if (!timed || !r->net->any_hard || !has_plan(r) || r->proven)
        return close_gap(r, 1);
    double before = gap(r);
    bw_status status = close_gap(r, trial);
    if (status != BW_OK || r->stopped_by != BW_STOP_TIME || r->proven ||
        gap(r) <= before * (1 - worth_it))
        return status == BW_OK ? close_gap(r, 1) : status;
    bw_work_limit(r->work, r->settings->seconds);
    return search(r);
}

static bw_outcome outcome(const run *r)
{
    if (r->impossible)
        return BW_IMPOSSIBLE;
    if (!has_plan(r))
        return BW_NO_PLAN;
    double left = gap(r);
    if (left < 1e-6)
        return BW_OPTIMAL;
    return left <= r->settings->gap ? BW_WITHIN_GAP : BW_FEASIBLE;
}

static bw_status conclude(run *r)
{
    bw_plan *plan = r->plan;
    bw_status status = BW_OK;
    if (has_plan(r) && !r->impossible)
        status = bw_plan_assign(plan, r->incumbent->rep);
    if (plan->complete)
        bw_plan_fit_searched(plan);
    if (has_plan(r) && r->bound > r->incumbent->objective)
        r->bound = r->incumbent->objective;
    if (r->bound > plan->bound)
        plan->bound = r->bound;
    plan->outcome = outcome(r);
    plan->stopped_by = r->stopped_by;
    return status;
}

static void release(run *r)
{
    bw_proof_free(r->proof);
    bw_rounds_free(r->rounds);
    bw_tolls_free(r->tolls);
    for (int i = 0; r->searcher && i < bw_work_threads(r->work); i++)
        bw_searcher_free(&r->searcher[i]);
    bw_free(r->searcher);
    bw_incumbent_free(r->incumbent);
    bw_regions_free(r->regions);
    bw_net_free(r->net);
    bw_arcs_free(r->arcs);
    bw_prices_free(r->prices);
    bw_work_free(r->work);
}

static bw_status solve_run(run *r)
{
    bw_status status = find_prices(r);
    if (status != BW_OK || r->impossible)
        return status;
    status = prepare(r);
    if (status == BW_OK)
        status = find_start(r);
    if (!is_off(r, BW_OFF_CLUSTERS))
        bw_work_limit(r->work, bw_closing_search_seconds(r->settings->seconds));
    if (status == BW_OK)
        status = bw_proof_new(r->net, &r->proof);
    if (status == BW_OK)
        status = search(r);
    if (status == BW_OK && !r->proven && !r->impossible && !r->arcs->all &&
        !is_off(r, BW_OFF_SWEEP))
        status = bw_sweep(r->work, r->incumbent);
    if (status == BW_OK)
        status = close_or_go_on(r);
    return status;
}

bw_status bw_solve(const bw_instance *instance, const bw_settings *settings,
                   bw_plan **plan)
{
    assert(instance && settings && settings->clock && settings->threads >= 1);
    *plan = NULL;
    run r = {.instance = instance, .settings = settings};
    bw_status status = bw_plan_new(instance, &r.plan);
    if (status != BW_OK)
        return status;
    r.bound = r.plan->bound;
    r.budget = bw_work_budget(instance->n_units, settings->effort);
    status = bw_work_new(settings, &r.work);
    if (status == BW_OK)
        status = bw_lattice_of(instance, &r.lattice);
    if (status == BW_OK)
        status = solve_run(&r);
    if (status == BW_OK)
        status = conclude(&r);
    release(&r);
    if (status != BW_OK) {
        bw_plan_free(r.plan);
        return status;
    }
    *plan = r.plan;
    return BW_OK;
}
