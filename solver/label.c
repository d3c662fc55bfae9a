/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps over a rep's slots, where offers meet: each slot keeps the least cost
 * and who offered it, as doubles both, so that the choice is made for a block
 * of slots at a time. The best labels of a level come to the front by a heap
 * in place. */
#include "label.h"

#include "state.h"

/* The better of label and offer in each slot, without branches, for the
 * vectoriser. */
void bw_label_slots(const double *restrict cost, int32_t unit, int32_t n,
                    double *restrict best, double *restrict from)
{
    const double code = unit;
    for (int32_t at = 0; at < n; at += BW_SLOT_BLOCK) {
        const double *restrict c = cost + at;
        double *restrict b = best + at, *restrict f = from + at;
        for (int i = 0; i < BW_SLOT_BLOCK; i++)
            f[i] = c[i] < b[i] ? code : f[i];
        for (int i = 0; i < BW_SLOT_BLOCK; i++)
            b[i] = c[i] < b[i] ? c[i] : b[i];
    }
}

void bw_label_open(const double *cost, double open, double below, int32_t unit,
                   int32_t n, double *best, double *from)
{
    for (int32_t slot = 0; slot < n; slot++) {
        bool path = cost[slot] >= below;
        double value = path ? cost[slot] - open : cost[slot];
        if (value >= best[slot])
            continue;
        best[slot] = value;
        from[slot] = path ? -1 - (double)unit : unit;
    }
}

/* A heap of the best labels so far, the worst of them on top, in place. */
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

int bw_found_by_gain(const void *a, const void *b)
{
    const bw_found *x = a, *y = b;
    if (x->gain != y->gain)
        return x->gain < y->gain ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->rep != y->rep)
        return x->rep < y->rep ? -1 : 1;
    return (x->level > y->level) - (x->level < y->level);
}
