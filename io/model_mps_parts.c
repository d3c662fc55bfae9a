/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of columns in MPS. */
#include "model_mps_parts.h"

void bw_mps_begin(bw_mps_column *c)
{
    if (!c->half) {
        bw_stream_char(c->out, ' ');
        if (c->model)
            bw_model_y_name(c->out, c->model, (int32_t)c->number, c->block);
        else
            bw_model_name(c->out, c->letter, c->number);
    }
    bw_stream_char(c->out, ' ');
}

void bw_mps_end(bw_mps_column *c)
{
    if (c->half)
        bw_stream_char(c->out, '\n');
    c->half = !c->half;
}

void bw_mps_end_column(bw_mps_column *c)
{
    if (c->half)
        bw_stream_char(c->out, '\n');
    c->half = false;
}

void bw_mps_cost(bw_mps_column *c, bw_wide value, int places)
{
    if (!value)
        return;
    bw_mps_begin(c);
    bw_stream_text(c->out, "cost ");
    bw_stream_fixed(c->out, value, places);
    bw_mps_end(c);
}

void bw_mps_amount(bw_mps_column *c, const bw_model_band *band, int64_t value)
{
    if (!value)
        return;
    bw_mps_begin(c);
    bw_model_band_name(c->out, band);
    bw_stream_char(c->out, ' ');
    bw_stream_fixed(c->out, value, BW_QUANTUM_PLACES);
    bw_mps_end(c);
}

void bw_mps_low(bw_mps_column *c, const bw_model_band *band, int64_t value)
{
    if (!value)
        return;
    bw_mps_begin(c);
    bw_model_low_name(c->out, band);
    bw_stream_char(c->out, ' ');
    bw_stream_fixed(c->out, value, BW_QUANTUM_PLACES);
    bw_mps_end(c);
}

void bw_mps_whole(bw_mps_column *c, char letter, int64_t number, int64_t value)
{
    if (!value)
        return;
    bw_mps_begin(c);
    bw_model_name(c->out, letter, number);
    bw_stream_char(c->out, ' ');
    bw_stream_int(c->out, value);
    bw_mps_end(c);
}

void bw_mps_use(bw_mps_column *c, int32_t g, int64_t value)
{
    if (!value)
        return;
    bw_mps_begin(c);
    bw_model_name(c->out, 'M', g + 1);
    bw_stream_char(c->out, ' ');
    bw_stream_fixed(c->out, value, BW_QUANTUM_PLACES);
    bw_mps_end(c);
}

void bw_mps_row(char type, char letter, int64_t number, bw_stream *out)
{
    bw_stream_char(out, ' ');
    bw_stream_char(out, type);
    bw_stream_char(out, ' ');
    bw_model_name(out, letter, number);
    bw_stream_char(out, '\n');
}
