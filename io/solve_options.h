/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The options that every command that plans has: --gap, --effort, --seconds,
 * --seed. */
#ifndef BW_SOLVE_OPTIONS_H
#define BW_SOLVE_OPTIONS_H

#include "bw/scenario.h"
#include "options.h"

typedef struct bw_solve_options {
    double gap, seconds; /* NaN: as the scenario says */
    int effort;          /* bw_effort; -1: as the scenario says */
    bool has_seed;
    uint64_t seed;
} bw_solve_options;

/** Where the command's table has them. */
typedef struct bw_solve_slots {
    int gap, effort, seconds, seed;
} bw_solve_slots;

/** False: a fault, which was told. */
bool bw_solve_options_read(const bw_usage *usage, const bw_solve_slots *slots,
                           const char *const *value, bw_solve_options *options);

/** What the command line says stands instead of what the scenario says, in the
 * scenario itself: so that it is written down as it was run. */
void bw_solve_options_apply(const bw_solve_options *options,
                            bw_scenario *scenario);

#endif
