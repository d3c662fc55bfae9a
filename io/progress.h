/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How far the search is, on stderr: one line that changes on a terminal, else
 * plain lines, one in two seconds at most and one for each phase. */
#ifndef BW_PROGRESS_H
#define BW_PROGRESS_H

#include "bw/solve.h"
#include "bw/watch.h"

#include <stdio.h>

typedef struct bw_progress_line {
    FILE *out;
    bool terminal; /* \r and an erased line instead of new lines */
    const char *phase;
    double shown; /* seconds of the last line; < 0: none yet */
    int columns;  /* of the line that stands on the terminal */
} bw_progress_line;

bw_progress_line bw_progress_begin(FILE *out, bool terminal);
/** Whether a line is due: the phase is another one, or it has been long since
 * the last; then it counts as shown. */
bool bw_progress_due(bw_progress_line *line, const bw_progress *progress);
enum {
    BW_PROGRESS_ROOM = 256
};
/** "3.4 s  search  plan 1,234  bound 1,200  gap 2.8 %" */
void bw_progress_text(char text[BW_PROGRESS_ROOM], const bw_progress *progress);
/** Fits bw_settings.progress; `data` is the bw_progress_line. */
void bw_progress_show(void *data, const bw_progress *progress);

/** How far reading is, on a terminal alone: bytes once it has taken a second,
 * five times a second at most; a step without a measure as soon as it begins,
 * unless all was quick so far. */
typedef struct bw_reading_line {
    bw_progress_line line;
    double (*clock)(void *); /* seconds */
    double begun, shown;
} bw_reading_line;

bw_reading_line bw_reading_begin(FILE *out, bool terminal,
                                 double (*clock)(void *));
/** Fits bw_load_watch.progress; `data` is the bw_reading_line. */
void bw_reading_show(void *data, const bw_load_progress *progress);

/** Erases the line of a terminal. */
void bw_progress_end(bw_progress_line *line);

#endif
