/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Branch and bound over the units of a few reps, with the present plan as
 * start and cutoff. With all reps it is the whole program. */
#ifndef BW_CORE_H
#define BW_CORE_H

#include "program.h"

/** How hard to try. */
typedef struct bw_core_how {
    int64_t nodes;      /* branch and bound nodes at most */
    int64_t iterations; /* of the simplex method in all; 0: no limit */
    double step;        /* a better plan is better by it at least, money */
    bool by_size;       /* branch on large units first, upwards */
    bool prove;         /* best bound first: to prove rather than to find */
} bw_core_how;

/** A task and its result. */
typedef struct bw_core {
    bw_scope scope;
    bw_core_how how;
    const atomic_int *stop;

    bw_move *moves;  /* what to change, released by the caller */
    int32_t n_moves; /* 0: nothing better */
    double gain;     /* money, as the program sees it */
    double bound;    /* proven least value of the program, with `value` the
                      * plan's on the same scale; INFINITY: no solution */
    double value;
    bool solved; /* nothing better exists among these arcs */
    int64_t work;
} bw_core;

bw_status bw_core_solve(bw_core *core);

#endif
