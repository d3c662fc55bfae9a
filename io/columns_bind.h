/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A field and its columns, and how headers alone decide about them; the first
 * half of columns.h. */
#ifndef BW_COLUMNS_BIND_H
#define BW_COLUMNS_BIND_H

#include "bw/scenario.h"
#include "csv_read.h"
#include "synonyms.h"

enum {
    BW_COLUMN_SOURCES = 8
};

/** What the cells of a binding are read as. */
typedef enum bw_cells {
    BW_CELLS_TEXT,
    BW_CELLS_NUMBER,
    BW_CELLS_DATE,   /* a number: 20270331 */
    BW_CELLS_YES_NO, /* a number: 1 or 0 */
    BW_CELLS_OPEN    /* numbers where all of them are plain ones, else text */
} bw_cells;

/** What a field is made of. */
typedef struct bw_binding {
    const char *field;
    bw_cells cells;
    bool numeric; /* cells are NUMBER, DATE or YES_NO */
    bool joined;  /* of the columns all that are not blank, with blanks between:
                   * a first and a last name; else the first non-blank */
    int32_t n_columns; /* 0: not in this file (or by an expression) */
    int32_t column[BW_COLUMN_SOURCES]; /* the first non-blank wins */
    const bw_column_map *map;          /* the <column> that decided, or NULL */
    const char *how;                   /* see bw_mapping; "none" */
    bool faulty; /* was reported: what needs the field says nothing */
} bw_binding;

/** What the work on one file has at hand. */
typedef struct bw_binder {
    bw_role role;
    const bw_table *table;
    const bw_source_spec *spec;
    bw_diags *diags;
    struct bw_columns *columns;
    const char **plain; /* [columns of the table] headers in plain form */
    bool faulty;
    bw_status status;
} bw_binder;

/** "x stands at two columns" as a fault at `place`, with both named, where the
 * header has a twin; `use` says what needs it. True: told. */
bool bw_columns_tell_twin(const bw_table *table, int32_t column, bw_place place,
                          const char *use, bw_diags *diags);

/** Binds a field of which the scenario says nothing. Sets `faulty` of both, and
 * the status when memory is short. */
void bw_bind_by_header(bw_binder *binder, bw_binding *binding);

#endif
