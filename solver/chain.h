/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Local search by exchanges of any length over distinct reps: a unit goes to
 * another rep, which sends one of its own on, and so forth, until somebody
 * keeps what he gets (a path) or the chain closes where it began (a cycle).
 *
 * Put unit i into rep b and send j of b on: the edge (i, j) costs G(b) after
 * minus G(b) before (net.h), which needs b's data only, so over distinct reps
 * the costs of edges add up exactly, for soft bands on any number of measures
 * and for hard limits with a penalty alike. Every improving cycle can be begun
 * so that all its partial sums are below zero, hence only such chains are
 * grown, breadth first, with one best label per unit and length. */
#ifndef BW_CHAIN_H
#define BW_CHAIN_H

#include "state.h"

enum {
    BW_CHAIN_LONGEST = 8 /* units that move in one chain, at most */
};

typedef struct bw_chains bw_chains;

bw_status bw_chains_new(bw_state *state, bw_chains **chains);
void bw_chains_free(bw_chains *chains); /* NULL is fine */

/** Chains may begin at or lead to this rep again. */
void bw_chains_touch(bw_chains *chains, int32_t rep);
void bw_chains_touch_all(bw_chains *chains);

/** Applies improving chains that begin at touched reps until there is none,
 * except such as exceed a budget; the change of sum G. Gives up when *stop is
 * not 0. */
double bw_chains_descend(bw_chains *chains, const atomic_int *stop);

/** Work done so far, units of work.h. */
int64_t bw_chains_work(const bw_chains *chains);

#endif
