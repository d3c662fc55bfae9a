/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether it is time to give up: told to stop, interrupted, or out of
 * seconds. Nothing else in the solver depends on the clock. */
#ifndef BW_CLOCKWORK_H
#define BW_CLOCKWORK_H

#include "bw/settings.h"

#include <math.h>

typedef struct bw_clockwork {
    const bw_settings *settings;
    const atomic_int *stop; /* NULL: nobody else stops it */
    double start;           /* on the settings' clock */
} bw_clockwork;

static inline bw_clockwork bw_clockwork_start(const bw_settings *settings,
                                              const atomic_int *stop)
{
    return (bw_clockwork){settings, stop,
                          settings->clock(settings->clock_data)};
}

static inline bool bw_clockwork_over(const bw_clockwork *c)
{
    const bw_settings *s = c->settings;
    if (c->stop && atomic_load(c->stop))
        return true;
    if (s->interrupt && atomic_load(s->interrupt))
        return true;
    return isfinite(s->seconds) &&
           s->clock(s->clock_data) - c->start >= s->seconds;
}

#endif
