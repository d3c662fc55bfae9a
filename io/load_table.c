/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a table of the scenario and gives its cells by column name. */
#include "load_table.h"

#include "file_path.h"
#include "layer.h"
#include "read_file.h"
#include "watch_tell.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *bw_role_text(bw_role role)
{
    static const char *const text[] = {"accounts", "reps", "pairs",
                                       "gazetteer"};
    return text[role];
}

const char *bw_table_path(bw_arena *arena, const bw_attr *file)
{
    return bw_file_beside(arena, file->place.file, file->text);
}

static void check_sha(const bw_sheet *sheet)
{
    const bw_attr *told = &sheet->spec->sha256;
    const char *found = bw_source_sha256(sheet->source);
    if (told->text && strcasecmp(told->text, found) != 0)
        bw_diag_add(sheet->diags, BW_ERROR, BW_FILE_CHANGED, told->place,
                    "%s has changed: its SHA-256 was %s and is %s; bring the "
                    "old file back, or plan again",
                    sheet->spec->file.text, told->text, found);
}

static bool is_bound(const bw_sheet *sheet, const char *name)
{
    const bw_binding *b = bw_columns_find(sheet->columns, name);
    return b && b->n_columns > 0;
}

/* Fields first, so that a field's name wins over an equal header. A header
 * that a value's name hides is kept for the value's own expression. */
static bw_status list_columns(bw_sheet *sheet)
{
    int32_t n_fields = bw_columns_count(sheet->columns);
    int32_t n_headers = bw_table_columns(sheet->table), n = 0;
    size_t most = (size_t)n_fields + (size_t)n_headers;
    bw_sheet_column *column =
        bw_arena_alloc(sheet->scratch, most, sizeof *column);
    if (!column)
        return BW_NOMEM;
    for (int32_t i = 0; i < n_fields; i++) {
        const bw_binding *b = bw_columns_at(sheet->columns, i);
        bw_sheet_column c = {
            .name = b->field, .binding = b, .header = -1, .faulty = b->faulty};
        if (b->n_columns > 0 || c.faulty || bw_column_has_value(&c))
            column[n++] = c;
    }
    for (int32_t i = 0; i < n_headers; i++) {
        const char *name = bw_table_header(sheet->table, i).text;
        int32_t twin = bw_table_twin(sheet->table, i);
        if (!is_bound(sheet, name) && *name && (twin < 0 || twin > i))
            column[n++] = (bw_sheet_column){.name = name, .header = i};
    }
    sheet->column = column;
    sheet->n_columns = n;
    return BW_OK;
}

bw_status bw_sheet_source(bw_sheet *sheet)
{
    sheet->blind = true;
    sheet->path = bw_table_path(sheet->scratch, &sheet->spec->file);
    if (!sheet->path)
        return BW_NOMEM;
    const bw_source_how how = {.encoding = &sheet->spec->format.encoding,
                               .watch = sheet->watch};
    bw_status status =
        bw_file_named(sheet->path, sheet->spec->file.place, sheet->diags);
    if (status == BW_OK)
        status = bw_source_open_table(sheet->path, sheet->path, &how,
                                      sheet->diags, &sheet->source);
    if (status != BW_OK)
        return status;
    check_sha(sheet);
    return BW_OK;
}

bw_status bw_sheet_read(bw_sheet *sheet)
{
    bw_watch_step(sheet->watch, "taking apart", sheet->path);
    bw_status status =
        bw_table_read_as(sheet->source, sheet->spec->format.separator,
                         sheet->diags, &sheet->table);
    if (status != BW_OK)
        return status;
    sheet->rows = sheet->file_rows = bw_table_rows(sheet->table);
    if (sheet->rows > INT32_MAX / 2) {
        bw_diag_add(sheet->diags, BW_ERROR, BW_FILE_UNREADABLE,
                    sheet->spec->file.place, "%s has more than %d records",
                    sheet->spec->file.text, INT32_MAX / 2);
        return BW_INVALID;
    }
    sheet->faulty = bw_arena_alloc(sheet->scratch, (size_t)sheet->rows, 1);
    sheet->flaw = bw_arena_alloc(sheet->scratch, (size_t)sheet->rows, 1);
    status = bw_columns_bind(sheet->role, sheet->table, sheet->spec,
                             sheet->diags, &sheet->columns);
    bool room = sheet->faulty && sheet->flaw;
    if ((status != BW_OK && status != BW_INVALID) || !room)
        return room ? status : BW_NOMEM;
    status = bw_sheet_blank(sheet);
    if (status == BW_OK)
        status = list_columns(sheet);
    if (status == BW_OK)
        status = bw_sheet_join(sheet);
    if (status == BW_OK)
        status = bw_sheet_compile_values(sheet);
    sheet->blind = false;
    return status;
}

bw_status bw_sheet_open(bw_sheet *sheet)
{
    bw_status status = bw_sheet_source(sheet);
    return status == BW_OK ? bw_sheet_read(sheet) : status;
}

void bw_sheet_close(bw_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_columns; i++)
        bw_expr_free(sheet->column[i].value);
    bw_columns_free(sheet->columns);
    bw_table_free(sheet->table);
    bw_source_free(sheet->source);
}

int32_t bw_sheet_field(const bw_sheet *sheet, const char *field)
{
    int32_t column = bw_sheet_find(sheet, field);
    return column >= 0 && sheet->column[column].binding ? column : -1;
}

int32_t bw_sheet_find(const bw_sheet *sheet, const char *name)
{
    for (int32_t i = 0; i < sheet->n_columns; i++)
        if (strcmp(sheet->column[i].name, name) == 0)
            return sheet->column[i].faulty ? -1 : i;
    return -1;
}

bool bw_sheet_faulty(const bw_sheet *sheet, const char *name)
{
    for (int32_t i = 0; i < sheet->n_columns; i++)
        if (strcmp(sheet->column[i].name, name) == 0)
            return sheet->column[i].faulty;
    return false;
}

bool bw_sheet_takes(const bw_sheet *sheet, int64_t row)
{
    return !sheet->state || sheet->state[row] == BW_ROW_TAKEN;
}

static bw_cell file_cell(const bw_sheet *sheet, int32_t column, int64_t row)
{
    const bw_sheet_column *c = &sheet->column[column];
    if (c->text)
        return (bw_cell){c->text[row], strlen(c->text[row])};
    if (!c->binding && c->header < 0)
        return (bw_cell){"", 0};
    if (!c->binding)
        return bw_table_cell(sheet->table, row, c->header);
    int32_t source;
    return bw_columns_cell(sheet->table, c->binding, row, &source);
}

static bw_cell layer_cell(const bw_sheet *sheet, int32_t column, int64_t row)
{
    const bw_layer_cell *cell = bw_layer_at(sheet->layer, column, row);
    if (cell)
        return (bw_cell){cell->text, strlen(cell->text)};
    const bw_layer_part *part = bw_layer_part_of(sheet->layer, row);
    if (!part)
        return file_cell(sheet, column, row);
    return part->sheet ? bw_sheet_cell(part->sheet, part->column[column],
                                       row - part->first)
                       : (bw_cell){"", 0};
}

bw_cell bw_sheet_cell(const bw_sheet *sheet, int32_t column, int64_t row)
{
    if (column < 0)
        return (bw_cell){"", 0};
    return sheet->layer ? layer_cell(sheet, column, row)
                        : file_cell(sheet, column, row);
}

static bw_place file_place(const bw_sheet *sheet, int32_t column, int64_t row)
{
    int32_t source = 0;
    if (column >= 0) {
        const bw_sheet_column *c = &sheet->column[column];
        source = c->header;
        if (c->binding && c->binding->n_columns > 0)
            bw_columns_cell(sheet->table, c->binding, row, &source);
    }
    return bw_table_place(sheet->table, row, source < 0 ? 0 : source);
}

bw_place bw_sheet_place(const bw_sheet *sheet, int32_t column, int64_t row)
{
    if (!sheet->layer)
        return file_place(sheet, column, row);
    const bw_layer_cell *cell =
        column < 0 ? NULL : bw_layer_at(sheet->layer, column, row);
    if (cell)
        return cell->place;
    const bw_layer_part *part = bw_layer_part_of(sheet->layer, row);
    if (!part)
        return file_place(sheet, column, row);
    return part->sheet ? bw_sheet_place(part->sheet,
                                        column < 0 ? -1 : part->column[column],
                                        row - part->first)
                       : part->place;
}

int64_t bw_sheet_room(const bw_sheet *sheet)
{
    return sheet->layer ? bw_layer_room(sheet->layer) : sheet->rows;
}

bool bw_sheet_changed(const bw_sheet *sheet, int32_t column, int64_t row)
{
    return sheet->layer && (row >= sheet->file_rows ||
                            bw_layer_at(sheet->layer, column, row) != NULL);
}

/* What an expression of an appended file gives is written by us. */
const bw_format_spec *bw_sheet_format_of(const bw_sheet *sheet, int32_t column,
                                         int64_t row)
{
    static const bw_format_spec plain = {.dates = BW_DATES_YMD};
    if (bw_layer_at(sheet->layer, column, row))
        return &plain;
    const bw_layer_part *part = bw_layer_part_of(sheet->layer, row);
    if (!part)
        return &sheet->spec->format;
    int32_t source = part->sheet ? part->column[column] : -1;
    return source < 0 || part->sheet->column[source].value
               ? &plain
               : &part->sheet->spec->format;
}

const char *bw_sheet_headers(const bw_sheet *sheet, char *text, size_t size)
{
    size_t used = 0;
    int32_t n = sheet->table ? bw_table_columns(sheet->table) : 0;
    assert(size > 32);
    text[0] = '\0';
    for (int32_t i = 0; i < n; i++) {
        bw_cell header = bw_table_header(sheet->table, i);
        if (used + header.len + 32 > size) {
            snprintf(text + used, size - used, ", and %d more", (int)(n - i));
            break;
        }
        used += (size_t)snprintf(text + used, size - used, "%s%s",
                                 i > 0 ? ", " : "", header.text);
    }
    return text;
}
