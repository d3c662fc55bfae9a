/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column without changes costs one pointer, one with changes a pointer a
 * row: the look-up stands in the way of every cell that is read. */
#include "layer.h"

#include <assert.h>
#include <string.h>

/* A row of a column; NULL: no change. */
typedef struct slot {
    bw_layer_cell *cell;
} slot;

typedef struct slots {
    slot *row; /* [room] NULL: none of the column's cells was changed */
} slots;

struct bw_layer {
    bw_arena *arena;
    int64_t room;
    int32_t n_columns;
    slots *column;       /* [n_columns] */
    bw_layer_part *part; /* [n_parts] by first row */
    int n_parts, parts_room;
    int32_t *dropped; /* [room] number of the change + 1; NULL: none */
};

bw_layer *bw_layer_new(bw_arena *arena, int64_t rows, int32_t columns,
                       int parts)
{
    bw_layer *layer = bw_arena_alloc(arena, 1, sizeof *layer);
    if (!layer)
        return NULL;
    layer->arena = arena;
    layer->room = rows;
    layer->n_columns = columns;
    layer->parts_room = parts;
    layer->column =
        bw_arena_alloc(arena, (size_t)columns, sizeof *layer->column);
    layer->part = bw_arena_alloc(arena, (size_t)parts, sizeof *layer->part);
    return layer->column && layer->part ? layer : NULL;
}

int64_t bw_layer_room(const bw_layer *layer)
{
    return layer->room;
}

int32_t bw_layer_columns(const bw_layer *layer)
{
    return layer->n_columns;
}

const bw_layer_cell *bw_layer_at(const bw_layer *layer, int32_t column,
                                 int64_t row)
{
    assert(column >= 0 && column < layer->n_columns && row < layer->room);
    const slot *rows = layer->column[column].row;
    return rows ? rows[row].cell : NULL;
}

bool bw_layer_wrote(const bw_layer *layer, int32_t column)
{
    return layer->column[column].row != NULL;
}

bw_status bw_layer_put(bw_layer *layer, int32_t column, int64_t row,
                       const bw_layer_cell *cell)
{
    assert(column >= 0 && column < layer->n_columns && row < layer->room);
    slots *rows = &layer->column[column];
    if (!rows->row)
        rows->row = bw_arena_alloc(layer->arena, (size_t)layer->room,
                                   sizeof *rows->row);
    if (!rows->row)
        return BW_NOMEM;
    bw_layer_cell *mine = rows->row[row].cell;
    if (!mine)
        mine = bw_arena_alloc(layer->arena, 1, sizeof *mine);
    const char *text =
        bw_arena_text(layer->arena, cell->text, strlen(cell->text));
    if (!mine || !text)
        return BW_NOMEM;
    *mine = *cell;
    mine->text = text;
    rows->row[row].cell = mine;
    return BW_OK;
}

void bw_layer_append(bw_layer *layer, const bw_layer_part *part)
{
    assert(layer->n_parts < layer->parts_room);
    assert(part->first + part->rows <= layer->room);
    layer->part[layer->n_parts++] = *part;
}

int bw_layer_parts(const bw_layer *layer)
{
    return layer->n_parts;
}

const bw_layer_part *bw_layer_part_at(const bw_layer *layer, int index)
{
    assert(index >= 0 && index < layer->n_parts);
    return &layer->part[index];
}

const bw_layer_part *bw_layer_part_of(const bw_layer *layer, int64_t row)
{
    int low = 0, high = layer->n_parts;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (layer->part[middle].first <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &layer->part[low - 1] : NULL;
}

int32_t bw_layer_dropped(const bw_layer *layer, int64_t row)
{
    return layer->dropped ? layer->dropped[row] - 1 : -1;
}

bw_status bw_layer_drop(bw_layer *layer, int64_t row, int32_t change)
{
    if (!layer->dropped)
        layer->dropped = bw_arena_alloc(layer->arena, (size_t)layer->room,
                                        sizeof *layer->dropped);
    if (!layer->dropped)
        return BW_NOMEM;
    layer->dropped[row] = change + 1;
    return BW_OK;
}
