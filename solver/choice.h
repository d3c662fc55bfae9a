/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which kind of round comes next: by what each has gained for its work. */
#ifndef BW_CHOICE_H
#define BW_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum bw_kind {
    BW_CHILDREN, /* of a small population (memetic.h) */
    BW_KICKS,    /* kicks in regions of reps (polish.h) */
    BW_PROGRAMS, /* integer programs over a few reps (improve.h) */
    BW_N_KINDS
} bw_kind;

/** Starts zeroed but for what is marked the caller's. */
typedef struct bw_choice {
    double gain[BW_N_KINDS], work[BW_N_KINDS]; /* fading sums */
    double total;                              /* work, not faded, */
    double served[BW_N_KINDS];                 /* and of each kind */
    double last[BW_N_KINDS];                   /* work of the last round */
    double waited[BW_N_KINDS];                 /* of the others since */
    bool barred[BW_N_KINDS]; /* not to be chosen; the caller's. Not all. */
    bool alike; /* where none pays, all get the same share; the caller's */
    bw_kind fallback; /* else this one goes on; the caller's */
} bw_choice;

bw_kind bw_choice_next(const bw_choice *choice);

/** A round of this kind gained so much of the objective (0 .. 1) for so much
 * work. */
void bw_choice_paid(bw_choice *choice, bw_kind kind, double gain, int64_t work);

#endif
