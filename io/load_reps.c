/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions: which take part, in which role, with what capacity and home. */
#include "load_parts.h"

#include "field.h"
#include "rep_status.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum {
    NO_STATUS = -1
};

/* A ramp beyond this is taken for a per cent without its sign. */
#define RAMP_LARGEST 1.5

/* The role of a position, and whether it takes part. */
static int read_status(bw_cell cell, uint8_t *state)
{
    *state = BW_ROW_TAKEN;
    switch (bw_rep_word_of(cell.text, cell.len)) {
    case BW_REP_SAYS_ACTIVE:
        return BW_ACTIVE;
    case BW_REP_SAYS_VACANT:
        return BW_VACANT;
    case BW_REP_SAYS_LEAVING:
        return BW_LEAVING;
    case BW_REP_SAYS_INACTIVE:
        *state = BW_ROW_INACTIVE;
        return BW_ACTIVE;
    case BW_REP_SAYS_CANDIDATE:
        *state = BW_ROW_CANDIDATE;
        return BW_CANDIDATE;
    case BW_REP_SAYS_NOTHING:
        break;
    }
    *state = BW_ROW_CANDIDATE;
    return NO_STATUS;
}

/* The days of a position, looked at where the scenario has a date. */
typedef struct days {
    double date;
    const double *from, *to; /* NULL: no such column */
} days;

static bw_status find_days(const bw_loader *loader, bw_sheet *sheet, days *d)
{
    *d = (days){.date = loader->scenario->date_day};
    if (isnan(d->date) || !sheet->state)
        return BW_OK;
    bw_status status = bw_load_numbers(sheet, "active_from", &d->from);
    return status == BW_OK ? bw_load_numbers(sheet, "active_to", &d->to)
                           : status;
}

/* Who has ended by then is leaving, who begins later is not there yet. */
static void judge_days(bw_sheet *sheet, const days *d, int64_t row, int *status,
                       uint8_t *state)
{
    double from = d->from ? d->from[row] : NAN;
    double to = d->to ? d->to[row] : NAN;
    if (from > to)
        bw_flaw_found(
            sheet, BW_FIELD_RANGE, bw_sheet_field(sheet, "active_to"), row,
            "active_to is %.20s, before active_from, which is "
            "%.20s; correct one of them, or leave it blank",
            bw_sheet_cell(sheet, bw_sheet_field(sheet, "active_to"), row).text,
            bw_sheet_cell(sheet, bw_sheet_field(sheet, "active_from"), row)
                .text);
    if (*state != BW_ROW_TAKEN)
        return;
    if (to < d->date)
        *status = BW_LEAVING;
    else if (from > d->date)
        *state = BW_ROW_NOT_YET;
}

bw_status bw_load_rep_states(bw_loader *loader)
{
    days when;
    bw_sheet *sheet = &loader->reps;
    int32_t column = bw_sheet_field(sheet, "status");
    int64_t n = sheet->state ? sheet->rows : 0;
    loader->rep_status = bw_arena_alloc(loader->scratch, (size_t)n, 1);
    bw_status found = find_days(loader, sheet, &when);
    if (!loader->rep_status || found != BW_OK)
        return found != BW_OK ? found : BW_NOMEM;
    for (int64_t row = 0; row < n; row++) {
        uint8_t state;
        bw_cell cell = bw_sheet_cell(sheet, column, row);
        int status = read_status(cell, &state);
        if (!bw_sheet_takes(sheet, row))
            continue;
        if (status == NO_STATUS) {
            bw_flaw_found(sheet, BW_FIELD_CHOICE, column, row,
                          "status is \"%.40s\"; it must be active, leaving, "
                          "vacant, candidate or inactive (blank: active)",
                          cell.text);
            status = BW_ACTIVE;
            state = sheet->state[row];
        }
        if (status == BW_CANDIDATE && loader->scenario->positions.given)
            state = BW_ROW_TAKEN;
        judge_days(sheet, &when, row, &status, &state);
        if (sheet->state[row] == BW_ROW_TAKEN)
            sheet->state[row] = state;
        loader->rep_status[row] = (uint8_t)status;
    }
    return BW_OK;
}

/* The columns of reps.csv, looked up once. */
typedef struct rep_columns {
    int32_t id, name, region, type, fte, ramp;
    bool type_is_ours; /* told or named so: its values must be ours */
    const double *lat, *lon, *capacity, *fte_value, *ramp_value;
} rep_columns;

static bw_status find_columns(bw_sheet *sheet, rep_columns *c)
{
    *c = (rep_columns){.id = bw_sheet_field(sheet, "id"),
                       .name = bw_sheet_field(sheet, "name"),
                       .region = bw_sheet_field(sheet, "region"),
                       .type = bw_sheet_field(sheet, "type"),
                       .fte = bw_sheet_field(sheet, "fte"),
                       .ramp = bw_sheet_field(sheet, "ramp")};
    if (c->type >= 0 && sheet->column[c->type].binding) {
        const char *how = sheet->column[c->type].binding->how;
        c->type_is_ours = !how || strcmp(how, "by synonym") != 0;
    }
    bw_status status = bw_load_numbers(sheet, "latitude", &c->lat);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "longitude", &c->lon);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "capacity", &c->capacity);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "fte", &c->fte_value);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "ramp", &c->ramp_value);
    return status;
}

static bool is_inside(const bw_sheet *sheet, const rep_columns *c, int64_t row)
{
    return strcasecmp(bw_sheet_cell(sheet, c->type, row).text, "inside") == 0;
}

static void check_type(bw_sheet *sheet, const rep_columns *c, int64_t row)
{
    bw_cell cell = bw_sheet_cell(sheet, c->type, row);
    if (is_inside(sheet, c, row) || !c->type_is_ours ||
        bw_field_blank(cell.text) || strcasecmp(cell.text, "field") == 0)
        return;
    bw_flaw_found(sheet, BW_FIELD_CHOICE, c->type, row,
                  "type is \"%.40s\"; it must be field or inside (blank: "
                  "field); if the column means something else, say "
                  "<column name=\"type\" from=\"\"/>",
                  cell.text);
}

/* fte and ramp must not be negative, a ramp not be a per cent without its
 * sign. The value that a decision gives stands in the column then. */
static void check_factor(bw_sheet *sheet, int32_t column, int64_t row)
{
    double *value = column < 0 ? NULL : sheet->column[column].number;
    bool ramp = column >= 0 && strcmp(sheet->column[column].name, "ramp") == 0;
    if (!value || isnan(value[row]) ||
        (value[row] >= 0 && !(ramp && value[row] > RAMP_LARGEST)))
        return;
    if (ramp)
        bw_flaw_found(sheet, BW_FIELD_RANGE, column, row,
                      "ramp is %g; it must lie between 0 and 1.5: write 80%% "
                      "or 0.8",
                      value[row]);
    else
        bw_flaw_found(sheet, BW_FIELD_RANGE, column, row,
                      "fte is %g; it must not be negative: write 1 for a full "
                      "position, 0.5 for half of one",
                      value[row]);
    double instead = bw_flaw_number(sheet, BW_FIELD_RANGE);
    if (ramp && instead > RAMP_LARGEST)
        bw_diag_add(sheet->diags, BW_ERROR, BW_FIELD_RANGE,
                    bw_sheet_place(sheet, column, row),
                    "ramp is %g, and the value of <quality> that stands "
                    "instead, %g, is not between 0 and 1.5 either: correct it",
                    value[row], instead);
    value[row] = instead;
}

/* What may take a row out must be known before reps are numbered. */
static void check_rows(bw_sheet *sheet, const rep_columns *c)
{
    bw_load_check_points(sheet);
    for (int64_t row = 0; row < sheet->rows; row++) {
        if (bw_sheet_takes(sheet, row))
            check_type(sheet, c, row);
        if (bw_sheet_takes(sheet, row))
            check_factor(sheet, c->fte, row);
        if (bw_sheet_takes(sheet, row))
            check_factor(sheet, c->ramp, row);
    }
}

static double or_one(const double *values, int64_t row)
{
    return values && !isnan(values[row]) ? values[row] : 1;
}

static bw_status fill_rep(bw_loader *loader, const rep_columns *c, int32_t rep)
{
    bw_reps *reps = &loader->problem->reps;
    bw_sheet *sheet = &loader->reps;
    int64_t row = loader->row_of_rep[rep];
    reps->id[rep] = bw_load_text(loader->arena, sheet, c->id, row);
    reps->name[rep] = bw_load_text(loader->arena, sheet, c->name, row);
    reps->region[rep] = bw_load_text(loader->arena, sheet, c->region, row);
    if (!reps->id[rep] || !reps->name[rep] || !reps->region[rep])
        return BW_NOMEM;
    reps->line[rep] =
        row < sheet->file_rows ? bw_sheet_place(sheet, -1, row).line : 0;
    reps->status[rep] = loader->rep_status[row];
    reps->inside[rep] = is_inside(sheet, c, row);
    reps->home[rep] = bw_load_point(c->lat, c->lon, row);
    reps->place_source[rep] =
        bw_point_known(reps->home[rep]) ? BW_PLACE_GIVEN : BW_PLACE_NONE;
    reps->capacity[rep] = c->capacity ? c->capacity[row] : NAN;
    reps->fte[rep] = or_one(c->fte_value, row);
    reps->ramp[rep] = or_one(c->ramp_value, row);
    return BW_OK;
}

/* Serving reps first, then leaving ones; file order inside both. */
static bw_status number_reps(bw_loader *loader)
{
    bw_reps *reps = &loader->problem->reps;
    const bw_sheet *sheet = &loader->reps;
    size_t rows = (size_t)sheet->rows;
    loader->rep_of_row = bw_arena_alloc(loader->scratch, rows, sizeof(int32_t));
    loader->row_of_rep = bw_arena_alloc(loader->scratch, rows, sizeof(int32_t));
    if (!loader->rep_of_row || !loader->row_of_rep)
        return BW_NOMEM;
    for (int64_t row = 0; row < sheet->rows; row++)
        loader->rep_of_row[row] = -1;
    for (int leaving = 0; leaving < 2 && sheet->state; leaving++) {
        for (int32_t row = 0; row < sheet->rows; row++) {
            bool leaves = loader->rep_status[row] == BW_LEAVING;
            if (!bw_sheet_takes(sheet, row) || leaves != (leaving == 1))
                continue;
            loader->rep_of_row[row] = reps->n;
            loader->row_of_rep[reps->n++] = row;
        }
        if (!leaving)
            reps->n_serving = reps->n;
    }
    return BW_OK;
}

static bool allocate(bw_arena *arena, bw_reps *reps)
{
    size_t n = (size_t)reps->n;
    reps->id = bw_arena_alloc(arena, n, sizeof *reps->id);
    reps->name = bw_arena_alloc(arena, n, sizeof *reps->name);
    reps->region = bw_arena_alloc(arena, n, sizeof *reps->region);
    reps->line = bw_arena_alloc(arena, n, sizeof *reps->line);
    reps->home = bw_arena_alloc(arena, n, sizeof *reps->home);
    reps->place_source = bw_arena_alloc(arena, n, sizeof *reps->place_source);
    reps->status = bw_arena_alloc(arena, n, sizeof *reps->status);
    reps->inside = bw_arena_alloc(arena, n, sizeof *reps->inside);
    reps->capacity = bw_arena_alloc(arena, n, sizeof *reps->capacity);
    reps->fte = bw_arena_alloc(arena, n, sizeof *reps->fte);
    reps->ramp = bw_arena_alloc(arena, n, sizeof *reps->ramp);
    return reps->id && reps->name && reps->region && reps->line && reps->home &&
           reps->place_source && reps->status && reps->inside &&
           reps->capacity && reps->fte && reps->ramp;
}

/* Without regions everybody would be in one. */
static void need_region(const bw_loader *loader)
{
    const bw_repair_spec *repair = &loader->scenario->repair;
    if (repair->given && repair->reach == BW_REACH_REGION)
        bw_load_need(&loader->reps, "region", repair->place,
                     "reach=\"region\" of <repair>");
}

bw_status bw_load_reps(bw_loader *loader)
{
    bw_reps *reps = &loader->problem->reps;
    bw_sheet *sheet = &loader->reps;
    rep_columns columns = {0};
    bw_status status = BW_OK;
    if (sheet->state)
        status = find_columns(sheet, &columns);
    if (status == BW_OK && sheet->state)
        check_rows(sheet, &columns);
    if (status == BW_OK && sheet->state)
        need_region(loader);
    if (status == BW_OK)
        status = number_reps(loader);
    if (status == BW_OK && !allocate(loader->arena, reps))
        status = BW_NOMEM;
    for (int32_t rep = 0; rep < reps->n && status == BW_OK; rep++)
        status = fill_rep(loader, &columns, rep);
    if (status == BW_OK && reps->n_serving == 0 && !sheet->blind)
        bw_diag_add(loader->diags, BW_ERROR, BW_REPS_NONE,
                    loader->scenario->reps.place,
                    "%s has no active or vacant position that takes part; "
                    "there must be one to serve the accounts",
                    loader->scenario->reps.file.text);
    return status;
}
