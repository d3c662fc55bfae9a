/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ended a run is told by one rule: time and interrupt where they cut it
 * short; else the gap asked for, where that is proven, whichever way; else the
 * effort. */
#include "run.h"

#include <math.h>

bool bw_run_has_plan(const bw_run *r)
{
    return r->incumbent && bw_incumbent_good(r->incumbent);
}

double bw_run_gap(const bw_run *r)
{
    return bw_run_has_plan(r) ? bw_gap(r->incumbent->objective, r->bound)
                              : (double)INFINITY;
}

double bw_run_wanted(const bw_run *r)
{
    return fmax(r->settings->gap, 1e-6);
}

static int64_t least_work(const bw_run *r)
{
    return bw_work_budget(r->instance->n_units, BW_EFFORT_QUICK);
}

bool bw_run_near_enough(const bw_run *r)
{
    double wanted = bw_run_wanted(r);
    if (!bw_run_has_plan(r) || bw_run_gap(r) > wanted)
        return false;
    double certified =
        bw_gap(r->incumbent->objective, r->plan->bound_certified);
    return certified <= wanted || r->spent >= least_work(r);
}

void bw_run_show(bw_run *r)
{
    bw_progress now = {.phase = r->phase,
                       .has_plan = bw_run_has_plan(r),
                       .bound = bw_from_fine(r->bound)};
    if (now.has_plan)
        now.objective = bw_from_fine(r->incumbent->objective);
    bw_work_show(r->work, &now);
}

void bw_run_enter(bw_run *r, const char *phase)
{
    r->phase = phase;
    bw_run_show(r);
}

void bw_run_raise(bw_run *r, bw_wide bound)
{
    if (bw_run_has_plan(r) && bound > r->incumbent->objective)
        bound = r->incumbent->objective;
    if (bound > r->bound)
        r->bound = bound;
}

bw_status bw_run_rest_on(bw_run *r, const bw_searched *found)
{
    bw_wide before = r->bound;
    bw_run_raise(r, bw_searched_sum(r->instance, found));
    if (r->bound <= before)
        return BW_OK;
    r->rested = bw_run_has_plan(r) ? r->incumbent->objective : 0;
    return bw_plan_searched(r->plan, found);
}

/* --- the clusters' bound --- */

/* *iterations: that it took; -1: no clusters to bound. */
static bw_status bound_clusters(bw_run *r, const bw_closing *closing,
                                int64_t *iterations)
{
    bw_clusters *clusters = NULL;
    *iterations = -1;
    bw_status status = bw_plan_assign(r->plan, r->incumbent->rep);
    if (status == BW_OK)
        status = bw_closing_run(closing, r->plan, &clusters);
    if (clusters) {
        bw_searched found = {clusters->n_clusters, clusters->of_rep,
                             clusters->unit_price, clusters->bound,
                             clusters->closed,     clusters->budgets_back};
        *iterations = clusters->work;
        status = bw_run_rest_on(r, &found);
        if (clusters->rep)
            bw_incumbent_offer(r->incumbent, clusters->rep);
        bw_clusters_free(r->clusters);
        r->clusters = clusters;
    }
    bw_run_show(r);
    return status;
}

bw_status bw_run_attempt(bw_run *r, bool *tried)
{
    int64_t n_pairs = r->instance->n_pairs, iterations;
    *tried = bw_run_has_plan(r) && !bw_run_off(r, BW_OFF_CLUSTERS) &&
             r->spent >= least_work(r) &&
             bw_attempts_due(&r->attempts, r->spent, n_pairs);
    if (!*tried)
        return BW_OK;
    double open = bw_run_gap(r);
    bw_closing closing = {r->work, r->settings, r->attempts.next,
                          (double)INFINITY, r->clusters};
    bw_status status = bound_clusters(r, &closing, &iterations);
    r->spent += bw_attempts_done(&r->attempts, n_pairs, iterations, open,
                                 bw_run_gap(r), bw_run_wanted(r));
    return status;
}

bw_status bw_run_close(bw_run *r, double part)
{
    int64_t iterations;
    if (!bw_run_has_plan(r) || r->proven || r->impossible ||
        bw_run_near_enough(r) || bw_run_off(r, BW_OFF_CLUSTERS) ||
        r->stopped_by == BW_STOP_INTERRUPT)
        return BW_OK;
    bw_run_enter(r, "proof");
    bw_work_limit(r->work, r->settings->seconds);
    bw_closing closing =
        bw_closing_last(r->work, r->settings, part, r->spent, r->clusters);
    bw_status status = bound_clusters(r, &closing, &iterations);
    bw_stop why;
    if (bw_work_stopped(r->work, &why))
        r->stopped_by = why;
    else if (bw_run_gap(r) <= bw_run_wanted(r))
        r->stopped_by = BW_STOP_GAP;
    return status;
}

/* --- the result --- */

static bw_outcome outcome(const bw_run *r)
{
    if (r->impossible)
        return BW_IMPOSSIBLE;
    if (!bw_run_has_plan(r))
        return BW_NO_PLAN;
    double left = bw_run_gap(r);
    if (left < 1e-6)
        return BW_OPTIMAL;
    return left <= r->settings->gap ? BW_WITHIN_GAP : BW_FEASIBLE;
}

bw_status bw_run_conclude(bw_run *r)
{
    bw_plan *plan = r->plan;
    bw_status status = BW_OK;
    if (bw_run_has_plan(r) && !r->impossible)
        status = bw_plan_assign(plan, r->incumbent->rep);
    if (plan->complete)
        bw_plan_fit_searched(plan);
    if (plan->complete && plan->objective < r->rested)
        bw_plan_reopen_searched(plan);
    if (bw_run_has_plan(r) && r->bound > r->incumbent->objective)
        r->bound = r->incumbent->objective;
    if (r->bound > plan->bound)
        plan->bound = r->bound;
    plan->outcome = outcome(r);
    if (r->stopped_by == BW_STOP_EFFORT && bw_run_gap(r) <= bw_run_wanted(r))
        r->stopped_by = BW_STOP_GAP;
    plan->stopped_by = r->stopped_by;
    return status;
}
