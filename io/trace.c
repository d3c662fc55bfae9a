/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seconds,objective,bound; the objective is blank until there is a plan. */
#include "trace.h"

#include "csv_write.h"

#include <math.h>

static bool is_better(const bw_trace *trace, const bw_progress *progress)
{
    if (!trace->any || progress->bound > trace->bound)
        return true;
    return progress->has_plan &&
           (!trace->has_plan || progress->objective < trace->objective);
}

void bw_trace_note(bw_trace *trace, const bw_progress *progress)
{
    if (!is_better(trace, progress))
        return;
    bw_csv csv = {&trace->text, 0};
    if (!trace->any)
        bw_buf_text(&trace->text, "seconds,objective,bound\n");
    bw_csv_double(&csv, round(progress->seconds * 1e6) / 1e6);
    bw_csv_double(&csv, progress->has_plan ? progress->objective : (double)NAN);
    bw_csv_double(&csv, progress->bound);
    bw_csv_end(&csv);
    trace->any = true;
    trace->has_plan = progress->has_plan;
    trace->objective = progress->objective;
    trace->bound = progress->bound;
}

void bw_trace_free(bw_trace *trace)
{
    bw_buf_free(&trace->text);
}
