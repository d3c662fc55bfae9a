/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers 0 .. n-1 in sets that can be joined: up[i] leads towards the
 * smallest of the set, which stands for it; at first up[i] = i. */
#ifndef BW_SETS_H
#define BW_SETS_H

#include <stdint.h>

/** The smallest of the set; shortens the way to it. */
int32_t bw_sets_top(int32_t *up, int32_t i);
void bw_sets_join(int32_t *up, int32_t a, int32_t b);

#endif
