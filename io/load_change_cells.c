/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of cells: the rows that are meant, and the values that they get. An
 * expression sees the row as the changes before it left it. */
#include "load_change.h"

#include "buf.h"
#include "scenario_change.h"

#include <math.h>
#include <string.h>

static bool is_reps(const bw_sheet *sheet)
{
    return sheet->role == BW_ROLE_REPS;
}

static bw_status compile(bw_sheet *sheet, const bw_attr *text, bw_type want,
                         bw_expr **expr)
{
    return bw_sheet_compile(is_reps(sheet) ? NULL : sheet,
                            is_reps(sheet) ? sheet : NULL, text, want, expr);
}

/* -------------------------------------------------------------------- which */

static bw_status mark(const bw_sheet *sheet, bw_expr *expr,
                      const uint8_t *left_out, uint8_t *member, int64_t *n)
{
    bw_rows rows = bw_rows_of(sheet, sheet);
    for (int64_t row = 0; row < sheet->rows; row++) {
        bool holds = true;
        if (!bw_sheet_takes(sheet, row) || (left_out && left_out[row]))
            continue;
        rows.account_row = rows.rep_row = row;
        bw_status status =
            expr ? bw_expr_truth(expr, bw_rows_lookup, &rows, &holds) : BW_OK;
        if (status != BW_OK)
            return status;
        member[row] = holds;
        *n += holds;
    }
    return BW_OK;
}

bw_status bw_change_select(bw_changer *c, bw_sheet *sheet, const bw_attr *where,
                           const uint8_t *left_out, uint8_t **member)
{
    bw_expr *expr;
    int64_t n = 0;
    *member = NULL;
    bw_status status = compile(sheet, where, BW_BOOLEAN, &expr);
    if (status != BW_OK)
        return status;
    uint8_t *found =
        bw_arena_alloc(sheet->scratch, (size_t)bw_sheet_room(sheet), 1);
    status = found ? mark(sheet, expr, left_out, found, &n) : BW_NOMEM;
    bw_expr_free(expr);
    if (status != BW_OK)
        return status;
    if (n > 0)
        *member = found;
    else
        bw_change_fault(
            c, BW_CHANGE_EMPTY, where->text ? where->place : c->spec->place,
            "<%s> changes nothing: no %s %s; correct the "
            "condition, or take the change out",
            bw_change_name(c->spec->kind), is_reps(sheet) ? "rep" : "account",
            where->text ? "satisfies `where`" : "is left");
    return BW_OK;
}

/* ---------------------------------------------------------------------- set */

/* The same as reported, but for the reporting. */
static bool compiles(bw_sheet *sheet, const bw_attr *text, bw_type want)
{
    bw_expr *expr;
    bw_diags *diags = sheet->diags;
    sheet->diags = NULL;
    bw_status status = compile(sheet, text, want, &expr);
    sheet->diags = diags;
    bw_expr_free(expr);
    return status == BW_OK;
}

/* What the expression must give: what the column holds; for one without a kind
 * of its own, for dates and for yes or no, a number or a text, as it comes. */
static bw_type wanted(bw_sheet *sheet, int32_t column, const bw_attr *to)
{
    const bw_sheet_column *c = &sheet->column[column];
    const bw_binding *b = c->binding;
    if (c->value)
        return c->type;
    if (b && b->cells == BW_CELLS_TEXT)
        return BW_TEXT;
    if (b && b->cells == BW_CELLS_NUMBER)
        return BW_NUMBER;
    return !compiles(sheet, to, BW_NUMBER) && compiles(sheet, to, BW_TEXT)
               ? BW_TEXT
               : BW_NUMBER;
}

/* The cell's text for the row; NULL when memory is short. */
static bw_status evaluate(bw_expr *expr, bw_type type, bw_rows *rows,
                          bw_buf *room, const char **text)
{
    double number;
    if (type == BW_TEXT)
        return bw_expr_text(expr, bw_rows_lookup, rows, text);
    bw_status status = bw_expr_number(expr, bw_rows_lookup, rows, &number);
    room->len = 0;
    bw_buf_add(room, "", 0);
    if (room->text)
        room->text[0] = '\0';
    bw_buf_double(room, number);
    *text = room->text ? room->text : "";
    return room->failed ? BW_NOMEM : status;
}

bw_status bw_change_set(bw_changer *c, bw_sheet *sheet, const bw_attr *name,
                        const bw_attr *to, const uint8_t *member)
{
    bw_expr *expr;
    bw_buf room = {0};
    int32_t column = bw_change_make_column(c, sheet, name);
    if (column < 0)
        return BW_OK;
    bw_type type = wanted(sheet, column, to);
    bw_status status = compile(sheet, to, type, &expr);
    if (status != BW_OK)
        return status;
    bw_rows rows = bw_rows_of(sheet, sheet);
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        const char *text = NULL;
        if (!member[row])
            continue;
        rows.account_row = rows.rep_row = row;
        status = evaluate(expr, type, &rows, &room, &text);
        if (status == BW_OK)
            status =
                bw_change_write(c, sheet, column, row, text, to->place, true);
    }
    bw_expr_free(expr);
    bw_buf_free(&room);
    bw_change_done(c, sheet, column);
    return status;
}

/* -------------------------------------------------------------------- scale */

/* False: reported. */
static bool is_amount(const bw_changer *c, const bw_sheet *sheet,
                      int32_t column)
{
    const bw_sheet_column *col = &sheet->column[column];
    const bw_binding *b = col->binding;
    bool text = col->value ? col->type == BW_TEXT
                           : b && b->cells != BW_CELLS_NUMBER &&
                                 b->cells != BW_CELLS_OPEN;
    if (text)
        bw_change_fault(c, BW_EXPR_TYPE, c->spec->column.place,
                        "%.60s is no amount, so <%s> cannot change it; say "
                        "<set column=\"%.60s\" to=\"...\"/>",
                        col->name, bw_change_name(c->spec->kind), col->name);
    return !text;
}

/* Blank is 0 for these two, and nothing known for all others. */
static double blank_of(const bw_sheet_column *column, bool adds)
{
    bool money = strcmp(column->name, "revenue") == 0 ||
                 strcmp(column->name, "potential") == 0;
    return adds && column->binding && money ? 0 : NAN;
}

static bw_status write_number(bw_changer *c, bw_sheet *sheet, int32_t column,
                              int64_t row, double value, bw_buf *room)
{
    room->len = 0;
    bw_buf_double(room, value);
    if (room->failed)
        return BW_NOMEM;
    return bw_change_write(c, sheet, column, row, room->text,
                           c->spec->value.place, false);
}

static bw_status scale_rows(bw_changer *c, bw_sheet *sheet, int32_t column,
                            double factor, bw_expr *amount,
                            const uint8_t *member, int64_t *n)
{
    bw_buf room = {0};
    bw_rows rows = bw_rows_of(sheet, sheet);
    double blank = blank_of(&sheet->column[column], amount != NULL);
    bw_status status = BW_OK;
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        double value = sheet->column[column].number[row], more = 0;
        if (!member[row])
            continue;
        rows.account_row = rows.rep_row = row;
        if (amount)
            status = bw_expr_number(amount, bw_rows_lookup, &rows, &more);
        value = (isnan(value) ? blank : value) * factor + more;
        if (status != BW_OK || isnan(value))
            continue;
        status = write_number(c, sheet, column, row, value, &room);
        ++*n;
    }
    bw_buf_free(&room);
    return status;
}

bw_status bw_change_scale(bw_changer *c, bw_sheet *sheet, double factor,
                          const bw_attr *amount, const uint8_t *member)
{
    bw_expr *expr = NULL;
    const double *values;
    int64_t n = 0;
    int32_t column = bw_change_need_column(c, sheet, &c->spec->column);
    if (column < 0 || !is_amount(c, sheet, column))
        return BW_OK;
    bw_status status = bw_sheet_numbers(sheet, column, &values);
    if (status == BW_OK && amount)
        status = compile(sheet, amount, BW_NUMBER, &expr);
    if (status == BW_OK)
        status = scale_rows(c, sheet, column, factor, expr, member, &n);
    bw_expr_free(expr);
    if (status != BW_OK)
        return status;
    bw_change_done(c, sheet, column);
    if (n == 0)
        bw_change_fault(c, BW_CHANGE_EMPTY, c->spec->column.place,
                        "<%s> changes nothing: %.60s is blank in every row "
                        "that it takes; correct the condition, or take the "
                        "change out",
                        bw_change_name(c->spec->kind),
                        sheet->column[column].name);
    return BW_OK;
}
