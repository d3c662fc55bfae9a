/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of a table: not blank, unique among the rows that take part, found by
 * their exact text; those of Salesforce, of which reports have 15 characters
 * and exports 18, by either. */
#include "load_parts.h"

#include "crm_key.h"
#include "field.h"
#include "flaws.h"

#include <ctype.h>
#include <string.h>

/* Spreadsheets write rows of separators alone below their last one. */
static bool is_blank_row(const bw_sheet *sheet, int64_t row)
{
    bool appended = row >= sheet->file_rows;
    for (int32_t c = 0; c < sheet->n_columns && appended; c++)
        if (!bw_field_blank(bw_sheet_cell(sheet, c, row).text))
            return false;
    if (appended)
        return true;
    for (int32_t c = 0; c < bw_table_columns(sheet->table); c++)
        if (!bw_field_blank(bw_table_cell(sheet->table, row, c).text))
            return false;
    return true;
}

static void tell_blank(bw_sheet *sheet, int32_t column, int32_t row)
{
    if (is_blank_row(sheet, row))
        bw_flaw_found(sheet, BW_ID_BLANK, column, row,
                      "the row is blank; remove it, or leave all such rows out "
                      "by <quality code=\"id-blank\" do=\"drop\"/>");
    else
        bw_flaw_found(sheet, BW_ID_BLANK, column, row,
                      "the id is blank; every row needs one of its own");
}

/* Rows of another file than the first have its name told, too. */
static void tell_twice(bw_sheet *sheet, int32_t column, int64_t row,
                       int64_t first)
{
    bw_place place = bw_sheet_place(sheet, column, first);
    bool same = bw_sheet_place(sheet, column, row).file == place.file;
    bw_flaw_found(sheet, BW_ID_DUPLICATE, column, row,
                  "id \"%.80s\" stands here again (first at %s%s%u); "
                  "remove one row, or give it an id of its own",
                  bw_sheet_cell(sheet, column, row).text,
                  same ? "line " : place.file, same ? "" : ":", place.line);
}

static bw_status add_id(bw_sheet *sheet, bw_index *rows, int32_t column,
                        int32_t row)
{
    bw_cell id = bw_sheet_cell(sheet, column, row);
    bool taken = bw_sheet_takes(sheet, row);
    int32_t first;
    if (bw_field_blank(id.text)) {
        if (taken)
            tell_blank(sheet, column, row);
        return BW_OK;
    }
    if (bw_index_put(rows, id.text, id.len, row, &first) != BW_OK)
        return BW_NOMEM;
    if (first != row && taken && bw_sheet_takes(sheet, first))
        tell_twice(sheet, column, row, first);
    return BW_OK;
}

/* Rows that take part come first, so that a left-out row of the same id never
 * hides one of them. */
bw_status bw_load_ids(bw_sheet *sheet, bw_index **rows)
{
    int32_t column = bw_sheet_field(sheet, "id");
    int32_t n = column < 0 || !sheet->state ? 0 : (int32_t)sheet->rows;
    bw_status status = bw_index_new(n, rows);
    for (int pass = 0; pass < 2; pass++)
        for (int32_t row = 0; row < n && status == BW_OK; row++)
            if (bw_sheet_takes(sheet, row) == (pass == 0))
                status = add_id(sheet, *rows, column, row);
    return status;
}

/* Salesforce ids: the last three of 18 characters follow from the first. */
static int32_t find_other_length(const bw_index *rows, const char *text,
                                 size_t len)
{
    enum {
        SHORT = 15,
        LONG = 18
    };
    char id[LONG + 1];
    if (len != SHORT && len != LONG)
        return -1;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)text[i]))
            return -1;
    memcpy(id, text, SHORT);
    bw_crm_salesforce_suffix(text, id + SHORT);
    if (len == SHORT)
        return bw_index_find(rows, id, LONG);
    return memcmp(id, text, LONG) == 0 ? bw_index_find(rows, id, SHORT) : -1;
}

int32_t bw_load_find_id(const bw_index *rows, const char *text, size_t len)
{
    int32_t row = bw_index_find(rows, text, len);
    return row >= 0 ? row : find_other_length(rows, text, len);
}
