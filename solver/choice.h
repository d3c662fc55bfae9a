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

/** Fading sums; starts zeroed. */
typedef struct bw_choice {
    double gain[BW_N_KINDS], work[BW_N_KINDS];
    double last[BW_N_KINDS], waited[BW_N_KINDS]; /* work of the last round, and
                                                  * of the others since */
    double total[BW_N_KINDS];                    /* work so far */
    bool barred[BW_N_KINDS]; /* not to be chosen; the caller's. Not all. */
} bw_choice;

bw_kind bw_choice_next(const bw_choice *choice);

/** A round of this kind gained so much of the objective (0 .. 1) for so much
 * work. */
void bw_choice_paid(bw_choice *choice, bw_kind kind, double gain, int64_t work);

#endif
