/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Threads, stops and progress. Work goes in rounds of independent tasks whose
 * results the caller merges in task order, so that the outcome does not depend
 * on the number of threads. Limits on effort are counted in work, not in time:
 * a unit of work is about a nanosecond of one core. */
#ifndef BW_WORK_H
#define BW_WORK_H

#include "bw/settings.h"

typedef struct bw_work bw_work;

/** One task of a round. `thread` numbers the scratch space it may use. */
typedef bw_status bw_task(void *data, int32_t index, int thread);

/** Starts the threads. BW_NOMEM also where a thread cannot be had. */
bw_status bw_work_new(const bw_settings *settings, bw_work **work);
void bw_work_free(bw_work *work); /* NULL is fine */

/** Threads there are: numbers below it are passed to tasks. */
int bw_work_threads(const bw_work *work);

/** Runs task(data, 0 .. n-1) and comes back when all have returned. Meanwhile
 * it looks at clock and interrupt and reports progress. Tasks that have not
 * begun when the run is stopped are begun nevertheless: they see the stop. The
 * status is that of the first task, in order, that failed. */
bw_status bw_work_run(bw_work *work, int32_t n, bw_task *task, void *data);

/** Becomes 1 when time is up or the user interrupts. Tasks poll it. */
const atomic_int *bw_work_stop(const bw_work *work);
/** Looks at clock and interrupt now. True: stop, and *why says for what. */
bool bw_work_stopped(bw_work *work, bw_stop *why);
/** Time is up after so many seconds since the start (at first those of the
 * settings); a run that was stopped for time may go on until then. */
void bw_work_limit(bw_work *work, double seconds);
/** Seconds since the start. */
double bw_work_seconds(const bw_work *work);

/** What progress reports from now on; reported at once if it is better than
 * what was last reported. */
void bw_work_show(bw_work *work, const bw_progress *now);

/** While tasks run, `better` is asked from the calling thread, a few times a
 * second, for something better to report. NULL: nobody any more. */
typedef void bw_work_look(void *data, bw_progress *now);
void bw_work_watch(bw_work *work, bw_work_look *better, void *data);

/** Work that an effort stands for: normal is about a minute of two cores for
 * 10,000 units, less than in proportion for larger plans, and a few seconds
 * for small ones. */
int64_t bw_work_budget(int32_t n_units, bw_effort effort);

/** When a notable gain was last looked for. `objective` starts at INFINITY. */
typedef struct bw_stall {
    int64_t spent;
    double objective;
} bw_stall;

/** True when a sixth of the budget has brought next to nothing. objective: of
 * the plan, INFINITY: none. */
bool bw_stalled(bw_stall *stall, int64_t spent, int64_t budget,
                double objective);

#endif
