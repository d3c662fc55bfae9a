/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A bound beyond the linear relaxation, from the plan at hand. What a plan
 * costs above the relaxation shrinks as the search goes on, and the clusters'
 * programs with it, so most of this comes after the search, in the last part of
 * a run. A run that looks for a gap tries it in between, so that it ends when
 * it can prove that gap, and not when its limits come. */
#ifndef BW_CLOSING_H
#define BW_CLOSING_H

#include "cluster.h"
#include "work.h"

/** The seconds that the search may use of the run: without clusters, all. */
double bw_closing_search_seconds(const bw_settings *settings);

/** How much may go into it. */
typedef struct bw_closing {
    bw_work *work;
    const bw_settings *settings;
    int64_t iterations;         /* of the simplex, in all; 0: no limit */
    double seconds;             /* in all; INFINITY: no limit */
    const bw_clusters *earlier; /* of the same run, or NULL */
} bw_closing;

/** The last part of a run: a quarter of what the search spent or, where time
 * alone limits it, `part` of the time that is left. */
bw_closing bw_closing_last(bw_work *work, const bw_settings *settings,
                           double part, int64_t search_work,
                           const bw_clusters *earlier);

/** plan: complete, inside every hard limit, certified. Its bound is reported as
 * it rises. *clusters as bw_clusters_new gives it; NULL after a stop too. */
bw_status bw_closing_run(const bw_closing *closing, const bw_plan *plan,
                         bw_clusters **clusters);

/** When the next attempt within the search is due. All zero at first. */
typedef struct bw_attempts {
    int64_t spent;  /* work that went into them */
    int64_t next;   /* iterations of the next one; 0: none yet */
    int32_t halved; /* times that their share of all work was halved */
    bool vain;      /* clusters do not pay here at all */
} bw_attempts;

/** Whether an attempt is due, and how much may go into it: decided by work
 * alone. n_pairs: of the instance. */
bool bw_attempts_due(bw_attempts *attempts, int64_t spent, int64_t n_pairs);
/** An attempt of so many iterations (-1: there were no clusters to bound) left
 * this gap of that which was open, on the way to the one wanted. Returns the
 * work it took. */
int64_t bw_attempts_done(bw_attempts *attempts, int64_t n_pairs,
                         int64_t iterations, double open, double left,
                         double wanted);

#endif
