/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Blocks of the summary that have a file of their own. Each ends with an empty
 * line, or adds nothing. */
#ifndef BW_TERMINAL_PARTS_H
#define BW_TERMINAL_PARTS_H

#include "screen.h"

/** All reps, or the ends of the list where it is long (terminal_reps.c). */
bw_status bw_show_reps(const bw_screen *screen);
/** Today against the plan (terminal_bands.c). */
void bw_show_change(const bw_screen *screen);
/** What is outside a band, the dearest first (terminal_bands.c). */
bw_status bw_show_outside(const bw_screen *screen);
/** The limits that cost most, by price (terminal_bands.c). */
void bw_show_dearest(const bw_screen *screen);

/** Name of a rep, or its id where it has none. */
const char *bw_rep_label(const bw_problem *problem, int32_t rep);

#endif
