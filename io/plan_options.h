/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The command line of `bailiwick plan`. */
#ifndef BW_PLAN_OPTIONS_H
#define BW_PLAN_OPTIONS_H

#include "solve_options.h"

typedef struct bw_plan_options {
    const char *scenario, *dir;
    const char *trace; /* NULL: none */
    bw_solve_options solve;
    bool spreadsheet, quiet, all_errors;
    int threads;
    unsigned off; /* parts of the engine left out (bw/settings.h) */
} bw_plan_options;

bw_parsed bw_plan_options_read(int argc, char **argv, bw_plan_options *options);

#endif
