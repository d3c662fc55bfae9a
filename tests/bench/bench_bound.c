/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times the bound on benchmark problems:
 *
 *   bench_bound [THREADS] PREFIX|FILE|d:REPS:UNITS:SEED|map:UNITS:REPS:SEED
 *
 * A name that ends in .json's prefix is a territory, any other a
 * generalised-assignment file. One line each: name, seconds, value of the
 * prices, certified bound, whether the value is the relaxation's. */
#include "rows_from_gen.h"
#include "rows_from_map.h"

#include "bound.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double seconds(void *nothing)
{
    struct timespec now;
    (void)nothing;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bw_instance *load(const char *name)
{
    char path[1024];
    int reps, units;
    unsigned seed;
    if (sscanf(name + 1, ":%d:%d:%u", &reps, &units, &seed) == 3)
        return rows_of_type(name[0], reps, units, seed);
    if (sscanf(name, "map:%d:%d:%u", &units, &reps, &seed) == 3)
        return instance_of_map(units, reps, seed);
    snprintf(path, sizeof path, "%s.json", name);
    FILE *json = fopen(path, "r");
    if (!json)
        return rows_from_gap(name);
    fclose(json);
    return rows_from_territory(name);
}

static void measure(const char *name, int threads)
{
    double begin = seconds(NULL);
    bw_instance *instance = load(name);
    double loaded = seconds(NULL) - begin;
    bw_settings settings = {.seconds = (double)INFINITY,
                            .threads = threads,
                            .clock = seconds,
                            .seed = 1};
    size_t n = (size_t)instance->n_reps * (size_t)instance->n_measures;
    int64_t *rounded = malloc(n * sizeof *rounded);
    bw_prices *prices;
    bw_wide bound = 0;
    double start = seconds(NULL);
    bw_status status = bw_prices_new(instance, &settings, NULL, &prices);
    double end = seconds(NULL);
    if (status != BW_OK || !rounded) {
        printf("%s: %s\n", name, bw_status_text(status));
        exit(1);
    }
    bw_prices_round(instance, prices->price, rounded);
    bw_bound_exact(instance, rounded, threads, &bound);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-24s %8.3f s (read %.2f, check %.2f, %ld MiB)  value %.6f  "
           "certified %.6f  %s%s  parts %lld\n",
           name, end - start, loaded, seconds(NULL) - end,
           usage.ru_maxrss / 1024, prices->value, bw_from_fine(bound),
           prices->exact_lp ? "exact" : "not exact",
           prices->infeasible ? " infeasible" : "", (long long)prices->n_parts);
    bw_prices_free(prices);
    free(rounded);
    bw_instance_free(instance);
}

int main(int argc, char **argv)
{
    int first = argc > 1 && isdigit((unsigned char)argv[1][0]) ? 2 : 1;
    int threads = first == 2 ? atoi(argv[1]) : 1;
    for (int i = first; i < argc; i++)
        measure(argv[i], threads > 0 ? threads : 1);
    return 0;
}
