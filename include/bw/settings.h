/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a solve may cost, how it is stopped, and how it reports. */
#ifndef BW_SETTINGS_H
#define BW_SETTINGS_H

#include "bw/scenario.h"

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

#endif
