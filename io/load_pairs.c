/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pairs.csv: what is known of single pairs. A row whose account or rep takes
 * no part is listed as left out; one whose id is nowhere is a fault. */
#include "load_parts.h"

#include "field.h"
#include "flaws.h"

#include <math.h>
#include <stdlib.h>

typedef struct pair_columns {
    int32_t account, rep, allowed;
    const double *cost, *hours, *travel_hours, *km;
} pair_columns;

static bw_status find_columns(bw_loader *loader, pair_columns *c)
{
    bw_sheet *sheet = &loader->pairs;
    const bw_scenario *scenario = loader->scenario;
    c->account =
        bw_load_need(sheet, "account", scenario->pairs.place, "<pairs>");
    c->rep = bw_load_need(sheet, "rep", scenario->pairs.place, "<pairs>");
    c->allowed = bw_sheet_field(sheet, "allowed");
    if (scenario->pairs_cost_replaces)
        bw_load_need(sheet, "cost", scenario->pairs.place,
                     "<pairs cost=\"replace\">");
    if (c->account < 0 || c->rep < 0)
        return BW_INVALID;
    return BW_OK;
}

static bw_status read_numbers(bw_sheet *sheet, pair_columns *c)
{
    bw_status status = bw_load_numbers(sheet, "cost", &c->cost);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "hours", &c->hours);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "travel_hours", &c->travel_hours);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "km", &c->km);
    return status;
}

/* The row of the other table that a cell names. */
static int32_t find_row(bw_sheet *pairs, int32_t column, int64_t row,
                        const bw_index *rows, const bw_sheet *other)
{
    bw_cell id = bw_sheet_cell(pairs, column, row);
    int32_t found = bw_load_find_id(rows, id.text, id.len);
    if (found >= 0 || other->blind)
        return found;
    bw_flaw_found(pairs, BW_PAIR_UNKNOWN, column, row,
                  "%s \"%.80s\" is not listed in %s; correct the id, or remove "
                  "the row",
                  pairs->column[column].name, id.text, other->spec->file.text);
    return found;
}

/* Settles which rows take part, and counts them. */
static int64_t settle_rows(bw_loader *loader, const pair_columns *c,
                           bw_pair_given *given)
{
    bw_sheet *sheet = &loader->pairs;
    int64_t n = 0;
    for (int64_t row = 0; row < sheet->rows; row++) {
        if (!bw_sheet_takes(sheet, row))
            continue;
        int32_t account = find_row(sheet, c->account, row, loader->account_rows,
                                   &loader->accounts);
        if (!bw_sheet_takes(sheet, row))
            continue;
        int32_t rep =
            find_row(sheet, c->rep, row, loader->rep_rows, &loader->reps);
        if (account < 0 || rep < 0)
            continue;
        given[n].account = loader->account_of_row[account];
        given[n].rep = loader->rep_of_row[rep];
        if (given[n].account < 0)
            sheet->state[row] = BW_ROW_ACCOUNT_OUT;
        else if (given[n].rep < 0)
            sheet->state[row] = BW_ROW_REP_OUT;
        else if (given[n].rep >= loader->problem->reps.n_serving)
            sheet->state[row] = BW_ROW_REP_LEAVING;
        else
            given[n++].line = (uint32_t)row; /* for now; see fill_row */
    }
    return n;
}

static int8_t read_allowed(bw_sheet *sheet, int32_t column, int64_t row)
{
    bool yes;
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    if (bw_field_blank(cell.text))
        return -1;
    if (bw_field_yes_no(cell.text, cell.len, &yes))
        return yes;
    bw_flaw_found(sheet, BW_FIELD_CHOICE, column, row,
                  "allowed is \"%.40s\"; it must be yes or no (blank: yes)",
                  cell.text);
    return -1;
}

static double not_negative(bw_sheet *sheet, const char *field,
                           const double *values, int64_t row)
{
    double value = values ? values[row] : NAN;
    if (!(value < 0) || !bw_sheet_takes(sheet, row))
        return value;
    bw_flaw_found(sheet, BW_FIELD_RANGE, bw_sheet_field(sheet, field), row,
                  "%s is %g; it must not be negative: correct it, or leave it "
                  "blank",
                  field, value);
    return bw_flaw_number(sheet, BW_FIELD_RANGE);
}

static void fill_row(bw_loader *loader, const pair_columns *c,
                     bw_pair_given *pair)
{
    bw_sheet *sheet = &loader->pairs;
    int64_t row = pair->line;
    pair->line = bw_sheet_place(sheet, -1, row).line;
    pair->allowed = read_allowed(sheet, c->allowed, row);
    pair->cost = c->cost ? c->cost[row] : NAN;
    pair->hours = not_negative(sheet, "hours", c->hours, row);
    pair->travel_hours =
        not_negative(sheet, "travel_hours", c->travel_hours, row);
    pair->km = not_negative(sheet, "km", c->km, row);
    bool must = loader->scenario->pairs_cost_replaces && c->cost;
    if (must && pair->allowed != 0 && isnan(pair->cost) && !sheet->faulty[row])
        bw_diag_add(sheet->diags, BW_ERROR, BW_FIELD_BLANK,
                    bw_sheet_place(sheet, bw_sheet_field(sheet, "cost"), row),
                    "the cost of account \"%.80s\" with rep \"%.80s\" is "
                    "blank, but cost=\"replace\" takes it from here; fill it "
                    "in, or say allowed no",
                    loader->problem->accounts.id[pair->account],
                    loader->problem->reps.id[pair->rep]);
}

/* What else is wrong with a row whose account or rep was not found. */
static void check_lost_row(const bw_loader *loader, bw_sheet *sheet,
                           const pair_columns *c, int64_t row)
{
    bw_cell account = bw_sheet_cell(sheet, c->account, row);
    bw_cell rep = bw_sheet_cell(sheet, c->rep, row);
    bool found =
        bw_load_find_id(loader->account_rows, account.text, account.len) >= 0 &&
        bw_load_find_id(loader->rep_rows, rep.text, rep.len) >= 0;
    if (found || !bw_sheet_takes(sheet, row))
        return;
    read_allowed(sheet, c->allowed, row);
    not_negative(sheet, "hours", c->hours, row);
    not_negative(sheet, "travel_hours", c->travel_hours, row);
    not_negative(sheet, "km", c->km, row);
}

static int by_pair(const void *left, const void *right)
{
    const bw_pair_given *a = left, *b = right;
    if (a->account != b->account)
        return a->account < b->account ? -1 : 1;
    if (a->rep != b->rep)
        return a->rep < b->rep ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

/* Equal pairs stand together now, the first of the file first. Still with row
 * numbers, so that the place is exact. */
static void check_duplicates(bw_loader *loader, const pair_columns *c,
                             const bw_pair_given *given, int64_t n)
{
    bw_sheet *sheet = &loader->pairs;
    for (int64_t i = 1, first = 0; i < n; i++) {
        bool same = given[i].account == given[first].account &&
                    given[i].rep == given[first].rep;
        if (!same) {
            first = i;
            continue;
        }
        bw_flaw_found(sheet, BW_PAIR_DUPLICATE, c->account, given[i].line,
                      "account \"%.80s\" and rep \"%.80s\" stand here again "
                      "(first at line %u); remove one of the rows",
                      loader->problem->accounts.id[given[i].account],
                      loader->problem->reps.id[given[i].rep],
                      bw_sheet_place(sheet, -1, given[first].line).line);
    }
}

static bw_status load_rows(bw_loader *loader, pair_columns *c)
{
    bw_sheet *sheet = &loader->pairs;
    bw_pairs_given *pairs = &loader->problem->pairs;
    bw_pair_given *given =
        bw_arena_alloc(loader->arena, (size_t)sheet->rows, sizeof *given);
    if (!given)
        return BW_NOMEM;
    pairs->row = given;
    pairs->n = settle_rows(loader, c, given);
    qsort(given, (size_t)pairs->n, sizeof *given, by_pair);
    check_duplicates(loader, c, given, pairs->n);
    bw_status status = read_numbers(sheet, c);
    int64_t kept = 0;
    for (int64_t i = 0; i < pairs->n && status == BW_OK; i++) {
        int64_t row = given[i].line;
        if (bw_sheet_takes(sheet, row))
            fill_row(loader, c, &given[i]);
        if (bw_sheet_takes(sheet, row))
            given[kept++] = given[i];
    }
    pairs->n = kept;
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++)
        if (sheet->faulty[row])
            check_lost_row(loader, sheet, c, row);
    return status;
}

bw_status bw_load_pairs(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    bw_sheet *sheet = &loader->pairs;
    pair_columns columns = {0};
    loader->problem->pairs.only_listed = scenario->pairs_only_listed;
    loader->problem->pairs.cost_replaces = scenario->pairs_cost_replaces;
    if (!scenario->pairs.file.text || !sheet->column)
        return BW_OK;
    bw_status status = bw_sheet_where(sheet);
    if (bw_fatal(status))
        return status;
    status = find_columns(loader, &columns);
    bool judged = sheet->state && !sheet->blind && !loader->accounts.blind &&
                  !loader->reps.blind;
    if (status != BW_OK || !judged)
        return status;
    return load_rows(loader, &columns);
}
