/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of positions. One that is removed is a position whose status is
 * leaving: its accounts have an owner, and must go. */
#include "load_change.h"

#include "scenario_change.h"

#include <stdio.h>
#include <string.h>

/* The first row of this id, or -1. */
static int64_t find_rep(const bw_sheet *sheet, int32_t id, const char *text)
{
    for (int64_t row = 0; row < sheet->rows; row++)
        if (bw_load_is_id(text, strlen(text), bw_sheet_cell(sheet, id, row)))
            return row;
    return -1;
}

/* The row of the change's id; -1: reported. */
static int64_t need_rep(bw_changer *c, bw_sheet *sheet)
{
    char hint[BW_HINT_ROOM];
    const bw_attr *id = &c->spec->id;
    const char *kind = bw_change_name(c->spec->kind);
    int32_t column = bw_sheet_field(sheet, "id");
    int64_t row = column < 0 ? -1 : find_rep(sheet, column, id->text);
    if (column >= 0 && row < 0)
        bw_change_fault(c, BW_CHANGE_EMPTY, id->place,
                        "<%s> changes nothing: rep \"%.60s\" is not listed in "
                        "%s%s",
                        kind, id->text, sheet->spec->file.text,
                        bw_change_near_cell(sheet, column, id->text, hint));
    if (row < 0 || !c->removed[row])
        return row;
    bw_change_fault(c, BW_CHANGE_CONFLICT, id->place,
                    "<%s>: an earlier change has removed rep \"%.60s\"; take "
                    "one of the two out",
                    kind, id->text);
    return -1;
}

static bw_status remove_row(bw_changer *c, bw_sheet *sheet, int64_t row,
                            bw_place place)
{
    const bw_attr status = {.text = "status", .place = place};
    if (c->made[row]) {
        bw_cell id = bw_sheet_cell(sheet, bw_sheet_field(sheet, "id"), row);
        bw_change_fault(c, BW_CHANGE_CONFLICT, place,
                        "<%s>: rep \"%.60s\" was added by an earlier change; "
                        "take one of the two out",
                        bw_change_name(c->spec->kind), id.text);
        return BW_OK;
    }
    c->removed[row] = 1;
    int32_t column = bw_change_make_column(c, sheet, &status);
    if (column < 0)
        return BW_OK;
    bw_status result =
        bw_change_write(c, sheet, column, row, "leaving", place, false);
    bw_change_done(c, sheet, column);
    return result;
}

static bw_status remove_rep(bw_changer *c, bw_sheet *sheet)
{
    int64_t row = need_rep(c, sheet);
    return row < 0 ? BW_OK : remove_row(c, sheet, row, c->spec->id.place);
}

static bw_status close_region(bw_changer *c, bw_sheet *sheet)
{
    char hint[BW_HINT_ROOM];
    const bw_attr *region = &c->spec->region;
    const bw_attr name = {.text = "region", .place = region->place};
    int32_t column = bw_change_need_column(c, sheet, &name);
    bw_status status = BW_OK;
    int64_t n = 0;
    for (int64_t row = 0; column >= 0 && row < sheet->rows; row++) {
        if (c->removed[row] ||
            strcmp(bw_sheet_cell(sheet, column, row).text, region->text) != 0)
            continue;
        n++;
        status = remove_row(c, sheet, row, region->place);
        if (status != BW_OK)
            return status;
    }
    if (column >= 0 && n == 0)
        bw_change_fault(c, BW_CHANGE_EMPTY, region->place,
                        "<close-region> changes nothing: no rep of %s is in "
                        "region \"%.60s\" (any more)%s",
                        sheet->spec->file.text, region->text,
                        bw_change_near_cell(sheet, column, region->text, hint));
    return BW_OK;
}

/* An attribute: the cell as it would stand in the file. */
static bw_status write_attribute(bw_changer *c, bw_sheet *sheet,
                                 const bw_change_cell *cell,
                                 const uint8_t *member)
{
    int32_t column = bw_change_make_column(c, sheet, &cell->column);
    bw_status status = BW_OK;
    if (column < 0)
        return BW_OK;
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++)
        if (member[row])
            status = bw_change_write(c, sheet, column, row, cell->to.text,
                                     cell->to.place,
                                     c->spec->kind == BW_CHANGE_CHANGE_REP);
    bw_change_done(c, sheet, column);
    return status;
}

static bool gives(const bw_change_spec *spec, const char *attribute)
{
    for (int i = 0; i < spec->n_cells; i++)
        if (spec->cells[i].attribute &&
            strcmp(spec->cells[i].attribute, attribute) == 0)
            return true;
    return false;
}

static bw_status forget(bw_changer *c, bw_sheet *sheet, const uint8_t *member,
                        const char *field)
{
    bw_status status = BW_OK;
    int32_t column = bw_sheet_field(sheet, field);
    for (int64_t row = 0; column >= 0 && row < sheet->rows; row++)
        if (member[row] && status == BW_OK)
            status = bw_change_write(c, sheet, column, row, "", c->spec->place,
                                     false);
    return status;
}

/* Coordinates win over a postal code, and that over a city: a home that moves
 * to another one must lose what it had and would win. */
static bw_status forget_home(bw_changer *c, bw_sheet *sheet,
                             const uint8_t *member)
{
    const bw_change_spec *spec = c->spec;
    bool code = gives(spec, "postal-code"), city = gives(spec, "city");
    if (gives(spec, "latitude") || gives(spec, "longitude") || !(code || city))
        return BW_OK;
    bw_status status = forget(c, sheet, member, "latitude");
    if (status == BW_OK)
        status = forget(c, sheet, member, "longitude");
    if (status == BW_OK && !code)
        status = forget(c, sheet, member, "postal_code");
    return status;
}

/* Without a date of the scenario nobody asks for them. */
static void tell_idle(const bw_changer *c, const bw_change_cell *cell)
{
    if (cell->attribute && strncmp(cell->attribute, "active-", 7) == 0 &&
        !c->loader->scenario->date.text)
        bw_diag_add(c->loader->diags, BW_WARNING, BW_RULE_IDLE, cell->to.place,
                    "%s does nothing, as the scenario has no date; say "
                    "<scenario date=\"2027-03-01\">",
                    cell->attribute);
}

static bw_status write_cells(bw_changer *c, bw_sheet *sheet,
                             const uint8_t *member)
{
    bw_status status = forget_home(c, sheet, member);
    for (int i = 0; i < c->spec->n_cells && !bw_fatal(status); i++) {
        const bw_change_cell *cell = &c->spec->cells[i];
        tell_idle(c, cell);
        status = cell->attribute ? write_attribute(c, sheet, cell, member)
                                 : bw_change_set(c, sheet, &cell->column,
                                                 &cell->to, member);
    }
    return status;
}

static bw_status one_row(const bw_sheet *sheet, int64_t row, uint8_t **member)
{
    *member = bw_arena_alloc(sheet->scratch, (size_t)bw_sheet_room(sheet), 1);
    if (!*member)
        return BW_NOMEM;
    (*member)[row] = 1;
    return BW_OK;
}

static bw_status change_rep(bw_changer *c, bw_sheet *sheet)
{
    uint8_t *member = NULL;
    bw_status status = BW_OK;
    if (c->spec->id.text) {
        int64_t row = need_rep(c, sheet);
        if (row >= 0)
            status = one_row(sheet, row, &member);
    } else {
        status =
            bw_change_select(c, sheet, &c->spec->where, c->removed, &member);
    }
    return status == BW_OK && member ? write_cells(c, sheet, member) : status;
}

static bw_status add_rep(bw_changer *c, bw_sheet *sheet)
{
    uint8_t *member;
    const bw_attr *id = &c->spec->id;
    int32_t column = bw_sheet_field(sheet, "id");
    int64_t there = column < 0 ? -1 : find_rep(sheet, column, id->text);
    int64_t row = sheet->rows;
    if (there >= 0)
        bw_change_fault(c, BW_CHANGE_CONFLICT, id->place,
                        "<add-rep>: there is a rep \"%.60s\" already (%s:%u); "
                        "give the new one an id of its own, or say "
                        "<change-rep>",
                        id->text, bw_sheet_place(sheet, column, there).file,
                        (unsigned)bw_sheet_place(sheet, column, there).line);
    if (column < 0 || there >= 0)
        return BW_OK;
    const bw_layer_part part = {
        .first = row, .rows = 1, .place = c->spec->place};
    bw_change_append(sheet, &part);
    c->made[row] = 1;
    bw_status status =
        bw_change_write(c, sheet, column, row, id->text, id->place, false);
    if (status == BW_OK)
        status = one_row(sheet, row, &member);
    return status == BW_OK ? write_cells(c, sheet, member) : status;
}

bw_status bw_change_reps(bw_changer *c)
{
    bw_sheet *sheet = &c->loader->reps;
    switch (c->spec->kind) {
    case BW_CHANGE_REMOVE_REP:
        return remove_rep(c, sheet);
    case BW_CHANGE_CLOSE_REGION:
        return close_region(c, sheet);
    case BW_CHANGE_CHANGE_REP:
        return change_rep(c, sheet);
    case BW_CHANGE_ADD_REP:
        return add_rep(c, sheet);
    case BW_CHANGE_SET:
    case BW_CHANGE_SCALE:
    case BW_CHANGE_ADD:
    case BW_CHANGE_GROW:
    case BW_CHANGE_ADD_ACCOUNTS:
    case BW_CHANGE_DROP_ACCOUNTS:
        break;
    }
    return BW_INTERNAL;
}
