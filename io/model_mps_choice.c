/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, sides and columns of free positions in MPS. */
#include "model_mps_parts.h"

#include "bw/alloc.h"

void bw_mps_moving_rows(const bw_model_band *band, bw_stream *out)
{
    if (band->high != BW_NO_HIGH) {
        bw_stream_text(out, " L ");
        bw_model_band_name(out, band);
        bw_stream_char(out, '\n');
    }
    if (band->low != BW_NO_LOW) {
        bw_stream_text(out, " G ");
        bw_model_low_name(out, band);
        bw_stream_char(out, '\n');
    }
}

static void write_number_rows(const bw_model_choice *choice, bw_stream *out)
{
    if (choice->n_blocks == 1) {
        bool range = bw_model_has_range(choice);
        bw_mps_row(range ? 'L' : 'E', 'N', 1, out);
        if (range)
            bw_mps_row('G', 'N', 2, out);
        return;
    }
    for (int32_t b = 0; b < choice->n_blocks; b++)
        bw_mps_row('E', 'N', choice->least + b, out);
    bw_stream_text(out, " E Z\n");
}

void bw_mps_choice_rows(const bw_model *model, bw_stream *out)
{
    if (!model->choice)
        return;
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_row row = bw_instance_row(model->instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++)
            if (bw_model_is_free(model, row.pair[i].rep))
                bw_mps_row('L', 'P', model->first_column[unit] + i + 1, out);
    }
    for (int32_t j = 0; j < model->choice->n_free; j++)
        bw_mps_row('L', 'Y', j + 1, out);
    write_number_rows(model->choice, out);
}

void bw_mps_choice_sides(const bw_model *model, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    if (!choice)
        return;
    for (int32_t j = 0; j < choice->n_free; j++) {
        bw_stream_text(out, " RHS ");
        bw_model_name(out, 'Y', j + 1);
        bw_stream_text(out, " 1\n");
    }
    if (choice->n_blocks > 1) {
        bw_stream_text(out, " RHS Z 1\n");
        return;
    }
    bw_stream_text(out, " RHS N1 ");
    bw_stream_int(out, choice->most);
    if (bw_model_has_range(choice)) {
        bw_stream_text(out, " N2 ");
        bw_stream_int(out, choice->least);
    }
    bw_stream_char(out, '\n');
}

/* The sides of a rep's bands in one block. */
static void add_sides(const bw_model *model, int32_t rep, bw_mps_column *c)
{
    int32_t n_measures = model->instance->n_measures;
    for (int32_t k = 0; k < n_measures; k++) {
        bw_model_band band;
        if (!bw_model_band_at(model, (int64_t)rep * n_measures + k, &band))
            continue;
        if (band.high != BW_NO_HIGH)
            bw_mps_amount(c, &band,
                          -bw_model_side(model, &band, c->block, true));
        if (band.low != BW_NO_LOW)
            bw_mps_low(c, &band, -bw_model_side(model, &band, c->block, false));
    }
}

/* The columns y of a free position; pair [n]: its columns x. */
static void write_y(const bw_model *model, int32_t place, const int64_t *pair,
                    int64_t n, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    int32_t rep = choice->rep[place];
    bw_wide cost = bw_fine(bw_quanta(choice->reps->position_cost[rep]));
    for (int32_t b = 0; b < choice->n_blocks; b++) {
        bw_mps_column c = {
            .out = out, .number = place, .model = model, .block = b};
        bw_mps_cost(&c, cost, BW_FINE_PLACES);
        add_sides(model, rep, &c);
        for (int64_t i = 0; i < n; i++)
            bw_mps_whole(&c, 'P', pair[i], -1);
        bw_mps_whole(&c, 'Y', place + 1, 1);
        if (bw_model_has_range(choice))
            bw_mps_whole(&c, 'N', 2, 1);
        bw_mps_whole(&c, 'N', choice->n_blocks > 1 ? choice->least + b : 1, 1);
        for (int32_t g = 0; g < model->instance->n_budgets; g++)
            bw_mps_use(&c, g, bw_model_kept(model, g, rep));
        bw_mps_end_column(&c);
    }
}

/* The numbers, whose bands those that stay have. */
static void write_z(const bw_model *model, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    for (int32_t b = 0; choice->n_blocks > 1 && b < choice->n_blocks; b++) {
        int32_t n = choice->least + b;
        bw_mps_column c = {.out = out, .letter = 'z', .number = n, .block = b};
        bw_mps_begin(&c);
        bw_stream_text(out, "Z 1");
        bw_mps_end(&c);
        bw_mps_whole(&c, 'N', n, -(int64_t)n);
        for (int32_t r = 0; r < model->instance->n_reps; r++)
            if (!bw_model_is_free(model, r))
                add_sides(model, r, &c);
        bw_mps_end_column(&c);
    }
}

bw_status bw_mps_choices(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    if (!model->choice)
        return BW_OK;
    int64_t *pair = bw_alloc((size_t)instance->n_units, sizeof *pair);
    if (!pair)
        return BW_NOMEM;
    for (int32_t j = 0; j < model->choice->n_free; j++) {
        int64_t n = 0;
        for (int32_t unit = 0; unit < instance->n_units; unit++) {
            bw_row row = bw_instance_row(instance, unit, model->buffer);
            for (int32_t i = 0; i < row.n; i++)
                if (row.pair[i].rep == model->choice->rep[j])
                    pair[n++] = model->first_column[unit] + i + 1;
        }
        write_y(model, j, pair, n, out);
    }
    write_z(model, out);
    bw_free(pair);
    return BW_OK;
}
