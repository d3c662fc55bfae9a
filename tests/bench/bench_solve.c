/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves benchmark problems with any setting, and past the reading of
 * scenarios:
 *
 *   bench_solve [OPTION...] SCENARIO.xml|PREFIX|FILE|TYPE:REPS:UNITS:SEED ...
 *
 *   -t THREADS  -s SECONDS  -g GAP  -e EFFORT (0 quick .. 3 unlimited)
 *   -r SEED     -p: print every report of progress
 *   -c          count processor time, shared out over the threads, so that
 *               runs on a busy machine can be compared
 *   -o LIST     parts of the engine to leave out
 *   -l          the parts there are, and nothing else
 *   -W FILE     write the plan, the number of each unit's rep
 *   -w FILE     begin with a plan so written, of a problem with the same units
 *
 * One line each: name, seconds, objective, bound, gap, certified gap, outcome.
 */
#include "rows_from_gen.h"

#include "bw/load.h"
#include "bw/solve.h"
#include "show_diag.h"

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

/* The benches free nothing that lives as long as they do. */
static bw_instance *load_scenario(const char *path)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario;
    bw_problem *problem;
    bw_instance *instance = NULL;
    if (diags && bw_scenario_load(path, diags, &scenario) == BW_OK &&
        bw_problem_load(scenario, diags, &problem) == BW_OK &&
        bw_instance_new(problem, diags, &instance) == BW_OK)
        return instance;
    bw_show_diags(stderr, diags, true, "nothing was measured");
    exit(2);
}

static bw_instance *load(const char *name)
{
    char path[1024];
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".xml") == 0)
        return load_scenario(name);
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

/* Units that the file says nothing of are unknown. */
static int32_t *read_start(const char *path, int32_t n_units)
{
    int32_t *rep = calloc((size_t)n_units, sizeof *rep);
    FILE *file = fopen(path, "r");
    if (!rep || !file) {
        perror(path);
        exit(2);
    }
    for (int32_t unit = 0; unit < n_units; unit++)
        if (fscanf(file, "%d", &rep[unit]) != 1)
            rep[unit] = -1;
    fclose(file);
    return rep;
}

static void write_plan(const char *path, const bw_plan *plan, int32_t n_units)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(2);
    }
    for (int32_t unit = 0; plan->complete && unit < n_units; unit++)
        fprintf(file, "%d\n", plan->rep[unit]);
    fclose(file);
}

typedef struct plan_files {
    const char *read, *write; /* NULL: none */
} plan_files;

static int solve(const char *name, bw_settings *settings, plan_files files)
{
    bw_instance *instance = load(name);
    bw_plan *plan;
    if (files.read)
        settings->start = read_start(files.read, instance->n_units);
    double start = seconds(settings->clock_data);
    bw_status status = bw_solve(instance, settings, &plan);
    if (status != BW_OK) {
        printf("%s: %s\n", name, bw_status_text(status));
        return 1;
    }
    char cost[32] = "-"; /* no plan inside the hard limits */
    if (plan->complete)
        snprintf(cost, sizeof cost, "%.4f", bw_from_fine(plan->objective));
    printf("%-40s %7.2f s  %s  bound %.4f  gap %.4f %%  certified "
           "%.4f %%  %s, %s\n",
           name, seconds(settings->clock_data) - start, cost,
           bw_from_fine(plan->bound),
           100 * bw_gap(plan->objective, plan->bound),
           100 * bw_gap(plan->objective, plan->bound_certified),
           bw_outcome_text(plan->outcome), bw_stop_text(plan->stopped_by));
    fflush(stdout);
    if (files.write)
        write_plan(files.write, plan, instance->n_units);
    bw_plan_free(plan);
    bw_instance_free(instance);
    return 0;
}

int main(int argc, char **argv)
{
    watch clock = {CLOCK_MONOTONIC, 1};
    plan_files files = {NULL, NULL};
    bw_settings settings = bw_settings_default();
    settings.seconds = 10;
    settings.gap = 0;
    settings.effort = BW_EFFORT_UNLIMITED;
    settings.clock = seconds;
    settings.clock_data = &clock;
    for (int option;
         (option = getopt(argc, argv, "t:s:g:e:r:pco:lw:W:")) != -1;)
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
        case 'w':
            files.read = optarg;
            break;
        case 'W':
            files.write = optarg;
            break;
        case 'p':
            settings.progress = trace;
            break;
        case 'c':
            clock.id = CLOCK_PROCESS_CPUTIME_ID;
            break;
        case 'l':
            for (int i = 0; bw_off_words[i]; i++)
                puts(bw_off_words[i]);
            return 0;
        case 'o':
            if (bw_off_parse(optarg, &settings.off, &(const char *){NULL}))
                break;
            return 3;
        default:
            return 3;
        }
    int failed = 0;
    for (int i = optind; i < argc; i++)
        failed |= solve(argv[i], &settings, files);
    return failed;
}
