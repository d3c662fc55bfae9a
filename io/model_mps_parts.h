/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What writes MPS line by line. */
#ifndef BW_MODEL_MPS_PARTS_H
#define BW_MODEL_MPS_PARTS_H

#include "model_parts.h"

/** Two entries a line, as the format allows: halves what names cost. */
typedef struct bw_mps_column {
    bw_stream *out;
    char letter;
    int64_t number;
    const bw_model *model; /* of a column y: number is its place */
    int32_t block;
    bool half; /* one entry stands on the line */
} bw_mps_column;

/** Begins an entry; the caller adds the row's name and the value. */
void bw_mps_begin(bw_mps_column *c);
void bw_mps_end(bw_mps_column *c);
void bw_mps_end_column(bw_mps_column *c);

/* Entries; those of value 0 are left out. */
void bw_mps_cost(bw_mps_column *c, bw_wide value, int places);
/** In the row of a band, of its lower side, of a budget: quanta. */
void bw_mps_amount(bw_mps_column *c, const bw_model_band *band, int64_t value);
void bw_mps_low(bw_mps_column *c, const bw_model_band *band, int64_t value);
void bw_mps_use(bw_mps_column *c, int32_t g, int64_t value);
/** A whole number in a row that is named by letter and number. */
void bw_mps_whole(bw_mps_column *c, char letter, int64_t number, int64_t value);

/** A line of ROWS: type E, L or G, and its name. */
void bw_mps_row(char type, char letter, int64_t number, bw_stream *out);

/* Free positions: nothing without a choice. */
void bw_mps_moving_rows(const bw_model_band *band, bw_stream *out);
void bw_mps_choice_rows(const bw_model *model, bw_stream *out);
void bw_mps_choice_sides(const bw_model *model, bw_stream *out);
/** The columns y and z. BW_NOMEM. */
bw_status bw_mps_choices(const bw_model *model, bw_stream *out);

#endif
