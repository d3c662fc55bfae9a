/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field's text, with quotes undone, is never longer than it is in the file.
 * It is therefore stored in a block as large as the file, at the offset that
 * the field has in the file: one number per cell is text and place at once. */
#include "csv_table.h"

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
};

bw_table *bw_table_new(const bw_source *source)
{
    size_t len;
    bw_source_text(source, &len);
    bw_table *table = bw_alloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->source = source;
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
    bw_free(table);
}

const bw_source *bw_table_source(const bw_table *table)
{
    return table->source;
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
    while (at < len && (text[at] == ' ' || text[at] == '\t'))
        at++;
    bool nothing = at == len || strchr(",\r\n", text[at]) != NULL;
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

/* ----------------------------------------------------------------- filling */

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
