/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The summary that a run prints: what the plan costs and how near it is to
 * the best, what changes against today, who is loaded how, what is outside its
 * band, where the tables are. 80 columns. */
#ifndef BW_TERMINAL_H
#define BW_TERMINAL_H

#include "screen.h"

/** BW_NOMEM. */
bw_status bw_show_summary(const bw_screen *screen);

/** True when the file is a terminal whose locale is UTF-8. */
bool bw_is_utf8_terminal(int descriptor);

/** Columns of the terminal; 80 where the file is none or does not know. */
int bw_terminal_columns(int descriptor);

#endif
