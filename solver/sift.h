/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The exact linear relaxation by column sifting: solve it over a core of arcs,
 * price all allowed pairs, add what is cheaper than it should be, again. */
#ifndef BW_SIFT_H
#define BW_SIFT_H

#include "arcs.h"
#include "core_lp.h"
#include "pass.h"

/** What sifting starts from and leaves behind. */
typedef struct bw_sift {
    const bw_view *view;
    bw_pass *pass;
    const bw_clockwork *clockwork;
    bool cost_free;
    int32_t first_arcs; /* of least margin that enter the first core */
    double *price;      /* the best prices met; the caller's first ones */
    double *unit;       /* [n_units] at `price`: least c + sum p q + sum v b */
    int32_t *rep;       /* [n_units] whose it is */
    double value;     /* L(price) over all pairs; set by the caller with them */
    bool exact;       /* the relaxation was solved, and value is its value */
    bool blocked;     /* a hard side could not be kept at any price tried */
    bw_core_lp *core; /* the last program; belongs to the sift */
} bw_sift;

bw_status bw_sift_run(bw_sift *sift, const bw_arcs *arcs);
/** Frees the program; the arrays are the caller's. */
void bw_sift_done(bw_sift *sift);

#endif
