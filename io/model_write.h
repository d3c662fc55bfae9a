/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The whole integer program as files for other solvers, tightened as its
 * definition says (model.md), every coefficient an exact decimal:
 *
 *   U<u>       sum of x over the unit's allowed reps = 1
 *   W<r>_<k>   low <= sum q x + s - t <= high, where rep r has a band on k
 *   M<g>       sum b x <= limit, one for each budget on moves, the limit what
 *              whole units can use of what is stated (bw_instance_budget)
 *   x<n>       1: the unit is served by the rep; pairs numbered unit by unit
 *   s<b>, t<b> short of and beyond the b-th band, where a price is set on it
 *
 * All numbers count from 1. */
#ifndef BW_MODEL_WRITE_H
#define BW_MODEL_WRITE_H

#include "bw/instance.h"
#include "stream.h"

typedef struct bw_model bw_model;

/** Numbers columns and rows; borrows the instance. BW_NOMEM. */
bw_status bw_model_new(const bw_instance *instance, bw_model **model);
void bw_model_free(bw_model *model);

int64_t bw_model_columns(const bw_model *model);
int64_t bw_model_rows(const bw_model *model); /* without the objective */

/** Free MPS. Ranged rows by RANGES. */
void bw_model_write_mps(const bw_model *model, bw_stream *out);
/** CPLEX LP. Ranged rows by a column r<b> in [0, high - low], as not every
 * reader knows rows with two sides. BW_NOMEM. */
bw_status bw_model_write_lp(const bw_model *model, bw_stream *out);
/** CSV: name, kind, account_ids, rep_id, measure. Kinds: unit, band, pair,
 * short, beyond, budget, whose name stands as the measure. Ids of a family are
 * separated by `|`. BW_NOMEM. */
bw_status bw_model_write_map(const bw_model *model, bw_stream *out);

#endif
