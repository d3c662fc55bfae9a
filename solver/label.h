/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Labels of the search for ejection chains (chain.h), by length. */
#ifndef BW_LABEL_H
#define BW_LABEL_H

#include <stdbool.h>
#include <stdint.h>

/* The best chain of one length that ends by sending a unit on. `path`: the
 * start has left its rep and its leaving is paid; else the start's place is
 * still to be settled: left, or taken by the chain's last unit. */
typedef struct bw_label {
    double cost; /* below 0, or 0: none */
    int32_t from, start;
    bool path;
} bw_label;

typedef struct bw_level {
    bw_label *label;  /* [n_units] */
    int32_t *touched; /* [n_units] units that have a label */
    int32_t n;
} bw_level;

/** Moves the n best labels to the front of the touched list, in no order. */
void bw_level_choose(bw_level *level, int32_t n);

/** The better of what a rep's slots hold and what `unit` offers them, with
 * cost[n] and where it came from; n is rounded up to whole blocks. */
void bw_label_slots(const double *restrict cost, int32_t unit, int32_t n,
                    double *restrict best, double *restrict from);

/** The same where the unit begins a chain by which its rep saves `open` if
 * nobody takes its place: what is not `below` then stands for a path, `open`
 * cheaper, as -1 - unit. */
void bw_label_open(const double *cost, double open, double below, int32_t unit,
                   int32_t n, double *best, double *from);

/** A chain that improves: its last unit, at its level, goes to rep. */
typedef struct bw_found {
    double gain; /* below 0 */
    int32_t level, unit, rep;
} bw_found;

/** For qsort: most gain first, ties by number. */
int bw_found_by_gain(const void *a, const void *b);

#endif
