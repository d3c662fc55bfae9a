/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What every block of the terminal summary is made from. */
#ifndef BW_SCREEN_H
#define BW_SCREEN_H

#include "buf.h"
#include "bw/frontier.h"
#include "bw/positions.h"
#include "bw/repair.h"
#include "today.h"

typedef struct bw_screen {
    const bw_figures *figures;
    const bw_today *today;
    const char *dir; /* as the user wrote it */
    bool utf8;       /* block characters instead of plain ones */
    bw_buf *buf;
    const bw_repair *repair;       /* NULL: none */
    const bw_frontier *frontier;   /* likewise */
    const bw_positions *positions; /* likewise */
} bw_screen;

#endif
