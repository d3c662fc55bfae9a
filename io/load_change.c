/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the data, after <column value=> and before `where`: everything
 * that follows sees the changed cells and rows. A scenario without changes
 * does not come here. */
#include "load_change.h"

#include "scenario_change.h"
#include "words.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------- faults */

void bw_change_fault(const bw_changer *c, bw_code code, bw_place place,
                     const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bw_diag_add(c->loader->diags, BW_ERROR, code, place, "%s", text);
}

const char *bw_change_hint(const char *best, char hint[BW_HINT_ROOM])
{
    char shown[BW_SHORT];
    hint[0] = '\0';
    if (best)
        snprintf(hint, BW_HINT_ROOM, "; did you mean \"%s\"?",
                 bw_words_short(best, shown));
    return hint;
}

const char *bw_change_near_cell(const bw_sheet *sheet, int32_t column,
                                const char *word, char hint[BW_HINT_ROOM])
{
    bw_guess guess = {.word = word};
    for (int64_t row = 0; row < sheet->rows; row++)
        bw_guess_try(&guess, bw_sheet_cell(sheet, column, row).text);
    return bw_change_hint(guess.best, hint);
}

/* ------------------------------------------------------------ columns, cells
 */

/* A header that is one of several that a field is read from: which of them
 * counts is settled when the file is read. */
static bool is_part(const bw_changer *c, const bw_sheet *sheet, int32_t column,
                    const bw_attr *name)
{
    int32_t header = sheet->column[column].header;
    for (int32_t i = 0; i < sheet->n_columns && header >= 0; i++) {
        const bw_binding *b = sheet->column[i].binding;
        for (int32_t k = 0; b && b->n_columns > 1 && k < b->n_columns; k++) {
            if (b->column[k] != header)
                continue;
            bw_change_fault(c, BW_COLUMN_AMBIGUOUS, name->place,
                            "%.60s is read from several columns, of which "
                            "\"%.60s\" is one; say column=\"%.60s\"",
                            b->field, name->text, b->field);
            return true;
        }
    }
    return false;
}

static const char *near_column(const bw_sheet *sheet, const char *name)
{
    bw_guess guess = {.word = name};
    for (int32_t i = 0; i < sheet->n_columns; i++)
        bw_guess_try(&guess, sheet->column[i].name);
    return guess.best;
}

/* A field keeps its kind; prepare() made room. */
static int32_t new_column(bw_sheet *sheet, const char *name)
{
    sheet->column[sheet->n_columns] =
        (bw_sheet_column){.name = name,
                          .binding = bw_columns_find(sheet->columns, name),
                          .header = -1};
    sheet->all = (bw_view){.column = NULL};
    return sheet->n_columns++;
}

int32_t bw_change_make_column(const bw_changer *c, bw_sheet *sheet,
                              const bw_attr *name)
{
    char hint[BW_HINT_ROOM];
    int32_t column = bw_sheet_find(sheet, name->text);
    if (column >= 0 && is_part(c, sheet, column, name))
        return -1;
    if (column >= 0 || bw_sheet_faulty(sheet, name->text))
        return column;
    const char *near = near_column(sheet, name->text);
    column = new_column(sheet, name->text);
    if (near && !sheet->column[column].binding)
        bw_diag_add(c->loader->diags, BW_WARNING, BW_COLUMN_MISSING,
                    name->place,
                    "%s has no column \"%.60s\", so <%s> makes it%s",
                    sheet->spec->file.text, name->text,
                    bw_change_name(c->spec->kind), bw_change_hint(near, hint));
    return column;
}

int32_t bw_change_need_column(const bw_changer *c, bw_sheet *sheet,
                              const bw_attr *name)
{
    char hint[BW_HINT_ROOM];
    int32_t column = bw_sheet_find(sheet, name->text);
    if (column >= 0 && is_part(c, sheet, column, name))
        return -1;
    if (column < 0 && !bw_sheet_faulty(sheet, name->text))
        bw_change_fault(c, BW_COLUMN_MISSING, name->place,
                        "<%s> needs a column \"%.60s\" in %s, which has none%s",
                        bw_change_name(c->spec->kind), name->text,
                        sheet->spec->file.text,
                        bw_change_hint(near_column(sheet, name->text), hint));
    return column;
}

static void tell_contradiction(bw_changer *c, const bw_sheet *sheet,
                               int32_t column, int64_t row, const char *text,
                               bw_place place)
{
    const bw_layer_cell *old = bw_layer_at(sheet->layer, column, row);
    bw_cell id = bw_sheet_cell(sheet, bw_sheet_field(sheet, "id"), row);
    if (c->conflict)
        return;
    c->conflict = true;
    bw_change_fault(c, BW_CHANGE_CONFLICT, place,
                    "%.60s of \"%.60s\" becomes \"%.40s\" here, and \"%.40s\" "
                    "in line %u of the same <change>; leave one of them, or "
                    "say where each holds",
                    sheet->column[column].name, id.text, text, old->text,
                    (unsigned)old->place.line);
}

/* The only header that the column is read from, or -1. */
static int32_t header_of(const bw_sheet_column *column)
{
    const bw_binding *b = column->binding;
    return !b ? column->header : b->n_columns == 1 ? b->column[0] : -1;
}

/* What stands for the header itself: it, or a name of the user's own. */
static bool is_header(const bw_sheet *sheet, const bw_sheet_column *column)
{
    return !column->binding || !bw_is_field(sheet->role, column->name);
}

/* Two fields of ours do not change with each other: who has a potential that is
 * read from the revenue may still grow it alone. */
static void find_twins(bw_changer *c, const bw_sheet *sheet, int32_t column)
{
    const bw_sheet_column *mine = &sheet->column[column];
    int32_t header = header_of(mine);
    if (c->twins.sheet == sheet && c->twins.column == column)
        return;
    c->twins.sheet = sheet;
    c->twins.column = column;
    c->twins.n = 0;
    for (int32_t i = 0; i < sheet->n_columns && header >= 0; i++) {
        const bw_sheet_column *other = &sheet->column[i];
        if (i != column && c->twins.n < BW_TWINS &&
            header_of(other) == header &&
            (is_header(sheet, mine) || is_header(sheet, other)))
            c->twins.other[c->twins.n++] = i;
    }
}

static bw_status put(bw_sheet *sheet, int32_t column, int64_t row,
                     const bw_layer_cell *cell)
{
    bw_status status = bw_layer_put(sheet->layer, column, row, cell);
    if (status == BW_OK)
        bw_sheet_reread(sheet, column, row);
    return status;
}

bw_status bw_change_write(bw_changer *c, bw_sheet *sheet, int32_t column,
                          int64_t row, const char *text, bw_place place,
                          bool by_set)
{
    const bw_layer_cell *old = bw_layer_at(sheet->layer, column, row);
    if (by_set && old && old->by_set && old->group == c->spec->group &&
        strcmp(old->text, text) != 0) {
        tell_contradiction(c, sheet, column, row, text, place);
        return BW_OK;
    }
    const bw_layer_cell cell = {text, place, c->spec->group, by_set};
    bw_status status = put(sheet, column, row, &cell);
    find_twins(c, sheet, column);
    for (int32_t i = 0; i < c->twins.n && status == BW_OK; i++)
        status = put(sheet, c->twins.other[i], row, &cell);
    return status;
}

void bw_change_done(bw_changer *c, bw_sheet *sheet, int32_t column)
{
    find_twins(c, sheet, column);
    bw_sheet_retype(sheet, column);
    for (int32_t i = 0; i < c->twins.n; i++)
        bw_sheet_retype(sheet, c->twins.other[i]);
    c->twins.sheet = NULL;
}

void bw_change_append(bw_sheet *sheet, const bw_layer_part *part)
{
    bw_layer_append(sheet->layer, part);
    sheet->rows += part->rows;
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        for (int64_t row = part->first; row < sheet->rows; row++)
            bw_sheet_reread(sheet, i, row);
        bw_sheet_retype(sheet, i);
    }
}

/* ---------------------------------------------------------------- the layers
 */

static bool of_reps(bw_change_kind kind)
{
    return kind <= BW_CHANGE_CLOSE_REGION;
}

/* What changes may add to a table at most. */
typedef struct room {
    int64_t rows;
    int32_t columns;
    int parts, changes;
} room;

/* The columns that every change of reps may make: id, status, and the two of a
 * home. */
enum {
    OWN_COLUMNS = 4
};

static room room_for(const bw_loader *loader, bool reps)
{
    const bw_scenario *s = loader->scenario;
    const bw_sheet *added = loader->added;
    room r = {.columns = OWN_COLUMNS};
    for (int i = 0; i < s->n_changes; i++) {
        bw_change_kind kind = s->changes[i].kind;
        if (of_reps(kind) != reps)
            continue;
        bool file = kind == BW_CHANGE_ADD_ACCOUNTS;
        r.changes++;
        r.parts += file || kind == BW_CHANGE_ADD_REP;
        r.rows += file ? added->rows : kind == BW_CHANGE_ADD_REP;
        r.columns += file ? added->n_columns : s->changes[i].n_cells + 1;
        added += file;
    }
    return r;
}

static void *grown(bw_sheet *sheet, const void *old, int64_t n, int64_t more,
                   size_t size)
{
    void *block = bw_arena_alloc(sheet->scratch, (size_t)(n + more), size);
    if (block && n > 0)
        memcpy(block, old, (size_t)n * size);
    return block;
}

/* Everything that has a place per row or column gets room for what changes may
 * add, before anything points into it. */
static bw_status widen(bw_sheet *sheet, const room *r)
{
    bw_sheet_column *column = grown(sheet, sheet->column, sheet->n_columns,
                                    r->columns, sizeof *column);
    sheet->faulty = grown(sheet, sheet->faulty, sheet->rows, r->rows, 1);
    sheet->flaw = grown(sheet, sheet->flaw, sheet->rows, r->rows, 1);
    if (!column || !sheet->faulty || !sheet->flaw)
        return BW_NOMEM;
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        double **number = &column[i].number;
        if (!*number)
            continue;
        *number = grown(sheet, *number, sheet->rows, r->rows, sizeof **number);
        if (!*number)
            return BW_NOMEM;
    }
    sheet->column = column;
    sheet->layer = bw_layer_new(sheet->scratch, sheet->rows + r->rows,
                                sheet->n_columns + r->columns, r->parts);
    return sheet->layer ? BW_OK : BW_NOMEM;
}

/* What <column value=> computes comes from the file as it is. */
static bw_status compute_values(bw_sheet *sheet)
{
    bw_status status = BW_OK;
    for (int32_t i = 0; i < sheet->n_columns && status == BW_OK; i++) {
        const bw_sheet_column *c = &sheet->column[i];
        const double *values;
        if (c->value && c->type == BW_NUMBER && !c->faulty)
            status = bw_sheet_numbers(sheet, i, &values);
    }
    return status;
}

static bw_status prepare(bw_loader *loader, bw_sheet *sheet, bool reps)
{
    room r = room_for(loader, reps);
    if (r.changes == 0 || !sheet->column)
        return BW_OK;
    bw_status status = compute_values(sheet);
    if (status == BW_OK && sheet->rows + r.rows > INT32_MAX / 2) {
        bw_diag_add(loader->diags, BW_ERROR, BW_FILE_UNREADABLE,
                    sheet->spec->file.place,
                    "%s and what changes add to it have more than %d records",
                    sheet->spec->file.text, INT32_MAX / 2);
        return BW_INVALID;
    }
    return status == BW_OK ? widen(sheet, &r) : status;
}

static void settle(bw_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_columns && sheet->layer; i++)
        if (bw_layer_wrote(sheet->layer, i) || sheet->rows > sheet->file_rows)
            bw_sheet_settle(sheet, i);
}

/* ---------------------------------------------------------------------- all */

bw_status bw_load_changes(bw_loader *loader)
{
    const bw_scenario *s = loader->scenario;
    bw_changer c = {.loader = loader};
    if (s->n_changes == 0)
        return BW_OK;
    bw_status status = prepare(loader, &loader->accounts, false);
    if (status == BW_OK)
        status = prepare(loader, &loader->reps, true);
    if (status != BW_OK)
        return status;
    size_t reps = (size_t)bw_sheet_room(&loader->reps);
    c.removed = bw_arena_alloc(loader->scratch, reps, 1);
    c.made = bw_arena_alloc(loader->scratch, reps, 1);
    if (!c.removed || !c.made)
        return BW_NOMEM;
    for (c.index = 0; c.index < s->n_changes && !bw_fatal(status); c.index++) {
        c.spec = &s->changes[c.index];
        c.conflict = false;
        c.twins.sheet = NULL;
        if (!of_reps(c.spec->kind) && loader->accounts.layer)
            status = bw_change_accounts(&c);
        else if (of_reps(c.spec->kind) && loader->reps.layer)
            status = bw_change_reps(&c);
    }
    settle(&loader->accounts);
    settle(&loader->reps);
    return bw_fatal(status) ? status : BW_OK;
}

bw_status bw_load_open_added(bw_loader *loader, bool *io)
{
    const bw_scenario *s = loader->scenario;
    int n = 0;
    for (int i = 0; i < s->n_changes; i++)
        n += s->changes[i].kind == BW_CHANGE_ADD_ACCOUNTS;
    loader->added =
        bw_arena_alloc(loader->scratch, (size_t)n, sizeof *loader->added);
    if (!loader->added)
        return BW_NOMEM;
    for (int i = 0; i < s->n_changes; i++) {
        if (s->changes[i].kind != BW_CHANGE_ADD_ACCOUNTS)
            continue;
        bw_sheet *sheet = &loader->added[loader->n_added++];
        bw_load_prepare(loader, sheet, BW_ROLE_ACCOUNTS, &s->changes[i].source);
        bw_status status = bw_sheet_open(sheet);
        *io = *io || status == BW_IO;
        if (bw_fatal(status) && status != BW_IO)
            return status;
    }
    return BW_OK;
}

void bw_load_close_added(bw_loader *loader)
{
    for (int i = 0; i < loader->n_added; i++)
        bw_sheet_close(&loader->added[i]);
}
