/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The whole program by branch and bound, where it is small: to prove the
 * incumbent best, to raise the bound, or to show that there is no plan. Each
 * attempt may take twice as long as the one before. */
#ifndef BW_PROOF_H
#define BW_PROOF_H

#include "core.h"
#include "work.h"

typedef struct bw_proof {
    const bw_net *net;
    int64_t nodes; /* of the next attempt */
    int64_t spent; /* work so far */
    double share;  /* of all work, that attempts may take now */
} bw_proof;

/** What an attempt told. */
typedef struct bw_verdict_of_program {
    bool proven;     /* nothing is better than the incumbent */
    bool impossible; /* no plan keeps the hard limits */
    bool raised;     /* there is a bound: */
    bw_wide bound;   /* no plan costs less, fine money */
} bw_verdict_of_program;

bw_proof bw_proof_begin(const bw_net *net);

/** Whether another attempt is due, after so much work in all. */
bool bw_proof_due(const bw_proof *proof, int64_t spent);
/** An attempt left this part of the gap open. What hardly closes it gets less
 * and less of the work. */
void bw_proof_left(bw_proof *proof, double part);

/** The largest reduced cost that an arc of a better plan can have, when prices
 * prove `value` and better plans are better by `step` at least; INFINITY
 * without a plan. */
double bw_proof_margin(const bw_incumbent *incumbent, double value,
                       double step);
/** Arcs within the margin. */
int64_t bw_proof_open_arcs(const bw_net *net, double margin);

/** One attempt; every allowed pair must have an arc. A plan that it finds is
 * offered to the incumbent. */
bw_status bw_proof_try(bw_proof *proof, bw_work *work, bw_incumbent *incumbent,
                       double margin, bw_verdict_of_program *verdict);

#endif
