/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides which header stands for which field. What the scenario says stands
 * before all else; columns_guess.c does the rest. */
#include "columns.h"

#include "buf.h"
#include "bw/alloc.h"
#include "field.h"
#include "header_list.h"
#include "utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct bw_columns {
    bw_arena *arena;
    bw_binding *binding; /* [n] our fields first, then the user's own names */
    int32_t n;
};

typedef struct field_form {
    const char *name;
    int cells; /* a bw_cells */
} field_form;

#define FIELD(name, cells) {#name, cells},
static const field_form account_fields[] = {BW_ACCOUNT_FIELDS(FIELD)};
static const field_form rep_fields[] = {BW_REP_FIELDS(FIELD)};
static const field_form pair_fields[] = {BW_PAIR_FIELDS(FIELD)};
static const field_form gazetteer_fields[] = {BW_GAZETTEER_FIELDS(FIELD)};

static const struct {
    const field_form *fields;
    int32_t n;
} roles[] = {
    [BW_ROLE_ACCOUNTS] = {account_fields,
                          sizeof account_fields / sizeof(field_form)},
    [BW_ROLE_REPS] = {rep_fields, sizeof rep_fields / sizeof(field_form)},
    [BW_ROLE_PAIRS] = {pair_fields, sizeof pair_fields / sizeof(field_form)},
    [BW_ROLE_GAZETTEER] = {gazetteer_fields,
                           sizeof gazetteer_fields / sizeof(field_form)},
};

void bw_columns_free(bw_columns *columns)
{
    if (columns)
        bw_arena_free(columns->arena);
}

int32_t bw_columns_count(const bw_columns *columns)
{
    return columns->n;
}

const bw_binding *bw_columns_at(const bw_columns *columns, int32_t index)
{
    assert(index >= 0 && index < columns->n);
    return &columns->binding[index];
}

const bw_binding *bw_columns_find(const bw_columns *columns, const char *name)
{
    for (int32_t i = 0; i < columns->n; i++)
        if (strcmp(columns->binding[i].field, name) == 0)
            return &columns->binding[i];
    return NULL;
}

bool bw_is_field(bw_role role, const char *name)
{
    for (int32_t i = 0; i < roles[role].n; i++)
        if (strcmp(roles[role].fields[i].name, name) == 0)
            return true;
    return false;
}

bw_cell bw_columns_cell(const bw_table *table, const bw_binding *binding,
                        int64_t row, int32_t *column)
{
    *column = binding->n_columns > 0 ? binding->column[0] : -1;
    for (int32_t i = 0; i < binding->n_columns; i++) {
        bw_cell cell = bw_table_cell(table, row, binding->column[i]);
        if (bw_field_blank(cell.text))
            continue;
        *column = binding->column[i];
        return cell;
    }
    return (bw_cell){"", 0};
}

/* ---------------------------------------------------------------- messages */

static void no_such_header(bw_binder *b, bw_place place, const char *header)
{
    bw_buf text = {0};
    char *plain = bw_arena_alloc(b->columns->arena, strlen(header) + 1, 1);
    int32_t n = bw_table_columns(b->table), near = -1;
    if (plain)
        bw_header_plain(header, plain);
    for (int32_t c = 0; plain && c < n && near < 0; c++)
        if (*plain && strcmp(plain, b->plain[c]) == 0)
            near = c;
    if (near >= 0) {
        bw_buf_text(&text, "did you mean ");
        bw_add_quoted(&text, bw_table_header(b->table, near).text);
        bw_buf_text(&text, "? ");
    }
    bw_buf_text(&text, near >= 0 ? "Its columns are " : "its columns are ");
    bw_add_headers(&text, b->table);
    if (!plain || text.failed)
        b->status = BW_NOMEM;
    else
        bw_diag_add(b->diags, BW_ERROR, BW_COLUMN_MISSING, place,
                    "%s has no column \"%s\"; %s",
                    bw_source_name(bw_table_source(b->table)), header,
                    text.text);
    bw_buf_free(&text);
}

/* ------------------------------------------------------- as the scenario says
 */

static void bad_from(bw_binder *b, bw_place place, const char *what)
{
    bw_diag_add(b->diags, BW_ERROR, BW_VALUE_SYNTAX, place,
                "%s; from=\"A|B\" lists up to %d headers, of which the first "
                "that is not blank counts",
                what, BW_COLUMN_SOURCES);
}

static void add_source(bw_binder *b, bw_binding *binding, bw_place place,
                       const char *header)
{
    int32_t column = bw_table_find(b->table, header);
    bool room = binding->n_columns < BW_COLUMN_SOURCES;
    char use[80];
    snprintf(use, sizeof use, "<column name=\"%.40s\">", binding->field);
    if (*header && room &&
        bw_columns_tell_twin(b->table, column, place, use, b->diags)) {
        b->faulty = binding->faulty = true;
        return;
    }
    if (*header && column >= 0 && room) {
        binding->column[binding->n_columns++] = column;
        return;
    }
    b->faulty = binding->faulty = true;
    if (*header == 0)
        bad_from(b, place, "a header between two | is blank");
    else if (column < 0)
        no_such_header(b, place, header);
    else
        bad_from(b, place, "too many headers");
}

static const char blanks[] = " \t\r\n";

/* Where the n-th header begins in the attribute as it stands in the file. */
static bw_place header_place(const bw_attr *from, int n)
{
    const char *at = from->raw ? from->raw : from->text;
    bw_place place = from->place;
    if (place.column == 0)
        return place;
    for (; n > 0 || strchr(blanks, *at); at++) {
        if (*at == 0)
            return from->place;
        n -= *at == '|';
        place.column += !bw_utf8_continues(*at);
    }
    return place;
}

/* A copy of the header that stands before the first '|', without the blanks
 * around it. */
static char *one_header(bw_arena *arena, const char *text)
{
    const char *end = text + strcspn(text, "|");
    text += strspn(text, blanks);
    while (end > text && strchr(blanks, end[-1]))
        end--;
    return bw_arena_text(arena, text, end > text ? (size_t)(end - text) : 0);
}

/* from="A | B": every header must be there, in exactly these letters. */
static void bind_headers(bw_binder *b, bw_binding *binding, const bw_attr *from)
{
    if (bw_field_blank(from->text))
        return; /* not in this file */
    const char *at = from->text;
    for (int n = 0; at && b->status == BW_OK; n++) {
        char *header = one_header(b->columns->arena, at);
        if (header)
            add_source(b, binding, header_place(from, n), header);
        else
            b->status = BW_NOMEM;
        at = strchr(at, '|');
        at = at ? at + 1 : NULL;
    }
}

static void bind_as_told(bw_binder *b, bw_binding *binding,
                         const bw_column_map *map)
{
    binding->map = map;
    binding->how = map->value.text ? "expression" : "as told";
    if (!map->value.text && map->from.text)
        bind_headers(b, binding, &map->from);
}

/* ------------------------------------------------------------ the whole file
 */

/* The first <column> of this name; NULL: none. */
static const bw_column_map *find_map(const bw_source_spec *spec,
                                     const char *name)
{
    for (int i = 0; i < spec->n_columns; i++)
        if (strcmp(spec->columns[i].name.text, name) == 0)
            return &spec->columns[i];
    return NULL;
}

static void check_duplicates(bw_binder *b)
{
    for (int i = 0; i < b->spec->n_columns; i++) {
        const bw_column_map *map = &b->spec->columns[i];
        const bw_column_map *first = find_map(b->spec, map->name.text);
        if (first == map)
            continue;
        b->faulty = true;
        bw_diag_add(b->diags, BW_ERROR, BW_COLUMN_DUPLICATE, map->name.place,
                    "<column name=\"%s\"> stands here twice (first at line "
                    "%u); keep one, which may list several headers: "
                    "from=\"A|B\"",
                    map->name.text, (unsigned)first->place.line);
    }
}

static bw_binding *new_binding(bw_binder *b, const char *name, int cells)
{
    bw_binding *binding = &b->columns->binding[b->columns->n++];
    binding->field = name;
    binding->cells = (bw_cells)cells;
    binding->numeric = cells == BW_CELLS_NUMBER || cells == BW_CELLS_DATE ||
                       cells == BW_CELLS_YES_NO;
    binding->how = "none";
    return binding;
}

static const char *const as_names[] = {[BW_CELLS_TEXT] = "text",
                                       [BW_CELLS_NUMBER] = "number",
                                       [BW_CELLS_DATE] = "date",
                                       [BW_CELLS_YES_NO] = "yes-no"};

static int cells_as_told(const bw_column_map *map)
{
    for (int i = 0; map->as.text && i < BW_CELLS_OPEN; i++)
        if (strcmp(map->as.text, as_names[i]) == 0)
            return i;
    return BW_CELLS_OPEN;
}

static void check_as(bw_binder *b, const field_form *field,
                     const bw_column_map *map)
{
    int told = map ? cells_as_told(map) : BW_CELLS_OPEN;
    if (told == BW_CELLS_OPEN || told == field->cells)
        return;
    b->faulty = true;
    bw_diag_add(b->diags, BW_ERROR, BW_VALUE_SYNTAX, map->as.place,
                "%s is a field of ours and always a %s; as=\"%s\" is for "
                "columns with a name of your own",
                field->name, as_names[field->cells], map->as.text);
}

static void bind_all(bw_binder *b)
{
    const field_form *fields = roles[b->role].fields;
    for (int32_t i = 0; i < roles[b->role].n; i++) {
        bw_binding *binding = new_binding(b, fields[i].name, fields[i].cells);
        const bw_column_map *map = find_map(b->spec, fields[i].name);
        check_as(b, &fields[i], map);
        if (map)
            bind_as_told(b, binding, map);
        else
            bw_bind_by_header(b, binding);
    }
    for (int i = 0; i < b->spec->n_columns; i++) {
        const bw_column_map *map = &b->spec->columns[i];
        if (!bw_columns_find(b->columns, map->name.text))
            bind_as_told(b, new_binding(b, map->name.text, cells_as_told(map)),
                         map);
    }
}

static bw_status prepare(bw_binder *b, bw_arena *arena)
{
    size_t n_headers = (size_t)bw_table_columns(b->table);
    size_t most = (size_t)roles[b->role].n + (size_t)b->spec->n_columns;
    b->columns = bw_arena_alloc(arena, 1, sizeof *b->columns);
    b->plain = bw_arena_alloc(arena, n_headers, sizeof *b->plain);
    bw_binding *binding = bw_arena_alloc(arena, most, sizeof *binding);
    if (!b->columns || !b->plain || !binding)
        return BW_NOMEM;
    b->columns->arena = arena;
    b->columns->binding = binding;
    for (size_t c = 0; c < n_headers; c++) {
        bw_cell header = bw_table_header(b->table, (int32_t)c);
        char *plain = bw_arena_alloc(arena, header.len + 1, 1);
        if (!plain)
            return BW_NOMEM;
        bw_header_plain(header.text, plain);
        b->plain[c] = plain;
    }
    return BW_OK;
}

bw_status bw_columns_bind(bw_role role, const bw_table *table,
                          const bw_source_spec *spec, bw_diags *diags,
                          bw_columns **columns)
{
    assert(table && spec && columns);
    *columns = NULL;
    bw_binder b = {role, table, spec, diags, NULL, NULL, false, BW_OK};
    bw_arena *arena = bw_arena_new();
    if (!arena)
        return BW_NOMEM;
    b.status = prepare(&b, arena);
    if (b.status == BW_OK) {
        check_duplicates(&b);
        bind_all(&b);
    }
    if (b.status == BW_OK && b.faulty)
        b.status = BW_INVALID;
    if (b.status == BW_OK || b.status == BW_INVALID)
        *columns = b.columns;
    else
        bw_arena_free(arena);
    return b.status;
}
