/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One scenario of a comparison, planned in a process of its own. */
#ifndef BW_ERRAND_H
#define BW_ERRAND_H

#include "solve_options.h"

typedef struct bw_errand {
    const char *path, *folder; /* scenario; where its plan goes */
    const char *beside;        /* the folder that `folder` stands in */
    const char *start;         /* folder of the plan to start from; NULL */
    bw_solve_options options;
    int threads;
    bool fresh, all_errors;
} bw_errand;

/** Fits bw_work; `data` is the bw_errand. Plans, unless what stands in the
 * folder came from the same. Exit codes as of `bailiwick plan`. */
int bw_errand_run(void *data, int reports);

#endif
