/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Quality against time: seconds, objective and bound at each improvement. */
#ifndef BW_TRACE_H
#define BW_TRACE_H

#include "buf.h"

#include "bw/settings.h"

/** Starts zeroed. */
typedef struct bw_trace {
    bw_buf text; /* CSV with a header once anything was noted */
    bool any, has_plan;
    double objective, bound; /* of the last line */
} bw_trace;

/** Adds a line if plan or bound got better. */
void bw_trace_note(bw_trace *trace, const bw_progress *progress);
void bw_trace_free(bw_trace *trace);

#endif
