/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Tells the one who looks on; `watch` NULL: nobody does. */
#ifndef BW_WATCH_TELL_H
#define BW_WATCH_TELL_H

#include "bw/watch.h"

void bw_watch_tell(const bw_load_watch *watch,
                   const bw_load_progress *progress);

/** A step without a measure begins; file NULL: it concerns no single file. */
void bw_watch_step(const bw_load_watch *watch, const char *doing,
                   const char *file);

#endif
