/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read, from which columns, and which rows took no part. */
#include "load_parts.h"

#include "buf.h"
#include "csv_form.h"
#include "gazetteer_file.h"
#include "layer.h"
#include "quality.h"
#include "scenario_change.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

static const char *reason_of(bw_row_state state)
{
    switch (state) {
    case BW_ROW_WHERE:
        return "left out: does not satisfy where";
    case BW_ROW_CANDIDATE:
        return "left out: status candidate";
    case BW_ROW_INACTIVE:
        return "left out: status inactive";
    case BW_ROW_ACCOUNT_OUT:
        return "left out: its account takes no part";
    case BW_ROW_REP_OUT:
        return "left out: its rep takes no part";
    case BW_ROW_REP_LEAVING:
        return "left out: its rep is leaving";
    case BW_ROW_NOT_YET:
        return "left out: active_from is after the date of the scenario";
    case BW_ROW_FLAW:
    case BW_ROW_FLAW_WHERE:
    case BW_ROW_DROPPED:
    case BW_ROW_TAKEN:
        break;
    }
    return "";
}

/* "field-number: a cell is not a number" */
static const char *flaw_reason(bw_arena *arena, bw_code code)
{
    const bw_flaw *flaw = bw_flaw_of(code);
    char text[128];
    int len = snprintf(text, sizeof text, "%s: %s", bw_code_text(code),
                       flaw ? flaw->words : "");
    return bw_arena_text(arena, text, (size_t)len);
}

/* The change that dropped the row, as it is written; its place would be
 * another one in scenario.resolved.xml. */
static const char *drop_reason(const bw_loader *loader, const bw_sheet *sheet,
                               int64_t row)
{
    char text[160], shown[BW_SHORT];
    const bw_change_spec *change =
        &loader->scenario->changes[bw_layer_dropped(sheet->layer, row)];
    const bw_attr *which =
        change->account.text ? &change->account : &change->where;
    int len = snprintf(text, sizeof text, "left out: <%s %s=\"%s\">",
                       bw_change_name(change->kind),
                       change->account.text ? "account" : "where",
                       bw_words_short(which->text, shown));
    return bw_arena_text(loader->arena, text, (size_t)len);
}

static int64_t footers(const bw_sheet *sheet)
{
    return sheet->table ? bw_table_footers(sheet->table) : 0;
}

static int64_t count_rejected(const bw_sheet *sheet, int64_t first,
                              int64_t rows)
{
    int64_t n = 0;
    for (int64_t row = first; row < first + rows && sheet->state; row++)
        n += sheet->state[row] != BW_ROW_TAKEN;
    return n;
}

/* All of its rows and footers, those of added files included. */
static int64_t count_all(const bw_loader *loader, const bw_sheet *sheet)
{
    int64_t n = footers(sheet) + count_rejected(sheet, 0, sheet->rows);
    for (int i = 0; i < loader->n_added && sheet == &loader->accounts; i++)
        n += footers(&loader->added[i]);
    return n;
}

/* Gazetteers have no rows that could take part. */
static int64_t count_footers(const bw_loader *loader)
{
    int64_t n = 0;
    for (int i = 0; i < loader->scenario->n_gazetteers; i++)
        n += footers(&loader->gazetteers[i].sheet);
    return n;
}

/* The row's id; of a pair both, separated by a blank. */
static const char *row_id(const bw_loader *loader, const bw_sheet *sheet,
                          int64_t row)
{
    bw_arena *arena = loader->arena;
    if (sheet->role != BW_ROLE_PAIRS)
        return bw_load_text(arena, sheet, bw_sheet_field(sheet, "id"), row);
    bw_cell account =
        bw_sheet_cell(sheet, bw_sheet_field(sheet, "account"), row);
    bw_cell rep = bw_sheet_cell(sheet, bw_sheet_field(sheet, "rep"), row);
    size_t room = account.len + rep.len + 2;
    char *both = bw_arena_alloc(arena, room, 1);
    if (both)
        snprintf(both, room, "%s %s", account.text, rep.text);
    return both;
}

static const char *reason_for(const bw_loader *loader, const bw_sheet *sheet,
                              int64_t row)
{
    bw_row_state state = sheet->state[row];
    if (state == BW_ROW_DROPPED)
        return drop_reason(loader, sheet, row);
    return state == BW_ROW_FLAW || state == BW_ROW_FLAW_WHERE
               ? flaw_reason(loader->arena, sheet->flaw[row])
               : reason_of(state);
}

/* The file that the row stands in, and its line there; a rep that a change
 * made stands in none. */
static void stands_in(const bw_sheet *sheet, int64_t row, bw_rejected *r)
{
    const bw_layer_part *part =
        sheet->layer ? bw_layer_part_of(sheet->layer, row) : NULL;
    r->file = !part         ? sheet->spec->file.text
              : part->sheet ? part->sheet->spec->file.text
                            : "<add-rep>";
    r->line = part && !part->sheet ? 0 : bw_sheet_place(sheet, -1, row).line;
}

static void add_footers(bw_problem *problem, const bw_sheet *sheet)
{
    for (int64_t i = 0; i < footers(sheet); i++)
        problem->rejected[problem->n_rejected++] =
            (bw_rejected){.file = sheet->spec->file.text,
                          .line = bw_table_footer(sheet->table, i).place.line,
                          .id = "",
                          .reason = "report footer"};
}

static bw_status add_rejected(bw_loader *loader, const bw_sheet *sheet)
{
    bw_problem *problem = loader->problem;
    for (int64_t row = 0; row < sheet->rows && sheet->state; row++) {
        if (sheet->state[row] == BW_ROW_TAKEN)
            continue;
        bw_rejected *r = &problem->rejected[problem->n_rejected++];
        stands_in(sheet, row, r);
        r->id = row_id(loader, sheet, row);
        r->reason = reason_for(loader, sheet, row);
        if (!r->id || !r->reason)
            return BW_NOMEM;
    }
    add_footers(problem, sheet);
    for (int i = 0; i < loader->n_added && sheet == &loader->accounts; i++)
        add_footers(problem, &loader->added[i]);
    return BW_OK;
}

static bw_status add_headers(bw_loader *loader, const bw_sheet *sheet,
                             bw_input *input)
{
    int32_t n = sheet->table ? bw_table_columns(sheet->table) : 0;
    input->header =
        bw_arena_alloc(loader->arena, (size_t)n, sizeof *input->header);
    for (int32_t i = 0; i < n && input->header; i++) {
        bw_cell cell = bw_table_header(sheet->table, i);
        input->header[i] = bw_arena_text(loader->arena, cell.text, cell.len);
        if (!input->header[i])
            return BW_NOMEM;
    }
    input->n_headers = n;
    return input->header ? BW_OK : BW_NOMEM;
}

/* `all` holds the file's rows from `first` on. */
static bw_status add_input(bw_loader *loader, const bw_sheet *sheet,
                           const bw_sheet *all, int64_t first)
{
    bw_input *input = &loader->problem->inputs[loader->problem->n_inputs++];
    input->role = bw_role_text(sheet->role);
    input->file = sheet->spec->file.text;
    input->path =
        bw_arena_text(loader->arena, sheet->path, strlen(sheet->path));
    int64_t rows = sheet->layer ? sheet->file_rows : sheet->rows;
    input->rows = rows + footers(sheet);
    input->rejected = footers(sheet) + count_rejected(all, first, rows);
    snprintf(input->sha256, sizeof input->sha256, "%s",
             bw_source_sha256(sheet->source));
    input->encoding = bw_source_encoding(sheet->source);
    input->reason = bw_source_reason(sheet->source);
    input->compressed = bw_source_compressed(sheet->source);
    return input->path ? add_headers(loader, sheet, input) : BW_NOMEM;
}

/* "a|b", or the expression. */
static const char *header_text(const bw_loader *loader, const bw_sheet *sheet,
                               const bw_sheet_column *column)
{
    bw_buf buf = {0};
    const bw_binding *b = column->binding;
    if (bw_column_has_value(column))
        bw_buf_text(&buf, b->map->value.text);
    bw_buf_add(&buf, "", 0);
    for (int32_t i = 0; i < b->n_columns; i++) {
        bw_cell header = bw_table_header(sheet->table, b->column[i]);
        if (i > 0)
            bw_buf_text(&buf, b->joined ? " + " : "|");
        bw_buf_add(&buf, header.text, header.len);
    }
    const char *text = buf.failed || !buf.text
                           ? NULL
                           : bw_arena_text(loader->arena, buf.text, buf.len);
    bw_buf_free(&buf);
    return text;
}

/* How the column came to be; one without any header was made by a change. */
static const char *how_found(const bw_sheet_column *column)
{
    if (bw_column_has_value(column))
        return "expression";
    if (column->binding->n_columns == 0)
        return "by a change";
    return column->binding->how ? column->binding->how : "by name";
}

static bw_status add_mapping(bw_loader *loader, const bw_sheet *sheet,
                             const char *role)
{
    bw_problem *problem = loader->problem;
    char separator = bw_table_separator(sheet->table);
    if (separator != ',')
        problem->mapping[problem->n_mapping++] = (bw_mapping){
            role, "delimiter", bw_separator_name(separator),
            sheet->spec->format.separator ? "as told" : "as found"};
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        const bw_sheet_column *column = &sheet->column[i];
        if (!column->binding || column->faulty)
            continue;
        bw_mapping *m = &problem->mapping[problem->n_mapping++];
        m->role = role;
        m->field =
            bw_arena_text(loader->arena, column->name, strlen(column->name));
        m->header = header_text(loader, sheet, column);
        bool named = sheet == &loader->accounts && loader->owners_named &&
                     !bw_column_has_value(column) &&
                     strcmp(column->name, "owner") == 0;
        m->how = named ? "names of reps, not ids" : how_found(column);
        if (!m->field || !m->header)
            return BW_NOMEM;
    }
    return BW_OK;
}

static bw_status add_sheet(bw_loader *loader, const bw_sheet *sheet)
{
    if (!sheet->table)
        return BW_OK;
    bw_status status = add_input(loader, sheet, sheet, 0);
    if (status == BW_OK)
        status = add_rejected(loader, sheet);
    if (status == BW_OK)
        status = add_mapping(loader, sheet, bw_role_text(sheet->role));
    return status;
}

/* One in GeoNames' form has no table, and no columns to tell of. */
static bw_status add_state(bw_loader *loader)
{
    const bw_state *state = &loader->state;
    if (!state->table)
        return BW_OK;
    bw_input *input = &loader->problem->inputs[loader->problem->n_inputs++];
    *input = (bw_input){.role = "plan",
                        .file = state->file,
                        .path = state->path,
                        .rows = bw_table_rows(state->table),
                        .encoding = bw_source_encoding(state->source),
                        .reason = bw_source_reason(state->source)};
    snprintf(input->sha256, sizeof input->sha256, "%s",
             bw_source_sha256(state->source));
    return BW_OK;
}

static bw_status add_gazetteer(bw_loader *loader, const bw_sheet *sheet)
{
    if (!sheet->source)
        return BW_OK;
    bw_status status = add_input(loader, sheet, sheet, 0);
    add_footers(loader->problem, sheet);
    return status == BW_OK && sheet->table
               ? add_mapping(loader, sheet, bw_role_text(sheet->role))
               : status;
}

/* The files of <add-accounts>, and which accounts stand in them. */
static bw_status add_added(bw_loader *loader)
{
    const bw_sheet *accounts = &loader->accounts;
    bw_accounts *a = &loader->problem->accounts;
    int parts = accounts->layer ? bw_layer_parts(accounts->layer) : 0;
    if (parts == 0)
        return BW_OK;
    int32_t *input = bw_arena_alloc(loader->arena, (size_t)a->n, sizeof *input);
    if (!input)
        return BW_NOMEM;
    a->input = input;
    for (int i = 0; i < parts; i++) {
        const bw_layer_part *part = bw_layer_part_at(accounts->layer, i);
        for (int64_t row = part->first; row < part->first + part->rows; row++)
            if (loader->account_of_row[row] >= 0)
                input[loader->account_of_row[row]] = loader->problem->n_inputs;
        bw_status status =
            add_input(loader, part->sheet, accounts, part->first);
        if (status == BW_OK)
            status = add_mapping(loader, part->sheet, "add-accounts");
        if (status != BW_OK)
            return status;
    }
    return BW_OK;
}

bw_status bw_load_records(bw_loader *loader)
{
    const bw_sheet *sheets[] = {&loader->accounts, &loader->reps,
                                &loader->pairs};
    bw_problem *problem = loader->problem;
    int n_gazetteers = loader->scenario->n_gazetteers;
    size_t n_rejected = (size_t)count_footers(loader), n_mapping = 0;
    size_t n_inputs = 4 + (size_t)n_gazetteers + (size_t)loader->n_added;
    for (int i = 0; i < loader->n_added; i++)
        n_mapping += (size_t)loader->added[i].n_columns + 1;
    for (int i = 0; i < 3; i++) {
        n_rejected += (size_t)count_all(loader, sheets[i]);
        n_mapping += (size_t)sheets[i]->n_columns + 1;
    }
    for (int i = 0; i < n_gazetteers; i++)
        n_mapping += (size_t)loader->gazetteers[i].sheet.n_columns + 1;
    problem->rejected =
        bw_arena_alloc(loader->arena, n_rejected, sizeof *problem->rejected);
    problem->mapping =
        bw_arena_alloc(loader->arena, n_mapping, sizeof *problem->mapping);
    problem->inputs =
        bw_arena_alloc(loader->arena, n_inputs, sizeof *problem->inputs);
    if (!problem->rejected || !problem->mapping || !problem->inputs)
        return BW_NOMEM;
    bw_status status = BW_OK;
    for (int i = 0; i < 3 && status == BW_OK; i++)
        status = add_sheet(loader, sheets[i]);
    for (int i = 0; i < n_gazetteers && status == BW_OK; i++)
        status = add_gazetteer(loader, &loader->gazetteers[i].sheet);
    if (status == BW_OK)
        status = add_added(loader);
    return status == BW_OK ? add_state(loader) : status;
}
