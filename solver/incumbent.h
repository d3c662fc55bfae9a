/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The best plan so far, in exact integers: what the search believes it has
 * gained counts only after it was recomputed here. */
#ifndef BW_INCUMBENT_H
#define BW_INCUMBENT_H

#include "bw/instance.h"
#include "state.h"

typedef struct bw_incumbent {
    const bw_instance *instance;
    int32_t *rep;      /* [n_units] */
    int64_t *load;     /* [n_reps * n_measures] quanta, not cut */
    bw_wide objective; /* fine money, without hard limits */
    bw_wide outside;   /* quanta outside hard limits and over budgets */
    int64_t *use;      /* [n_budgets] quanta */
    bool any;          /* there is one (it may lie outside hard limits) */
    int32_t *version;  /* [n_reps] changes so far */
    int64_t *scratch;  /* [n_reps * n_measures + n_budgets] */
    int32_t *touched;  /* [n_reps] scratch */
    uint8_t *marked;   /* [n_reps] scratch */
    int32_t *other;    /* [n_units] scratch */
} bw_incumbent;

bw_status bw_incumbent_new(const bw_instance *instance,
                           bw_incumbent **incumbent);
void bw_incumbent_free(bw_incumbent *incumbent);

/** Takes over an assignment, better or not. */
void bw_incumbent_set(bw_incumbent *incumbent, const int32_t *rep);

/** Inside every hard limit and budget. */
static inline bool bw_incumbent_good(const bw_incumbent *incumbent)
{
    return incumbent->any && incumbent->outside == 0;
}

/** What one part of a plan costs, and by how much it is outside hard limits. */
typedef struct bw_part_cost {
    bw_wide objective, outside;
} bw_part_cost;

/** The incumbent's cost by part: part[n_reps] of each rep, sums[n]; a unit
 * counts where its rep is. */
void bw_incumbent_by_part(const bw_incumbent *incumbent, const int32_t *part,
                          int32_t n, bw_part_cost *sums);

/** Takes the assignment over if it is better: less outside hard limits, then
 * cheaper. All pairs must be allowed. */
bool bw_incumbent_offer(bw_incumbent *incumbent, const int32_t *rep);
/** The same for some moves from what it holds; no unit twice. */
bool bw_incumbent_offer_moves(bw_incumbent *incumbent, int32_t n,
                              const bw_move *moves);

#endif
