/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The best choice of one number of positions. */
#ifndef BW_POSITIONS_NUMBER_H
#define BW_POSITIONS_NUMBER_H

#include "bw/alloc.h"
#include "positions_pick.h"
#include "positions_try.h"

struct bw_headcount;

/** What short solves leave open: choices are told apart by more. */
#define BW_SHORT_GAP 0.002

/** What a search for choices works with. */
typedef struct bw_choosing {
    const bw_problem *problem;
    const bw_settings *settings;
    int32_t n_numbers; /* that are asked for */
    bool any;          /* there is a plan, of cost: */
    bw_wide least;
    bw_arena *arena;
    bw_instance *all;
    bw_picker *picker;
    int64_t *cost; /* [n_serving] f, quanta */
    bw_trials trials;
    double begun;        /* on the settings' clock */
    double until;        /* when the time of the number at hand is up */
    bw_trial best;       /* of the number at hand */
    bool may_hold;       /* some choice of it was not proven to be impossible */
    const int32_t *hint; /* [n_units] a plan of another number, or NULL */
    uint8_t *open;       /* [n_serving] its choice */
    uint8_t *other;      /* [n_serving] one that is tried */
    int32_t n_serving;
} bw_choosing;

/** How many choices may be solved for a number. */
int bw_trials_allowed(bw_effort effort);

/** Fills all but n of the number: choice, plan, bounds. */
bw_status bw_choosing_number(bw_choosing *choosing,
                             struct bw_headcount *number);

#endif
