/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the short names of the exported program stand for. */
#include "model_parts.h"

#include "csv_write.h"

#include <stdio.h>

enum {
    FLUSH_AT = 1 << 16,
    NAME_ROOM = 32
};

typedef struct map {
    const bw_model *model;
    bw_stream *out;
    bw_buf text;
    bw_csv csv;
    bw_buf ids; /* of the present unit's accounts */
} map;

static void pass_on(map *m, size_t at)
{
    if (m->text.len < at || m->text.failed)
        return;
    bw_stream_add(m->out, m->text.text, m->text.len);
    m->text.len = 0;
}

/* An instance made from rows has no tables: numbers stand for ids. */
static void put_ids(map *m, int32_t unit)
{
    const bw_instance *instance = m->model->instance;
    m->ids.len = 0;
    if (!instance->problem) {
        bw_buf_format(&m->ids, "%d", (int)unit + 1);
        return;
    }
    int32_t first = instance->first_account[unit];
    for (int32_t i = first; i < instance->first_account[unit + 1]; i++) {
        int32_t account = instance->unit_account[i];
        if (i > first)
            bw_buf_text(&m->ids, "|");
        bw_buf_text(&m->ids, instance->problem->accounts.id[account]);
    }
}

static void put_rep(map *m, int32_t rep)
{
    const bw_problem *problem = m->model->instance->problem;
    if (problem)
        bw_csv_text(&m->csv, problem->reps.id[rep]);
    else
        bw_csv_int(&m->csv, rep + 1);
}

/* A record up to the ids; ids NULL: blank. */
static void begin(map *m, const char *name, const char *kind, const char *ids)
{
    bw_csv_text(&m->csv, name);
    bw_csv_text(&m->csv, kind);
    bw_csv_text(&m->csv, ids);
}

static void end(map *m, const char *measure)
{
    bw_csv_text(&m->csv, measure);
    bw_csv_end(&m->csv);
    pass_on(m, FLUSH_AT);
}

static void write_unit(map *m, int32_t unit)
{
    char name[NAME_ROOM];
    const bw_model *model = m->model;
    bw_row row = bw_instance_row(model->instance, unit, model->buffer);
    put_ids(m, unit);
    snprintf(name, sizeof name, "U%d", (int)unit + 1);
    begin(m, name, "unit", m->ids.text);
    bw_csv_text(&m->csv, NULL);
    end(m, NULL);
    for (int32_t i = 0; i < row.n; i++) {
        snprintf(name, sizeof name, "x%lld",
                 (long long)model->first_column[unit] + i + 1);
        begin(m, name, "pair", m->ids.text);
        put_rep(m, row.pair[i].rep);
        end(m, NULL);
    }
}

static void write_band(map *m, const bw_model_band *band)
{
    static const char letters[] = {'s', 't'};
    static const char *const kinds[] = {"short", "beyond"};
    const bool has[] = {band->has_short, band->has_beyond};
    const char *measure = m->model->instance->measure[band->k].name;
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "W%d_%d", (int)band->rep + 1, (int)band->k + 1);
    begin(m, name, "band", NULL);
    put_rep(m, band->rep);
    end(m, measure);
    for (int side = 0; side < 2; side++) {
        if (!has[side])
            continue;
        snprintf(name, sizeof name, "%c%d", letters[side], (int)band->number);
        begin(m, name, kinds[side], NULL);
        put_rep(m, band->rep);
        end(m, measure);
    }
}

/* y<j> or y<j>_<n>, and z<n>. */
static void write_choice(map *m, const bw_model_choice *choice)
{
    char name[NAME_ROOM];
    bool follows = choice->n_blocks > 1;
    for (int32_t j = 0; j < choice->n_free; j++)
        for (int32_t b = 0; b < choice->n_blocks; b++) {
            int n = snprintf(name, sizeof name, "y%d", (int)j + 1);
            if (follows)
                snprintf(name + n, sizeof name - (size_t)n, "_%d",
                         (int)(choice->least + b));
            begin(m, name, "open", NULL);
            put_rep(m, choice->rep[j]);
            end(m, NULL);
        }
    for (int32_t b = 0; follows && b < choice->n_blocks; b++) {
        snprintf(name, sizeof name, "z%d", (int)(choice->least + b));
        begin(m, name, "number", NULL);
        bw_csv_text(&m->csv, NULL);
        end(m, NULL);
    }
}

bw_status bw_model_write_map(const bw_model *model, bw_stream *out)
{
    const bw_instance *instance = model->instance;
    map m = {.model = model, .out = out};
    m.csv.buf = &m.text;
    begin(&m, "name", "kind", "account_ids");
    bw_csv_text(&m.csv, "rep_id");
    end(&m, "measure");
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        write_unit(&m, unit);
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t at = 0; at < n; at++) {
        bw_model_band band;
        if (bw_model_band_at(model, at, &band))
            write_band(&m, &band);
    }
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        char name[NAME_ROOM];
        snprintf(name, sizeof name, "M%d", (int)g + 1);
        begin(&m, name, "budget", NULL);
        bw_csv_text(&m.csv, NULL);
        end(&m, instance->budget[g].name);
    }
    if (model->choice)
        write_choice(&m, model->choice);
    pass_on(&m, 1);
    bw_status status = m.text.failed || m.ids.failed ? BW_NOMEM : BW_OK;
    bw_buf_free(&m.text);
    bw_buf_free(&m.ids);
    return status;
}
