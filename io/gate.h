/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What can be said of the data only once segments and bands are known: revenue
 * that is absurd for its segment, owners outside their bands today, how many
 * accounts are exceptions. */
#ifndef BW_GATE_H
#define BW_GATE_H

#include "bw/instance.h"

/** Revenue above so many times its segment's median is an outlier. */
#define BW_OUTLIER_TIMES 1000
/** From this share of all accounts on, exceptions are many. */
#define BW_EXCEPTIONS_SHARE 0.2
/** Of fewer accounts a share says nothing: one of three is soon an exception.
 */
#define BW_EXCEPTIONS_LEAST 20

typedef struct bw_outlier {
    int32_t account;
    double median; /* of the revenues above 0 of its segment */
} bw_outlier;

/** What the present owner who serves in the plan has. */
typedef struct bw_owner_today {
    int32_t accounts;
    uint32_t outside; /* bit k: outside its band of measure k */
} bw_owner_today;

typedef struct bw_gate {
    bw_outlier *outlier; /* [n_outliers] in file order */
    int32_t n_outliers;
    int32_t excepted;      /* accounts that are exceptions */
    bw_owner_today *owner; /* [serving reps] */
    int64_t *load;   /* [serving reps * n_measures] quanta, were every account
                      * to stay with its owner; NULL without an instance */
    int32_t unowned; /* accounts whose owner serves not */
    void *arena;
} bw_gate;

/** instance NULL: faults kept it from being made; then nothing is said about
 * bands, and where the segments themselves cannot be trusted (not `segmented`)
 * all accounts are one. An account is an exception when a lock or
 * a row of pairs.csv that allows or forbids speaks of it, or a require or
 * forbid that takes reps away from at most half of all accounts: what binds
 * more is how the business works. */
bw_status bw_gate_new(const bw_problem *problem, const bw_instance *instance,
                      bool segmented, bw_gate **gate);
void bw_gate_free(bw_gate *gate);

/** Are exceptions many? Among few accounts only where the scenario says stop:
 * whoever does wants to know. Never in a repair, which locks on purpose. */
bool bw_gate_excepts_many(const bw_problem *problem, const bw_gate *gate,
                          bool stop);

/** What was probably meant by an outlier, in words. */
const char *bw_outlier_words(double times);

/** For `plan`: warnings, or errors where the scenario says stop (owner-load
 * only then, as every plan shows it). BW_INVALID: there were errors. */
bw_status bw_gate_check(const bw_instance *instance, bw_diags *diags);

#endif
