/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that change, below those that stay. */
#include "lanes.h"

#include "bw/alloc.h"
#include "width.h"

#include <string.h>

enum {
    NAME_WIDTH = 24 /* columns that a name may take */
};

bw_status bw_lanes_begin(bw_lanes *lanes, const char *const *name, int n)
{
    lanes->lane = bw_alloc((size_t)n, sizeof *lanes->lane);
    if (!lanes->lane)
        return BW_NOMEM;
    lanes->n = n;
    for (int i = 0; i < n; i++) {
        int width = bw_text_width(name[i]);
        lanes->lane[i].name = name[i];
        lanes->lane[i].line = bw_progress_begin(lanes->out, lanes->terminal);
        if (width > lanes->name_width)
            lanes->name_width = width < NAME_WIDTH ? width : NAME_WIDTH;
    }
    return BW_OK;
}

/* Back to the first of the lines that change, all of them gone. */
static void erase(bw_lanes *lanes)
{
    if (lanes->drawn > 0)
        fprintf(lanes->out, "\033[%dA\r\033[J", lanes->drawn);
    lanes->drawn = 0;
}

static void put(const bw_lanes *lanes, int lane, const char *text, int columns)
{
    bw_buf line = {0}, whole = {0};
    bw_text_fit_ends(&whole, lanes->lane[lane].name, lanes->name_width, false);
    bw_buf_format(&whole, "  %s", text);
    if (whole.text && !whole.failed)
        bw_text_cut(&line, whole.text, columns, false);
    if (line.text && !line.failed)
        fprintf(lanes->out, "%s\n", line.text);
    bw_buf_free(&line);
    bw_buf_free(&whole);
}

/* A line that wraps could not be erased: one column is left free. */
static void draw(bw_lanes *lanes)
{
    for (int i = 0; lanes->terminal && !lanes->quiet && i < lanes->n; i++) {
        if (!lanes->lane[i].busy)
            continue;
        put(lanes, i, lanes->lane[i].text, lanes->columns - 1);
        lanes->drawn++;
    }
    fflush(lanes->out);
}

void bw_lanes_end(bw_lanes *lanes)
{
    if (!lanes->lane)
        return;
    erase(lanes);
    fflush(lanes->out);
    bw_free(lanes->lane);
    lanes->lane = NULL;
}

void bw_lanes_start(bw_lanes *lanes, int lane)
{
    lanes->lane[lane].busy = true;
    strcpy(lanes->lane[lane].text, "reading");
    erase(lanes);
    draw(lanes);
}

void bw_lanes_show(bw_lanes *lanes, int lane, const bw_progress *progress)
{
    bw_lane *l = &lanes->lane[lane];
    if (lanes->quiet || !bw_progress_due(&l->line, progress))
        return;
    bw_progress_text(l->text, progress);
    if (!lanes->terminal) {
        put(lanes, lane, l->text, BW_PROGRESS_ROOM);
        fflush(lanes->out);
        return;
    }
    erase(lanes);
    draw(lanes);
}

void bw_lanes_done(bw_lanes *lanes, int lane, const char *text)
{
    lanes->lane[lane].busy = false;
    erase(lanes);
    if (!lanes->quiet)
        put(lanes, lane, text, BW_PROGRESS_ROOM);
    draw(lanes);
}

void bw_lanes_say(bw_lanes *lanes, const char *text)
{
    if (!text || !*text)
        return;
    erase(lanes);
    fputs(text, lanes->out);
    draw(lanes);
}
