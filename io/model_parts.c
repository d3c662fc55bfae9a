/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns, rows and coefficients of the exported program. The tightening is
 * written out here once more: the files are a second opinion on the solver. */
#include "model_parts.h"

#include "bw/alloc.h"

void bw_model_free(bw_model *model)
{
    if (!model)
        return;
    bw_free(model->first_column);
    bw_free(model->band);
    bw_free(model->buffer);
    bw_free(model);
}

static void number_columns(bw_model *model)
{
    const bw_instance *instance = model->instance;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        model->first_column[unit + 1] =
            model->first_column[unit] +
            bw_instance_row(instance, unit, model->buffer).n;
}

static void number_bands(bw_model *model)
{
    const bw_instance *instance = model->instance;
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t at = 0; at < n; at++) {
        bw_model_band band;
        if (instance->low[at] == BW_NO_LOW && instance->high[at] == BW_NO_HIGH)
            continue;
        model->band[at] = ++model->n_bands;
        if (bw_model_band_at(model, at, &band))
            model->n_deviations += band.has_short + band.has_beyond;
    }
}

bw_status bw_model_new(const bw_instance *instance, bw_model **model)
{
    *model = NULL;
    bw_model *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    size_t n_units = (size_t)instance->n_units;
    size_t n_reps = (size_t)instance->n_reps;
    made->instance = instance;
    made->first_column = bw_alloc(n_units + 1, sizeof *made->first_column);
    made->band =
        bw_alloc(n_reps * (size_t)instance->n_measures, sizeof *made->band);
    made->buffer = bw_alloc(n_reps, sizeof *made->buffer);
    if (!made->first_column || !made->band || !made->buffer) {
        bw_model_free(made);
        return BW_NOMEM;
    }
    number_columns(made);
    number_bands(made);
    *model = made;
    return BW_OK;
}

int64_t bw_model_columns(const bw_model *model)
{
    return model->first_column[model->instance->n_units] + model->n_deviations +
           bw_model_y_columns(model);
}

int64_t bw_model_rows(const bw_model *model)
{
    return (int64_t)model->instance->n_units + model->n_bands +
           model->instance->n_budgets + bw_model_y_rows(model);
}

bool bw_model_band_at(const bw_model *model, int64_t at, bw_model_band *band)
{
    const bw_instance *instance = model->instance;
    if (!model->band[at])
        return false;
    int32_t k = (int32_t)(at % instance->n_measures);
    const bw_instance_measure *measure = &instance->measure[k];
    const bw_model_choice *choice = model->choice;
    *band =
        (bw_model_band){.rep = (int32_t)(at / instance->n_measures),
                        .k = k,
                        .number = model->band[at],
                        .low = choice ? choice->low[at] : instance->low[at],
                        .high = choice ? choice->high[at] : instance->high[at]};
    band->moves =
        bw_model_is_free(model, band->rep) || (choice && choice->n_blocks > 1);
    band->has_short = band->low != BW_NO_LOW && measure->under != BW_HARD;
    band->has_beyond = band->high != BW_NO_HIGH && measure->over != BW_HARD;
    return true;
}

/* By how much the pair's amount is above the band for certain: of a band that
 * moves, above its highest place. */
static int64_t excess(const bw_model *model, int32_t unit, const bw_pair *pair,
                      int32_t k)
{
    const bw_instance *instance = model->instance;
    int64_t at = (int64_t)pair->rep * instance->n_measures + k;
    int64_t high =
        model->choice ? model->choice->highest[at] : instance->high[at];
    int64_t amount = bw_pair_measure(instance, unit, pair, k);
    if (!instance->measure[k].tightens || high < 0 || amount <= high)
        return 0;
    return amount - high;
}

bw_wide bw_model_cost(const bw_model *model, int32_t unit, const bw_pair *pair)
{
    const bw_instance *instance = model->instance;
    bw_wide cost = bw_fine(pair->cost);
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t above = excess(model, unit, pair, k);
        if (above)
            cost += (bw_wide)instance->measure[k].over * above;
    }
    return cost;
}

int64_t bw_model_amount(const bw_model *model, int32_t unit,
                        const bw_pair *pair, int32_t k)
{
    return bw_pair_measure(model->instance, unit, pair, k) -
           excess(model, unit, pair, k);
}

void bw_model_name(bw_stream *out, char letter, int64_t number)
{
    bw_stream_char(out, letter);
    bw_stream_int(out, number);
}

void bw_model_band_name(bw_stream *out, const bw_model_band *band)
{
    bw_model_name(out, 'W', band->rep + 1);
    bw_model_name(out, '_', band->k + 1);
}

void bw_model_low_name(bw_stream *out, const bw_model_band *band)
{
    bw_model_name(out, 'V', band->rep + 1);
    bw_model_name(out, '_', band->k + 1);
}
