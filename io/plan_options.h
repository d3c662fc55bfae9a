/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The command line of `bailiwick plan`. */
#ifndef BW_PLAN_OPTIONS_H
#define BW_PLAN_OPTIONS_H

#include "bw/scenario.h"
#include "options.h"

typedef struct bw_plan_options {
    const char *scenario, *dir;
    const char *trace;   /* NULL: none */
    double gap, seconds; /* NaN: as the scenario says */
    int effort;          /* bw_effort; -1: as the scenario says */
    bool has_seed, quiet, all_errors;
    uint64_t seed;
    int threads;
    unsigned off; /* parts of the engine left out (bw/settings.h) */
} bw_plan_options;

bw_parsed bw_plan_options_read(int argc, char **argv, bw_plan_options *options);

/** What the command line says stands instead of what the scenario says, in the
 * scenario itself: so that it is written down as it was run. */
void bw_plan_options_apply(const bw_plan_options *options,
                           bw_scenario *scenario);

#endif
