/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The machine: what time it is, how many cores there are. */
#ifndef BW_CLOCK_H
#define BW_CLOCK_H

enum {
    BW_THREADS_MAX = 256
};

/** Seconds from some start, never backwards; for bw_settings. */
double bw_now(void *nothing);
/** Cores that are there, from 1 to BW_THREADS_MAX. */
int bw_online_cores(void);

#endif
