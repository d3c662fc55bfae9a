/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the steps in the making of an instance share. */
#ifndef BW_BUILD_H
#define BW_BUILD_H

#include "bw/alloc.h"
#include "bw/instance.h"

/** Threads that look at all pairs; where threads are few, they share cores. */
#define BW_BUILD_THREADS 2

/** Rows of up to this many allowed pairs are kept; 24 bytes each. */
#define BW_PAIRS_KEPT 16000000

/** An instance in the making. */
typedef struct bw_build {
    const bw_problem *problem;
    bw_diags *diags;
    bw_instance *instance;
    int64_t n_faults; /* errors that were reported */
} bw_build;

/** One look at all pairs: what later steps need of each unit. */
typedef struct bw_survey {
    int32_t *n_pairs;                /* [n_units] */
    int64_t *least_work, *most_work; /* [n_units] quanta; 0 without pairs */
    int64_t *least_cost;             /* [n_units] quanta, not tightened */
    int32_t *group; /* [n_units * n_measures] the group of `within` that all
                     * its reps lie in, or -1; NULL: no measure has one */
    bool negative_work;
} bw_survey;

/** A zeroed instance in an arena of its own; NULL when memory is short. */
bw_instance *bw_instance_blank(void);

/** bw_instance_new with another limit for what is kept. */
bw_status bw_instance_new_kept(const bw_problem *problem, int64_t kept,
                               bw_diags *diags, bw_instance **instance);

/** `problem` says what the groups are; NULL: no groups. Sets n_pairs. The same
 * for any number of threads. */
bw_status bw_survey_make(bw_instance *instance, const bw_problem *problem,
                         int threads, bw_survey *survey);
void bw_survey_free(bw_survey *survey);

/** c[u,r] with what exceeds a band for certain added (model.md,
 * "Tightening"), fine money. */
bw_wide bw_pair_cost_tightened(const bw_instance *instance, int32_t unit,
                               const bw_pair *pair);

/** Sets measure[].tightens and bound_zero; bands and pairs must stand. */
bw_status bw_instance_tighten(bw_instance *instance, const bw_survey *survey);

/** The unit's smallest (largest) q[u,r,k] over its allowed reps. */
int64_t bw_survey_least(const bw_instance *instance, const bw_survey *survey,
                        int32_t unit, int32_t k);
int64_t bw_survey_most(const bw_instance *instance, const bw_survey *survey,
                       int32_t unit, int32_t k);

/** Where an account, the table of reps, a row of pairs.csv stands. */
bw_place bw_account_place(const bw_problem *problem, int32_t account);
bw_place bw_reps_place(const bw_problem *problem);
bw_place bw_given_place(const bw_problem *problem, const bw_pair_given *given);

#endif
