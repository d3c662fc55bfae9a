/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which positions look worth opening, closing or exchanging: by priced costs,
 * each unit with the cheapest of the open reps, bands left to the prices. */
#ifndef BW_POSITIONS_PICK_H
#define BW_POSITIONS_PICK_H

#include "bw/instance.h"

typedef struct bw_pick {
    int32_t close, open; /* reps; -1: none */
    double gain;         /* money that it saves, as estimated */
} bw_pick;

typedef struct bw_picker bw_picker;

/** From the instance with every position and its bands; free [n_reps] 0: it
 * stays; cost [n_reps] f, quanta. Many pairs: a part of the units stands for
 * all. */
bw_status bw_picker_new(const bw_instance *instance, const uint8_t *free,
                        const int64_t *cost, bw_picker **picker);
void bw_picker_free(bw_picker *picker);

/** Prices p of a plan [windows], price units; closed reps get the mean of the
 * open ones. */
void bw_picker_price(bw_picker *picker, const uint8_t *open,
                     const int64_t *price);
/** Makes `open` have n free ones: closes and opens one by one what costs least
 * or saves most. */
void bw_picker_fit(bw_picker *picker, uint8_t *open, int32_t n);
/** The best exchanges of an open for a closed free one, at most `most`, by
 * falling gain; how many. */
int bw_picker_swaps(bw_picker *picker, const uint8_t *open, bw_pick *pick,
                    int most);

#endif
