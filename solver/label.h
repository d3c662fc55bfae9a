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

#endif
