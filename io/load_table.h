/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A table of the scenario while it is being loaded: file, columns by name,
 * numbers, and expressions over its rows. */
#ifndef BW_LOAD_TABLE_H
#define BW_LOAD_TABLE_H

#include "bw/alloc.h"
#include "columns.h"
#include "expr.h"

/** Whether a row takes part, and why not. */
typedef enum bw_row_state {
    BW_ROW_TAKEN,
    BW_ROW_WHERE, /* does not satisfy `where` */
    BW_ROW_CANDIDATE,
    BW_ROW_INACTIVE,
    BW_ROW_ACCOUNT_OUT, /* a pair whose account takes no part */
    BW_ROW_REP_OUT,     /* a pair whose rep takes no part */
    BW_ROW_REP_LEAVING, /* a pair whose rep is leaving */
    BW_ROW_NOT_YET,     /* a rep who begins after the scenario's date */
    BW_ROW_DROPPED,     /* by <drop-accounts> */
    BW_ROW_FLAW,        /* dropped, as a <quality> says; see `flaw` */
    BW_ROW_FLAW_WHERE   /* likewise, and does not satisfy `where` either */
} bw_row_state;

/** Something that an expression, a measure or a field can be taken from. */
typedef struct bw_sheet_column {
    const char *name;          /* the field, the user's name, or the header */
    const bw_binding *binding; /* NULL: a header that stands for no field of
                                * that name */
    int32_t header;            /* then: its column of the file; -1: a change
                                * made it */
    bw_expr *value;            /* of <column value=>; NULL: none */
    const char **text;         /* [rows] values of a text field by expression,
                                * or joined from columns */
    double *number;            /* [rows] NaN where blank; NULL: not yet read */
    bool faulty;               /* its <column> was reported: not found by name,
                                * but nobody says that it is missing */
    bool checked;              /* `number` was read with diagnostics */
    bool typed;                /* `type` is known */
    bw_type type;
} bw_sheet_column;

/** A text that stands for nothing (blank=), and how many cells it made blank.
 */
typedef struct bw_blank_text {
    const char *text;
    int64_t cells;
} bw_blank_text;

/** Made by <column value=>. */
static inline bool bw_column_has_value(const bw_sheet_column *column)
{
    const bw_binding *b = column->binding;
    return b && b->map && b->map->value.text;
}

/** A choice of columns, as expressions see it. */
typedef struct bw_view {
    bw_scope scope;
    int32_t *column; /* [scope.n] index into the sheet's columns */
} bw_view;

typedef struct bw_flaws bw_flaws;
struct bw_layer;

typedef struct bw_sheet {
    bw_role role;    /* these five are set by the caller; all are borrowed */
    bw_flaws *flaws; /* NULL: no decision concerns the table (a gazetteer), so
                      * that every flaw of it stops */
    const bw_source_spec *spec;
    bw_arena *scratch;
    bw_diags *diags;
    const bw_load_watch *watch; /* NULL: nobody looks on */

    const char *path; /* as opened; NULL: the scenario has no such table */
    bw_source *source;
    bw_table *table;
    bw_columns *columns;
    int64_t rows;
    int64_t file_rows;      /* of them in the file; changes append the others */
    struct bw_layer *layer; /* what changes put over it; NULL: nothing */
    bw_blank_text *blank;   /* [n_blank] */
    int n_blank;
    bw_sheet_column *column; /* [n_columns], fields first; none: the file could
                              * not be read or its columns not be bound */
    int32_t n_columns;
    bw_view own; /* what <column value=> may name: no other value */
    bw_view all;
    uint8_t *state;  /* [rows] bw_row_state; NULL: not known yet */
    uint8_t *faulty; /* [rows] 1: a cell of it was reported, so that what
                      * follows from that need not be */
    uint8_t *flaw;   /* [rows] bw_code of what drops the row; else 0 */
    bool blind;      /* it is not known which rows take part: no row does, and
                      * nothing that follows from that is reported */
} bw_sheet;

/** A status that ends loading at once; BW_INVALID does not, as there may be
 * more to report. */
static inline bool bw_fatal(bw_status status)
{
    return status != BW_OK && status != BW_INVALID;
}

/** Where a table is that an attribute of a scenario names: relative paths start
 * in the folder of the file that wrote it. NULL when memory is short. */
const char *bw_table_path(bw_arena *arena, const bw_attr *file);

/** Opens, reads and binds. Faults are reported, and what is known is kept.
 * BW_INVALID or BW_IO: the rows are not there. */
bw_status bw_sheet_open(bw_sheet *sheet);
/** The two steps of it: the file, then its table. */
bw_status bw_sheet_source(bw_sheet *sheet);
bw_status bw_sheet_read(bw_sheet *sheet);
void bw_sheet_close(bw_sheet *sheet);
const char *bw_role_text(bw_role role);

/** The column of a field of ours, or -1. A header of that name which stands for
 * something else, as from="" says, is not it. */
int32_t bw_sheet_field(const bw_sheet *sheet, const char *field);
/** A column by field, user's name or header, in this order; or -1. */
int32_t bw_sheet_find(const bw_sheet *sheet, const char *name);
/** Is there a column of that name whose <column> was reported? */
bool bw_sheet_faulty(const bw_sheet *sheet, const char *name);
/** column -1: an empty cell. What a change wrote stands before the file's. */
bw_cell bw_sheet_cell(const bw_sheet *sheet, int32_t column, int64_t row);
/** Of the cell; of the record where the column is -1 or an expression. */
bw_place bw_sheet_place(const bw_sheet *sheet, int32_t column, int64_t row);
/** All numbers of a column, cells that are none or out of range reported.
 * Rows that take no part are NaN, as far as that is known already. */
bw_status bw_sheet_numbers(bw_sheet *sheet, int32_t column,
                           const double **values);
bool bw_sheet_takes(const bw_sheet *sheet, int64_t row);
/** A cell that is not blank as the number that its column holds. Where it is
 * none: NaN or, with `check`, what the scenario decides about the flaw. */
double bw_cell_number(bw_sheet *sheet, int32_t column, int64_t row, bool check);
/** Texts of columns that are joined from several; the scenario's blanks. Called
 * when a table is opened. */
bw_status bw_sheet_join(bw_sheet *sheet);
bw_status bw_sheet_blank(bw_sheet *sheet);
/** Rows that its arrays have room for. */
int64_t bw_sheet_room(const bw_sheet *sheet);
/** Was the cell written, or the row appended, by a change? Then it is as such
 * a cell has it, and not what <column value=> computes. */
bool bw_sheet_changed(const bw_sheet *sheet, int32_t column, int64_t row);
/** How the file writes the cell, that of a changed one being plain. */
const bw_format_spec *bw_sheet_format_of(const bw_sheet *sheet, int32_t column,
                                         int64_t row);
static inline const bw_format_spec *bw_sheet_format(const bw_sheet *sheet,
                                                    int32_t column, int64_t row)
{
    return sheet->layer ? bw_sheet_format_of(sheet, column, row)
                        : &sheet->spec->format;
}
/** After a change of the cell: what was read of it is read again. */
void bw_sheet_reread(bw_sheet *sheet, int32_t column, int64_t row);
/** After a change of the column: its type is found out anew. */
void bw_sheet_retype(bw_sheet *sheet, int32_t column);
/** After all of them: its sum is looked at again. */
void bw_sheet_settle(bw_sheet *sheet, int32_t column);

/** The headers, separated by commas, cut where the room ends. */
const char *bw_sheet_headers(const bw_sheet *sheet, char *text, size_t size);

/** The rows that an expression is evaluated for. */
typedef struct bw_rows {
    const bw_sheet *account, *rep;
    const bw_view *account_view, *rep_view;
    int64_t account_row, rep_row;
} bw_rows;

/** A bw_lookup; data is a bw_rows. */
bw_value bw_rows_lookup(void *data, bool of_rep, int32_t index);
bw_rows bw_rows_of(const bw_sheet *account, const bw_sheet *rep);

/** Parses an expression over the rows of one or both tables (the other NULL)
 * and reads the columns it uses. BW_INVALID: reported, or its table is not
 * there; *expr is NULL then, and where the attribute is not given. */
bw_status bw_sheet_compile(bw_sheet *account, bw_sheet *rep,
                           const bw_attr *text, bw_type want, bw_expr **expr);

/** Parses the <column value=>s of the table; text ones are evaluated. Those at
 * fault are reported and marked. */
bw_status bw_sheet_compile_values(bw_sheet *sheet);

/** load_where.c: applies the table's `where`: fills `state`. */
bw_status bw_sheet_where(bw_sheet *sheet);

#endif
