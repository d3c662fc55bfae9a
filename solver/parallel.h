/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Independent jobs on a few threads. Results must not depend on which thread
 * took which job: a job writes to what belongs to its number, and sums are made
 * afterwards in the order of the numbers. */
#ifndef BW_PARALLEL_H
#define BW_PARALLEL_H

#include "bw/status.h"

#include <stdint.h>

/** worker: 0 .. threads-1, for scratch that belongs to a thread. */
typedef bw_status bw_job(void *data, int worker, int32_t number);

/** Runs jobs 0 .. n_jobs-1, each once, on at most `threads` threads, the
 * calling one among them; where a thread cannot be made, on fewer. The status
 * of the lowest-numbered job that failed; jobs not yet begun are then left
 * out. */
bw_status bw_parallel(int threads, int32_t n_jobs, bw_job *job, void *data);

#endif
