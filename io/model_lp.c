/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPLEX LP is written row by row. Rows of reps gather what stands in many rows
 * of the instance, so reps are taken in blocks whose entries fit in memory,
 * each block with one sweep over the instance. */
#include "model_lp_parts.h"

#include "bw/alloc.h"

enum {
    BLOCK_ENTRIES = 4 << 20
};

static int64_t n_limits(const bw_model *model)
{
    return (int64_t)model->instance->n_reps * model->instance->n_measures;
}

static void add_price(bw_lp_sum *s, int64_t price, char letter, int32_t number)
{
    if (!price)
        return;
    bw_lp_term(s, price, BW_PRICE_PLACES);
    bw_model_name(s->out, letter, number);
}

static void write_objective(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    bw_lp_sum s = {out, 0};
    bw_stream_text(out, "Minimize\n cost:");
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++) {
            bw_wide cost = bw_model_cost(model, unit, &row.pair[i]);
            if (!cost)
                continue;
            bw_lp_term(&s, cost, BW_FINE_PLACES);
            bw_model_name(out, 'x', model->first_column[unit] + i + 1);
        }
    }
    for (int64_t at = 0; at < n_limits(model); at++) {
        bw_model_band band;
        if (!bw_model_band_at(model, at, &band))
            continue;
        const bw_instance_measure *measure = &instance->measure[band.k];
        if (band.has_short)
            add_price(&s, measure->under, 's', band.number);
        if (band.has_beyond)
            add_price(&s, measure->over, 't', band.number);
    }
    bw_lp_choice_cost(model, &s);
    bw_stream_text(out, s.n ? "\n" : " 0 x1\n");
}

static void write_units(const bw_model *model, bw_stream *out)
{
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_lp_sum s = {out, 0};
        bw_stream_char(out, ' ');
        bw_model_name(out, 'U', unit + 1);
        bw_stream_char(out, ':');
        for (int64_t i = model->first_column[unit];
             i < model->first_column[unit + 1]; i++) {
            bw_lp_term(&s, 1, 0);
            bw_model_name(out, 'x', i + 1);
        }
        bw_stream_text(out, " = 1\n");
    }
}

/* A pair in the block of its rep. */
typedef struct entry {
    bw_pair pair;
    int32_t unit;
    int64_t column; /* from 1 */
} entry;

typedef struct block {
    int32_t from, to; /* reps */
    int64_t *first;   /* [to - from + 1] into entry, room for n_reps + 1 */
    entry *entry;
} block;

static bool is_ranged(const bw_model_band *band)
{
    return band->low != BW_NO_LOW && band->high != BW_NO_HIGH &&
           band->low != band->high;
}

/* What the rep of a band has of its measure. */
static void write_load(const bw_model *model, const bw_model_band *band,
                       const entry *entries, int64_t n, bw_lp_sum *s)
{
    for (int64_t i = 0; i < n; i++) {
        const entry *e = &entries[i];
        int64_t amount = bw_model_amount(model, e->unit, &e->pair, band->k);
        if (!amount)
            continue;
        bw_lp_term(s, amount, BW_QUANTUM_PLACES);
        bw_model_name(s->out, 'x', e->column);
    }
}

/* One side of a band that moves. */
static void write_side(const bw_model *model, const bw_model_band *band,
                       bool high, const entry *entries, int64_t n,
                       bw_stream *out)
{
    bw_lp_sum s = {out, 0};
    if (high ? band->high == BW_NO_HIGH : band->low == BW_NO_LOW)
        return;
    bw_stream_char(out, ' ');
    if (high)
        bw_model_band_name(out, band);
    else
        bw_model_low_name(out, band);
    bw_stream_char(out, ':');
    write_load(model, band, entries, n, &s);
    if (high ? band->has_beyond : band->has_short) {
        bw_lp_term(&s, high ? -1 : 1, 0);
        bw_model_name(out, high ? 't' : 's', band->number);
    }
    bw_lp_choice_sides(model, band, high, &s);
    bw_stream_text(out, s.n ? "" : " 0 x1");
    bw_stream_text(out, high ? " <= 0\n" : " >= 0\n");
}

/* The row of one band from the entries of its rep. */
static void write_band(const bw_model *model, const bw_model_band *band,
                       const entry *entries, int64_t n, bw_stream *out)
{
    bw_lp_sum s = {out, 0};
    if (band->moves) {
        write_side(model, band, true, entries, n, out);
        write_side(model, band, false, entries, n, out);
        return;
    }
    bw_stream_char(out, ' ');
    bw_model_band_name(out, band);
    bw_stream_char(out, ':');
    write_load(model, band, entries, n, &s);
    if (band->has_short) {
        bw_lp_term(&s, 1, 0);
        bw_model_name(out, 's', band->number);
    }
    if (band->has_beyond) {
        bw_lp_term(&s, -1, 0);
        bw_model_name(out, 't', band->number);
    }
    if (is_ranged(band)) {
        bw_lp_term(&s, -1, 0);
        bw_model_name(out, 'r', band->number);
    }
    if (!s.n)
        bw_stream_text(out, " 0 x1");
    bool equal = is_ranged(band) || band->low == band->high;
    bw_stream_text(out, equal                      ? " = "
                        : band->high != BW_NO_HIGH ? " <= "
                                                   : " >= ");
    bw_stream_fixed(out, band->low != BW_NO_LOW ? band->low : band->high,
                    BW_QUANTUM_PLACES);
    bw_stream_char(out, '\n');
}

static void count_pairs(const bw_model *model, int64_t *count)
{
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_row row = bw_instance_row(model->instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++)
            count[row.pair[i].rep]++;
    }
}

/* Lays the entries of reps [from, to) out by rep; first[] is ready. */
static void gather(const bw_model *model, block *b)
{
    for (int32_t unit = 0; unit < model->instance->n_units; unit++) {
        bw_row row = bw_instance_row(model->instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++) {
            int32_t rep = row.pair[i].rep;
            if (rep < b->from || rep >= b->to)
                continue;
            b->entry[b->first[rep - b->from]++] =
                (entry){row.pair[i], unit, model->first_column[unit] + i + 1};
        }
    }
    for (int32_t i = b->to - b->from; i > 0; i--)
        b->first[i] = b->first[i - 1];
    b->first[0] = 0;
}

static bw_status write_block(const bw_model *model, block *b, bw_stream *out)
{
    int32_t n_measures = model->instance->n_measures;
    b->entry = bw_alloc((size_t)b->first[b->to - b->from], sizeof *b->entry);
    if (!b->entry)
        return BW_NOMEM;
    gather(model, b);
    for (int32_t rep = b->from; rep < b->to; rep++) {
        int64_t first = b->first[rep - b->from];
        int64_t n = b->first[rep - b->from + 1] - first;
        for (int32_t k = 0; k < n_measures; k++) {
            bw_model_band band;
            if (bw_model_band_at(model, (int64_t)rep * n_measures + k, &band))
                write_band(model, &band, b->entry + first, n, out);
        }
    }
    bw_free(b->entry);
    return BW_OK;
}

static bw_status write_blocks(const bw_model *model, const int64_t *count,
                              int64_t *first, bw_stream *out)
{
    int32_t n_reps = model->instance->n_reps;
    block b = {.first = first};
    bw_status status = BW_OK;
    while (status == BW_OK && b.to < n_reps && !bw_stream_failed(out)) {
        b.from = b.to;
        first[0] = 0;
        do {
            int32_t i = b.to - b.from;
            first[i + 1] = first[i] + count[b.to++];
        } while (b.to < n_reps &&
                 first[b.to - b.from] + count[b.to] <= BLOCK_ENTRIES);
        status = write_block(model, &b, out);
    }
    return status;
}

static bw_status write_bands(const bw_model *model, bw_stream *out)
{
    size_t n_reps = (size_t)model->instance->n_reps;
    if (!model->n_bands)
        return BW_OK;
    int64_t *count = bw_alloc(n_reps, sizeof *count);
    int64_t *first = bw_alloc(n_reps + 1, sizeof *first);
    bw_status status = BW_NOMEM;
    if (count && first) {
        count_pairs(model, count);
        status = write_blocks(model, count, first, out);
    }
    bw_free(count);
    bw_free(first);
    return status;
}

/* Few pairs of a unit differ in what they use, but all but one use something:
 * one sweep over the instance for each budget. */
static void write_budgets(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        bw_lp_sum s = {out, 0};
        bw_stream_char(out, ' ');
        bw_model_name(out, 'M', g + 1);
        bw_stream_char(out, ':');
        for (int32_t unit = 0; unit < instance->n_units; unit++) {
            bw_row row = bw_instance_row(instance, unit, model->buffer);
            for (int32_t i = 0; i < row.n; i++) {
                int64_t use =
                    bw_instance_use(instance, g, unit, row.pair[i].rep);
                if (!use)
                    continue;
                bw_lp_term(&s, use, BW_QUANTUM_PLACES);
                bw_model_name(out, 'x', model->first_column[unit] + i + 1);
            }
        }
        bw_lp_choice_use(model, g, &s);
        bw_stream_text(out, s.n ? " <= " : " 0 x1 <= ");
        bw_stream_fixed(out, bw_model_limit(model, g), BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
}

static void write_bounds(const bw_model *model, bw_stream *out)
{
    bool begun = false;
    for (int64_t at = 0; at < n_limits(model); at++) {
        bw_model_band band;
        if (!bw_model_band_at(model, at, &band) || band.moves ||
            !is_ranged(&band))
            continue;
        bw_stream_text(out, begun ? " 0 <= " : "Bounds\n 0 <= ");
        begun = true;
        bw_model_name(out, 'r', band.number);
        bw_stream_text(out, " <= ");
        bw_stream_fixed(out, (bw_wide)band.high - band.low, BW_QUANTUM_PLACES);
        bw_stream_char(out, '\n');
    }
}

static void write_binaries(const bw_model *model, bw_stream *out)
{
    int64_t n = model->first_column[model->instance->n_units];
    bw_stream_text(out, "Binaries\n");
    for (int64_t i = 1; i <= n; i++) {
        bw_stream_char(out, ' ');
        bw_model_name(out, 'x', i);
        if (i % 16 == 0 || i == n)
            bw_stream_char(out, '\n');
    }
    bw_lp_choice_names(model, out);
}

bw_status bw_model_write_lp(const bw_model *model, bw_stream *out)
{
    bw_stream_text(out, "\\ bailiwick\n");
    write_objective(model, out);
    bw_stream_text(out, "Subject To\n");
    write_units(model, out);
    bw_status status = write_bands(model, out);
    write_budgets(model, out);
    bw_lp_choice_rows(model, out);
    write_bounds(model, out);
    write_binaries(model, out);
    bw_stream_text(out, "End\n");
    return status;
}
