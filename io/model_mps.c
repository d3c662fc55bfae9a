/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free MPS. Whole columns carry no bounds: the unit rows keep them at 0 or 1,
 * whatever a reader takes for granted. */
#include "model_parts.h"

/* Two entries a line, as the format allows: halves what names cost. */
typedef struct column {
    bw_stream *out;
    char letter;
    int64_t number;
    bool half; /* one entry stands on the line */
} column;

/* Begins an entry; the caller adds the row's name and the value. */
static void begin_entry(column *c)
{
    if (!c->half) {
        bw_stream_char(c->out, ' ');
        bw_model_name(c->out, c->letter, c->number);
    }
    bw_stream_char(c->out, ' ');
}

static void end_entry(column *c)
{
    if (c->half)
        bw_stream_char(c->out, '\n');
    c->half = !c->half;
}

static void end_column(column *c)
{
    if (c->half)
        bw_stream_char(c->out, '\n');
    c->half = false;
}

static void add_cost(column *c, bw_wide value, int places)
{
    if (!value)
        return;
    begin_entry(c);
    bw_stream_text(c->out, "cost ");
    bw_stream_fixed(c->out, value, places);
    end_entry(c);
}

static void add_amount(column *c, const bw_model_band *band, int64_t value)
{
    if (!value)
        return;
    begin_entry(c);
    bw_model_band_name(c->out, band);
    bw_stream_char(c->out, ' ');
    bw_stream_fixed(c->out, value, BW_QUANTUM_PLACES);
    end_entry(c);
}

static void add_use(column *c, int32_t g, int64_t value)
{
    if (!value)
        return;
    begin_entry(c);
    bw_model_name(c->out, 'M', g + 1);
    bw_stream_char(c->out, ' ');
    bw_stream_fixed(c->out, value, BW_QUANTUM_PLACES);
    end_entry(c);
}

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
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_stream_text(out, " E ");
        bw_model_name(out, 'U', unit + 1);
        bw_stream_char(out, '\n');
    }
    for (int64_t at = 0; at < n_limits(model); at++) {
        if (!bw_model_band_at(model, at, &band))
            continue;
        bw_stream_char(out, ' ');
        bw_stream_char(out, row_type(&band));
        bw_stream_char(out, ' ');
        bw_model_band_name(out, &band);
        bw_stream_char(out, '\n');
    }
    for (int32_t g = 0; g < model->instance->n_budgets; g++) {
        bw_stream_text(out, " L ");
        bw_model_name(out, 'M', g + 1);
        bw_stream_char(out, '\n');
    }
}

static void write_pair(const bw_model *model, int32_t unit, const bw_pair *pair,
                       column *c)
{
    int32_t n_measures = model->instance->n_measures;
    add_cost(c, bw_model_cost(model, unit, pair), BW_FINE_PLACES);
    begin_entry(c);
    bw_model_name(c->out, 'U', unit + 1);
    bw_stream_text(c->out, " 1");
    end_entry(c);
    for (int32_t k = 0; k < n_measures; k++) {
        bw_model_band band;
        if (bw_model_band_at(model, (int64_t)pair->rep * n_measures + k, &band))
            add_amount(c, &band, bw_model_amount(model, unit, pair, k));
    }
    for (int32_t g = 0; g < model->instance->n_budgets; g++)
        add_use(c, g, bw_instance_use(model->instance, g, unit, pair->rep));
    end_column(c);
}

static void write_pairs(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    column c = {.out = out, .letter = 'x'};
    bw_stream_text(out, " MARK 'MARKER' 'INTORG'\n");
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, model->buffer);
        if (bw_stream_failed(out))
            return;
        for (int32_t i = 0; i < row.n; i++) {
            c.number = model->first_column[unit] + i + 1;
            write_pair(model, unit, &row.pair[i], &c);
        }
    }
    bw_stream_text(out, " MARK 'MARKER' 'INTEND'\n");
}

static void write_deviation(const bw_model *model, const bw_model_band *band,
                            bool beyond, bw_stream *out)
{
    const bw_instance_measure *measure = &model->instance->measure[band->k];
    column c = {
        .out = out, .letter = beyond ? 't' : 's', .number = band->number};
    add_cost(&c, beyond ? measure->over : measure->under, BW_PRICE_PLACES);
    add_amount(&c, band, beyond ? -BW_QUANTA : BW_QUANTA);
    end_column(&c);
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
        if (!bw_model_band_at(model, at, &band))
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
        bw_stream_fixed(out, model->instance->budget[g].limit,
                        BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
}

static bool is_ranged(const bw_model_band *band)
{
    return band->low != BW_NO_LOW && band->high != BW_NO_HIGH &&
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

void bw_model_write_mps(const bw_model *model, bw_stream *out)
{
    bw_stream_text(out, "NAME bailiwick\n");
    write_rows(model, out);
    bw_stream_text(out, "COLUMNS\n");
    write_pairs(model, out);
    write_deviations(model, out);
    write_right_sides(model, out);
    write_ranges(model, out);
    bw_stream_text(out, "ENDATA\n");
}
