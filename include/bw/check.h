/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The judge: recomputes segments, pairs, costs, bands, objective and bound
 * from the problem (what was read), by code of its own. It shares nothing with
 * the solver but geo and the fixed-point conversions. */
#ifndef BW_CHECK_H
#define BW_CHECK_H

#include "bw/problem.h"
#include "bw/quantum.h"

/** What is claimed. */
typedef struct bw_claim {
    const int32_t *rep;   /* [accounts] the rep of each account */
    const int64_t *price; /* [n_serving * n_balances], then [n_budgets]; price
                           * units */
    /* [accounts] w[u] in price units of money, at the first account of each
     * unit: BW_NO_LOW where it is the smallest c + p q; NULL: everywhere. */
    const int64_t *unit_price;
} bw_claim;

/** What the judge found, all recomputed. */
typedef struct bw_verdict {
    bool inside_hard_limits;
    int32_t n_units;
    int64_t n_pairs;                                        /* allowed pairs */
    bw_wide travel, handover, preference, given, imbalance; /* fine money */
    bw_wide positions; /* what the open ones of a choice cost, fine money */
    bw_wide objective, bound_certified;
    int64_t *load, *low, *high; /* [n_serving * n_balances] quanta */
    int64_t *total;             /* [n_balances] as in bw_instance */
    int64_t *use, *stated;      /* [n_budgets] quanta; what is allowed */
    int64_t *limit;             /* [n_budgets] B[g]: what plans can use of it */
    bw_wide budgets_back;       /* sum of v limit, fine money */
    int32_t *segment;           /* [accounts] */
    int64_t *service_hours, *travel_hours, *cost; /* [accounts] quanta */
    int64_t moved_accounts;
    double moved_revenue;
    int32_t *unit; /* [accounts] units are numbered by first account */
    void *arena;
} bw_verdict;

/** BW_OK whatever it finds: faults (an account with a rep it may not have, a
 * family split, a price outside its range, a hard limit broken) become
 * BW_CHECK_FAILED diagnostics and the figures stand beside them. BW_INVALID,
 * with a diagnostic and no verdict: sums too large for exact integers. The
 * verdict borrows the problem for life, the claim only for the call. */
bw_status bw_check(const bw_problem *problem, const bw_claim *claim,
                   bw_diags *diags, bw_verdict **verdict);
void bw_verdict_free(bw_verdict *verdict);

/** The exact change of the objective if only this account's unit moved to rep
 * (fine money); false where the pair is not allowed. */
bool bw_verdict_move(const bw_problem *problem, const bw_verdict *verdict,
                     const bw_claim *claim, int32_t account, int32_t rep,
                     bw_wide *extra);

/** Of a problem with free positions, all of which may be had and have the bands
 * of the number n: what the claim's prices, those of units included, prove of
 * every choice of n (fine money). The verdict must be of this claim. */
bw_status bw_verdict_positions(const bw_verdict *verdict, const bw_claim *claim,
                               int32_t n, bw_wide *bound);

/** What the judge finds of one account with one rep; all quanta. */
typedef struct bw_account_figures {
    bool allowed; /* by the rules that concern this account alone */
    int64_t travel, handover, given, cost;
    int64_t service_hours, travel_hours, workload;
    double km; /* road km; NaN: none */
} bw_account_figures;
void bw_verdict_account(const bw_problem *problem, const bw_verdict *verdict,
                        int32_t account, int32_t rep,
                        bw_account_figures *figures);

/** For every account, where its unit would go next: the allowed rep of least
 * extra cost (ties: lowest rep); reps where a hard limit that holds now would
 * break come after all others. -1: no other rep is allowed. */
bw_status bw_verdict_next(const bw_problem *problem, const bw_verdict *verdict,
                          const bw_claim *claim, int32_t *next_rep,
                          bw_wide *extra);

#endif
