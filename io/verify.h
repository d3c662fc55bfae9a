/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether the folder of a plan tells the truth: every figure of its tables
 * against what the judge recomputes from the inputs. */
#ifndef BW_VERIFY_H
#define BW_VERIFY_H

#include "bw/deep.h"

typedef struct bw_verified {
    bool holds;
    int64_t accounts, units, reps, pairs;
    int64_t limits;  /* sides of bands that were checked */
    int64_t figures; /* that were compared */
    int64_t rounded; /* of them: differ by no more than the rounding of
                      * distances explains */
    bw_wide objective, bound_certified;
    double gap_certified;
    bw_wide bound; /* the best, certified or not */
    int32_t clusters, confirmed, refuted;
} bw_verified;

/**
 * BW_OK: judged; it holds where there is no error among the diagnostics.
 * BW_INVALID: the tables do not speak of this problem at all (diagnostics), or
 * its sums are too large to judge. BW_IO: a file is not there. *verified is
 * filled as far as it got.
 */
bw_status bw_verify(const char *dir, const bw_problem *problem, bw_diags *diags,
                    bw_verified *verified);

/** The same and, where all that holds, every cluster of the searched bound
 * solved again. A cluster that could not be decided is a warning. */
bw_status bw_verify_deep(const char *dir, const bw_problem *problem,
                         const bw_deep_settings *settings, bw_diags *diags,
                         bw_verified *verified);

#endif
