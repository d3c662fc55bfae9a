/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heap of the best labels so far, the worst of them on top, in place. */
#include "label.h"

static bool better_label(const bw_level *l, int32_t a, int32_t b)
{
    double x = l->label[a].cost, y = l->label[b].cost;
    return x < y || (x == y && a < b);
}

static void sink(bw_level *l, int32_t at, int32_t n)
{
    int32_t *heap = l->touched;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= n)
            return;
        if (child + 1 < n && better_label(l, heap[child], heap[child + 1]))
            child++;
        if (better_label(l, heap[child], heap[at]))
            return;
        int32_t swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
        at = child;
    }
}

void bw_level_choose(bw_level *l, int32_t n)
{
    int32_t *heap = l->touched;
    for (int32_t i = n / 2 - 1; i >= 0; i--)
        sink(l, i, n);
    for (int32_t i = n; i < l->n; i++) {
        if (!better_label(l, heap[i], heap[0]))
            continue;
        int32_t swap = heap[0];
        heap[0] = heap[i];
        heap[i] = swap;
        sink(l, 0, n);
    }
}
