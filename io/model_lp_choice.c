/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums in LP, and what free positions add to the program. */
#include "model_lp_parts.h"

enum {
    TERMS_A_LINE = 6 /* readers may stop at 255 or 560 characters */
};

void bw_lp_term(bw_lp_sum *s, bw_wide value, int places)
{
    if (s->n && s->n % TERMS_A_LINE == 0)
        bw_stream_text(s->out, "\n ");
    bool negative = value < 0;
    bw_stream_text(s->out, negative ? " - " : s->n ? " + " : " ");
    bw_wide size = negative ? -value : value;
    bw_wide one = 1;
    for (int i = 0; i < places; i++)
        one *= 10;
    if (size != one) {
        bw_stream_fixed(s->out, size, places);
        bw_stream_char(s->out, ' ');
    }
    s->n++;
}

static void add_y(const bw_model *model, int32_t place, int32_t block,
                  bw_wide value, bw_lp_sum *s)
{
    if (!value)
        return;
    bw_lp_term(s, value, BW_QUANTUM_PLACES);
    bw_model_y_name(s->out, model, place, block);
}

/* value times the sum of y of a position over all blocks. */
static void add_all(const bw_model *model, int32_t place, int64_t value,
                    bw_lp_sum *s)
{
    for (int32_t b = 0; b < model->choice->n_blocks; b++)
        add_y(model, place, b, value, s);
}

void bw_lp_choice_cost(const bw_model *model, bw_lp_sum *s)
{
    const bw_model_choice *choice = model->choice;
    for (int32_t j = 0; choice && j < choice->n_free; j++)
        add_all(model, j,
                bw_quanta(choice->reps->position_cost[choice->rep[j]]), s);
}

void bw_lp_choice_sides(const bw_model *model, const bw_model_band *band,
                        bool high, bw_lp_sum *s)
{
    const bw_model_choice *choice = model->choice;
    for (int32_t b = 0; b < choice->n_blocks; b++) {
        int64_t side = bw_model_side(model, band, b, high);
        if (choice->place[band->rep] >= 0) {
            add_y(model, choice->place[band->rep], b, -side, s);
        } else if (side) {
            bw_lp_term(s, -(bw_wide)side, BW_QUANTUM_PLACES);
            bw_model_name(s->out, 'z', choice->least + b);
        }
    }
}

void bw_lp_choice_use(const bw_model *model, int32_t g, bw_lp_sum *s)
{
    const bw_model_choice *choice = model->choice;
    for (int32_t j = 0; choice && j < choice->n_free; j++)
        add_all(model, j, bw_model_kept(model, g, choice->rep[j]), s);
}

static void begin_row(char letter, int64_t number, bw_stream *out)
{
    bw_stream_char(out, ' ');
    bw_model_name(out, letter, number);
    bw_stream_char(out, ':');
}

static void write_pairs(const bw_model *model, bw_stream *out)
{
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_row row = bw_instance_row(model->instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++) {
            int64_t number = model->first_column[unit] + i + 1;
            bw_lp_sum s = {out, 0};
            if (!bw_model_is_free(model, row.pair[i].rep))
                continue;
            begin_row('P', number, out);
            bw_lp_term(&s, 1, 0);
            bw_model_name(out, 'x', number);
            add_all(model, model->choice->place[row.pair[i].rep], -BW_QUANTA,
                    &s);
            bw_stream_text(out, " <= 0\n");
        }
    }
}

/* The sum of y in a block; z of a number is taken from it. */
static void write_number(const bw_model *model, int32_t block, int64_t row,
                         const char *side, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    int32_t n = choice->least + block;
    bw_lp_sum s = {out, 0};
    begin_row('N', row, out);
    for (int32_t j = 0; j < choice->n_free; j++)
        add_y(model, j, block, BW_QUANTA, &s);
    if (choice->n_blocks > 1 && n > 0) {
        bw_lp_term(&s, -n, 0);
        bw_model_name(out, 'z', n);
    }
    bw_stream_text(out, s.n ? "" : " 0 x1");
    bw_stream_text(out, side);
}

static void write_one_number(const bw_model *model, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    bool range = bw_model_has_range(choice);
    write_number(model, 0, 1, range ? " <= " : " = ", out);
    bw_stream_int(out, choice->most);
    bw_stream_char(out, '\n');
    if (!range)
        return;
    write_number(model, 0, 2, " >= ", out);
    bw_stream_int(out, choice->least);
    bw_stream_char(out, '\n');
}

static void write_numbers(const bw_model *model, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    bw_lp_sum s = {out, 0};
    for (int32_t b = 0; b < choice->n_blocks; b++)
        write_number(model, b, choice->least + b, " = 0\n", out);
    bw_stream_text(out, " Z:");
    for (int32_t b = 0; b < choice->n_blocks; b++) {
        bw_lp_term(&s, 1, 0);
        bw_model_name(out, 'z', choice->least + b);
    }
    bw_stream_text(out, " = 1\n");
}

void bw_lp_choice_rows(const bw_model *model, bw_stream *out)
{
    if (!model->choice)
        return;
    write_pairs(model, out);
    for (int32_t j = 0; j < model->choice->n_free; j++) {
        bw_lp_sum s = {out, 0};
        begin_row('Y', j + 1, out);
        add_all(model, j, BW_QUANTA, &s);
        bw_stream_text(out, " <= 1\n");
    }
    if (model->choice->n_blocks > 1)
        write_numbers(model, out);
    else
        write_one_number(model, out);
}

void bw_lp_choice_names(const bw_model *model, bw_stream *out)
{
    const bw_model_choice *choice = model->choice;
    for (int32_t j = 0; choice && j < choice->n_free; j++)
        for (int32_t b = 0; b < choice->n_blocks; b++) {
            bw_stream_char(out, ' ');
            bw_model_y_name(out, model, j, b);
            bw_stream_text(out, b + 1 == choice->n_blocks ? "\n" : "");
        }
    for (int32_t b = 0; choice && choice->n_blocks > 1 && b < choice->n_blocks;
         b++) {
        bw_stream_char(out, ' ');
        bw_model_name(out, 'z', choice->least + b);
        bw_stream_text(out, "\n");
    }
}
