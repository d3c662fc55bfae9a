/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the search looks at: arcs with their reduced costs, the bands in money
 * and units, the nearest arcs of each unit, and for each rep the units that
 * could come to it. Made once from prices, then read-only, shared by threads.
 *
 * With prices p the cost of a plan splits over the reps (methods of exchange
 * in chain.h rest on it):
 *
 *   objective = sum_u w[u] - sum_g v limit + sum_r G(r) - sum_g v (use - limit)
 *   G(r) = sum over units of r of d(u,r) + F_r(load of r)
 *   d(u,r) = c + sum_k p q + sum_g v b - w[u] >= 0        the reduced cost
 *   F_r(L) = sum_k under short + over beyond - p L
 *
 * The prices p are those of the relaxation; v begins there and is then driven
 * to where plans in whole units use what they may: tolls.h.
 *
 * What follows G(r) is 0 where a budget is used up: the search goes by the sum
 * of G, and looks at the use of budgets, which no rep owns, when it judges a
 * plan (state.h).
 *
 * Memory, bytes a unit with A arcs, N of them near, K measures. A million
 * accounts have A = 16 and N = 8 at K = 1; what T threads have each is reserved
 * and mostly never touched; the whole run takes 1.34 KiB.
 *
 *   arcs.h     8 + (12 + 8 K) A               328
 *   net.h      16 + 8 A + 8 N                 208  and 4 a rep where that is
 *                                                  small: place
 *   state.h    (36 + 8 K) T                    44 a thread
 *   chain.h    28 for each of 9 lengths, T    252 a thread
 *   memetic.c  8 a child, 4 a member          144
 *   others     12: incumbent, shaken            36  */
#ifndef BW_NET_H
#define BW_NET_H

#include "arcs.h"
#include "bound.h"
#include "bw/alloc.h"

/** Limits of one rep on one measure, units of measure and money. An absent
 * limit stands infinitely far away at price 0. */
typedef struct bw_band {
    double low, high;   /* finite: +-1e300 where there is none */
    double under, over; /* money per unit; for a hard limit the base of its
                         * penalty, which the search scales */
    double price;       /* p[r,k] */
    bool hard_under, hard_over;
} bw_band;

/** A budget over the plan as the search sees it. */
typedef struct bw_net_budget {
    int64_t limit; /* quanta */
    int64_t grain; /* quanta: every use is a multiple of it */
    double price;  /* v[g], money a unit */
    double over;   /* base of the penalty a unit above the limit */
    double size;   /* typical use of a unit that counts */
} bw_net_budget;

typedef struct bw_net {
    const bw_instance *instance;
    const bw_arcs *arcs;
    int32_t n_units, n_reps, n_measures, n_budgets;
    bw_net_budget *budget; /* [n_budgets] */
    double *reduced;       /* [n_arcs] d(u,r) */
    double *unit_price;    /* [n_units] w[u]: least over the unit's arcs */
    bw_band *band;         /* [n_reps * n_measures] */
    double *size;          /* [n_units] of a unit against the bands: sum over k
                            * of amount / mean load of a rep */
    double base;           /* sum of w[u] - sum of v limit, money */
    double value;          /* no plan that uses arcs alone costs less */
    double scale;          /* a reduced cost that matters: what one unit may
                            * lose against its best rep */
    bool any_hard;         /* some limit is hard */
    double step;           /* money: plans inside all hard limits differ by it
                            * at least (lattice.h); 0: by anything */
    unsigned off;          /* of the settings: parts that stay out */
    int32_t n_near;        /* near arcs of a unit at most */
    int32_t *near;         /* [n_units * n_near] place among the unit's arcs, by
                            * reduced cost; -1: fewer */
    int64_t *into_first;   /* [n_reps + 1] near arcs by rep */
    int32_t *into_unit;    /* by unit inside a rep */
    int32_t *place;        /* [n_units * n_reps] place of the rep among the
                            * unit's arcs or -1; NULL where that is too large */
    bw_arena *arena;
} bw_net;

/** Borrows instance and arcs. */
bw_status bw_net_new(const bw_instance *instance, const bw_arcs *arcs,
                     const bw_prices *prices, bw_net **net);
void bw_net_free(bw_net *net); /* NULL is fine */

/** Prices budgets anew, v[n_budgets]; nobody may be looking at the net. */
void bw_net_reprice(bw_net *net, const double *v);

/** Sets the scale from the reduced costs: the mean of the units' second
 * choices; 1 where that is only rounding. */
void bw_net_rescale(bw_net *net);
/** Money: a smaller gain of a move may be rounding and is none. */
double bw_net_least_gain(const bw_net *net);

/** Some plans are not allowed for what they add up to. */
static inline bool bw_net_limited(const bw_net *net)
{
    return net->any_hard || net->n_budgets > 0;
}

/** The arc of a pair, or -1. */
int64_t bw_net_arc(const bw_net *net, int32_t unit, int32_t rep);

/** What a plan loses in each rep against the prices: G(r) beyond the least F_r
 * can be, hard limits at their base penalty. Never 0, so that it serves as a
 * chance to be looked at. rep[n_units], load[n_reps * n_measures] as in an
 * incumbent, lost[n_reps]. */
void bw_net_lost(const bw_net *net, const int32_t *rep, const int64_t *load,
                 double *lost);

/** What an arc adds to a load, in quanta, cut. */
static inline int64_t bw_net_quanta(const bw_net *net, int64_t arc, int32_t k)
{
    double amount = net->arcs->amount[arc * net->n_measures + k] * BW_QUANTA;
    return (int64_t)(amount < 0 ? amount - 0.5 : amount + 0.5);
}

#endif
