/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One choice of positions, solved. */
#ifndef BW_POSITIONS_TRY_H
#define BW_POSITIONS_TRY_H

#include "bw/plan.h"
#include "bw/settings.h"

/** All that trials share, borrowed. */
typedef struct bw_trials {
    const bw_problem *problem;
    const bw_instance *all; /* with every position open */
    const bw_settings *settings;
    double until;  /* on the settings' clock: trials of the number at hand */
    double latest; /* all of them */
    bw_stop cut;   /* what cut them short: time, by hand; else effort */
} bw_trials;

typedef struct bw_trial {
    bw_outcome outcome; /* BW_IMPOSSIBLE, BW_NO_PLAN, or there is a plan */
    int32_t *rep;       /* [n_units], own; NULL: no plan */
    int64_t *price;     /* [prices] of its certificate, own; NULL: no plan */
    bw_wide objective, bound; /* fine money, positions included */
    bw_wide positions, imbalance;
    bw_pair_parts cost; /* quanta; km: unused */
} bw_trial;

/** open [n_serving]; start as bw_settings has it, or NULL. The gap and effort
 * are given; BW_NOMEM. */
bw_status bw_trial_run(bw_trials *trials, const uint8_t *open,
                       const int32_t *start, double gap, bw_effort effort,
                       bw_trial *trial);
void bw_trial_free(bw_trial *trial);

/** By hand, or as the time of the number at hand, or of all, is up. */
bool bw_trials_over(bw_trials *trials);
bool bw_trials_all_over(bw_trials *trials);
/** Gives the next of so many numbers its share of the time that is left, and
 * its trials a part of that; when the share ends. */
double bw_trials_share(bw_trials *trials, int32_t numbers_left);

#endif
