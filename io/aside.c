/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread with a result. */
#include "aside.h"

static void *run(void *data)
{
    bw_aside *aside = data;
    aside->status = aside->work(aside->data);
    return NULL;
}

void bw_aside_begin(bw_aside *aside, bw_status (*work)(void *data), void *data)
{
    aside->work = work;
    aside->data = data;
    aside->running = pthread_create(&aside->thread, NULL, run, aside) == 0;
    if (!aside->running)
        run(aside);
}

bw_status bw_aside_end(bw_aside *aside)
{
    if (aside->running)
        pthread_join(aside->thread, NULL);
    aside->running = false;
    return aside->status;
}
