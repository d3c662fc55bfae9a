/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Progress of several runs at once, on stderr: on a terminal a line for each
 * run at work, below the lines that stay; else plain lines that begin with the
 * run's name. */
#ifndef BW_LANES_H
#define BW_LANES_H

#include "progress.h"

typedef struct bw_lane {
    const char *name;
    bw_progress_line line; /* when the next one is due */
    char text[BW_PROGRESS_ROOM];
    bool busy;
} bw_lane;

typedef struct bw_lanes {
    FILE *out;
    bool terminal, quiet;
    int columns;   /* of the terminal */
    bw_lane *lane; /* [n] */
    int n, drawn;
    int name_width;
} bw_lanes;

/** `lanes` with out, terminal, quiet, columns set; the names are borrowed.
 * BW_NOMEM. */
bw_status bw_lanes_begin(bw_lanes *lanes, const char *const *name, int n);
void bw_lanes_end(bw_lanes *lanes);

/** A run begins. */
void bw_lanes_start(bw_lanes *lanes, int lane);
void bw_lanes_show(bw_lanes *lanes, int lane, const bw_progress *progress);
/** A run is over: "NAME  text" stays. Not shown when quiet. */
void bw_lanes_done(bw_lanes *lanes, int lane, const char *text);
/** Whole lines that stay, whether quiet or not; empty text: nothing. */
void bw_lanes_say(bw_lanes *lanes, const char *text);

#endif
