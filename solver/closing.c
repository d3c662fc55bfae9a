/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One task for the workers: the calling thread goes on reporting and looking at
 * the clock, the clusters bring threads of their own. */
#include "closing.h"

#include <math.h>

enum {
    REPS_OF_CLUSTER = 10,
    WORK_OF_ITERATION = 60000 /* of the simplex, in units of work: measured
                               * with 10 reps of 40 to 100 units each */
};

/* Bounds of 2,000 x 50 saturate after a fifth of a minute, those of 10,000 x
 * 200 still rise after a third. */
static const double part_of_search = 0.7;

double bw_closing_search_seconds(double seconds)
{
    return part_of_search * seconds;
}

typedef struct job {
    const bw_plan *plan;
    bw_cluster_settings how;
    bw_clusters **clusters;
} job;

static bw_status bound_clusters(void *data, int32_t index, int thread)
{
    const job *j = data;
    (void)index;
    (void)thread;
    return bw_clusters_new(j->plan, &j->how, j->clusters);
}

bw_status bw_closing_run(bw_work *work, const bw_settings *settings,
                         double part, const bw_plan *plan, int64_t search_work,
                         bw_clusters **clusters)
{
    *clusters = NULL;
    bw_work_limit(work, settings->seconds);
    if (bw_work_stopped(work, NULL))
        return BW_OK;
    double left = part * (settings->seconds - bw_work_seconds(work));
    int64_t iterations = search_work / 4 / WORK_OF_ITERATION + 1000;
    if (isfinite(left) && settings->effort == BW_EFFORT_UNLIMITED)
        iterations = 0;
    job j = {.plan = plan,
             .how = {.reps_most = REPS_OF_CLUSTER,
                     .work = iterations,
                     .seconds = iterations ? (double)INFINITY : left,
                     .settings = settings,
                     .stop = bw_work_stop(work)},
             .clusters = clusters};
    return bw_work_run(work, 1, bound_clusters, &j);
}
