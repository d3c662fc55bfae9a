/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a profile's fields in the headers of an export. Of the headers that a
 * profile lists the first that is there wins, in exactly its letters before in
 * its plain form. Never guesses between two that serve equally well. */
#include "crm_table.h"

#include "bw/alloc.h"
#include "csv_read.h"
#include "field.h"
#include "file_path.h"
#include "header_list.h"
#include "synonyms.h"

#include <string.h>

/* What one file's headers are looked through with. */
typedef struct finder {
    bw_crm_table *table;
    const bw_crm_profile *profile;
    bw_diags *diags;
    const bw_source_spec *told; /* by a scenario; NULL: nothing is */
    bw_arena *arena;            /* for plain forms */
    const char **plain;         /* [columns] */
    bool faulty;
} finder;

/* One of the headers that a profile lists. */
typedef struct choice {
    const char *text;
    size_t len;
} choice;

/* The part of the list that begins at *at and ends before `separator`; *at goes
 * behind it, NULL: that was the last. */
static choice next_choice(const char **at, const char *end, char separator)
{
    const char *from = *at, *stop = from;
    while (stop < end && *stop != separator)
        stop++;
    *at = stop < end ? stop + 1 : NULL;
    while (from < stop && *from == ' ')
        from++;
    while (stop > from && stop[-1] == ' ')
        stop--;
    return (choice){from, (size_t)(stop - from)};
}

enum {
    ABSENT = -1,
    SEVERAL = -2,
    NO_MEMORY = -3
};

static int32_t find_exactly(const bw_table *table, choice header)
{
    for (int32_t c = 0; c < bw_table_columns(table); c++) {
        bw_cell cell = bw_table_header(table, c);
        if (cell.len == header.len &&
            memcmp(cell.text, header.text, header.len) == 0)
            return bw_table_twin(table, c) >= 0 ? SEVERAL : c;
    }
    return ABSENT;
}

static int32_t find_header(const finder *f, choice header)
{
    const bw_table *table = f->table->table;
    int32_t found = find_exactly(table, header);
    if (found != ABSENT)
        return found;
    char *text = bw_arena_text(f->arena, header.text, header.len);
    char *plain = bw_arena_alloc(f->arena, header.len + 1, 1);
    if (!text || !plain)
        return NO_MEMORY;
    bw_header_plain(text, plain);
    for (int32_t c = 0; *plain && c < bw_table_columns(table); c++)
        if (strcmp(f->plain[c], plain) == 0)
            found = found == ABSENT ? c : SEVERAL;
    return found;
}

/* Columns of one choice, joined by + or not: ABSENT where a part is not there.
 * Otherwise `column` is filled, or nothing of it is any use. */
static int32_t find_choice(const finder *f, choice whole, int32_t *column)
{
    const char *at = whole.text, *end = whole.text + whole.len;
    for (int part = 0; at && part < BW_CRM_JOINED; part++) {
        column[part] = find_header(f, next_choice(&at, end, '+'));
        if (column[part] < 0)
            return column[part];
    }
    return 0;
}

/* The headers of the file that have the plain form of a part of the choice;
 * the first of them, or 0. */
static int32_t add_rivals(const finder *f, choice whole, bw_buf *text)
{
    const bw_table *table = f->table->table;
    int32_t first = -1;
    const char *at = whole.text, *end = whole.text + whole.len;
    while (at) {
        choice part = next_choice(&at, end, '+');
        char *one = bw_arena_text(f->arena, part.text, part.len);
        char *plain = bw_arena_alloc(f->arena, part.len + 1, 1);
        if (!one || !plain) {
            text->failed = true;
            break;
        }
        bw_header_plain(one, plain);
        for (int32_t c = 0; c < bw_table_columns(table); c++) {
            if (strcmp(f->plain[c], plain) != 0)
                continue;
            first = first < 0 ? c : first;
            bw_buf_text(text, text->len > 0 ? ", " : "");
            bw_add_quoted(text, bw_table_header(table, c).text);
            bw_buf_format(text, " (column %d)", (int)c + 1);
        }
    }
    return first < 0 ? 0 : first;
}

static void tell_several(finder *f, bw_crm_field field, choice whole)
{
    bw_buf text = {0};
    int32_t first = add_rivals(f, whole, &text);
    bw_diag_add(f->diags, BW_ERROR, BW_COLUMN_AMBIGUOUS,
                bw_table_header_place(f->table->table, first),
                "several columns may be the %s of %s: %s; give all but one of "
                "them another name",
                bw_crm_field_text(field), bw_crm_which_text(f->table->which),
                text.text ? text.text : "");
    bw_buf_free(&text);
    f->faulty = true;
}

static void add_choices(const char *list, bw_buf *text)
{
    const char *at = list, *end = list + strlen(list);
    while (at) {
        choice whole = next_choice(&at, end, '|');
        bw_buf_text(text, text->len > 0 ? ", \"" : "\"");
        bw_buf_add(text, whole.text, whole.len);
        bw_buf_text(text, "\"");
    }
}

static void tell_missing(finder *f, bw_crm_field field, const char *list)
{
    bw_buf would = {0}, there = {0};
    if (list)
        add_choices(list, &would);
    bw_add_headers(&there, f->table->table);
    bw_diag_add(f->diags, BW_ERROR, BW_COLUMN_MISSING,
                bw_table_header_place(f->table->table, 0),
                "there is no column for the %s of %s; the profile %s %s%s, and "
                "the columns are %s",
                bw_crm_field_text(field), bw_crm_which_text(f->table->which),
                f->profile->name,
                list ? "reads it from " : "names no header for it",
                would.text ? would.text : "", there.text ? there.text : "");
    bw_buf_free(&would);
    bw_buf_free(&there);
    f->faulty = true;
}

static bw_status find_listed(finder *f, bw_crm_field field, bool needed)
{
    const char *list = f->table->spec->headers[field], *at = list;
    const char *end = list ? list + strlen(list) : NULL;
    while (at) {
        int32_t column[BW_CRM_JOINED] = {-1, -1, -1, -1};
        choice whole = next_choice(&at, end, '|');
        int32_t found = find_choice(f, whole, column);
        if (found == NO_MEMORY)
            return BW_NOMEM;
        if (found == SEVERAL && needed)
            tell_several(f, field, whole);
        if (found == SEVERAL)
            return BW_OK;
        if (found == ABSENT)
            continue;
        memcpy(f->table->column[field], column, sizeof column);
        return BW_OK;
    }
    if (needed)
        tell_missing(f, field, list);
    return BW_OK;
}

/* What a scenario calls these fields. */
static const char *name_of(bw_crm_field field)
{
    if (field == BW_CRM_KEY)
        return "id";
    if (field == BW_CRM_OWNER)
        return "owner";
    return field == BW_CRM_NAME ? "name" : "";
}

/* The header that <column name= from=> names; ABSENT where it says nothing of
 * the field, or more than one header. */
static int32_t find_told(const finder *f, bw_crm_field field)
{
    for (int i = 0; f->told && i < f->told->n_columns; i++) {
        const bw_column_map *map = &f->told->columns[i];
        if (map->from.text && strcmp(map->name.text, name_of(field)) == 0)
            return bw_table_find(f->table->table, map->from.text);
    }
    return ABSENT;
}

/* An owner and a name are where the scenario says; a key is where the profile
 * does, as the scenario may know accounts by another one. */
static bw_status find_field(finder *f, bw_crm_field field, bool needed)
{
    int32_t told = find_told(f, field);
    int32_t *first = &f->table->column[field][0];
    if (field != BW_CRM_KEY && told >= 0) {
        *first = told;
        return BW_OK;
    }
    bw_status status = find_listed(f, field, needed && told < 0);
    if (status == BW_OK && *first < 0 && told >= 0)
        *first = told;
    return status;
}

static bw_status make_plain(finder *f)
{
    int32_t n = bw_table_columns(f->table->table);
    f->plain = bw_arena_alloc(f->arena, (size_t)n, sizeof *f->plain);
    for (int32_t c = 0; f->plain && c < n; c++) {
        bw_cell header = bw_table_header(f->table->table, c);
        char *plain = bw_arena_alloc(f->arena, header.len + 1, 1);
        if (!plain)
            return BW_NOMEM;
        bw_header_plain(header.text, plain);
        f->plain[c] = plain;
    }
    return f->plain ? BW_OK : BW_NOMEM;
}

static bw_status find_fields(finder *f, unsigned needed)
{
    bw_status status = make_plain(f);
    for (int i = 0; status == BW_OK && i < BW_CRM_N_FIELDS; i++)
        status = find_field(f, (bw_crm_field)i, (needed & 1U << i) != 0);
    return status == BW_OK && f->faulty ? BW_INVALID : status;
}

/* Cells that hold one of the texts of blank="N/A|none" are blank. */
static bw_status blank_out(bw_table *table, const char *list, bw_arena *arena)
{
    const char *at = list, *end = list + strlen(list);
    while (at) {
        int64_t count;
        choice one = next_choice(&at, end, '|');
        const char *text = bw_arena_text(arena, one.text, one.len);
        if (!text)
            return BW_NOMEM;
        if (one.len > 0)
            bw_table_blank(table, &text, 1, &count);
    }
    return BW_OK;
}

static bw_status read_file(const char *path, finder *f)
{
    const bw_format_spec *format = f->told ? &f->told->format : NULL;
    const bw_source_how how = {.encoding = format ? &format->encoding : NULL};
    bw_crm_table *table = f->table;
    bw_status status =
        bw_source_open_table(path, path, &how, f->diags, &table->source);
    if (status == BW_OK)
        status = bw_table_read_as(table->source, format ? format->separator : 0,
                                  f->diags, &table->table);
    if (status == BW_OK && table->spec->guarded &&
        bw_source_marked(table->source))
        bw_table_unguard(table->table);
    if (status == BW_OK && format && format->blank.text)
        status = blank_out(table->table, format->blank.text, f->arena);
    return status;
}

static bw_status read_as(const char *path, const bw_source_spec *told,
                         unsigned needed, const bw_crm_profile *profile,
                         finder *f)
{
    bw_crm_table *table = f->table;
    table->spec = &profile->table[table->which];
    memset(table->column, -1, sizeof table->column);
    f->told = told;
    f->profile = profile;
    f->arena = bw_arena_new();
    bw_status status = f->arena ? read_file(path, f) : BW_NOMEM;
    if (status == BW_OK)
        status = find_fields(f, needed);
    bw_arena_free(f->arena);
    return status;
}

bw_status bw_crm_table_read(const char *path, bw_crm_which which,
                            const bw_crm_profile *profile, unsigned needed,
                            bw_diags *diags, bw_crm_table *table)
{
    finder f = {.table = table, .diags = diags};
    *table = (bw_crm_table){.which = which};
    return read_as(path, NULL, needed, profile, &f);
}

bw_status bw_crm_table_read_told(const bw_source_spec *told,
                                 const bw_crm_profile *profile, unsigned needed,
                                 bw_diags *diags, bw_crm_table *table)
{
    finder f = {.table = table, .diags = diags};
    bw_buf path = {0};
    *table = (bw_crm_table){.which = BW_CRM_ACCOUNTS};
    bw_file_add_beside(&path, told->file.place.file, told->file.text);
    bw_status status =
        path.failed ? BW_NOMEM : read_as(path.text, told, needed, profile, &f);
    bw_buf_free(&path);
    return status;
}

void bw_crm_table_free(bw_crm_table *table)
{
    bw_table_free(table->table);
    bw_source_free(table->source);
    table->table = NULL;
    table->source = NULL;
}

bool bw_crm_has(const bw_crm_table *table, bw_crm_field field)
{
    return table->column[field][0] >= 0;
}

bw_cell bw_crm_table_cell(const bw_crm_table *table, int64_t row,
                          bw_crm_field field)
{
    int32_t column = table->column[field][0];
    return column < 0 ? (bw_cell){"", 0}
                      : bw_table_cell(table->table, row, column);
}

bw_place bw_crm_table_place(const bw_crm_table *table, int64_t row,
                            bw_crm_field field)
{
    int32_t column = table->column[field][0];
    return bw_table_place(table->table, row, column < 0 ? 0 : column);
}

void bw_crm_table_name(const bw_crm_table *table, int64_t row, bw_buf *out)
{
    const int32_t *column = table->column[BW_CRM_NAME];
    out->len = 0;
    bw_buf_add(out, "", 0);
    if (out->text)
        out->text[0] = '\0';
    for (int i = 0; i < BW_CRM_JOINED && column[i] >= 0; i++) {
        bw_cell cell = bw_table_cell(table->table, row, column[i]);
        if (bw_field_blank(cell.text))
            continue;
        bw_buf_text(out, out->len > 0 ? " " : "");
        bw_buf_add(out, cell.text, cell.len);
    }
}

int bw_crm_yes_no(const char *text)
{
    size_t len = strlen(text);
    bool yes;
    if (bw_field_blank(text))
        return 0;
    if (len == 1 && (*text == 'x' || *text == 'X'))
        return 1;
    return bw_field_yes_no(text, len, &yes) ? yes : -1;
}
