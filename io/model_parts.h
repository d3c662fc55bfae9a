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
    int64_t n_deviations;          /* columns s and t */
    bw_pair *buffer;               /* [n_reps] */
    const bw_model_choice *choice; /* NULL: every position is open */
};

/** Columns y: of each free position one, or one for each number. */
struct bw_model_choice {
    const bw_reps *reps;
    int32_t least, most; /* of the free ones are open */
    int32_t n_blocks;    /* 1; where bands follow the number, as many as there
                          * are numbers: block b has least + b open */
    int32_t n_free;
    int32_t *rep;        /* [n_free] */
    int32_t *place;      /* [n_reps] into rep, or -1 */
    int64_t *low, *high; /* [n_blocks][n_reps * n_measures] quanta */
    int64_t *highest;    /* [n_reps * n_measures] of all blocks */
    int64_t *kept;       /* [n_reps * n_budgets] what an owner's accounts no
                          * longer use once he is closed; quanta */
};

/** A band row: its sides and what a deviation costs. */
typedef struct bw_model_band {
    int32_t rep, k, number;
    int64_t low, high;
    bool has_short, has_beyond;
    bool moves; /* its sides are sums over y or z: a row for each */
} bw_model_band;

/** Band `at` of [0, n_reps * n_measures); false: there is no row. */
bool bw_model_band_at(const bw_model *model, int64_t at, bw_model_band *band);

/** c of the program: tightened, fine money. */
bw_wide bw_model_cost(const bw_model *model, int32_t unit, const bw_pair *pair);
/** q of the program: cut to the band where it is tightened, quanta. */
int64_t bw_model_amount(const bw_model *model, int32_t unit,
                        const bw_pair *pair, int32_t k);

/** Whether y says if the rep is open. */
static inline bool bw_model_is_free(const bw_model *model, int32_t rep)
{
    return model->choice && model->choice->place[rep] >= 0;
}
/** Two rows say how many are open: at most, and at least. */
static inline bool bw_model_has_range(const bw_model_choice *choice)
{
    return choice->n_blocks == 1 && choice->least < choice->most;
}
int64_t bw_model_y_columns(const bw_model *model); /* and z */
int64_t bw_model_y_rows(const bw_model *model);    /* beyond those without */
/** What y[rep] adds to budget g, quanta; 0: it is not free. */
int64_t bw_model_kept(const bw_model *model, int32_t g, int32_t rep);
/** The right side of budget g, quanta. */
bw_wide bw_model_limit(const bw_model *model, int32_t g);
/** A side of a band that moves, in a block. */
int64_t bw_model_side(const bw_model *model, const bw_model_band *band,
                      int32_t block, bool high);

enum {
    BW_QUANTUM_PLACES = 4,
    BW_PRICE_PLACES = 6,
    BW_FINE_PLACES = 10
};

/** A name: letter and number; W and two numbers. */
void bw_model_name(bw_stream *out, char letter, int64_t number);
void bw_model_band_name(bw_stream *out, const bw_model_band *band);
/** The lower side of a band that moves. */
void bw_model_low_name(bw_stream *out, const bw_model_band *band);
/** y, by its place among the free ones. */
void bw_model_y_name(bw_stream *out, const bw_model *model, int32_t place,
                     int32_t block);

#endif
