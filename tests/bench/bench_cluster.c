/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times the bound beyond the relaxation for a plan that is in a file, one rep a
 * line:  bench_cluster THREADS SECONDS WORK REPS PREFIX|FILE PLAN */
#include "rows_from_gen.h"

#include "bound.h"
#include "cluster.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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
    snprintf(path, sizeof path, "%s.json", name);
    FILE *json = fopen(path, "r");
    if (!json)
        return rows_from_gap(name);
    fclose(json);
    return rows_from_territory(name);
}

static bw_plan *read_plan(const bw_instance *instance, const char *path,
                          const bw_settings *settings)
{
    int32_t *rep = calloc((size_t)instance->n_units, sizeof *rep);
    int64_t *price = calloc((size_t)(instance->n_reps * instance->n_measures),
                            sizeof *price);
    FILE *file = fopen(path, "r");
    bw_plan *plan;
    bw_prices *prices;
    for (int32_t u = 0; file && rep && u < instance->n_units; u++)
        if (fscanf(file, "%d", &rep[u]) != 1)
            exit(4);
    if (!file || !rep || !price || bw_plan_new(instance, &plan) != BW_OK ||
        bw_plan_assign(plan, rep) != BW_OK ||
        bw_prices_new(instance, settings, NULL, &prices) != BW_OK)
        exit(4);
    fclose(file);
    bw_prices_round(instance, prices->price, price);
    if (bw_plan_certify(plan, price, 1) != BW_OK)
        exit(4);
    bw_prices_free(prices);
    free(rep);
    free(price);
    return plan;
}

int main(int argc, char **argv)
{
    if (argc != 7)
        return 3;
    bw_settings settings = {.threads = atoi(argv[1]),
                            .seconds = (double)INFINITY,
                            .clock = seconds};
    double limit = atof(argv[2]);
    bw_instance *instance = load(argv[5]);
    bw_plan *plan = read_plan(instance, argv[6], &settings);
    bw_cluster_settings how = {.reps_most = atoi(argv[4]),
                               .work = atoll(argv[3]),
                               .seconds = limit > 0 ? limit : (double)INFINITY,
                               .settings = &settings};
    bw_clusters *clusters;
    double start = seconds(NULL);
    if (bw_clusters_new(plan, &how, &clusters) != BW_OK || !clusters)
        return 1;
    int closed = 0;
    for (int32_t k = 0; k < clusters->n_clusters; k++)
        closed += clusters->closed[k];
    double value = bw_from_fine(clusters->value);
    printf("%.2f s  plan %.4f  relaxation %.4f  bound %.4f  gap %.4f %%  "
           "clusters %d, closed %d  work %lld%s\n",
           seconds(NULL) - start, bw_from_fine(plan->objective),
           bw_from_fine(plan->bound_certified), value,
           100 * bw_gap(plan->objective, clusters->value), clusters->n_clusters,
           closed, (long long)clusters->work,
           clusters->rep ? "  better plan" : "");
    if (clusters->rep && bw_plan_assign(plan, clusters->rep) == BW_OK)
        printf("better plan: %.4f\n", bw_from_fine(plan->objective));
    bw_clusters_free(clusters);
    bw_plan_free(plan);
    bw_instance_free(instance);
    return 0;
}
