/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The whole program by branch and bound, where it is small: to prove the
 * incumbent best, to raise the bound, or to show that there is no plan.
 *
 * It goes by components (component.h), each a program of its own, solved side
 * by side: one tree over k of them would have the product of their nodes. Pairs
 * whose reduced cost is above what is left between a component's part of the
 * incumbent and what prices prove for it are in no better plan and are fixed
 * (reduced-cost fixing); this is looked at again whenever the incumbent
 * improves. Each attempt on a component may take twice as long as the one
 * before. */
#ifndef BW_PROOF_H
#define BW_PROOF_H

#include "bw/plan.h"
#include "component.h"
#include "core.h"
#include "work.h"

/** What is known about one component. */
typedef struct bw_proof_part {
    int64_t nodes;     /* of the next attempt */
    int64_t open_arcs; /* that a better plan can have */
    double margin;     /* largest reduced cost among them, money; INFINITY
                        * while the plan lies outside hard limits */
    bw_part_cost now;  /* of the incumbent */
    bw_wide bound;     /* no plan costs less here, fine money */
    bool proven;       /* nothing is better than the incumbent here */
} bw_proof_part;

typedef struct bw_proof {
    const bw_net *net;
    bw_components *components; /* NULL where pairs are without an arc: nothing
                                * can be proven */
    bw_proof_part *part;       /* [components] */
    bw_part_cost *cost;        /* [components] scratch */
    bw_wide *bound;            /* [components] as a searched bound has it */
    uint8_t *closed;           /* [components] likewise */
    bool any;                  /* the parts are of some incumbent */
    int64_t spent;             /* work so far */
    double share;              /* of all work, that attempts may take now */
} bw_proof;

bw_status bw_proof_new(const bw_net *net, bw_proof **proof);
void bw_proof_free(bw_proof *proof); /* NULL is fine */

/** Whether another attempt is due, after so much work in all. */
bool bw_proof_due(const bw_proof *proof, int64_t spent);
/** An attempt left this part of the gap open. What hardly closes it gets less
 * and less of the work. */
void bw_proof_left(bw_proof *proof, double part);

/** Fixes what the incumbent allows to fix. True: some component is open and
 * small enough for an attempt. */
bool bw_proof_ready(bw_proof *proof, const bw_incumbent *incumbent);

/** One attempt on every such component; plans that it finds are offered to the
 * incumbent. *impossible: no plan keeps the hard limits. */
bw_status bw_proof_try(bw_proof *proof, bw_work *work, bw_incumbent *incumbent,
                       bool *impossible);

/** True: every component is proven, so the incumbent is optimal. */
bool bw_proof_complete(const bw_proof *proof);

/** What has been proven so far, one cluster for each component; borrowed until
 * the next call. The incumbent must be inside every hard limit.
 * step: plans differ by multiples of it (lattice.h), fine money; 0: unknown. */
bw_searched bw_proof_found(bw_proof *proof, const bw_incumbent *incumbent,
                           bw_wide step);

#endif
