/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch_tell.h"

void bw_watch_tell(const bw_load_watch *watch, const bw_load_progress *progress)
{
    if (watch && watch->progress)
        watch->progress(watch->data, progress);
}

void bw_watch_step(const bw_load_watch *watch, const char *doing,
                   const char *file)
{
    bw_watch_tell(watch, &(bw_load_progress){doing, file, 0, 0});
}
