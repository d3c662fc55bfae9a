/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves benchmark problems past the reading of scenarios:
 *
 *   bench_solve [OPTION...] PREFIX|FILE|TYPE:REPS:UNITS:SEED ...
 *
 *   -t THREADS  -s SECONDS  -g GAP  -e EFFORT (0 quick .. 3 unlimited)
 *   -r SEED     -p: print every report of progress
 *   -c          count processor time, shared out over the threads, so that
 *               runs on a busy machine can be compared
 *   -o LIST     parts of the engine to leave out, as in `plan --off=LIST`
 *
 * One line each: name, seconds, objective, bound, gap, certified gap, outcome.
 */
#include "rows_from_gen.h"

#include "bw/solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct watch {
    clockid_t id;
    int threads;
} watch;

static double seconds(void *data)
{
    const watch *w = data;
    struct timespec now;
    clock_gettime(w->id, &now);
    double s = (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    return w->id == CLOCK_MONOTONIC ? s : s / w->threads;
}

static void trace(void *nothing, const bw_progress *p)
{
    (void)nothing;
    printf("  %7.2f %-7s %14.4f %14.4f  %.4f %%\n", p->seconds, p->phase,
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

static int solve(const char *name, const bw_settings *settings)
{
    bw_instance *instance = load(name);
    bw_plan *plan;
    double start = seconds(settings->clock_data);
    bw_status status = bw_solve(instance, settings, &plan);
    if (status != BW_OK) {
        printf("%s: %s\n", name, bw_status_text(status));
        return 1;
    }
    printf("%-40s %7.2f s  %.4f  bound %.4f  gap %.4f %%  certified "
           "%.4f %%  %s, %s\n",
           name, seconds(settings->clock_data) - start,
           bw_from_fine(plan->objective), bw_from_fine(plan->bound),
           100 * bw_gap(plan->objective, plan->bound),
           100 * bw_gap(plan->objective, plan->bound_certified),
           bw_outcome_text(plan->outcome), bw_stop_text(plan->stopped_by));
    fflush(stdout);
    bw_plan_free(plan);
    bw_instance_free(instance);
    return 0;
}

int main(int argc, char **argv)
{
    watch clock = {CLOCK_MONOTONIC, 1};
    bw_settings settings = bw_settings_default();
    settings.seconds = 10;
    settings.gap = 0;
    settings.effort = BW_EFFORT_UNLIMITED;
    settings.clock = seconds;
    settings.clock_data = &clock;
    for (int option; (option = getopt(argc, argv, "t:s:g:e:r:pco:")) != -1;)
        switch (option) {
        case 't':
            settings.threads = clock.threads = atoi(optarg);
            break;
        case 's':
            settings.seconds = atof(optarg);
            break;
        case 'g':
            settings.gap = atof(optarg);
            break;
        case 'e':
            settings.effort = (bw_effort)atoi(optarg);
            break;
        case 'r':
            settings.seed = (uint64_t)atoll(optarg);
            break;
        case 'p':
            settings.progress = trace;
            break;
        case 'c':
            clock.id = CLOCK_PROCESS_CPUTIME_ID;
            break;
        case 'o':
            if (bw_off_parse(optarg, &settings.off, &(const char *){NULL}))
                break;
            return 3;
        default:
            return 3;
        }
    int failed = 0;
    for (int i = optind; i < argc; i++)
        failed |= solve(argv[i], &settings);
    return failed;
}
