/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the options of the search and puts them into the scenario. */
#include "solve_options.h"

#include <math.h>

bool bw_solve_options_read(const bw_usage *usage, const bw_solve_slots *slots,
                           const char *const *value, bw_solve_options *options)
{
    static const char *const efforts[] = {"quick", "normal", "long",
                                          "unlimited", NULL};
    static const double of_gap[] = {0, 1}, of_seconds[] = {0, 1e9};
    static const uint64_t of_seed[] = {0, BW_LARGEST_SEED};
    *options = (bw_solve_options){.gap = NAN,
                                  .seconds = NAN,
                                  .effort = -1,
                                  .has_seed = value[slots->seed] != NULL};
    return bw_option_number(usage, slots->gap, value[slots->gap], of_gap,
                            &options->gap) &&
           bw_option_number(usage, slots->seconds, value[slots->seconds],
                            of_seconds, &options->seconds) &&
           bw_option_choice(usage, slots->effort, value[slots->effort], efforts,
                            &options->effort) &&
           bw_option_whole(usage, slots->seed, value[slots->seed], of_seed,
                           &options->seed);
}

void bw_solve_options_apply(const bw_solve_options *options,
                            bw_scenario *scenario)
{
    bw_solve_spec *solve = &scenario->solve;
    if (!isnan(options->gap)) {
        solve->gap.value = options->gap;
        solve->gap.given = true;
        solve->gap.percent = false;
    }
    if (!isnan(options->seconds)) {
        solve->seconds.value = options->seconds;
        solve->seconds.given = true;
    }
    if (options->effort >= 0)
        solve->effort = (bw_effort)options->effort;
    if (options->has_seed)
        solve->seed = options->seed;
}
