/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Exchanges of several units at once between two reps.
 *
 * Two bands to be met at a time are rarely met by one unit for one: what is
 * wanted is a few units of a for a few of b whose differences fit both. For
 * reps a, b let S be up to BW_TRADE_UNITS units of a that could go to b, T the
 * same of b. The exchange changes sum G (net.h) by
 *
 *   sum over S, T of d(u, new) - d(u, old)
 *     + F_a(load after) - F_a(now) + F_b(load after) - F_b(now)
 *
 * and F_a + F_b cannot fall below their least values, so that only pairs (S, T)
 * whose first sum stays under what is left to gain need a look: both lists are
 * sorted by it, and all of those are looked at. */
#ifndef BW_TRADE_H
#define BW_TRADE_H

#include "state.h"

enum {
    BW_TRADE_UNITS = 3 /* of each rep in one exchange, at most */
};

typedef struct bw_trader bw_trader;

bw_status bw_trader_new(const bw_net *net, bw_trader **trader);
void bw_trader_free(bw_trader *trader); /* NULL is fine */

/** Applies the best exchange of at most `units` units each way between a and
 * b; the change of sum G, 0 where none improves. */
double bw_trade(bw_trader *trader, bw_state *state, int32_t a, int32_t b,
                int units);

/** Work done so far, units of work.h. */
int64_t bw_trader_work(const bw_trader *trader);

#endif
