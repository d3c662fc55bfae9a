/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of accounts: cells, rows from another file, rows that go. */
#include "load_change.h"

#include "buf.h"
#include "field.h"
#include "scenario_change.h"

#include <string.h>

/* ---------------------------------------------------------------- more rows */

/* What <column value=> of the added file gives, as text: its numbers belong to
 * its own rows. */
static bw_status values_as_text(bw_sheet *sheet)
{
    bw_buf room = {0};
    bw_status status = BW_OK;
    for (int32_t i = 0; i < sheet->n_columns && status == BW_OK; i++) {
        bw_sheet_column *c = &sheet->column[i];
        const double *values;
        if (!c->value || c->text || c->faulty)
            continue;
        status = bw_sheet_numbers(sheet, i, &values);
        const char **text =
            bw_arena_alloc(sheet->scratch, (size_t)sheet->rows, sizeof *text);
        if (!text)
            status = BW_NOMEM;
        for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
            room.len = 0;
            bw_buf_double(&room, values[row]);
            text[row] = bw_arena_text(sheet->scratch, room.len ? room.text : "",
                                      room.len);
            if (!text[row])
                status = BW_NOMEM;
        }
        c->text = text;
    }
    bw_buf_free(&room);
    return status;
}

/* A column that only the added file has, of the kind that it has there. */
static bw_status adopt(bw_changer *c, bw_sheet *sheet,
                       const bw_sheet_column *theirs)
{
    const bw_attr name = {.text = theirs->name, .place = c->spec->place};
    if (bw_sheet_find(sheet, name.text) >= 0 ||
        bw_sheet_faulty(sheet, name.text))
        return BW_OK;
    bw_diags *diags = c->loader->diags;
    c->loader->diags = NULL; /* a near name is no slip of the pen here */
    int32_t column = bw_change_make_column(c, sheet, &name);
    c->loader->diags = diags;
    if (sheet->column[column].binding || !theirs->binding)
        return BW_OK;
    bw_binding *binding = bw_arena_alloc(sheet->scratch, 1, sizeof *binding);
    if (!binding)
        return BW_NOMEM;
    *binding = *theirs->binding;
    binding->n_columns = 0;
    binding->map = NULL;
    sheet->column[column].binding = binding;
    return BW_OK;
}

static bw_status add_rows(bw_changer *c, bw_sheet *sheet, bw_sheet *added)
{
    bw_status status = values_as_text(added);
    int64_t first = sheet->rows;
    for (int32_t i = 0; i < added->n_columns && status == BW_OK; i++)
        status = adopt(c, sheet, &added->column[i]);
    int32_t *column = bw_arena_alloc(
        sheet->scratch, (size_t)bw_layer_columns(sheet->layer), sizeof *column);
    if (status != BW_OK || !column)
        return status != BW_OK ? status : BW_NOMEM;
    for (int32_t i = 0; i < bw_layer_columns(sheet->layer); i++)
        column[i] = i < sheet->n_columns
                        ? bw_sheet_find(added, sheet->column[i].name)
                        : -1;
    const bw_layer_part part = {.first = first,
                                .rows = added->rows,
                                .sheet = added,
                                .column = column,
                                .place = c->spec->place};
    bw_change_append(sheet, &part);
    for (int64_t row = 0; row < added->rows; row++) {
        sheet->faulty[first + row] |= added->faulty[row];
        sheet->flaw[first + row] = added->flaw[row];
    }
    return BW_OK;
}

static bw_status add_accounts(bw_changer *c, bw_sheet *sheet)
{
    bw_loader *loader = c->loader;
    int n = 0;
    for (const bw_change_spec *s = loader->scenario->changes; s < c->spec; s++)
        n += s->kind == BW_CHANGE_ADD_ACCOUNTS;
    bw_sheet *added = &loader->added[n];
    if (!added->column ||
        bw_load_need(added, "id", c->spec->place,
                     c->spec->place.line ? "<add-accounts>"
                                         : "bailiwick place") < 0)
        return BW_OK;
    return add_rows(c, sheet, added);
}

/* --------------------------------------------------------------- fewer rows */

static bw_status drop_row(bw_changer *c, bw_sheet *sheet, int64_t row)
{
    if (!sheet->state)
        sheet->state =
            bw_arena_alloc(sheet->scratch, (size_t)bw_sheet_room(sheet), 1);
    if (!sheet->state)
        return BW_NOMEM;
    sheet->state[row] = BW_ROW_DROPPED;
    for (int32_t i = 0; i < sheet->n_columns; i++)
        bw_sheet_reread(sheet, i, row);
    return bw_layer_drop(sheet->layer, row, c->index);
}

/* An id that the change names. */
typedef struct wanted {
    bw_changer *c;
    bw_sheet *sheet;
    int32_t id; /* the column */
    bw_index *rows;
} wanted;

static bw_place place_in(const bw_attr *attr, const char *at)
{
    bw_place place = attr->place;
    if (attr->raw && strcmp(attr->raw, attr->text) != 0)
        return place;
    for (const char *p = attr->text; p < at; p++)
        place.column += ((unsigned char)*p & 0xC0) != 0x80;
    return place;
}

static bw_status drop_id(const wanted *w, const char *at, size_t len)
{
    char hint[BW_HINT_ROOM];
    const bw_attr *attr = &w->c->spec->account;
    int32_t row = bw_load_find_id(w->rows, at, len);
    char *id = bw_arena_text(w->sheet->scratch, at, len);
    if (!id)
        return BW_NOMEM;
    if (row < 0) {
        bw_change_fault(w->c, BW_CHANGE_EMPTY, place_in(attr, at),
                        "<drop-accounts> changes nothing: account \"%.60s\" "
                        "is not listed in %s%s",
                        id, w->sheet->spec->file.text,
                        bw_change_near_cell(w->sheet, w->id, id, hint));
        return BW_OK;
    }
    if (bw_sheet_takes(w->sheet, row))
        return drop_row(w->c, w->sheet, row);
    bw_change_fault(w->c, BW_CHANGE_CONFLICT, place_in(attr, at),
                    "<drop-accounts>: account \"%.60s\" was dropped already; "
                    "take one of the two out",
                    id);
    return BW_OK;
}

/* One id, or several with blanks between. */
static bw_status drop_named(const wanted *w)
{
    static const char blanks[] = " \t\r\n";
    const char *at = w->c->spec->account.text;
    bw_status status = BW_OK;
    if (bw_load_find_id(w->rows, at, strlen(at)) >= 0)
        return drop_id(w, at, strlen(at));
    for (at += strspn(at, blanks); *at && status == BW_OK;
         at += strspn(at, blanks)) {
        size_t len = strcspn(at, blanks);
        status = drop_id(w, at, len);
        at += len;
    }
    return status;
}

static bw_status index_rows(wanted *w)
{
    bw_status status = bw_index_new(w->sheet->rows, &w->rows);
    for (int64_t row = 0; row < w->sheet->rows && status == BW_OK; row++) {
        int32_t there;
        bw_cell id = bw_sheet_cell(w->sheet, w->id, row);
        if (!bw_field_blank(id.text))
            status =
                bw_index_put(w->rows, id.text, id.len, (int32_t)row, &there);
    }
    return status;
}

static bw_status drop_accounts(bw_changer *c, bw_sheet *sheet)
{
    uint8_t *member;
    bw_status status;
    if (c->spec->account.text) {
        wanted w = {c, sheet, bw_sheet_field(sheet, "id"), NULL};
        status = w.id < 0 ? BW_INVALID : index_rows(&w);
        if (status == BW_OK)
            status = drop_named(&w);
        bw_index_free(w.rows);
        return status;
    }
    status = bw_change_select(c, sheet, &c->spec->where, NULL, &member);
    for (int64_t row = 0; status == BW_OK && member && row < sheet->rows; row++)
        if (member[row])
            status = drop_row(c, sheet, row);
    return status;
}

/* -------------------------------------------------------------------- cells */

static bw_status change_cells(bw_changer *c, bw_sheet *sheet)
{
    uint8_t *member;
    const bw_change_spec *spec = c->spec;
    bw_status status = bw_change_select(c, sheet, &spec->where, NULL, &member);
    if (status != BW_OK || !member)
        return status;
    if (spec->kind == BW_CHANGE_SET)
        return bw_change_set(c, sheet, &spec->column, &spec->value, member);
    if (spec->kind == BW_CHANGE_ADD)
        return bw_change_scale(c, sheet, 1, &spec->value, member);
    return bw_change_scale(c, sheet, spec->factor, NULL, member);
}

bw_status bw_change_accounts(bw_changer *c)
{
    bw_sheet *sheet = &c->loader->accounts;
    if (c->spec->kind == BW_CHANGE_GROW)
        return bw_change_grow(c);
    if (c->spec->kind == BW_CHANGE_ADD_ACCOUNTS)
        return add_accounts(c, sheet);
    if (c->spec->kind == BW_CHANGE_DROP_ACCOUNTS)
        return drop_accounts(c, sheet);
    return change_cells(c, sheet);
}
