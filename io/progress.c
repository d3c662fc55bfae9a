/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress lines. */
#include "progress.h"

#include "bw/plan.h"
#include "number.h"
#include "width.h"

#include <math.h>
#include <string.h>

enum {
    NAME_WIDTH = 40 /* columns that the name of a file may take */
};
static const double WAIT = 1, PAUSE = 0.2, QUICK = 0.3; /* seconds */
static const double MEGABYTE = 1e6;

bw_progress_line bw_progress_begin(FILE *out, bool terminal)
{
    return (bw_progress_line){out, terminal, NULL, -1, 0};
}

bool bw_progress_due(bw_progress_line *line, const bw_progress *progress)
{
    bool new_phase = !line->phase || strcmp(line->phase, progress->phase) != 0;
    double pause = line->terminal ? 0.1 : 2.0;
    if (!new_phase && line->shown >= 0 &&
        progress->seconds - line->shown < pause)
        return false;
    line->phase = progress->phase;
    line->shown = progress->seconds;
    return true;
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

void bw_progress_text(char text[BW_PROGRESS_ROOM], const bw_progress *progress)
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
    snprintf(text, BW_PROGRESS_ROOM, "%7.1f s  %-8s%s%s%s", progress->seconds,
             progress->phase, plan, bound, gap);
}

void bw_progress_show(void *data, const bw_progress *progress)
{
    bw_progress_line *line = data;
    if (!bw_progress_due(line, progress))
        return;
    char text[BW_PROGRESS_ROOM];
    bw_progress_text(text, progress);
    if (line->terminal) {
        text[79] = '\0'; /* a line that wraps could not be erased */
        fprintf(line->out, "\r%-*s", line->columns, text);
        line->columns = (int)strlen(text);
    } else {
        fprintf(line->out, "%s\n", text);
    }
    fflush(line->out);
}

bw_reading_line bw_reading_begin(FILE *out, bool terminal,
                                 double (*clock)(void *))
{
    bw_reading_line reading = {bw_progress_begin(out, terminal), clock, 0, 0};
    reading.begun = reading.shown = clock(NULL);
    return reading;
}

static bool reading_due(const bw_reading_line *reading, bool step, double now)
{
    if (step)
        return now - reading->begun >= QUICK;
    return now - reading->begun >= WAIT && now - reading->shown >= PAUSE;
}

/* "reading accounts.csv  45 % of 110 MB", "placing accounts ..." */
static void reading_text(bw_buf *text, const bw_load_progress *progress)
{
    const char *slash = progress->file ? strrchr(progress->file, '/') : NULL;
    bw_buf_format(text, "%s ", progress->doing);
    if (progress->file)
        bw_text_cut(text, slash ? slash + 1 : progress->file, NAME_WIDTH,
                    false);
    if ((double)progress->total >= MEGABYTE)
        bw_buf_format(text, "  %.0f %% of %.0f MB",
                      100 * (double)progress->done / (double)progress->total,
                      (double)progress->total / MEGABYTE);
    else if (progress->total == 0 && progress->done > 0)
        bw_buf_format(text, "  %.0f MB", (double)progress->done / MEGABYTE);
    else
        bw_buf_text(text, progress->file ? " ..." : "...");
}

void bw_reading_show(void *data, const bw_load_progress *progress)
{
    bw_reading_line *reading = data;
    bw_progress_line *line = &reading->line;
    double now = reading->clock(NULL);
    bool step = progress->done == 0 && progress->total == 0;
    if (!line->terminal || !reading_due(reading, step, now))
        return;
    bw_buf text = {0};
    reading_text(&text, progress);
    if (text.text && !text.failed) {
        int width = bw_text_width(text.text);
        fprintf(line->out, "\r%s%*s", text.text,
                width < line->columns ? line->columns - width : 0, "");
        fflush(line->out);
        line->columns = width;
    }
    bw_buf_free(&text);
    reading->shown = now;
}

void bw_progress_end(bw_progress_line *line)
{
    if (line->terminal && line->columns)
        fprintf(line->out, "\r%*s\r", line->columns, "");
    fflush(line->out);
    line->columns = 0;
}
