/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the verification of repairs and of choices of positions share. */
#ifndef BW_VERIFY_VARIANT_H
#define BW_VERIFY_VARIANT_H

#include "bw/check.h"

/** The judge, asked of pairs, bands and bound alone: everybody has the first
 * rep, and what he thinks of that is not told. price NULL: none. *claim is what
 * was claimed, its arrays in the arena. */
bw_status bw_verify_ask(const bw_problem *problem, const int64_t *price,
                        const int64_t *unit_price, void *arena, bw_claim *claim,
                        bw_verdict **verdict);

/** An error of the code verify-mismatch. */
void bw_verify_mismatch(bw_diags *diags, bw_place place, const char *what);

#endif
