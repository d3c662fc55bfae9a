/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress lines. */
#include "progress.h"

#include "bw/plan.h"
#include "number.h"

#include <math.h>
#include <string.h>

bw_progress_line bw_progress_begin(FILE *out, bool terminal)
{
    return (bw_progress_line){out, terminal, NULL, -1, 0};
}

static bool is_due(const bw_progress_line *line, const bw_progress *progress)
{
    bool new_phase = !line->phase || strcmp(line->phase, progress->phase) != 0;
    double pause = line->terminal ? 0.1 : 2.0;
    return new_phase || line->shown < 0 ||
           progress->seconds - line->shown >= pause;
}

/* A bound of all prices 0 may be -infinity or no bound at all yet. */
static void amount(char *text, size_t size, const char *name, double money)
{
    if (isfinite(money) && fabs(money) < 1e18)
        snprintf(text, size, "  %s %s", name,
                 bw_number_whole((int64_t)llround(money)).text);
    else
        text[0] = '\0';
}

static void compose(char *text, size_t size, const bw_progress *progress)
{
    char plan[64] = "", bound[64], gap[64] = "";
    amount(bound, sizeof bound, "bound", progress->bound);
    if (progress->has_plan) {
        double distance = progress->objective - progress->bound;
        amount(plan, sizeof plan, "plan", progress->objective);
        snprintf(
            gap, sizeof gap, "  gap %s",
            bw_number_percent(distance / fmax(fabs(progress->objective), 1))
                .text);
    }
    snprintf(text, size, "%7.1f s  %-8s%s%s%s", progress->seconds,
             progress->phase, plan, bound, gap);
}

void bw_progress_show(void *data, const bw_progress *progress)
{
    bw_progress_line *line = data;
    if (!is_due(line, progress))
        return;
    char text[256];
    compose(text, sizeof text, progress);
    if (line->terminal) {
        text[79] = '\0'; /* a line that wraps could not be erased */
        fprintf(line->out, "\r%-*s", line->columns, text);
        line->columns = (int)strlen(text);
    } else {
        fprintf(line->out, "%s\n", text);
    }
    fflush(line->out);
    line->phase = progress->phase;
    line->shown = progress->seconds;
}

void bw_progress_end(bw_progress_line *line)
{
    if (line->terminal && line->columns)
        fprintf(line->out, "\r%*s\r", line->columns, "");
    fflush(line->out);
    line->columns = 0;
}
