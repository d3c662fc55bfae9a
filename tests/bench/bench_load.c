/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times how a scenario's files become a problem: reading, checking, placing.
 *
 *   bench_load SCENARIO.xml ...
 *
 * One line each: name, accounts, seconds of the wall clock and of the
 * processor, peak memory of the process in MiB. */
#include "bw/load.h"
#include "show_diag.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int load(const char *path)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario;
    bw_problem *problem;
    double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    bw_status status = bw_scenario_load(path, diags, &scenario);
    if (status == BW_OK)
        status = bw_problem_load(scenario, diags, &problem);
    wall = now(CLOCK_MONOTONIC) - wall;
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    if (status != BW_OK) {
        bw_show_diags(stderr, diags, true, "nothing was measured");
        bw_diags_free(diags);
        return 2;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%s  %d accounts  %.3f s  %.3f s  %.0f MiB\n", path,
           (int)problem->accounts.n, wall, cpu, (double)usage.ru_maxrss / 1024);
    bw_problem_free(problem);
    bw_scenario_free(scenario);
    bw_diags_free(diags);
    return 0;
}

int main(int argc, char **argv)
{
    int status = 0;
    for (int i = 1; i < argc && status == 0; i++)
        status = load(argv[i]);
    return status;
}
