/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free MPS. Whole columns carry no bounds: the unit rows keep them at 0 or 1,
 * whatever a reader takes for granted. */
#include "model_mps_parts.h"

static char row_type(const bw_model_band *band)
{
    if (band->low == band->high)
        return 'E';
    return band->high != BW_NO_HIGH ? 'L' : 'G';
}

static int64_t n_limits(const bw_model *model)
{
    return (int64_t)model->instance->n_reps * model->instance->n_measures;
}

static void write_rows(const bw_model *model, bw_stream *out)
{
    bw_model_band band;
    bw_stream_text(out, "ROWS\n N cost\n");
    for (int32_t unit = 0; unit < model->instance->n_units; unit++)
        bw_mps_row('E', 'U', unit + 1, out);
    for (int64_t at = 0; at < n_limits(model); at++) {
        if (!bw_model_band_at(model, at, &band))
            continue;
        if (band.moves) {
            bw_mps_moving_rows(&band, out);
            continue;
        }
        bw_stream_char(out, ' ');
        bw_stream_char(out, row_type(&band));
        bw_stream_char(out, ' ');
        bw_model_band_name(out, &band);
        bw_stream_char(out, '\n');
    }
    bw_mps_choice_rows(model, out);
    for (int32_t g = 0; g < model->instance->n_budgets; g++)
        bw_mps_row('L', 'M', g + 1, out);
}

static void write_pair(const bw_model *model, int32_t unit, const bw_pair *pair,
                       bw_mps_column *c)
{
    int32_t n_measures = model->instance->n_measures;
    bw_mps_cost(c, bw_model_cost(model, unit, pair), BW_FINE_PLACES);
    bw_mps_begin(c);
    bw_model_name(c->out, 'U', unit + 1);
    bw_stream_text(c->out, " 1");
    bw_mps_end(c);
    for (int32_t k = 0; k < n_measures; k++) {
        bw_model_band band;
        if (!bw_model_band_at(model, (int64_t)pair->rep * n_measures + k,
                              &band))
            continue;
        int64_t amount = bw_model_amount(model, unit, pair, k);
        if (!band.moves || band.high != BW_NO_HIGH)
            bw_mps_amount(c, &band, amount);
        if (band.moves && band.low != BW_NO_LOW)
            bw_mps_low(c, &band, amount);
    }
    if (bw_model_is_free(model, pair->rep))
        bw_mps_whole(c, 'P', c->number, 1);
    for (int32_t g = 0; g < model->instance->n_budgets; g++)
        bw_mps_use(c, g, bw_instance_use(model->instance, g, unit, pair->rep));
    bw_mps_end_column(c);
}

static bw_status write_pairs(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    bw_mps_column c = {.out = out, .letter = 'x'};
    bw_stream_text(out, " MARK 'MARKER' 'INTORG'\n");
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, model->buffer);
        if (bw_stream_failed(out))
            return BW_OK;
        for (int32_t i = 0; i < row.n; i++) {
            c.number = model->first_column[unit] + i + 1;
            write_pair(model, unit, &row.pair[i], &c);
        }
    }
    bw_status status = bw_mps_choices(model, out);
    bw_stream_text(out, " MARK 'MARKER' 'INTEND'\n");
    return status;
}

static void write_deviation(const bw_model *model, const bw_model_band *band,
                            bool beyond, bw_stream *out)
{
    const bw_instance_measure *measure = &model->instance->measure[band->k];
    bw_mps_column c = {
        .out = out, .letter = beyond ? 't' : 's', .number = band->number};
    bw_mps_cost(&c, beyond ? measure->over : measure->under, BW_PRICE_PLACES);
    if (band->moves && !beyond)
        bw_mps_low(&c, band, BW_QUANTA);
    else
        bw_mps_amount(&c, band, beyond ? -BW_QUANTA : BW_QUANTA);
    bw_mps_end_column(&c);
}

static void write_deviations(const bw_model *model, bw_stream *out)
{
    bw_model_band band;
    for (int64_t at = 0; at < n_limits(model); at++) {
        if (!bw_model_band_at(model, at, &band))
            continue;
        if (band.has_short)
            write_deviation(model, &band, false, out);
        if (band.has_beyond)
            write_deviation(model, &band, true, out);
    }
}

static void write_right_sides(const bw_model *model, bw_stream *out)
{
    bw_model_band band;
    bw_stream_text(out, "RHS\n");
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_stream_text(out, " RHS ");
        bw_model_name(out, 'U', unit + 1);
        bw_stream_text(out, " 1\n");
    }
    for (int64_t at = 0; at < n_limits(model); at++) {
        if (!bw_model_band_at(model, at, &band) || band.moves)
            continue;
        bw_stream_text(out, " RHS ");
        bw_model_band_name(out, &band);
        bw_stream_char(out, ' ');
        bw_stream_fixed(out, band.high != BW_NO_HIGH ? band.high : band.low,
                        BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
    for (int32_t g = 0; g < model->instance->n_budgets; g++) {
        bw_stream_text(out, " RHS ");
        bw_model_name(out, 'M', g + 1);
        bw_stream_char(out, ' ');
        bw_stream_fixed(out, bw_model_limit(model, g), BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
    bw_mps_choice_sides(model, out);
}

static bool is_ranged(const bw_model_band *band)
{
    return !band->moves && band->low != BW_NO_LOW && band->high != BW_NO_HIGH &&
           band->low != band->high;
}

static void write_ranges(const bw_model *model, bw_stream *out)
{
    bw_model_band band;
    bool begun = false;
    for (int64_t at = 0; at < n_limits(model); at++) {
        if (!bw_model_band_at(model, at, &band) || !is_ranged(&band))
            continue;
        if (!begun)
            bw_stream_text(out, "RANGES\n");
        begun = true;
        bw_stream_text(out, " RNG ");
        bw_model_band_name(out, &band);
        bw_stream_char(out, ' ');
        bw_stream_fixed(out, (bw_wide)band.high - band.low, BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
}

bw_status bw_model_write_mps(const bw_model *model, bw_stream *out)
{
    bw_stream_text(out, "NAME bailiwick\n");
    write_rows(model, out);
    bw_stream_text(out, "COLUMNS\n");
    bw_status status = write_pairs(model, out);
    write_deviations(model, out);
    write_right_sides(model, out);
    write_ranges(model, out);
    bw_stream_text(out, "ENDATA\n");
    return status;
}
