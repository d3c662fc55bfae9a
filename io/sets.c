/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sets.h"

int32_t bw_sets_top(int32_t *up, int32_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

void bw_sets_join(int32_t *up, int32_t a, int32_t b)
{
    a = bw_sets_top(up, a);
    b = bw_sets_top(up, b);
    if (a < b)
        up[b] = a;
    else
        up[a] = b;
}
