/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A problem that differs from a given one in a few places and borrows the
 * rest: what repairs and choices of positions have in common. */
#ifndef BW_VARIANT_H
#define BW_VARIANT_H

#include "bw/problem.h"
#include "bw/status.h"

/** One rule more: an account that is bound may have these reps alone. */
typedef struct bw_variant_rule {
    bw_place place;
    const char *text;     /* as explanations name it */
    const uint8_t *bound; /* [accounts] 1: the rule holds; NULL: for all */
    const uint8_t *may;   /* [n_serving] 1: such an account may have the rep */
} bw_variant_rule;

/** Gives `made`, a copy of the problem, the problem's rules and this one. */
bw_status bw_variant_add_rule(const bw_problem *problem,
                              const bw_variant_rule *rule, void *arena,
                              bw_problem *made);

/** Gives `made` the problem's balances with absolute bands: low, high
 * [n_serving * n_balances] quanta, BW_NO_LOW, BW_NO_HIGH. */
bw_status bw_variant_set_bands(const bw_problem *problem, const int64_t *low,
                               const int64_t *high, void *arena,
                               bw_problem *made);

#endif
