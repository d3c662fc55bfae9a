/* SPDX-License-Identifier: GPL-3.0-or-later */
/* instance -> prices -> start -> search -> last look -> plan. A given plan is
 * the first that the start offers: so no result is dearer. Prices p, v, with
 * w[u] the least c + sum_k p q + sum_g v b, prove B and leave reduced costs
 * d(u,r) (net.h). What a plan costs above B is what every G(r) is above its
 * least, and v times what budgets have left: everything after the prices works
 * on that. The search goes in rounds (rounds.h), with the whole program between
 * them where it is small enough to prove something; clusters then raise the
 * bound beyond B (closing.h). */
#include "bw/solve.h"

#include "pricing.h"
#include "run.h"
#include "start.h"
#include "sweep.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    ARCS_OF_UNIT = 12,
    ALL_ARCS = 2500000 /* up to so many pairs all have arcs */
};

/* Of the closing's time, to see whether it pays: it must close so much. */
static const double trial = 0.15, worth_it = 0.1;

/* What dives leave of the gap after rounding: 0.67 at 2,000 by 50. A given plan
 * that has less left after its descent, and as it comes no more than rounding,
 * does without them. One that a descent had to mend ends as badly as rounding
 * does: after a rep had left, 3.5 % above the bound, dives 2.5 %. */
static const double dives_leave = 0.67;

/* --- prices --- */

/* The certificate's bound, raised to the next value that a plan can have. */
static bw_status rest_on_step(bw_run *r)
{
    bw_wide bound = bw_lattice_up(&r->lattice, r->plan->bound_certified);
    uint8_t closed = 0;
    return bw_run_rest_on(r, &(bw_searched){1, NULL, NULL, &bound, &closed, 0});
}

static bw_status find_prices(bw_run *r)
{
    bw_run_enter(r, "prices");
    bw_status status =
        bw_pricing_run(r->work, r->settings, r->plan, &r->prices);
    if (status != BW_OK)
        return status;
    r->impossible = r->prices->infeasible;
    bw_run_raise(r, r->plan->bound_certified);
    status = rest_on_step(r);
    bw_run_show(r);
    return status;
}

/* --- start --- */

static bw_status prepare(bw_run *r)
{
    const bw_instance *instance = r->instance;
    int threads = bw_work_threads(r->work);
    bw_arcs_choice how = {.price = r->prices->price,
                          .per_unit = ARCS_OF_UNIT,
                          .limit = ALL_ARCS,
                          .start = r->settings->start};
    bw_status status = bw_pricing_arcs(r->work, instance, &how, &r->arcs);
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

static void show(void *data)
{
    bw_run_show(data);
}

static bw_status plans_from_prices(bw_run *r, bw_start *start)
{
    bw_status status = bw_start_filled(start);
    bw_run_show(r);
    if (status == BW_OK && bw_run_gap(r) > bw_run_wanted(r))
        status = bw_start_rounded(start);
    bw_run_show(r);
    return status;
}

/* The given plan first, and beside it what is there without one: that tells
 * whether dives could bring something better still. */
static bw_status plans_with_given(bw_run *r, bw_start *start, bool *enough)
{
    bw_incumbent *given = r->incumbent, *other;
    bw_status status = bw_start_given(start);
    double left = bw_run_gap(r), mended;
    bw_run_show(r);
    if (status == BW_OK && left > bw_run_wanted(r))
        status = bw_start_improved(start);
    bw_run_show(r);
    mended = bw_run_gap(r);
    *enough = mended <= bw_run_wanted(r);
    if (status != BW_OK || *enough)
        return status;
    status = bw_incumbent_new(r->instance, &other);
    if (status != BW_OK)
        return status;
    start->incumbent = other;
    status = plans_from_prices(r, start);
    start->incumbent = given;
    double rounded =
        bw_incumbent_good(other) ? bw_gap(other->objective, r->bound) : 0;
    *enough = left <= rounded && mended <= dives_leave * rounded;
    if (status == BW_OK && other->any)
        bw_incumbent_offer(given, other->rep);
    bw_incumbent_free(other);
    return status;
}

/* A plan at once, then a good one. Without bands that bind, dives bring
 * nothing, and the gap says so; nor do they where limits are hard and the
 * population keeps them: the last units of a dive find no room. */

static bw_status find_start(bw_run *r)
{
    bw_run_enter(r, "start");
    bw_start start = {.net = r->net,
                      .prices = r->prices,
                      .regions = r->regions,
                      .searcher = r->searcher,
                      .tolls = r->tolls,
                      .work = r->work,
                      .incumbent = r->incumbent,
                      .settings = r->settings,
                      .show = show,
                      .data = r};
    bool enough = false;
    bw_status status = r->settings->start ? plans_with_given(r, &start, &enough)
                                          : plans_from_prices(r, &start);
    if (status == BW_OK && r->net->any_hard && !bw_run_off(r, BW_OFF_CHILDREN))
        status = bw_rounds_seek(r->rounds, r->work, r->incumbent, &r->spent);
    if (status == BW_OK && !enough && bw_run_gap(r) > bw_run_wanted(r) &&
        !(r->net->any_hard && bw_run_has_plan(r)) &&
        !bw_run_off(r, BW_OFF_DIVES)) {
        bw_work_limit(r->work, bw_closing_search_seconds(r->settings));
        status = bw_rounds_first(r->rounds, r->work, r->incumbent,
                                 2 * start.spent, &r->spent);
        if (status == BW_OK)
            status = bw_start_dive(&start);
    }
    r->spent += start.spent;
    bw_run_show(r);
    return status;
}

/* --- search --- */

static bool finished(bw_run *r)
{
    if (bw_work_stopped(r->work, &r->stopped_by))
        return true;
    r->stopped_by = BW_STOP_GAP;
    r->proven |= bw_run_has_plan(r) && r->bound >= r->incumbent->objective;
    if (r->proven || r->impossible || bw_run_near_enough(r))
        return true;
    r->stopped_by = BW_STOP_EFFORT;
    double objective = bw_run_has_plan(r)
                           ? bw_from_fine(r->incumbent->objective)
                           : (double)INFINITY;
    return r->spent >= r->budget ||
           bw_stalled(&r->stall, r->spent, r->budget, objective);
}

static bw_status try_proof(bw_run *r)
{
    int64_t before = r->proof->spent;
    double open = bw_run_gap(r);
    bw_status status =
        bw_proof_try(r->proof, r->work, r->incumbent, &r->impossible);
    r->spent += r->proof->spent - before;
    if (status != BW_OK || r->impossible || !bw_run_has_plan(r))
        return status;
    r->proven = bw_proof_complete(r->proof);
    bw_searched found = bw_proof_found(r->proof, r->incumbent, r->lattice.step);
    status = bw_run_rest_on(r, &found);
    bw_proof_left(r->proof, isinf(open) ? 0 : bw_run_gap(r) / open);
    return status;
}

/* Where a given plan is still the best, it has already had its search. */
static bw_stall first_look(const bw_run *r)
{
    bw_stall none = {0, (double)INFINITY};
    if (!r->settings->start || !bw_run_has_plan(r))
        return none;
    return (bw_stall){r->spent, bw_from_fine(r->incumbent->objective)};
}

static bw_status search(bw_run *r)
{
    bw_run_enter(r, "search");
    bw_status status = BW_OK;
    r->stall = first_look(r);
    while (status == BW_OK && !finished(r)) {
        bool tried;
        status = bw_run_attempt(r, &tried);
        if (status != BW_OK || tried)
            continue;
        bool prove = !bw_run_off(r, BW_OFF_PROOF) &&
                     bw_proof_due(r->proof, r->spent) &&
                     bw_proof_ready(r->proof, r->incumbent);
        status =
            prove ? try_proof(r)
                  : bw_rounds_next(r->rounds, r->work, r->incumbent, &r->spent);
        bw_run_show(r);
    }
    return status;
}

/* --- the end --- */

/* The search knows no pair without an arc, and the last look at all pairs may
 * have taken one. */
static bool can_be_searched(const bw_run *r)
{
    for (int32_t unit = 0; unit < r->instance->n_units; unit++)
        if (bw_net_arc(r->net, unit, r->incumbent->rep[unit]) < 0)
            return false;
    return true;
}

/* Where limits are hard, the clusters' bound often stays where the prices' is.
 * A short try tells; then the rest of the time is better spent on the plan. */
static bw_status close_or_go_on(bw_run *r)
{
    bool timed = r->settings->effort == BW_EFFORT_UNLIMITED &&
                 isfinite(r->settings->seconds);
    if (!timed || !r->net->any_hard || !bw_run_has_plan(r) || r->proven ||
        !can_be_searched(r))
        return bw_run_close(r, 1);
    double before = bw_run_gap(r);
    bw_status status = bw_run_close(r, trial);
    if (status != BW_OK || r->stopped_by != BW_STOP_TIME || r->proven ||
        bw_run_gap(r) <= before * (1 - worth_it))
        return status == BW_OK ? bw_run_close(r, 1) : status;
    bw_work_limit(r->work, r->settings->seconds);
    return search(r);
}

static void release(bw_run *r)
{
    bw_clusters_free(r->clusters);
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

static bw_status solve_run(bw_run *r)
{
    bw_status status = find_prices(r);
    if (status != BW_OK || r->impossible)
        return status;
    status = prepare(r);
    if (status == BW_OK)
        status = find_start(r);
    bw_work_limit(r->work, bw_closing_search_seconds(r->settings));
    if (status == BW_OK)
        status = bw_proof_new(r->net, &r->proof);
    if (status == BW_OK)
        status = search(r);
    if (status == BW_OK && !r->proven && !r->impossible && !r->arcs->all &&
        !bw_run_off(r, BW_OFF_SWEEP))
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
    bw_run r = {.instance = instance, .settings = settings};
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
        status = bw_run_conclude(&r);
    release(&r);
    if (status != BW_OK) {
        bw_plan_free(r.plan);
        return status;
    }
    *plan = r.plan;
    return BW_OK;
}
