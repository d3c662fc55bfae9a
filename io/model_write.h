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
 * All numbers count from 1.
 *
 * With free positions (bw_model_choose), numbered j in the order of the reps:
 *
 *   y<j>       1: the position is open, at its yearly cost
 *   N1, N2     sum of y = the number, or at most, and at least
 *   P<n>       x<n> <= y<j>, for the pairs of free positions
 *   Y<j>       y<j> <= 1: not all readers agree on bounds
 *   W<r>_<k>   sum q x - t - high y<j> <= 0   instead of the row above, of a
 *   V<r>_<k>   sum q x + s - low y<j> >= 0    free position
 *   M<g>       a budget over voluntary moves: what an owner's accounts could
 *              use counts with y<j> and in the limit, so that nothing of them
 *              is used once he is closed
 *
 * Where bands follow the number and there are several, y<j>_<n> is 1 if the
 * position is open and n of the free ones are, and z<n> if n are:
 *
 *   N<n>       sum of y<j>_<n> = n z<n>
 *   Z          sum of z = 1
 *   P, Y, W, V have the sum over n; those of positions that stay have
 *              high[n] z<n> and low[n] z<n> */
#ifndef BW_MODEL_WRITE_H
#define BW_MODEL_WRITE_H

#include "bw/instance.h"
#include "stream.h"

typedef struct bw_model bw_model;
typedef struct bw_model_choice bw_model_choice;

/** Numbers columns and rows; borrows the instance. BW_NOMEM. */
bw_status bw_model_new(const bw_instance *instance, bw_model **model);
void bw_model_free(bw_model *model);

/** The free positions of the problem, whose instance has all of them open;
 * borrows the problem, lives in the arena. BW_NOMEM. */
bw_status bw_model_choice_new(const bw_problem *problem,
                              const bw_instance *instance, void *arena,
                              bw_model_choice **choice);
/** Makes the program that of the choice, which is borrowed. */
void bw_model_choose(bw_model *model, const bw_model_choice *choice);

int64_t bw_model_columns(const bw_model *model);
int64_t bw_model_rows(const bw_model *model); /* without the objective */

/** Free MPS. Ranged rows by RANGES. BW_NOMEM. */
bw_status bw_model_write_mps(const bw_model *model, bw_stream *out);
/** CPLEX LP. Ranged rows by a column r<b> in [0, high - low], as not every
 * reader knows rows with two sides. BW_NOMEM. */
bw_status bw_model_write_lp(const bw_model *model, bw_stream *out);
/** CSV: name, kind, account_ids, rep_id, measure. Kinds: unit, band, pair,
 * short, beyond, open (y of a rep), number (z), budget, whose name stands as
 * the measure. Ids of a family are separated by `|`. BW_NOMEM. */
bw_status bw_model_write_map(const bw_model *model, bw_stream *out);

#endif
