/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells as values where they are more than a plain number, and what is said
 * where they are none. */
#include "amount.h"
#include "bw/quantum.h"
#include "date.h"
#include "field.h"
#include "flaws.h"
#include "layer.h"
#include "load_table.h"

#include <math.h>
#include <string.h>

/* Parts of a position may be written as 80%. */
static bool is_part(const bw_sheet *sheet, const bw_sheet_column *c)
{
    return sheet->role == BW_ROLE_REPS &&
           (strcmp(c->name, "fte") == 0 || strcmp(c->name, "ramp") == 0);
}

static bool parse_number(const bw_sheet *sheet, const bw_sheet_column *c,
                         bw_cell cell, bool comma, double *value)
{
    size_t len = cell.len;
    bool percent = len > 1 && cell.text[len - 1] == '%' && is_part(sheet, c);
    if (percent)
        len--;
    if (!bw_field_amount(cell.text, len, comma, value))
        return false;
    if (percent)
        *value /= 100;
    return true;
}

/* A change wrote the cell: what the table's element says is not about it. */
static bool is_written(const bw_sheet *sheet, int32_t column, int64_t row)
{
    return sheet->layer && bw_layer_at(sheet->layer, column, row);
}

static void not_a_number(bw_sheet *sheet, int32_t column, int64_t row,
                         bw_cell cell)
{
    const char *name = sheet->column[column].name;
    bool comma = bw_sheet_format(sheet, column, row)->decimal_comma;
    bool written = is_written(sheet, column, row);
    double value;
    if (!written && bw_field_says_nothing(cell.text, cell.len))
        bw_flaw_found(sheet, BW_FIELD_NUMBER, column, row,
                      "%s is \"%.40s\", which is not a number; if it stands "
                      "for nothing, say blank=\"%.40s\" of <%s>",
                      name, cell.text, cell.text, bw_role_text(sheet->role));
    else if (!written && bw_field_amount(cell.text, cell.len, !comma, &value))
        bw_flaw_found(sheet, BW_FIELD_NUMBER, column, row,
                      "%s is \"%.40s\", which is not a number with a decimal "
                      "%s; if all of the file is written so, say "
                      "decimal=\"%s\" of <%s>",
                      name, cell.text, comma ? "comma" : "point",
                      comma ? "point" : "comma", bw_role_text(sheet->role));
    else
        bw_flaw_found(sheet, BW_FIELD_NUMBER, column, row,
                      "%s is \"%.40s\", which is not a number; write it like "
                      "1234%s5 or 1%s234%s5, or leave it blank",
                      name, cell.text, comma ? "," : ".", comma ? "." : ",",
                      comma ? "," : ".");
}

/* 31/3/2027 leaves one order. */
static const char *order_of(bw_cell cell)
{
    double date;
    bool month_first =
        bw_field_date(cell.text, cell.len, BW_DATES_MDY, &date) == BW_DATE_FINE;
    bool day_first =
        bw_field_date(cell.text, cell.len, BW_DATES_DMY, &date) == BW_DATE_FINE;
    if (month_first && day_first)
        return "may be day or month first; say dates=\"mdy\" (month, day, "
               "year) or dates=\"dmy\" of the table";
    return day_first ? "has the day first; say dates=\"dmy\" of the table, if "
                       "all of it is written so"
                     : "has the month first; say dates=\"mdy\" of the table, "
                       "if all of it is written so";
}

static void not_a_date(bw_sheet *sheet, int32_t column, int64_t row,
                       bw_cell cell, bw_date_fault fault)
{
    static const char *const why[] = {
        [BW_DATE_NONE] = "is not a date; write it like 2027-03-31",
        [BW_DATE_YEAR] = "has a year of two digits; write all four of them"};
    if (fault == BW_DATE_ORDER && is_written(sheet, column, row))
        fault = BW_DATE_NONE;
    bw_flaw_found(sheet, BW_FIELD_DATE, column, row,
                  "%s is \"%.40s\", which %s, or leave it blank",
                  sheet->column[column].name, cell.text,
                  fault == BW_DATE_ORDER ? order_of(cell) : why[fault]);
}

static double date_cell(bw_sheet *sheet, int32_t column, int64_t row,
                        bool check)
{
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    double value = NAN;
    bw_date_fault fault =
        bw_field_date(cell.text, cell.len,
                      bw_sheet_format(sheet, column, row)->dates, &value);
    if (fault == BW_DATE_FINE)
        return value;
    if (!check)
        return NAN;
    not_a_date(sheet, column, row, cell, fault);
    return bw_flaw_number(sheet, BW_FIELD_DATE);
}

static double yes_no_cell(bw_sheet *sheet, int32_t column, int64_t row,
                          bool check)
{
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    bool yes;
    if (bw_field_yes_no(cell.text, cell.len, &yes))
        return yes;
    if (!check)
        return NAN;
    bw_flaw_found(sheet, BW_FIELD_CHOICE, column, row,
                  "%s is \"%.40s\"; it must be yes or no, true or false, 1 or "
                  "0, or blank",
                  sheet->column[column].name, cell.text);
    return bw_flaw_number(sheet, BW_FIELD_CHOICE);
}

double bw_cell_number(bw_sheet *sheet, int32_t column, int64_t row, bool check)
{
    const bw_sheet_column *c = &sheet->column[column];
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    double value;
    if (c->binding && c->binding->cells == BW_CELLS_DATE)
        return date_cell(sheet, column, row, check);
    if (c->binding && c->binding->cells == BW_CELLS_YES_NO)
        return yes_no_cell(sheet, column, row, check);
    bool comma = bw_sheet_format(sheet, column, row)->decimal_comma;
    bool fine = parse_number(sheet, c, cell, comma, &value);
    if (fine && (!check || fabs(value) <= BW_LARGEST))
        return value;
    if (!check)
        return NAN;
    if (fine)
        bw_flaw_found(sheet, BW_FIELD_RANGE, column, row,
                      "%s is %.40s; amounts may be at most 1e12: correct it",
                      c->name, cell.text);
    else
        not_a_number(sheet, column, row, cell);
    return bw_flaw_number(sheet, fine ? BW_FIELD_RANGE : BW_FIELD_NUMBER);
}

/* ------------------------------------------------------ blanks, joined texts
 */

static const char blanks[] = " \t\r\n";

bw_status bw_sheet_blank(bw_sheet *sheet)
{
    const char *at = sheet->spec->format.blank.text;
    size_t n = at ? 1 : 0;
    for (const char *c = at; c && *c; c++)
        n += *c == '|';
    const char **text = bw_arena_alloc(sheet->scratch, n, sizeof *text);
    int64_t *count = bw_arena_alloc(sheet->scratch, n, sizeof *count);
    sheet->blank = bw_arena_alloc(sheet->scratch, n, sizeof *sheet->blank);
    if (!text || !count || !sheet->blank)
        return BW_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const char *end = at + strcspn(at, "|"), *next = end;
        at += strspn(at, blanks);
        while (end > at && strchr(blanks, end[-1]))
            end--;
        text[sheet->n_blank] = bw_arena_text(sheet->scratch, at,
                                             end > at ? (size_t)(end - at) : 0);
        if (!text[sheet->n_blank])
            return BW_NOMEM;
        sheet->n_blank += end > at;
        at = next + 1;
    }
    if (sheet->n_blank > 0)
        bw_table_blank(sheet->table, text, sheet->n_blank, count);
    for (int i = 0; i < sheet->n_blank; i++)
        sheet->blank[i] = (bw_blank_text){text[i], count[i]};
    return BW_OK;
}

/* All that is not blank, with blanks between. */
static const char *join(bw_sheet *sheet, const bw_binding *b, int64_t row)
{
    size_t room = 1;
    for (int32_t i = 0; i < b->n_columns; i++)
        room += bw_table_cell(sheet->table, row, b->column[i]).len + 1;
    char *text = bw_arena_alloc(sheet->scratch, room, 1), *at = text;
    for (int32_t i = 0; i < b->n_columns && text; i++) {
        bw_cell cell = bw_table_cell(sheet->table, row, b->column[i]);
        if (bw_field_blank(cell.text))
            continue;
        if (at > text)
            *at++ = ' ';
        memcpy(at, cell.text, cell.len);
        at += cell.len;
    }
    return text;
}

bw_status bw_sheet_join(bw_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_columns; i++) {
        bw_sheet_column *c = &sheet->column[i];
        if (!c->binding || !c->binding->joined)
            continue;
        c->text = bw_arena_alloc(sheet->scratch, (size_t)sheet->rows,
                                 sizeof *c->text);
        for (int64_t row = 0; row < sheet->rows && c->text; row++) {
            c->text[row] = join(sheet, c->binding, row);
            if (!c->text[row])
                return BW_NOMEM;
        }
        if (!c->text)
            return BW_NOMEM;
    }
    return BW_OK;
}
