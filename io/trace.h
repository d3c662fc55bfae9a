/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Quality against time: seconds, objective and bound at each improvement, as
 * CSV. A line is in the file as soon as it is noted, so that runs can be
 * watched and one that is ended by force has left what it knew. */
#ifndef BW_TRACE_H
#define BW_TRACE_H

#include "bw/diag.h"
#include "bw/settings.h"

#include <stdio.h>

/** Starts zeroed; without a file nothing is noted. */
typedef struct bw_trace {
    const char *path;
    FILE *file;
    int error; /* errno of the first write that failed, else 0 */
    bool any, has_plan;
    double objective, bound; /* of the last line */
} bw_trace;

/** Whether the file could be written, as far as can be told without touching
 * it. BW_IO with a fault where it could not. `path` NULL: nothing to do. */
bw_status bw_trace_check(const char *path, bw_diags *diags);
/** Empties the file and begins it with its header. BW_IO with a fault where
 * that fails: before the search, not after it. `path` NULL: nothing to do. */
bw_status bw_trace_open(bw_trace *trace, const char *path, bw_diags *diags);
/** Adds a line if plan or bound got better. */
void bw_trace_note(bw_trace *trace, const bw_progress *progress);
/** BW_IO with a fault where any line did not get there. */
bw_status bw_trace_close(bw_trace *trace, bw_diags *diags);

#endif
