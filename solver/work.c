/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calling thread runs no task: it sleeps on a pipe that the last worker of
 * a round writes to, and wakes a few times a second to look at the clock. poll
 * takes a relative time, so no clock is read but the one given. */
#include "work.h"

#include "bw/alloc.h"
#include "mip.h"

#include <assert.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum {
    LOOK_MS = 40 /* between two looks at the clock */
};

static const double report_every = 0.25; /* seconds */

typedef struct worker {
    struct bw_work *work;
    pthread_t thread;
    int number;
} worker;

struct bw_work {
    const bw_settings *settings;
    double began, limit; /* seconds */
    atomic_int stop;
    bw_stop why;

    bw_progress now, shown;
    double shown_at;
    bool any_shown;
    bw_work_look *look;
    void *look_data;

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t wake;
    bool quit;
    bw_task *task;
    void *data;
    int32_t n, next, running;
    int32_t failed_at; /* first task that failed, n if none */
    bw_status failed;

    int ends[2]; /* of the pipe: read, write */
    worker *workers;
    int n_workers;
};

static void note(bw_work *work, int32_t index, bw_status status)
{
    if (status == BW_OK || index >= work->failed_at)
        return;
    work->failed_at = index;
    work->failed = status;
}

static void announce(bw_work *work)
{
    char done = 0;
    while (write(work->ends[1], &done, 1) < 0)
        continue; /* a signal came between */
}

static void *worker_main(void *argument)
{
    worker *self = argument;
    bw_work *work = self->work;
    pthread_mutex_lock(&work->lock);
    for (;;) {
        while (!work->quit && work->next >= work->n)
            pthread_cond_wait(&work->wake, &work->lock);
        if (work->quit)
            break;
        int32_t index = work->next++;
        work->running++;
        pthread_mutex_unlock(&work->lock);
        bw_status status = work->task(work->data, index, self->number);
        pthread_mutex_lock(&work->lock);
        work->running--;
        note(work, index, status);
        if (work->running == 0 && work->next >= work->n)
            announce(work);
    }
    pthread_mutex_unlock(&work->lock);
    bw_mip_thread_done();
    return NULL;
}

static bool start_workers(bw_work *work)
{
    int wanted = work->settings->threads;
    work->workers = bw_alloc((size_t)wanted, sizeof *work->workers);
    if (!work->workers)
        return false;
    for (int i = 0; i < wanted; i++) {
        worker *w = &work->workers[i];
        *w = (worker){.work = work, .number = i};
        if (pthread_create(&w->thread, NULL, worker_main, w) != 0)
            return false;
        work->n_workers++;
    }
    return true;
}

bw_status bw_work_new(const bw_settings *settings, bw_work **work)
{
    assert(settings->threads >= 1 && settings->clock);
    *work = NULL;
    bw_work *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->settings = settings;
    made->began = settings->clock(settings->clock_data);
    made->limit = settings->seconds;
    if (pipe(made->ends) != 0) {
        bw_free(made);
        return BW_NOMEM;
    }
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    if (!start_workers(made)) {
        bw_work_free(made);
        return BW_NOMEM;
    }
    *work = made;
    return BW_OK;
}

void bw_work_free(bw_work *work)
{
    if (!work)
        return;
    pthread_mutex_lock(&work->lock);
    work->quit = true;
    pthread_cond_broadcast(&work->wake);
    pthread_mutex_unlock(&work->lock);
    for (int i = 0; i < work->n_workers; i++)
        pthread_join(work->workers[i].thread, NULL);
    pthread_cond_destroy(&work->wake);
    pthread_mutex_destroy(&work->lock);
    close(work->ends[0]);
    close(work->ends[1]);
    bw_free(work->workers);
    bw_free(work);
}

int bw_work_threads(const bw_work *work)
{
    return work->n_workers;
}

void bw_work_limit(bw_work *work, double seconds)
{
    work->limit = seconds;
    if (atomic_load(&work->stop) != 0 && work->why == BW_STOP_TIME)
        atomic_store(&work->stop, 0);
}

double bw_work_seconds(const bw_work *work)
{
    return work->settings->clock(work->settings->clock_data) - work->began;
}

const atomic_int *bw_work_stop(const bw_work *work)
{
    return &work->stop;
}

static void report(bw_work *work, double seconds)
{
    const bw_settings *settings = work->settings;
    if (!settings->progress || !work->now.phase)
        return;
    work->now.seconds = seconds;
    work->shown = work->now;
    work->shown_at = seconds;
    work->any_shown = true;
    settings->progress(settings->progress_data, &work->now);
}

bool bw_work_stopped(bw_work *work, bw_stop *why)
{
    const bw_settings *settings = work->settings;
    if (atomic_load(&work->stop) == 0) {
        bool interrupted =
            settings->interrupt && atomic_load(settings->interrupt) != 0;
        work->why = interrupted ? BW_STOP_INTERRUPT : BW_STOP_TIME;
        if (interrupted || bw_work_seconds(work) >= work->limit)
            atomic_store(&work->stop, 1);
    }
    if (why)
        *why = work->why;
    return atomic_load(&work->stop) != 0;
}

static bool is_better(const bw_work *work)
{
    const bw_progress *shown = &work->shown, *now = &work->now;
    return !work->any_shown || now->has_plan != shown->has_plan ||
           strcmp(now->phase, shown->phase) != 0 ||
           (now->has_plan && now->objective < shown->objective) ||
           now->bound > shown->bound;
}

static void look(bw_work *work)
{
    bw_work_stopped(work, NULL);
    if (work->look)
        work->look(work->look_data, &work->now);
    double seconds = bw_work_seconds(work);
    if (seconds >= work->shown_at + report_every ||
        (work->look && is_better(work)))
        report(work, seconds);
}

void bw_work_watch(bw_work *work, bw_work_look *better, void *data)
{
    work->look = better;
    work->look_data = data;
}

void bw_work_show(bw_work *work, const bw_progress *now)
{
    work->now = *now;
    if (is_better(work))
        report(work, bw_work_seconds(work));
    else
        look(work);
}

bw_status bw_work_run(bw_work *work, int32_t n, bw_task *task, void *data)
{
    if (n <= 0)
        return BW_OK;
    pthread_mutex_lock(&work->lock);
    work->task = task;
    work->data = data;
    work->next = 0;
    work->n = n;
    work->failed_at = n;
    work->failed = BW_OK;
    pthread_cond_broadcast(&work->wake);
    pthread_mutex_unlock(&work->lock);
    struct pollfd ready = {.fd = work->ends[0], .events = POLLIN};
    while (poll(&ready, 1, LOOK_MS) <= 0)
        look(work);
    char done;
    while (read(work->ends[0], &done, 1) < 0)
        continue;
    pthread_mutex_lock(&work->lock);
    work->n = work->next = 0;
    bw_status status = work->failed;
    pthread_mutex_unlock(&work->lock);
    look(work);
    return status;
}

int64_t bw_work_budget(int32_t n_units, bw_effort effort)
{
    static const double share[] = {[BW_EFFORT_QUICK] = 0.1,
                                   [BW_EFFORT_NORMAL] = 1,
                                   [BW_EFFORT_LONG] = 10,
                                   [BW_EFFORT_UNLIMITED] = 1e9};
    double work = 64e9 * pow(n_units / 10000.0, 0.75) * share[effort];
    work = fmax(work, 2e8); /* tiny plans: what a proof may take */
    return work < 4e18 ? (int64_t)work : INT64_MAX / 2;
}

bool bw_stalled(bw_stall *stall, int64_t spent, int64_t budget,
                double objective)
{
    if (spent - stall->spent < budget / 6)
        return false;
    bool gained = objective < stall->objective - 2e-5 * fabs(objective);
    *stall = (bw_stall){spent, objective};
    return !gained;
}
