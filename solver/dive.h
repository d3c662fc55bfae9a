/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rounding the relaxation of some reps step by step: the largest unit that is
 * split is settled, the relaxation solved again, and so forth. Few large units
 * decide what the rest can make of it, so for them each choice is tried. */
#ifndef BW_DIVE_H
#define BW_DIVE_H

#include "program.h"

typedef struct bw_dive {
    bw_scope scope;
    int32_t trial_iterations; /* of the simplex method, for each choice */
    double trial_size;        /* smaller units are rounded to their largest
                               * part without trial */
    const atomic_int *stop;

    int32_t *result; /* [net units] the caller's; set for units of the set */
    bool complete;   /* came to an end with nothing split */
    int64_t work;
} bw_dive;

bw_status bw_dive_run(bw_dive *dive);

#endif
