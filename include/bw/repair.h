/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan in force that no longer fits, mended: who may be touched, and how few
 * accounts can move. What comes of it is a problem like any other: accounts
 * that stay are locked to their owners, the others have the touched reps to go
 * to, and a budget keeps the moves at the fewest and what is allowed beyond. */
#ifndef BW_REPAIR_H
#define BW_REPAIR_H

#include "bw/plan.h"
#include "bw/settings.h"

typedef struct bw_repair {
    uint8_t *touched; /* [n_serving] 1: may give and take accounts */
    int32_t n_touched;
    int32_t n_movable;    /* accounts that may move */
    int32_t n_forced;     /* of them, with an owner who cannot keep them */
    int64_t fewest;       /* moves of accounts that have an owner, in the plan
                           * found that moves fewest; -1: none was found */
    int64_t fewest_bound; /* proven: every such plan moves so many */
    bool impossible;      /* proven: within this reach no plan keeps the hard
                           * limits */
    bool hopeless;        /* whatever the reach: diagnostics have said why */
    bw_stop stopped_by;   /* of the search for the fewest */
    const int32_t *start; /* [n_units] the plan that moves fewest, or NULL */
    bw_problem problem;   /* to be solved; borrows from the one given */
    void *arena;
} bw_repair;

/**
 * The owners of the problem are the reps of the plan in force. An account is
 * forced where that owner does not serve, or may not serve it (with its family,
 * where that stays together). Touched are, for the reach
 *   neighbours: reps that a forced or unowned account can go to at the three
 *     least costs; reps outside a hard limit as things stand, and those that
 *     their accounts can go to likewise; reps without accounts, and the owners
 *     of accounts for which they are among the three cheapest;
 *   region: the same, and every rep in a region of one of the reps that leave,
 *     are without accounts or outside a hard limit; "" is no region;
 *   all: everybody.
 * The fewest moves: no cost but the number of accounts that change hands, hard
 * limits and budgets as they are, soft ones left aside. Diagnostics: those of
 * bw_instance_new. Where these prove the problem itself impossible there is a
 * repair without a problem: fewest -1, impossible, hopeless.
 */
bw_status bw_repair_new(const bw_problem *problem, const bw_settings *settings,
                        bw_diags *diags, bw_repair **repair);
void bw_repair_free(bw_repair *repair);

/** What makes a repair of a problem. */
typedef struct bw_repair_terms {
    const uint8_t *touched; /* [n_serving] */
    const int32_t *keep;    /* [accounts] the rep it is locked to; -1: it may
                             * move, among the touched */
    int64_t moves;          /* accounts that may; -1: as many as you like */
    /* [n_serving * n_balances] quanta, as in bw_instance: the bands of the
     * problem itself. Targets are shares of the least that accounts come to
     * with any rep they may have, and locks would change that. */
    const int64_t *low, *high;
} bw_repair_terms;

/** The problem of a repair; it borrows from the one given, and its own arrays
 * are in the arena. */
bw_status bw_repair_problem(const bw_problem *problem,
                            const bw_repair_terms *terms, void *arena,
                            bw_problem *made);

#endif
