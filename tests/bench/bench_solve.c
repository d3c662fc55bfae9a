/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves benchmark problems past the reading of scenarios:
 *
 *   bench_solve THREADS SECONDS GAP EFFORT SEED TRACE
 * PREFIX|FILE|d:REPS:UNITS:SEED ...
 *
 * SECONDS of the clock, or with a "c" behind of the processor. EFFORT 0 quick
 * .. 3 unlimited; TRACE 1 prints every report of progress. One line each: name,
 * seconds, objective, bound, gap, certified gap, outcome. */
#include "rows_from_gen.h"

#include "bw/solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void *nothing)
{
    struct timespec now;
    (void)nothing;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Of all threads: what a machine that others use too gave us. */
static double cpu_seconds(void *nothing)
{
    (void)nothing;
    return (double)clock() / CLOCKS_PER_SEC;
}

static void trace(void *nothing, const bw_progress *p)
{
    (void)nothing;
    printf("  %7.2f cpu %7.2f %-7s %14.4f %14.4f  %.4f %%\n", p->seconds,
           (double)clock() / CLOCKS_PER_SEC, p->phase,
           p->has_plan ? p->objective : 0, p->bound,
           p->has_plan ? 100 * (p->objective - p->bound) / p->objective : 0);
    fflush(stdout);
}

static bw_instance *load(const char *name)
{
    char path[1024];
    int reps, units;
    unsigned seed;
    if (sscanf(name + 1, ":%d:%d:%u", &reps, &units, &seed) == 3)
        return rows_of_type(name[0], reps, units, seed);
    snprintf(path, sizeof path, "%s.json", name);
    FILE *json = fopen(path, "r");
    if (!json)
        return rows_from_gap(name);
    fclose(json);
    return rows_from_territory(name);
}

int main(int argc, char **argv)
{
    if (argc < 8)
        return 3;
    bw_settings settings = bw_settings_default();
    settings.threads = atoi(argv[1]);
    settings.seconds = atof(argv[2]);
    settings.gap = atof(argv[3]);
    settings.effort = (bw_effort)atoi(argv[4]);
    settings.seed = (uint64_t)atoll(argv[5]);
    settings.clock = strchr(argv[2], 'c') ? cpu_seconds : seconds;
    if (atoi(argv[6]))
        settings.progress = trace;
    for (int i = 7; i < argc; i++) {
        bw_instance *instance = load(argv[i]);
        bw_plan *plan;
        double start = seconds(NULL);
        bw_status status = bw_solve(instance, &settings, &plan);
        if (status != BW_OK) {
            printf("%s: %s\n", argv[i], bw_status_text(status));
            return 1;
        }
        double value = bw_from_fine(plan->objective);
        printf("%-40s %7.2f s  %.4f  bound %.4f  gap %.4f %%  certified "
               "%.4f %%  %s, %s\n",
               argv[i], seconds(NULL) - start, value, bw_from_fine(plan->bound),
               100 * bw_gap(plan->objective, plan->bound),
               100 * bw_gap(plan->objective, plan->bound_certified),
               bw_outcome_text(plan->outcome), bw_stop_text(plan->stopped_by));
        fflush(stdout);
        bw_plan_free(plan);
        bw_instance_free(instance);
    }
    return 0;
}
