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

enum {
    SHORT = 15,
    LONG = 18
};

/* Salesforce ids: the last three of 18 characters follow from the first. The
 * length of the other form, which `other` takes; 0: there is none. */
static size_t other_form(const char *text, size_t len, char other[LONG])
{
    if (len != SHORT && len != LONG)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)text[i]))
            return 0;
    char id[LONG + 1];
    memcpy(id, text, SHORT);
    bw_crm_salesforce_suffix(text, id + SHORT);
    memcpy(other, id, LONG);
    if (len == SHORT)
        return LONG;
    return memcmp(id, text, LONG) == 0 ? SHORT : 0;
}

static int32_t find_other_form(const bw_index *rows, const char *text,
                               size_t len)
{
    char other[LONG];
    size_t n = other_form(text, len, other);
    return n > 0 ? bw_index_find(rows, other, n) : -1;
}

bool bw_load_is_id(const char *text, size_t len, bw_cell id)
{
    char other[LONG];
    if (len == id.len)
        return memcmp(text, id.text, len) == 0;
    size_t n = other_form(text, len, other);
    return n > 0 && n == id.len && memcmp(other, id.text, n) == 0;
}

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

/* `lengths`: those of the ids so far; most tables have one form alone. */
static bw_status add_id(bw_sheet *sheet, bw_index *rows, int32_t column,
                        int32_t row, bool lengths[LONG + 1])
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
    if (id.len <= LONG)
        lengths[id.len] = true;
    bool both = lengths[SHORT] && lengths[LONG];
    int32_t other =
        both && first == row ? find_other_form(rows, id.text, id.len) : -1;
    if (other >= 0)
        first = other;
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
    bool lengths[LONG + 1] = {false};
    for (int pass = 0; pass < 2; pass++)
        for (int32_t row = 0; row < n && status == BW_OK; row++)
            if (bw_sheet_takes(sheet, row) == (pass == 0))
                status = add_id(sheet, *rows, column, row, lengths);
    return status;
}

int32_t bw_load_find_id(const bw_index *rows, const char *text, size_t len)
{
    int32_t row = bw_index_find(rows, text, len);
    return row >= 0 ? row : find_other_form(rows, text, len);
}
