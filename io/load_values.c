/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and expressions over the rows of a table. A column is read as
 * numbers at most once, and only where something asks for it: of a file with a
 * hundred columns most are never looked at. */
#include "amount.h"
#include "bw/quantum.h"
#include "field.h"
#include "flaws.h"
#include "load_table.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static double read_number(bw_sheet *sheet, int32_t column, int64_t row,
                          bool check)
{
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    double value;
    if (bw_field_blank(cell.text))
        return NAN;
    const bw_binding *b = sheet->column[column].binding;
    if ((b && b->cells != BW_CELLS_NUMBER && b->numeric) ||
        bw_sheet_format(sheet, column, row)->decimal_comma ||
        !bw_field_number(cell.text, cell.len, &value) ||
        fabs(value) > BW_LARGEST)
        return bw_cell_number(sheet, column, row, check);
    return value;
}

static bw_status evaluate(bw_sheet *sheet, int32_t column, int64_t row,
                          double *value)
{
    bw_rows rows = {.account = sheet, .account_view = &sheet->own};
    rows.account_row = row;
    const bw_sheet_column *c = &sheet->column[column];
    bw_status status = bw_expr_number(c->value, bw_rows_lookup, &rows, value);
    if (status != BW_OK || isnan(*value) || fabs(*value) <= BW_LARGEST)
        return status;
    bw_flaw_found(sheet, BW_FIELD_RANGE, column, row,
                  "%s = %.200s gives %g here; amounts may be at most 1e12: "
                  "correct the row or the expression",
                  c->name, c->binding->map->value.text, *value);
    *value = bw_flaw_number(sheet, BW_FIELD_RANGE);
    return BW_OK;
}

/* Where the column begins: its header, or the expression it comes from. */
static bw_place head_place(const bw_sheet *sheet, const bw_sheet_column *c)
{
    if (bw_column_has_value(c))
        return c->binding->map->value.place;
    if (c->header < 0 && (!c->binding || c->binding->n_columns == 0))
        return sheet->spec->place;
    return bw_table_header_place(
        sheet->table, c->header >= 0 ? c->header : c->binding->column[0]);
}

/* What is added up later must fit 64 bits of quanta, in any order. */
static void check_sum(const bw_sheet *sheet, int32_t column)
{
    const bw_sheet_column *c = &sheet->column[column];
    double sum = 0;
    for (int64_t row = 0; row < sheet->rows; row++)
        sum += isnan(c->number[row]) ? 0 : fabs(c->number[row]);
    if (sum <= BW_LARGEST_SUM)
        return;
    bw_diag_add(bw_flaw_diags(sheet), BW_ERROR, BW_FIELD_RANGE,
                head_place(sheet, c),
                "the values of %s add up to %g; a column may add up to %g at "
                "most: count in a larger unit, such as thousands",
                c->name, sum, BW_LARGEST_SUM);
}

static bw_status read_numbers(bw_sheet *sheet, int32_t column, bool check);

/* Reads the number columns that an expression uses. */
static bw_status prepare(bw_sheet *sheet, const bw_view *view,
                         const bw_expr *expr, bool of_rep)
{
    const int32_t *used;
    int32_t n = bw_expr_used(expr, of_rep, &used);
    for (int32_t i = 0; i < n; i++) {
        int32_t column = view->column[used[i]];
        bw_status status = BW_OK;
        if (sheet->column[column].type == BW_NUMBER)
            status = read_numbers(sheet, column, false);
        if (status != BW_OK)
            return status;
    }
    return BW_OK;
}

/* The recursion is one level deep: a value's own view holds no values. */
static bw_status read_numbers(bw_sheet *sheet, int32_t column, bool check)
{
    bw_sheet_column *c = &sheet->column[column];
    bool field = c->binding && c->binding->numeric;
    check = check || field || c->value;
    if (c->number && (c->checked || !check))
        return BW_OK;
    if (!c->number)
        c->number = bw_arena_alloc(sheet->scratch, (size_t)bw_sheet_room(sheet),
                                   sizeof *c->number);
    if (!c->number)
        return BW_NOMEM;
    c->checked = check;
    bw_status ready =
        c->value ? prepare(sheet, &sheet->own, c->value, false) : BW_OK;
    if (ready != BW_OK)
        return ready;
    for (int64_t row = 0; row < sheet->rows; row++) {
        bw_status status = BW_OK;
        if (!bw_sheet_takes(sheet, row))
            c->number[row] = NAN;
        else if (c->value && !bw_sheet_changed(sheet, column, row))
            status = evaluate(sheet, column, row, &c->number[row]);
        else
            c->number[row] = read_number(sheet, column, row, check);
        if (status != BW_OK)
            return status;
    }
    if (check && !(field && c->binding->cells == BW_CELLS_DATE))
        check_sum(sheet, column);
    return BW_OK;
}

bw_status bw_sheet_numbers(bw_sheet *sheet, int32_t column,
                           const double **values)
{
    bw_status status = read_numbers(sheet, column, true);
    *values = status == BW_OK ? sheet->column[column].number : NULL;
    return status;
}

void bw_sheet_reread(bw_sheet *sheet, int32_t column, int64_t row)
{
    bw_sheet_column *c = &sheet->column[column];
    if (c->number)
        c->number[row] = bw_sheet_takes(sheet, row)
                             ? read_number(sheet, column, row, c->checked)
                             : NAN;
}

void bw_sheet_settle(bw_sheet *sheet, int32_t column)
{
    bw_sheet_column *c = &sheet->column[column];
    if (c->number && c->checked &&
        !(c->binding && c->binding->cells == BW_CELLS_DATE))
        check_sum(sheet, column);
}

void bw_sheet_retype(bw_sheet *sheet, int32_t column)
{
    sheet->column[column].typed = sheet->column[column].value != NULL;
    sheet->all = (bw_view){.column = NULL};
}

/* A text field may come from an expression too, which then gives text. */
static bool is_text_field(bw_role role, const char *name)
{
#define TEXT_FIELD(field, cells)                                               \
    if ((cells) == BW_CELLS_TEXT && strcmp(name, #field) == 0)                 \
        return true;
    if (role == BW_ROLE_ACCOUNTS) {
        BW_ACCOUNT_FIELDS(TEXT_FIELD)
    } else if (role == BW_ROLE_REPS) {
        BW_REP_FIELDS(TEXT_FIELD)
    } else if (role == BW_ROLE_PAIRS) {
        BW_PAIR_FIELDS(TEXT_FIELD)
    } else {
        BW_GAZETTEER_FIELDS(TEXT_FIELD)
    }
#undef TEXT_FIELD
    return false;
}

/* A column is a number when its field is, or when all that stands in it looks
 * like numbers; the first cell that does not settles it. */
static bw_type type_of(const bw_sheet *sheet, int32_t column)
{
    const bw_sheet_column *c = &sheet->column[column];
    if (c->faulty)
        return BW_UNTYPED;
    if (c->text || (c->binding && c->binding->numeric))
        return c->text ? BW_TEXT : BW_NUMBER;
    if (c->binding && c->binding->map && c->binding->cells == BW_CELLS_TEXT &&
        c->binding->map->as.text)
        return BW_TEXT;
    bool any = false;
    for (int64_t row = 0; row < sheet->rows; row++) {
        bw_cell cell = bw_sheet_cell(sheet, column, row);
        if (bw_field_blank(cell.text))
            continue;
        bool comma = bw_sheet_format(sheet, column, row)->decimal_comma;
        if (!(comma ? bw_field_looks_numeric_comma(cell.text, cell.len)
                    : bw_field_looks_numeric(cell.text, cell.len)))
            return BW_TEXT;
        any = true;
    }
    return any ? BW_NUMBER : BW_TEXT;
}

/* A header that a field or a value of the same name hides. Fields come first:
 * of a hundred thousand headers only these are compared. */
static bool is_hidden(const bw_sheet *sheet, int32_t column, bool values)
{
    const bw_sheet_column *c = &sheet->column[column];
    if (!values && bw_column_has_value(c))
        return true;
    if (!values || c->binding)
        return false;
    for (int32_t i = 0; i < column && sheet->column[i].binding; i++)
        if (strcmp(sheet->column[i].name, c->name) == 0)
            return true;
    return false;
}

/* "2 and 7"; NULL: no other column has the name. Where memory is short it is
 * one of them that is named. */
static const char *twins_of(const bw_sheet *sheet, const bw_sheet_column *c)
{
    int32_t twin = c->binding || c->header < 0
                       ? -1
                       : bw_table_twin(sheet->table, c->header);
    char text[32];
    if (twin < 0)
        return NULL;
    int len = snprintf(text, sizeof text, "%d and %d", (int)c->header + 1,
                       (int)twin + 1);
    const char *kept = bw_arena_text(sheet->scratch, text, (size_t)len);
    return kept ? kept : "more than one";
}

static bw_status build_view(bw_sheet *sheet, bool values, bw_view *view)
{
    size_t most = (size_t)sheet->n_columns;
    bw_variable *variable =
        bw_arena_alloc(sheet->scratch, most, sizeof *variable);
    view->column = bw_arena_alloc(sheet->scratch, most, sizeof *view->column);
    if (!variable || !view->column)
        return BW_NOMEM;
    view->scope = (bw_scope){sheet->spec->file.text, variable, 0};
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        bw_sheet_column *c = &sheet->column[i];
        if (is_hidden(sheet, i, values))
            continue;
        if (!c->typed)
            c->type = type_of(sheet, i);
        c->typed = true;
        view->column[view->scope.n] = i;
        variable[view->scope.n++] =
            (bw_variable){c->name, c->type, twins_of(sheet, c)};
    }
    return BW_OK;
}

static bw_status ready_view(bw_sheet *sheet, bool values, bw_view *view)
{
    if (view->column)
        return BW_OK;
    return build_view(sheet, values, view);
}

bw_value bw_rows_lookup(void *data, bool of_rep, int32_t index)
{
    const bw_rows *rows = data;
    const bw_sheet *sheet = of_rep ? rows->rep : rows->account;
    const bw_view *view = of_rep ? rows->rep_view : rows->account_view;
    int64_t row = of_rep ? rows->rep_row : rows->account_row;
    int32_t column = view->column[index];
    const bw_sheet_column *c = &sheet->column[column];
    if (c->type == BW_NUMBER)
        return (bw_value){.number = c->number[row]};
    return (bw_value){.text = bw_sheet_cell(sheet, column, row).text};
}

bw_rows bw_rows_of(const bw_sheet *account, const bw_sheet *rep)
{
    bw_rows rows = {.account = account, .rep = rep};
    if (account)
        rows.account_view = &account->all;
    if (rep)
        rows.rep_view = &rep->all;
    return rows;
}

bw_status bw_sheet_compile(bw_sheet *account, bw_sheet *rep,
                           const bw_attr *text, bw_type want, bw_expr **expr)
{
    bw_status status = BW_OK;
    assert(account || rep);
    *expr = NULL;
    if (!text->text)
        return BW_OK;
    if ((account && !account->column) || (rep && !rep->column))
        return BW_INVALID;
    if (account)
        status = ready_view(account, true, &account->all);
    if (rep && status == BW_OK)
        status = ready_view(rep, true, &rep->all);
    if (status != BW_OK)
        return status;
    const bw_sheet *any = account ? account : rep;
    status = bw_expr_new(text, account ? &account->all.scope : NULL,
                         rep ? &rep->all.scope : NULL, want, any->diags, expr);
    if (status == BW_OK && account)
        status = prepare(account, &account->all, *expr, false);
    if (status == BW_OK && rep)
        status = prepare(rep, &rep->all, *expr, true);
    if (status == BW_OK)
        return BW_OK;
    bw_expr_free(*expr);
    *expr = NULL;
    return status;
}

static bw_status evaluate_texts(bw_sheet *sheet, bw_sheet_column *c)
{
    bw_rows rows = {.account = sheet, .account_view = &sheet->own};
    bw_status status = prepare(sheet, &sheet->own, c->value, false);
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        const char *text;
        rows.account_row = row;
        status = bw_expr_text(c->value, bw_rows_lookup, &rows, &text);
        if (status == BW_OK)
            c->text[row] = bw_arena_text(sheet->scratch, text, strlen(text));
        if (status == BW_OK && !c->text[row])
            status = BW_NOMEM;
    }
    return status;
}

static bw_status compile_value(bw_sheet *sheet, bw_sheet_column *c)
{
    bool text = is_text_field(sheet->role, c->name);
    const bw_attr *value = &c->binding->map->value;
    c->typed = true;
    c->type = text ? BW_TEXT : BW_NUMBER;
    bw_status status = ready_view(sheet, false, &sheet->own);
    if (status == BW_OK)
        status = bw_expr_new(value, &sheet->own.scope, NULL, c->type,
                             sheet->diags, &c->value);
    if (status != BW_OK || !text)
        return status;
    c->text =
        bw_arena_alloc(sheet->scratch, (size_t)sheet->rows, sizeof *c->text);
    return c->text ? evaluate_texts(sheet, c) : BW_NOMEM;
}

bw_status bw_sheet_compile_values(bw_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        bw_sheet_column *c = &sheet->column[i];
        bw_status status = BW_OK;
        if (bw_column_has_value(c))
            status = compile_value(sheet, c);
        if (bw_fatal(status))
            return status;
        if (status != BW_OK) {
            c->faulty = true;
            c->type = BW_UNTYPED;
        }
    }
    return BW_OK;
}
