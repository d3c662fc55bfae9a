/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides which header stands for which field. It never guesses between two:
 * what the scenario says stands before all else, then a header that is exactly
 * the field's name, then the one header of the best rank of synonyms.h. */
#include "columns.h"

#include "buf.h"
#include "bw/alloc.h"
#include "field.h"
#include "header_list.h"
#include "utf8.h"

#include <assert.h>
#include <string.h>

struct bw_columns {
    bw_arena *arena;
    bw_binding *binding; /* [n] our fields first, then the user's own names */
    int32_t n;
};

/* What the work on one file has at hand. */
typedef struct binder {
    bw_role role;
    const bw_table *table;
    const bw_source_spec *spec;
    bw_diags *diags;
    bw_columns *columns;
    const char **plain; /* [columns of the table] headers in plain form */
    bool faulty;
    bw_status status;
} binder;

typedef struct field_form {
    const char *name;
    bool numeric;
} field_form;

#define FIELD(name, numeric) {#name, numeric},
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

static void no_such_header(binder *b, bw_place place, const char *header)
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

/* Without its key a table is of no use; any other field may turn out not to be
 * needed, and whoever needs it will miss it. */
static bool is_key(bw_role role, const char *name)
{
    if (role == BW_ROLE_PAIRS)
        return strcmp(name, "account") == 0 || strcmp(name, "rep") == 0;
    return strcmp(name, "id") == 0;
}

/* Several headers fit a field equally well: `rank` says how well. */
static void several_fit(binder *b, bw_binding *binding, int rank)
{
    const char *name = binding->field;
    bw_buf text = {0};
    int32_t first = -1;
    for (int32_t c = 0; c < bw_table_columns(b->table); c++) {
        if (bw_header_rank(b->role, name, b->plain[c]) != rank)
            continue;
        bw_buf_text(&text, first < 0 ? "" : ", ");
        bw_add_quoted(&text, bw_table_header(b->table, c).text);
        if (first < 0)
            first = c;
    }
    bool key = is_key(b->role, name);
    binding->faulty = key;
    b->faulty = b->faulty || key;
    if (text.failed)
        b->status = BW_NOMEM;
    else
        bw_diag_add(b->diags, key ? BW_ERROR : BW_WARNING, BW_COLUMN_AMBIGUOUS,
                    bw_table_header_place(b->table, first),
                    "several columns may be the field %s: %s; %ssay which by "
                    "<column name=\"%s\" from=\"...\"/>",
                    name, text.text, key ? "" : "none is used; ", name);
    bw_buf_free(&text);
}

/* ------------------------------------------------------- as the scenario says
 */

static void bad_from(binder *b, bw_place place, const char *what)
{
    bw_diag_add(b->diags, BW_ERROR, BW_VALUE_SYNTAX, place,
                "%s; from=\"A|B\" lists up to %d headers, of which the first "
                "that is not blank counts",
                what, BW_COLUMN_SOURCES);
}

static void add_source(binder *b, bw_binding *binding, bw_place place,
                       const char *header)
{
    int32_t column = bw_table_find(b->table, header);
    bool room = binding->n_columns < BW_COLUMN_SOURCES;
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
static void bind_headers(binder *b, bw_binding *binding, const bw_attr *from)
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

static void bind_as_told(binder *b, bw_binding *binding,
                         const bw_column_map *map)
{
    binding->map = map;
    binding->how = map->value.text ? "expression" : "as told";
    if (!map->value.text && map->from.text)
        bind_headers(b, binding, &map->from);
}

/* --------------------------------------------------------------- by itself */

static void bind_one(bw_binding *binding, int32_t column, const char *how)
{
    binding->column[0] = column;
    binding->n_columns = 1;
    binding->how = how;
}

static bool is_field_name(const char *field, const char *plain)
{
    char own[64];
    assert(strlen(field) < sizeof own);
    bw_header_plain(field, own);
    return strcmp(own, plain) == 0;
}

static void bind_by_header(binder *b, bw_binding *binding)
{
    const char *name = binding->field;
    int32_t exact = bw_table_find(b->table, name), best = -1, n_best = 0;
    int best_rank = -1;
    if (exact >= 0) {
        bind_one(binding, exact, "by name");
        return;
    }
    for (int32_t c = 0; c < bw_table_columns(b->table); c++) {
        int rank = bw_header_rank(b->role, name, b->plain[c]);
        if (rank < 0 || (best >= 0 && rank > best_rank))
            continue;
        n_best = rank == best_rank ? n_best + 1 : 1;
        best = c;
        best_rank = rank;
    }
    if (n_best > 1)
        several_fit(b, binding, best_rank);
    else if (n_best == 1)
        bind_one(binding, best,
                 is_field_name(name, b->plain[best]) ? "by name"
                                                     : "by synonym");
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

static void check_duplicates(binder *b)
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

static bw_binding *new_binding(binder *b, const char *name, bool numeric)
{
    bw_binding *binding = &b->columns->binding[b->columns->n++];
    binding->field = name;
    binding->numeric = numeric;
    binding->how = "none";
    return binding;
}

static void bind_all(binder *b)
{
    const field_form *fields = roles[b->role].fields;
    for (int32_t i = 0; i < roles[b->role].n; i++) {
        bw_binding *binding = new_binding(b, fields[i].name, fields[i].numeric);
        const bw_column_map *map = find_map(b->spec, fields[i].name);
        if (map)
            bind_as_told(b, binding, map);
        else
            bind_by_header(b, binding);
    }
    for (int i = 0; i < b->spec->n_columns; i++) {
        const bw_column_map *map = &b->spec->columns[i];
        if (!bw_columns_find(b->columns, map->name.text))
            bind_as_told(b, new_binding(b, map->name.text, false), map);
    }
}

static bw_status prepare(binder *b, bw_arena *arena)
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
    binder b = {role, table, spec, diags, NULL, NULL, false, BW_OK};
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
