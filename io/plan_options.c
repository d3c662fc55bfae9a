/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of `bailiwick plan`. */
#include "plan_options.h"

#include "bw/settings.h"
#include "clock.h"

#include <stdio.h>
#include <string.h>

enum {
    OUTPUT,
    GAP,
    EFFORT,
    SECONDS,
    SEED,
    THREADS,
    TRACE,
    SPREADSHEET,
    QUIET,
    ALL_ERRORS,
    OFF,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [OUTPUT] = {"output", 'o', "DIR", "where the tables go (required)"},
    [GAP] = {"gap", 0, "P", "stop when proven this near to the best: 0.5%"},
    [EFFORT] = {"effort", 0, "E", "quick, normal, long or unlimited"},
    [SECONDS] = {"seconds", 0, "S",
                 "stop after this time; 0: the quickest plan"},
    [SEED] = {"seed", 0, "N", "another seed, another search"},
    [THREADS] = {"threads", 0, "N", "cores to use (all); the plan is the same"},
    [TRACE] = {"trace", 0, "FILE", "write plan and bound over time, as CSV"},
    [SPREADSHEET] = {"spreadsheet", 0, NULL,
                     "tables safe to open: no text is a formula"},
    [QUIET] = {"quiet", 'q', NULL, "no progress, no mapping; faults are told"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
    [OFF] = {"off", 0, "LIST", NULL},
};

static const bw_usage usage = {
    "plan",
    "SCENARIO.xml",
    "Decides which rep serves which account, proves how near the plan is to "
    "the best\npossible one, and writes the tables to DIR. An earlier plan in "
    "DIR is replaced\nat the very end, in one step.",
    table,
    N_OPTIONS,
    1};

static bool read_numbers(const char **value, bw_plan_options *options)
{
    static const bw_solve_slots slots = {GAP, EFFORT, SECONDS, SEED};
    static const uint64_t of_threads[] = {1, BW_THREADS_MAX};
    uint64_t threads = (uint64_t)bw_online_cores();
    bool good =
        bw_solve_options_read(&usage, &slots, value, &options->solve) &&
        bw_option_whole(&usage, THREADS, value[THREADS], of_threads, &threads);
    options->threads = (int)threads;
    return good;
}

static bool read_off(const char *list, unsigned *off)
{
    const char *word;
    if (!list || bw_off_parse(list, off, &word))
        return true;
    char words[256] = "";
    for (int i = 0; bw_off_words[i]; i++) {
        size_t length = strlen(words);
        snprintf(words + length, sizeof words - length, "%s%s", i ? ", " : "",
                 bw_off_words[i]);
    }
    bw_misuse(&usage, "--off \"%.*s\" is not one of %s",
              (int)strcspn(word, ","), word, words);
    return false;
}

bw_parsed bw_plan_options_read(int argc, char **argv, bw_plan_options *options)
{
    const char *value[N_OPTIONS], *operand[1];
    bw_parsed parsed = bw_options_parse(&usage, argc, argv, value, operand);
    if (parsed != BW_PARSED_RUN)
        return parsed;
    *options = (bw_plan_options){.scenario = operand[0],
                                 .dir = value[OUTPUT],
                                 .trace = value[TRACE],
                                 .spreadsheet = value[SPREADSHEET] != NULL,
                                 .quiet = value[QUIET] != NULL,
                                 .all_errors = value[ALL_ERRORS] != NULL};
    if (!options->dir) {
        bw_misuse(&usage, "-o DIR is missing: where shall the tables go?");
        return BW_PARSED_MISUSED;
    }
    return read_numbers(value, options) && read_off(value[OFF], &options->off)
               ? BW_PARSED_RUN
               : BW_PARSED_MISUSED;
}
