/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The prices of budgets that the search goes by. Those of the relaxation are
 * right for parts of units: plans in whole units, descended at these prices,
 * use a tenth or a fifth too much where few may move, and what brings them back
 * inside is dear. So the search watches what its local optima use, and raises
 * or lowers the prices until that is what there is. */
#ifndef BW_TOLLS_H
#define BW_TOLLS_H

#include "net.h"

typedef struct bw_tolls {
    bw_net *net;
    double *price; /* [n_budgets] now */
    double *least; /* [n_budgets] those of the relaxation */
    double *seen;  /* [n_budgets] use at local optima, sum, quanta */
    int32_t n_seen;
} bw_tolls;

/** Borrows the net. */
bw_status bw_tolls_new(bw_net *net, bw_tolls **tolls);
void bw_tolls_free(bw_tolls *tolls); /* NULL is fine */

/** A local optimum used so much. */
void bw_tolls_note(bw_tolls *tolls, const int64_t *use);

/** Prices the net by what was seen since the last time, which is forgotten.
 * False: the prices are right, within a little. */
bool bw_tolls_adapt(bw_tolls *tolls);

#endif
