/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificate.csv back into prices, in the judge's order. */
#include "plan_parts.h"

#include "bw/alloc.h"
#include "plan_read.h"

#include <string.h>

/* Numbers of the columns; false, and told, where one is not there. */
bool bw_plan_columns(bw_plan_reading *r, const bw_table *table,
                     const char *const *header, int n, int32_t *column)
{
    bool found = true;
    for (int i = 0; i < n; i++) {
        column[i] = bw_table_find(table, header[i]);
        if (column[i] >= 0)
            continue;
        found = false;
        BW_MISMATCH(r, bw_table_header_place(table, 0),
                    "there is no column \"%s\"", header[i]);
    }
    return found;
}

enum {
    KIND,
    ID,
    MEASURE,
    PRICE,
    N_COLUMNS
};

typedef struct certificate {
    int32_t column[N_COLUMNS];
    uint8_t *seen; /* in the order of prices */
} certificate;

static bool is(bw_cell cell, const char *text)
{
    return strcmp(cell.text, text) == 0;
}

static bool read_price(bw_plan_reading *r, int64_t row, int32_t column,
                       int64_t *price)
{
    const bw_table *table = r->tables->certificate;
    bw_cell cell = bw_table_cell(table, row, column);
    bw_wide fine;
    if (bw_decimal_fine(cell.text, cell.len, &fine) && fine % BW_QUANTA == 0 &&
        fine / BW_QUANTA < INT64_MAX && fine / BW_QUANTA > -INT64_MAX) {
        *price = (int64_t)(fine / BW_QUANTA);
        return true;
    }
    BW_MISMATCH(r, bw_table_place(table, row, column),
                "the price \"%s\" is no decimal of at most 6 places",
                cell.text);
    return false;
}

static void read_rep_price(bw_plan_reading *r, int64_t row,
                           const certificate *c)
{
    const bw_problem *problem = r->problem;
    const bw_table *table = r->tables->certificate;
    bw_cell id = bw_table_cell(table, row, c->column[ID]);
    bw_cell measure = bw_table_cell(table, row, c->column[MEASURE]);
    int32_t rep = bw_index_find(r->reps, id.text, id.len), k = 0;
    while (k < problem->n_balances &&
           !is(measure, problem->balances[k].measure))
        k++;
    if (rep < 0 || rep >= problem->reps.n_serving) {
        BW_MISMATCH(r, bw_table_place(table, row, c->column[ID]),
                    "rep \"%s\" serves nobody in the inputs", id.text);
        return;
    }
    if (k == problem->n_balances) {
        BW_MISMATCH(r, bw_table_place(table, row, c->column[MEASURE]),
                    "the measure \"%s\" is not balanced", measure.text);
        return;
    }
    int64_t at = (int64_t)rep * problem->n_balances + k;
    if (c->seen[at])
        BW_MISMATCH(r, bw_table_place(table, row, c->column[ID]),
                    "a second price of \"%s\" for rep \"%s\"", measure.text,
                    id.text);
    c->seen[at] = 1;
    read_price(r, row, c->column[PRICE], &r->tables->price[at]);
}

static void read_budget_price(bw_plan_reading *r, int64_t row,
                              const certificate *c)
{
    const bw_problem *problem = r->problem;
    const bw_table *table = r->tables->certificate;
    bw_cell id = bw_table_cell(table, row, c->column[ID]);
    int32_t g = 0;
    while (g < problem->n_budgets && !is(id, problem->budgets[g].name))
        g++;
    if (g == problem->n_budgets) {
        BW_MISMATCH(r, bw_table_place(table, row, c->column[ID]),
                    "the scenario has no budget \"%s\"", id.text);
        return;
    }
    bw_cell measure = bw_table_cell(table, row, c->column[MEASURE]);
    if (!is(measure, problem->budgets[g].measure))
        BW_MISMATCH(r, bw_table_place(table, row, c->column[MEASURE]),
                    "the budget \"%s\" is one of %s, not of \"%s\"", id.text,
                    problem->budgets[g].measure, measure.text);
    int64_t at = (int64_t)problem->reps.n_serving * problem->n_balances + g;
    if (c->seen[at])
        BW_MISMATCH(r, bw_table_place(table, row, c->column[ID]),
                    "a second price of the budget \"%s\"", id.text);
    c->seen[at] = 1;
    read_price(r, row, c->column[PRICE], &r->tables->price[at]);
}

static void read_unit_price(bw_plan_reading *r, int64_t row,
                            const certificate *c)
{
    const bw_table *table = r->tables->certificate;
    bw_cell id = bw_table_cell(table, row, c->column[ID]);
    int32_t account = bw_index_find(r->accounts, id.text, id.len);
    if (account < 0)
        BW_MISMATCH(r, bw_table_place(table, row, c->column[ID]),
                    "account \"%s\" takes no part in the inputs", id.text);
    else
        read_price(r, row, c->column[PRICE], &r->tables->unit_price[account]);
}

/* Room for unit prices, where the table has any. */
static bw_status unit_prices_new(bw_plan_reading *r, int32_t kind_column)
{
    bw_plan_tables *t = r->tables;
    int32_t n = r->problem->accounts.n;
    bool any = false;
    for (int64_t i = 0; i < bw_table_rows(t->certificate); i++)
        any |= is(bw_table_cell(t->certificate, i, kind_column), "unit");
    if (!any)
        return BW_OK;
    t->unit_price = bw_alloc((size_t)n, sizeof *t->unit_price);
    if (!t->unit_price)
        return BW_NOMEM;
    for (int32_t a = 0; a < n; a++)
        t->unit_price[a] = BW_NO_LOW;
    return BW_OK;
}

static void read_prices(bw_plan_reading *r, const certificate *c)
{
    const bw_table *table = r->tables->certificate;
    for (int64_t i = 0; i < bw_table_rows(table); i++) {
        bw_cell kind = bw_table_cell(table, i, c->column[KIND]);
        if (is(kind, "rep"))
            read_rep_price(r, i, c);
        else if (is(kind, "budget"))
            read_budget_price(r, i, c);
        else if (is(kind, "unit"))
            read_unit_price(r, i, c);
        else
            BW_MISMATCH(r, bw_table_place(table, i, c->column[KIND]),
                        "prices of the kind \"%s\" are not known; rep, budget "
                        "and unit are",
                        kind.text);
    }
}

bw_status bw_plan_prices(bw_plan_reading *r)
{
    static const char *const header[] = {"kind", "id", "measure", "price"};
    const bw_table *table = r->tables->certificate;
    certificate c = {0};
    if (!table || !bw_plan_columns(r, table, header, N_COLUMNS, c.column))
        return BW_OK;
    size_t n =
        (size_t)r->problem->reps.n_serving * (size_t)r->problem->n_balances +
        (size_t)r->problem->n_budgets;
    c.seen = bw_alloc(n, sizeof *c.seen);
    bw_status status = c.seen ? unit_prices_new(r, c.column[KIND]) : BW_NOMEM;
    if (status == BW_OK)
        read_prices(r, &c);
    bw_free(c.seen);
    return status;
}
