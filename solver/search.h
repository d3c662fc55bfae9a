/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Local search from one plan, or from a plan with some of another one's
 * choices: descent by chains, then kicks, each followed by a descent and kept
 * if the plan is not worse for it. */
#ifndef BW_SEARCH_H
#define BW_SEARCH_H

#include "chain.h"
#include "region.h"
#include "trade.h"

/** Scratch of one thread: a state and its chains. */
typedef struct bw_searcher {
    bw_state *state;
    bw_chains *chains;
    bw_trader *trader;
    int32_t *queue;  /* [n_reps] ring of reps whose trades are to be tried */
    uint8_t *queued; /* [n_reps] */
} bw_searcher;

bw_status bw_searcher_new(const bw_net *net, bw_searcher *searcher);
void bw_searcher_free(bw_searcher *searcher);

/** A task and its result. Its outcome depends on what is given here alone. */
typedef struct bw_hunt {
    const int32_t *rep;    /* [n_units] where to begin, pairs with arcs */
    const int32_t *other;  /* [n_units] a plan to take some choices from, or
                            * NULL */
    double share;          /* of the choices of `other` at most; without
                            * `other`, of the units moved at random */
    const uint8_t *active; /* [n_reps] reps in play, or NULL: all */
    bool whole;            /* begin with a descent from all reps in play */
    int32_t kicks;
    int trade_units;           /* trades of so many units each way, 0: none */
    const bw_regions *regions; /* who trades with whom */
    double hardness;           /* factor on the penalty of hard limits */
    uint64_t random;
    const atomic_int *stop;

    int32_t *result; /* [n_units] the caller's: the plan it ended with; units
                      * of reps out of play as in `rep` */
    int64_t *use;    /* [n_budgets] the caller's, or NULL: of budgets at the
                      * first local optimum, before it was mended */
    bw_worth worth;  /* of `result`, over the reps in play */
    int32_t *good;   /* [n_units] the caller's, or NULL: the best plan inside
                      * all hard limits that it met */
    bool any_good;
    double good_money;        /* its cost */
    int32_t n_optima, n_good; /* local optima, of them inside hard limits */
    int64_t work;
} bw_hunt;

bw_status bw_searcher_run(bw_searcher *searcher, bw_hunt *hunt);

#endif
