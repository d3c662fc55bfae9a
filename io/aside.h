/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One piece of work beside another, on a second core. */
#ifndef BW_ASIDE_H
#define BW_ASIDE_H

#include "bw/status.h"

#include <pthread.h>
#include <stdbool.h>

typedef struct bw_aside {
    bw_status (*work)(void *data);
    void *data; /* the work's own until the end */
    bw_status status;
    bool running;
    pthread_t thread;
} bw_aside;

/** Begins `work`; where no thread can be made it is done at once. */
void bw_aside_begin(bw_aside *aside, bw_status (*work)(void *data), void *data);
/** Waits for it: what it returned. */
bw_status bw_aside_end(bw_aside *aside);

#endif
