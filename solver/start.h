/* SPDX-License-Identifier: GPL-3.0-or-later */
/** First plans from the relaxation. */
#ifndef BW_START_H
#define BW_START_H

#include "incumbent.h"
#include "region.h"
#include "search.h"
#include "tolls.h"
#include "work.h"

/** What the start works with, all borrowed. */
typedef struct bw_start {
    const bw_net *net;
    const bw_prices *prices;
    bw_regions *regions;
    bw_searcher *searcher; /* [threads] */
    bw_tolls *tolls;
    bw_work *work;
    bw_incumbent *incumbent;
    const bw_settings *settings;
    void (*show)(void *); /* told of plans between dives */
    void *data;
    double descent; /* seconds that the first descent took */
    int64_t spent;  /* is added to */
} bw_start;

/** Evenly filled by reduced costs (fill.h): at once, and near the bound where
 * reps have hundreds of units. */
bw_status bw_start_filled(bw_start *start);

/** The plan of the settings to begin with, offered as it is; units that it
 * knows no rep for go where d(u,r) is least. */
bw_status bw_start_given(bw_start *start);
/** One descent from the incumbent, which there must be. */
bw_status bw_start_improved(bw_start *start);

/** Each unit where the relaxation has most of it, then one descent: a plan
 * within the first second. */
bw_status bw_start_rounded(bw_start *start);

/** Dives in groups of reps side by side, from the relaxation; then one descent
 * over all. Seconds to tens of seconds, and far better. */
bw_status bw_start_dive(bw_start *start);

#endif
