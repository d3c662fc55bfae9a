/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One run of bw_solve: what its phases share, what is known so far, and what
 * that comes to. */
#ifndef BW_RUN_H
#define BW_RUN_H

#include "bw/plan.h"
#include "bw/settings.h"

#include "closing.h"
#include "lattice.h"
#include "proof.h"
#include "rounds.h"

typedef struct bw_run {
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
    bw_wide rested; /* what the plan cost when bound's clusters were solved */
    bw_lattice lattice;
    bool proven, impossible;
    int64_t spent, budget;
    bw_stall stall;
    bw_proof *proof;
    bw_attempts attempts;
    bw_clusters *clusters; /* the last bounds, or NULL */
    bw_stop stopped_by;
} bw_run;

static inline bool bw_run_off(const bw_run *r, unsigned part)
{
    return (r->settings->off & part) != 0;
}

/** A plan inside every hard limit. */
bool bw_run_has_plan(const bw_run *r);
/** Between plan and bound; INFINITY without a plan. */
double bw_run_gap(const bw_run *r);
/** The largest gap that need not be closed. */
double bw_run_wanted(const bw_run *r);
/** The search may end here. The gap asked for is reached when the certificate
 * alone proves it. Where only a searched bound does, the plan gets the work of
 * a quick effort first, to close the rest. */
bool bw_run_near_enough(const bw_run *r);

/** Reports what there is; enter: under the name of another phase. */
void bw_run_show(bw_run *r);
void bw_run_enter(bw_run *r, const char *phase);

/** No plan costs less. */
void bw_run_raise(bw_run *r, bw_wide bound);
/** A bound from branch and bound; the plan keeps what it rests on. */
bw_status bw_run_rest_on(bw_run *r, const bw_searched *found);

/** The clusters' bound within the search, if it is due: *tried. */
bw_status bw_run_attempt(bw_run *r, bool *tried);
/** The same at the end, where the plan is not near enough without. `part`: of
 * the time that is left. */
bw_status bw_run_close(bw_run *r, double part);

/** Plan, bound, outcome and what stopped it: the result. */
bw_status bw_run_conclude(bw_run *r);

#endif
