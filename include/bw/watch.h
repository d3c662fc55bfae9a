/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Who looks on while files are read. */
#ifndef BW_WATCH_H
#define BW_WATCH_H

#include <stddef.h>

/** How far a step of reading a file is, or of looking at what was read. */
typedef struct bw_load_progress {
    const char *doing;  /* reading, hashing, unpacking, decoding ... */
    const char *file;   /* NULL: what is done concerns no single file */
    size_t done, total; /* bytes; total 0: not known; both 0: no measure */
} bw_load_progress;

/** `progress` is called from the thread that reads, once a megabyte or so, and
 * once where a step without a measure begins. */
typedef struct bw_load_watch {
    void (*progress)(void *data, const bw_load_progress *progress);
    void *data;
} bw_load_watch;

#endif
