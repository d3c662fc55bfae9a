/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the writers of the program share. */
#ifndef BW_MODEL_PARTS_H
#define BW_MODEL_PARTS_H

#include "model_write.h"

struct bw_model {
    const bw_instance *instance;
    int64_t *first_column; /* [n_units + 1] pairs before the unit's first */
    int32_t *band; /* [n_reps * n_measures] number of the band, 0: no row */
    int32_t n_bands;
    int64_t n_deviations; /* columns s and t */
    bw_pair *buffer;      /* [n_reps] */
};

/** A band row: its sides and what a deviation costs. */
typedef struct bw_model_band {
    int32_t rep, k, number;
    int64_t low, high;
    bool has_short, has_beyond;
} bw_model_band;

/** Band `at` of [0, n_reps * n_measures); false: there is no row. */
bool bw_model_band_at(const bw_model *model, int64_t at, bw_model_band *band);

/** c of the program: tightened, fine money. */
bw_wide bw_model_cost(const bw_model *model, int32_t unit, const bw_pair *pair);
/** q of the program: cut to the band where it is tightened, quanta. */
int64_t bw_model_amount(const bw_model *model, int32_t unit,
                        const bw_pair *pair, int32_t k);

enum {
    BW_QUANTUM_PLACES = 4,
    BW_PRICE_PLACES = 6,
    BW_FINE_PLACES = 10
};

/** A name: letter and number; W and two numbers. */
void bw_model_name(bw_stream *out, char letter, int64_t number);
void bw_model_band_name(bw_stream *out, const bw_model_band *band);

#endif
