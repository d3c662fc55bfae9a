/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Runs of the program in processes of their own: one that crashes takes nobody
 * with it, and what it used is free when it has ended. It reports through a
 * pipe; what it says on stderr is kept until it has ended. */
#ifndef BW_WORKER_H
#define BW_WORKER_H

#include "buf.h"
#include "bw/settings.h"

#include <stdio.h>
#include <sys/types.h>

enum {
    BW_WORKERS_MAX = 256
};

/** How far it is. `phase` of the progress is not sent but copied. */
typedef struct bw_report {
    bw_progress progress;
    char phase[16];
    bool kept;  /* there is nothing to do: what is there is what is wanted */
    bool ended; /* the last one, sent for it: its exit code is meant */
} bw_report;

typedef struct bw_worker {
    pid_t process; /* 0: none */
    int pipe;
    FILE *log;
    bool ended; /* it said so */
} bw_worker;

/** What it ended with. */
typedef struct bw_ending {
    int code;   /* its exit code; of one that did not come to its end: -1 */
    int signal; /* that ended it; 0: none */
    bw_buf log; /* what it said; the caller's */
} bw_ending;

/** Work in the new process: the result is its exit code. `reports` is for
 * bw_worker_report. */
typedef int bw_work(void *data, int reports);

/** BW_NOMEM, BW_IO (errno): no process was started. */
bw_status bw_worker_start(bw_worker *worker, bw_work *work, void *data);

/** In the process that works. Cannot fail: one who is not heard goes on. */
void bw_worker_report(int reports, const bw_report *report);

typedef void bw_worker_heard(void *data, int worker, const bw_report *report);
/** Waits until one of the workers has ended, handing on what they report.
 * Its number; -1: a signal came, or none is at work. */
int bw_workers_wait(bw_worker *worker, int n, bw_worker_heard *heard,
                    void *data);
/** Of one that has ended; waits for one that has not. */
void bw_worker_end(bw_worker *worker, bw_ending *ending);

#endif
