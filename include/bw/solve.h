/* SPDX-License-Identifier: GPL-3.0-or-later */
/** instance -> plan, bound, certificate. Reads no clock but the one given,
 * prints nothing. */
#ifndef BW_SOLVE_H
#define BW_SOLVE_H

#include "bw/plan.h"

#include <stdatomic.h>

typedef struct bw_progress {
    double seconds;
    bool has_plan;
    double objective, bound; /* money; objective only if has_plan */
    const char *phase;       /* prices, start, search, proof */
} bw_progress;

typedef struct bw_settings {
    double gap;       /* stop at this gap; 0: prove the optimum */
    double seconds;   /* INFINITY: no limit */
    bw_effort effort; /* deterministic work limit */
    uint64_t seed;
    int threads; /* >= 1; the plan does not depend on it, unless time or
                  * an interrupt stops the run */
    double (*clock)(void *); /* seconds from any start; never NULL */
    void *clock_data;
    const atomic_int *interrupt; /* becomes 1: stop, give the best plan */
    void (*progress)(void *, const bw_progress *); /* NULL: none. Called from
                                                    * the calling thread */
    void *progress_data;
} bw_settings;

/** gap 0.1 %, no time limit, normal effort, seed 1, one thread; the clock
 * must still be set. */
bw_settings bw_settings_default(void);

/**
 * Always gives a plan object when BW_OK, whose outcome says what is known:
 * BW_OPTIMAL, BW_WITHIN_GAP, BW_FEASIBLE: inside every hard limit;
 * BW_IMPOSSIBLE: proven that the hard limits cannot hold together;
 * BW_NO_PLAN: a limit was reached first.
 */
bw_status bw_solve(const bw_instance *instance, const bw_settings *settings,
                   bw_plan **plan);

#endif
