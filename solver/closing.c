/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One task for the workers: the calling thread goes on reporting and looking at
 * the clock, the clusters bring threads of their own. */
#include "closing.h"

#include <math.h>

enum {
    REPS_OF_CLUSTER = 10,
    WORK_OF_ITERATION = 60000, /* of the simplex, in units of work: measured
                                * with 10 reps of 40 to 100 units each */
    WORK_OF_PAIR = 20,         /* to tell which pairs take part, likewise */
    LEAST_ITERATIONS = 1000,
    HALVED_MOST = 5
};

/* Bounds of 2,000 x 50 saturate after a fifth of a minute, those of 10,000 x
 * 200 still rise after a third. */
static const double part_of_search = 0.7;

/* Of all work, that attempts within the search may take. An attempt pays where
 * twice the gap wanted is in sight, or where it closed so much of what was open
 * beyond that. */
static const double most_share = 0.3, in_sight = 2, worth_it = 0.5;

double bw_closing_search_seconds(const bw_settings *settings)
{
    bool all = (settings->off & BW_OFF_CLUSTERS) != 0;
    return (all ? 1 : part_of_search) * settings->seconds;
}

bw_closing bw_closing_last(bw_work *work, const bw_settings *settings,
                           double part, int64_t search_work,
                           const bw_clusters *earlier)
{
    double left = part * (settings->seconds - bw_work_seconds(work));
    int64_t iterations = search_work / 4 / WORK_OF_ITERATION + LEAST_ITERATIONS;
    if (isfinite(left) && settings->effort == BW_EFFORT_UNLIMITED)
        iterations = 0;
    return (bw_closing){work, settings, iterations,
                        iterations ? (double)INFINITY : left, earlier};
}

typedef struct job {
    const bw_plan *plan;
    bw_cluster_settings how;
    bw_clusters **clusters;
    atomic_int_fast64_t value; /* of the clusters so far, quanta */
} job;

static bw_status bound_clusters(void *data, int32_t index, int thread)
{
    const job *j = data;
    (void)index;
    (void)thread;
    return bw_clusters_new(j->plan, &j->how, j->clusters);
}

static void raised(void *data, bw_wide value)
{
    job *j = data;
    value /= BW_PRICE_UNIT;
    if (value > atomic_load(&j->value) && value < INT64_MAX)
        atomic_store(&j->value, (int64_t)value);
}

static void look(void *data, bw_progress *now)
{
    job *j = data;
    now->bound = fmax(now->bound, bw_from_quanta(atomic_load(&j->value)));
}

bw_status bw_closing_run(const bw_closing *closing, const bw_plan *plan,
                         bw_clusters **clusters)
{
    *clusters = NULL;
    if (bw_work_stopped(closing->work, NULL))
        return BW_OK;
    job j = {.plan = plan,
             .how = {.reps_most = REPS_OF_CLUSTER,
                     .work = closing->iterations,
                     .seconds = closing->seconds,
                     .settings = closing->settings,
                     .stop = bw_work_stop(closing->work),
                     .earlier = closing->earlier,
                     .raised = raised},
             .clusters = clusters};
    j.how.raised_data = &j;
    atomic_init(&j.value, INT64_MIN);
    bw_work_watch(closing->work, look, &j);
    bw_status status = bw_work_run(closing->work, 1, bound_clusters, &j);
    bw_work_watch(closing->work, NULL, NULL);
    return status;
}

/* --- attempts within the search --- */

static double share(const bw_attempts *attempts)
{
    return most_share / (1 << attempts->halved);
}

static int64_t cost(int64_t n_pairs, int64_t iterations)
{
    return n_pairs * WORK_OF_PAIR + iterations * WORK_OF_ITERATION;
}

bool bw_attempts_due(bw_attempts *attempts, int64_t spent, int64_t n_pairs)
{
    if (attempts->vain)
        return false;
    double may = share(attempts) * (double)spent;
    if (attempts->next == 0) {
        attempts->next = (int64_t)(may / 2 / WORK_OF_ITERATION);
        if (attempts->next < LEAST_ITERATIONS)
            attempts->next = LEAST_ITERATIONS;
    }
    int64_t after = attempts->spent + cost(n_pairs, attempts->next);
    return (double)after <= may;
}

int64_t bw_attempts_done(bw_attempts *attempts, int64_t n_pairs,
                         int64_t iterations, double open, double left,
                         double wanted)
{
    int64_t took = cost(n_pairs, iterations < 0 ? 0 : iterations);
    bool pays =
        left <= in_sight * wanted || open - left >= worth_it * (open - wanted);
    attempts->spent += took;
    attempts->vain = iterations < 0;
    attempts->next *= 2;
    if (pays)
        attempts->halved = 0;
    else if (attempts->halved < HALVED_MOST)
        attempts->halved++;
    return took;
}
