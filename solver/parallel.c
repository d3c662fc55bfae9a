/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads live for one call: starting one costs some 20 microseconds, and what
 * is worth sharing takes milliseconds. */
#include "parallel.h"

#include "bw/alloc.h"
#include "mip.h"

#include <assert.h>
#include <pthread.h>

typedef struct team {
    bw_job *job;
    void *data;
    int32_t n_jobs;
    atomic_int_fast32_t next;
    pthread_mutex_t lock; /* guards what follows */
    bw_status failed;
    int32_t failed_number;
} team;

typedef struct member {
    team *team;
    int worker;
    pthread_t thread;
} member;

static void note_failure(team *t, int32_t number, bw_status status)
{
    pthread_mutex_lock(&t->lock);
    if (t->failed == BW_OK || number < t->failed_number) {
        t->failed = status;
        t->failed_number = number;
    }
    pthread_mutex_unlock(&t->lock);
    atomic_store(&t->next, t->n_jobs);
}

static void work(team *t, int worker)
{
    for (;;) {
        int_fast32_t number = atomic_fetch_add(&t->next, 1);
        if (number >= t->n_jobs)
            return;
        bw_status status = t->job(t->data, worker, (int32_t)number);
        if (status != BW_OK)
            note_failure(t, (int32_t)number, status);
    }
}

static void *begin(void *argument)
{
    member *m = argument;
    work(m->team, m->worker);
    bw_mip_thread_done();
    return NULL;
}

bw_status bw_parallel(int threads, int32_t n_jobs, bw_job *job, void *data)
{
    assert(threads >= 1 && n_jobs >= 0);
    team t = {.job = job, .data = data, .n_jobs = n_jobs, .failed = BW_OK};
    int helpers = (threads < n_jobs ? threads : n_jobs) - 1;
    member *members = NULL;
    if (helpers > 0)
        members = bw_alloc((size_t)helpers, sizeof *members);
    if (pthread_mutex_init(&t.lock, NULL) != 0) {
        bw_free(members);
        return BW_NOMEM;
    }
    int started = 0;
    while (members && started < helpers) {
        member *m = &members[started];
        *m = (member){.team = &t, .worker = started + 1};
        if (pthread_create(&m->thread, NULL, begin, m) != 0)
            break;
        started++;
    }
    work(&t, 0);
    for (int i = 0; i < started; i++)
        pthread_join(members[i].thread, NULL);
    pthread_mutex_destroy(&t.lock);
    bw_free(members);
    return t.failed;
}
