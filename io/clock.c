/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <time.h>
#include <unistd.h>

double bw_now(void *nothing)
{
    (void)nothing;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int bw_online_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > BW_THREADS_MAX ? BW_THREADS_MAX : (int)n;
}
