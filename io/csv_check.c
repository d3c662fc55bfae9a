/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judges a table as a whole, once every record is read. */
#include "csv_check.h"

#include "bw/alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    TWINS_TOLD = 10, /* names; a place far out in a long line takes long */
    TITLE_LEAST = 3, /* columns; of two, one may be somebody's remarks */
    TITLE_ROWS = 100 /* that are looked at */
};

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

static void tell_blank(const bw_table *table, int32_t first, size_t n,
                       bw_diags *diags)
{
    if (n == 0)
        return;
    bw_diag_add(diags, BW_NOTE, BW_CSV_SYNTAX,
                bw_table_header_place(table, first),
                "the header of column %d%s is blank%s; cells there cannot be "
                "used until it gets a name",
                (int)first + 1, n > 1 ? " and of more" : "",
                n > 1 ? ", as spreadsheets leave them" : "");
}

/* names[0 .. n-1] have one name; what uses it is told that two have it. */
static bool mark_twins(bw_table *table, const named *names, size_t n)
{
    int32_t *twin = bw_table_twins(table);
    for (size_t i = 0; i < n && twin; i++)
        twin[names[i].column] = names[i == 0].column;
    return twin != NULL;
}

static void tell_twins(const bw_table *table, const named *names, size_t n,
                       bw_diags *diags)
{
    bw_diag_add(diags, BW_NOTE, BW_COLUMN_DUPLICATE,
                bw_table_header_place(table, names[1].column),
                "%d columns are named \"%s\" (%d and %d%s); what needs one of "
                "them cannot be told which",
                (int)n, names[0].name, (int)names[0].column + 1,
                (int)names[1].column + 1, n > 2 ? " and more" : "");
}

/* Repeated and blank names are no faults as long as nothing uses them: exports
 * have both. */
static bw_status check_names(bw_table *table, bw_diags *diags)
{
    size_t n = (size_t)bw_table_columns(table), n_blank = 0, n_told = 0;
    named *names = bw_alloc(n, sizeof *names);
    bool room = names != NULL;
    for (size_t i = 0; i < n && room; i++)
        names[i] = (named){bw_table_header(table, (int32_t)i).text, (int32_t)i};
    if (room)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0, next; i < n && room; i = next) {
        for (next = i + 1; next < n; next++)
            if (strcmp(names[i].name, names[next].name) != 0)
                break;
        if (names[i].name[0] == 0)
            n_blank = next - i;
        else if (next - i > 1)
            room = mark_twins(table, names + i, next - i);
        if (names[i].name[0] && next - i > 1 && n_told++ < TWINS_TOLD)
            tell_twins(table, names + i, next - i, diags);
    }
    if (room)
        tell_blank(table, names[0].column, n_blank, diags);
    bw_free(names);
    return room ? BW_OK : BW_NOMEM;
}

void bw_csv_tell_denied(const bw_csv_form *form, char told, bw_place header,
                        bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_CSV_FIELDS, header,
                "the scenario says delimiter=\"%s\", which leaves %s; the file "
                "seems to be separated by %s, which gives %d: say so, or leave "
                "delimiter out",
                bw_separator_name(told),
                form->told == 1 ? "one column"
                                : "no record as long as the header",
                bw_separator_name(form->separator), (int)form->fields);
}

bool bw_csv_check_told(const bw_table *table, const bw_csv_form *found,
                       bw_diags *diags)
{
    char told = bw_table_separator(table);
    if (told == found->separator || found->fields < 2 ||
        bw_table_columns(table) != 1)
        return false;
    bw_csv_tell_denied(found, told, bw_table_header_place(table, 0), diags);
    return true;
}

void bw_csv_tell_title(const bw_csv_form *form, bw_place header,
                       bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_CSV_FIELDS, header,
                "this line has one field and the records below have %d: it "
                "cannot name their columns; remove the lines above the header",
                (int)form->title);
}

/* Spreadsheets fill a title up with blank fields, which then are the names of
 * columns that hold something. */
static bool is_title(const bw_table *table)
{
    int32_t n = bw_table_columns(table);
    if (n < TITLE_LEAST || bw_table_header(table, 0).len == 0)
        return false;
    for (int32_t c = 1; c < n; c++)
        if (bw_table_header(table, c).len > 0)
            return false;
    for (int64_t i = 0; i < bw_table_rows(table) && i < TITLE_ROWS; i++)
        for (int32_t c = 1; c < n; c++)
            if (bw_table_cell(table, i, c).len > 0)
                return true;
    return false;
}

bw_status bw_csv_check(bw_table *table, bool faulty, bw_diags *diags)
{
    bw_place file = {bw_source_name(bw_table_source(table)), 0, 0};
    int32_t n_columns = bw_table_columns(table);
    if (is_title(table)) {
        bw_diag_add(diags, BW_ERROR, BW_CSV_FIELDS,
                    bw_table_header_place(table, 0),
                    "this line names one of %d columns: it cannot be the "
                    "header; remove the lines above the header",
                    (int)n_columns);
        return BW_INVALID;
    }
    if (n_columns > 0) {
        bw_status status = check_names(table, diags);
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
