/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judges a table as a whole, once every record is read. */
#include "csv_check.h"

#include "bw/alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct named {
    const char *name;
    int32_t column;
} named;

static int by_name(const void *left, const void *right)
{
    const named *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

/* Repeated names are errors, because nobody could say which is meant; a blank
 * one (spreadsheets leave such columns at the right) is only a warning. */
static bw_status check_names(const bw_table *table, bw_diags *diags,
                             bool *faulty)
{
    size_t n = (size_t)bw_table_columns(table);
    named *names = bw_alloc(n, sizeof *names);
    if (!names)
        return BW_NOMEM;
    for (size_t i = 0; i < n; i++)
        names[i] = (named){bw_table_header(table, (int32_t)i).text, (int32_t)i};
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        bw_place place = bw_table_header_place(table, names[i].column);
        if (names[i].name[0] == 0) {
            bw_diag_add(diags, BW_WARNING, BW_CSV_SYNTAX, place,
                        "the header of column %d is blank; its cells cannot be "
                        "used until it gets a name",
                        (int)names[i].column + 1);
        } else if (i > 0 && strcmp(names[i - 1].name, names[i].name) == 0) {
            *faulty = true;
            bw_diag_add(diags, BW_ERROR, BW_COLUMN_DUPLICATE, place,
                        "two columns are named \"%s\" (%d and %d); give one of "
                        "them another name",
                        names[i].name, (int)names[i - 1].column + 1,
                        (int)names[i].column + 1);
        }
    }
    bw_free(names);
    return BW_OK;
}

bw_status bw_csv_check(const bw_table *table, bool faulty, bw_diags *diags)
{
    bw_place file = {bw_source_name(bw_table_source(table)), 0, 0};
    int32_t n_columns = bw_table_columns(table);
    if (n_columns > 0) {
        bw_status status = check_names(table, diags, &faulty);
        if (status != BW_OK)
            return status;
    }
    if (faulty)
        return BW_INVALID;
    if (n_columns == 0)
        bw_diag_add(diags, BW_ERROR, BW_FILE_EMPTY, file,
                    "the file holds only blank lines; its first line must name "
                    "the columns");
    else if (bw_table_rows(table) == 0)
        bw_diag_add(diags, BW_ERROR, BW_FILE_HEADER_ONLY, file,
                    "the file holds a header and no record; it must have at "
                    "least one");
    else
        return BW_OK;
    return BW_INVALID;
}
