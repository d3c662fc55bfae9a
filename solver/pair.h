/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which rep may serve which unit, and what each such pair costs and adds: the
 * problem laid out flat, so that a row of pairs is computed in one sweep over
 * arrays of reps. */
#ifndef BW_PAIR_H
#define BW_PAIR_H

#include "build.h"
#include "mask.h"

typedef struct bw_pair_source {
    const bw_problem *problem;
    const bw_instance *instance; /* units and service hours */
    /* Per serving rep. */
    double *x, *y, *z;   /* home as a unit vector; 0 where unknown */
    double *road_factor; /* 0: travels nowhere */
    double *reach;       /* squared chords above it: surely too far */
    double km_limit;     /* INFINITY: none */
    /* Per account. */
    bw_vec *place;
    uint8_t *travels; /* 1: the way there matters: it is driven, or limited */
    double *trips;    /* calls / calls-per-trip x 2; 0: travel is not counted */
    int64_t *handover;    /* quanta of money, if it changes hands */
    int64_t *given_first; /* [n + 1] into problem->pairs.row */
    /* Per unit: the reps that rules and locks leave. */
    int32_t *mask;        /* [n_units] */
    int32_t n_masks;      /* distinct sets */
    int32_t n_words;      /* of a set */
    uint64_t *bits;       /* [n_masks * n_words] */
    int64_t *list_first;  /* [n_masks + 1] into list */
    int32_t *list;        /* the reps of each set, ascending */
    struct bw_near *near; /* the reps by place (near.h) */
} bw_pair_source;

/** In the arena of the instance, whose segments and units must stand. Listed
 * pairs without a cost that stands for all are reported. */
bw_status bw_pair_source_new(bw_build *build, bw_pair_source **source);

/** pair_mask.c: mask, n_masks, bits, list. */
bw_status bw_pair_masks(bw_build *build, bw_pair_source *source);

/** One account with one rep, whatever rules and locks say. */
typedef struct bw_account_pair {
    bw_pair_parts parts; /* parts.km: NaN where it is not known */
    int64_t cost, work;  /* quanta */
    bool allowed;        /* by pairs.csv */
    bool near;           /* by the km limit */
} bw_account_pair;
void bw_pair_account(const bw_pair_source *source, int32_t account, int32_t rep,
                     bw_account_pair *pair);

/** pair_row.c: all allowed pairs of a unit; buffer has room for n_reps. */
int32_t bw_pair_source_row(const bw_pair_source *source, int32_t unit,
                           bw_pair *buffer);

/** The same for n reps that the unit's set has: pair[i] = {rep, 0, 0}, by
 * ascending rep. Those that are not allowed drop out. */
int32_t bw_pair_source_some(const bw_pair_source *source, int32_t unit,
                            bw_pair *pair, int32_t n);

/** How many there are, without their costs where that is not needed. */
int32_t bw_pair_source_count(const bw_pair_source *source, int32_t unit,
                             bw_pair *buffer);

static inline const uint64_t *bw_pair_bits(const bw_pair_source *source,
                                           int32_t unit)
{
    return source->bits + (int64_t)source->mask[unit] * source->n_words;
}

/** The row of pairs.csv about this pair, or NULL. */
const bw_pair_given *bw_pair_find_given(const bw_pair_source *source,
                                        int32_t account, int32_t rep);

#endif
