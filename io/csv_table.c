/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field's text, with quotes undone, is never longer than it is in the file.
 * It is therefore stored in a block as large as the file, at the offset that
 * the field has in the file: one number per cell is text and place at once. */
#include "csv_table.h"

#include "csv_write.h"

#include "bw/alloc.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

struct bw_table {
    const bw_source *source;
    char *text;   /* [source length + 1], as said */
    size_t *cell; /* [n_cells] offset of the field; the header comes first */
    size_t n_cells, room;
    int32_t n_columns; /* 0: the header is not read yet */
    int32_t *twin;     /* [n_columns] as bw_table_twin says; NULL: none has one
                        */
    struct footer {
        size_t offset;
        int32_t fields;
    } * footer; /* [n_footers] */
    size_t n_footers;
    char separator;
};

bw_table *bw_table_new(const bw_source *source, char separator)
{
    size_t len;
    bw_source_text(source, &len);
    bw_table *table = bw_alloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->source = source;
    table->separator = separator;
    table->text = bw_alloc(len + 1, 1);
    if (table->text)
        return table;
    bw_table_free(table);
    return NULL;
}

void bw_table_free(bw_table *table)
{
    if (!table)
        return;
    bw_free(table->text);
    bw_free(table->cell);
    bw_free(table->twin);
    bw_free(table->footer);
    bw_free(table);
}

const bw_source *bw_table_source(const bw_table *table)
{
    return table->source;
}

char bw_table_separator(const bw_table *table)
{
    return table->separator;
}

int32_t bw_table_twin(const bw_table *table, int32_t column)
{
    assert(column >= 0 && column < table->n_columns);
    return table->twin ? table->twin[column] : -1;
}

int32_t bw_table_columns(const bw_table *table)
{
    return table->n_columns;
}

int64_t bw_table_rows(const bw_table *table)
{
    return (int64_t)(table->n_cells / (size_t)table->n_columns) - 1;
}

/* row -1: the header. */
static size_t offset_of(const bw_table *table, int64_t row, int32_t column)
{
    assert(row >= -1 && row < bw_table_rows(table));
    assert(column >= 0 && column < table->n_columns);
    size_t record = (size_t)(row + 1);
    return table->cell[record * (size_t)table->n_columns + (size_t)column];
}

size_t bw_table_field_start(const bw_table *table, size_t offset)
{
    size_t len, at = offset;
    const char *text = bw_source_text(table->source, &len);
    char tab = table->separator == '\t' ? ' ' : '\t';
    while (at < len && (text[at] == ' ' || text[at] == tab))
        at++;
    bool nothing = at == len || text[at] == table->separator ||
                   text[at] == '\r' || text[at] == '\n';
    return nothing ? offset : at;
}

bw_cell bw_table_cell(const bw_table *table, int64_t row, int32_t column)
{
    const char *text = table->text + offset_of(table, row, column);
    return (bw_cell){text, strlen(text)}; /* sources hold no NUL */
}

bw_cell bw_table_header(const bw_table *table, int32_t column)
{
    return bw_table_cell(table, -1, column);
}

bw_place bw_table_place(const bw_table *table, int64_t row, int32_t column)
{
    size_t offset = offset_of(table, row, column);
    return bw_source_place(table->source, bw_table_field_start(table, offset));
}

bw_place bw_table_header_place(const bw_table *table, int32_t column)
{
    return bw_table_place(table, -1, column);
}

int32_t bw_table_find(const bw_table *table, const char *header)
{
    for (int32_t column = 0; column < table->n_columns; column++)
        if (strcmp(bw_table_header(table, column).text, header) == 0)
            return column;
    return -1;
}

int64_t bw_table_footers(const bw_table *table)
{
    return (int64_t)table->n_footers;
}

bw_footer bw_table_footer(const bw_table *table, int64_t index)
{
    assert(index >= 0 && (size_t)index < table->n_footers);
    const struct footer *f = &table->footer[index];
    size_t offset = bw_table_field_start(table, f->offset);
    return (bw_footer){bw_source_place(table->source, offset), f->fields};
}

/* Most cells differ in their first character from all of the texts. */
void bw_table_blank(bw_table *table, const char *const *text, int n,
                    int64_t *count)
{
    static const char blanks[] = " \t\r\n";
    bool begins[256] = {
        [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true};
    for (int i = 0; i < n; i++)
        begins[(unsigned char)text[i][0]] = true;
    for (size_t c = (size_t)table->n_columns; c < table->n_cells; c++) {
        char *cell = table->text + table->cell[c];
        if (*cell == 0 || !begins[(unsigned char)*cell])
            continue;
        const char *from = cell + strspn(cell, blanks);
        size_t len = strlen(from);
        while (len > 0 && strchr(blanks, from[len - 1]))
            len--;
        for (int i = 0; i < n && len > 0; i++)
            if (strlen(text[i]) == len && memcmp(text[i], from, len) == 0) {
                count[i]++;
                *cell = 0;
                break;
            }
    }
}

/* ----------------------------------------------------------------- filling */

bw_status bw_table_add_footer(bw_table *table, size_t offset, int32_t fields)
{
    struct footer *grown =
        bw_realloc(table->footer, table->n_footers + 1, sizeof *grown);
    if (!grown)
        return BW_NOMEM;
    table->footer = grown;
    grown[table->n_footers++] = (struct footer){offset, fields};
    return BW_OK;
}

bw_status bw_table_end_rows(bw_table *table, int64_t row)
{
    bw_status status = BW_OK;
    for (int64_t r = row; r < bw_table_rows(table) && status == BW_OK; r++)
        status = bw_table_add_footer(table, offset_of(table, r, 0),
                                     table->n_columns);
    table->n_cells = (size_t)(row + 1) * (size_t)table->n_columns;
    return status;
}

int32_t *bw_table_twins(bw_table *table)
{
    if (table->twin)
        return table->twin;
    table->twin = bw_alloc((size_t)table->n_columns, sizeof *table->twin);
    for (int32_t c = 0; table->twin && c < table->n_columns; c++)
        table->twin[c] = -1;
    return table->twin;
}

bw_status bw_table_add(bw_table *table, size_t offset, bw_cell cell)
{
    if (table->n_cells == table->room) {
        size_t room = table->room ? table->room + table->room / 2 : 1024;
        size_t *grown = bw_realloc(table->cell, room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        table->cell = grown;
        table->room = room;
    }
    memcpy(table->text + offset, cell.text, cell.len);
    table->text[offset + cell.len] = 0;
    table->cell[table->n_cells++] = offset;
    return BW_OK;
}

size_t bw_table_cells(const bw_table *table)
{
    return table->n_cells;
}

const char *bw_table_at(const bw_table *table, size_t cell)
{
    assert(cell < table->n_cells);
    return table->text + table->cell[cell];
}

void bw_table_cut(bw_table *table, size_t n_cells)
{
    assert(n_cells <= table->n_cells);
    table->n_cells = n_cells;
}

void bw_table_end_header(bw_table *table)
{
    assert(table->n_columns == 0);
    table->n_columns = (int32_t)table->n_cells;
}

void bw_table_unguard(bw_table *table)
{
    for (size_t c = 0; c < table->n_cells; c++) {
        const char *cell = table->text + table->cell[c];
        if (*cell == '\'' && bw_is_guarded(cell, strlen(cell)))
            table->cell[c]++;
    }
}
