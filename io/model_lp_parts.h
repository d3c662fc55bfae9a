/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What writes CPLEX LP sum by sum. */
#ifndef BW_MODEL_LP_PARTS_H
#define BW_MODEL_LP_PARTS_H

#include "model_parts.h"

/** A sum in the making: signs, and line breaks where they are due. */
typedef struct bw_lp_sum {
    bw_stream *out;
    int n;
} bw_lp_sum;

/** The sign and the factor, unless it is 1; the caller adds the name. */
void bw_lp_term(bw_lp_sum *s, bw_wide value, int places);

/* Free positions: nothing without a choice. */
void bw_lp_choice_cost(const bw_model *model, bw_lp_sum *s);
/** What they add to the row of a band that moves, on its left. */
void bw_lp_choice_sides(const bw_model *model, const bw_model_band *band,
                        bool high, bw_lp_sum *s);
void bw_lp_choice_use(const bw_model *model, int32_t g, bw_lp_sum *s);
void bw_lp_choice_rows(const bw_model *model, bw_stream *out);
/** The names of y and z, for the list of binaries. */
void bw_lp_choice_names(const bw_model *model, bw_stream *out);

#endif
