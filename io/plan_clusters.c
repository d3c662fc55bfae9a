/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clusters.csv back into what it claims, in the judge's order. */
#include "plan_parts.h"

#include "bw/alloc.h"
#include "plan_read.h"

#include <stdlib.h>
#include <string.h>

enum {
    KIND,
    ID,
    CLUSTER,
    PRICE,
    BOUND,
    CLOSED,
    N_COLUMNS
};

typedef struct reading {
    bw_plan_reading *r;
    const bw_table *table;
    bw_plan_clusters *out;
    int32_t column[N_COLUMNS];
} reading;

static bw_cell cell_of(const reading *c, int64_t row, int column)
{
    return bw_table_cell(c->table, row, c->column[column]);
}

static bw_place place_of(const reading *c, int64_t row, int column)
{
    return bw_table_place(c->table, row, c->column[column]);
}

static bool is(bw_cell cell, const char *text)
{
    return strcmp(cell.text, text) == 0;
}

/* What has no meaning in a row of this kind stays blank. */
static void expect_blank(const reading *c, int64_t row, int column)
{
    static const char *const names[] = {[ID] = "id",
                                        [CLUSTER] = "cluster",
                                        [PRICE] = "price",
                                        [BOUND] = "bound",
                                        [CLOSED] = "closed"};
    bw_cell cell = cell_of(c, row, column);
    if (cell.len > 0)
        BW_MISMATCH(c->r, place_of(c, row, column),
                    "a row of the kind \"%s\" has no %s, \"%s\" stands there",
                    cell_of(c, row, KIND).text, names[column], cell.text);
}

/* A decimal of at most so many fine units, a multiple of `step`. */
static bool read_amount(const reading *c, int64_t row, int column, bw_wide step,
                        bw_wide *fine)
{
    static const bw_wide most = (bw_wide)1000000000000 * 1000000000000 *
                                1000000000000; /* 1e26 of money */
    bw_cell cell = cell_of(c, row, column);
    if (bw_decimal_fine(cell.text, cell.len, fine) && *fine % step == 0 &&
        *fine <= most && *fine >= -most)
        return true;
    BW_MISMATCH(c->r, place_of(c, row, column),
                "\"%s\" is no decimal of at most %d places", cell.text,
                step == 1 ? 10 : 4);
    return false;
}

/* Numbers count from 1 in the file, from 0 here; -1, and told: no such. */
static int32_t read_number(const reading *c, int64_t row)
{
    bw_cell cell = cell_of(c, row, CLUSTER);
    char *end;
    long number = strtol(cell.text, &end, 10);
    if (cell.len > 0 && *end == '\0' && number >= 1 && number <= c->out->n)
        return (int32_t)number - 1;
    BW_MISMATCH(c->r, place_of(c, row, CLUSTER),
                "\"%s\" is no cluster; the file has %d, numbered from 1",
                cell.text, (int)c->out->n);
    return -1;
}

static void tell_twice(const reading *c, int64_t row, int column,
                       int64_t earlier)
{
    BW_MISMATCH(c->r, place_of(c, row, column),
                "%s \"%s\" stands here a second time (first at line %u)",
                cell_of(c, row, KIND).text, cell_of(c, row, column).text,
                (unsigned)place_of(c, earlier, column).line);
}

static void read_cluster(const reading *c, int64_t row)
{
    bw_plan_clusters *out = c->out;
    expect_blank(c, row, ID);
    expect_blank(c, row, PRICE);
    bw_cell closed = cell_of(c, row, CLOSED);
    if (!is(closed, "yes") && !is(closed, "no"))
        BW_MISMATCH(c->r, place_of(c, row, CLOSED),
                    "closed is \"%s\"; it is yes or no", closed.text);
    int32_t k = read_number(c, row);
    if (k < 0)
        return;
    if (out->row[k] >= 0)
        tell_twice(c, row, CLUSTER, out->row[k]);
    out->row[k] = row;
    read_amount(c, row, BOUND, 1, &out->bound[k]);
    out->closed[k] = is(closed, "yes");
}

static void read_rep(const reading *c, int64_t row)
{
    bw_plan_clusters *out = c->out;
    bw_cell id = cell_of(c, row, ID);
    int32_t rep = bw_index_find(c->r->reps, id.text, id.len);
    expect_blank(c, row, PRICE);
    expect_blank(c, row, BOUND);
    expect_blank(c, row, CLOSED);
    int32_t k = read_number(c, row);
    if (rep < 0 || rep >= c->r->problem->reps.n_serving) {
        BW_MISMATCH(c->r, place_of(c, row, ID),
                    "rep \"%s\" serves nobody in the inputs", id.text);
        return;
    }
    if (out->rep_row[rep] >= 0)
        tell_twice(c, row, ID, out->rep_row[rep]);
    out->rep_row[rep] = row;
    if (k >= 0)
        out->of_rep[rep] = k;
}

static void read_unit(const reading *c, int64_t row)
{
    bw_plan_clusters *out = c->out;
    bw_cell id = cell_of(c, row, ID);
    int32_t account = bw_index_find(c->r->accounts, id.text, id.len);
    bw_wide price;
    expect_blank(c, row, CLUSTER);
    expect_blank(c, row, BOUND);
    expect_blank(c, row, CLOSED);
    bool good = read_amount(c, row, PRICE, BW_PRICE_UNIT, &price);
    if (good && (price > bw_fine(INT64_MAX) || price < -bw_fine(INT64_MAX))) {
        BW_MISMATCH(c->r, place_of(c, row, PRICE),
                    "the price \"%s\" is too large",
                    cell_of(c, row, PRICE).text);
        good = false;
    }
    if (account < 0) {
        BW_MISMATCH(c->r, place_of(c, row, ID),
                    "account \"%s\" takes no part in the inputs", id.text);
        return;
    }
    if (out->unit_row[account] >= 0)
        tell_twice(c, row, ID, out->unit_row[account]);
    out->unit_row[account] = row;
    if (good)
        out->unit_price[account] = (int64_t)(price / BW_PRICE_UNIT);
}

static void read_rows(const reading *c)
{
    for (int64_t row = 0; row < bw_table_rows(c->table); row++) {
        bw_cell kind = cell_of(c, row, KIND);
        if (is(kind, "cluster"))
            read_cluster(c, row);
        else if (is(kind, "rep"))
            read_rep(c, row);
        else if (is(kind, "unit"))
            read_unit(c, row);
        else
            BW_MISMATCH(c->r, place_of(c, row, KIND),
                        "rows of the kind \"%s\" are not known; cluster, rep "
                        "and unit are",
                        kind.text);
    }
}

/* Every serving rep is in a cluster, and none is empty. */
static void find_missing(const reading *c)
{
    const bw_reps *reps = &c->r->problem->reps;
    bw_place file = {bw_source_name(bw_table_source(c->table)), 0, 0};
    int32_t n = c->out->n;
    for (int32_t rep = 0; rep < reps->n_serving; rep++)
        if (c->out->rep_row[rep] < 0)
            BW_MISMATCH(c->r, file, "rep \"%s\" has no row", reps->id[rep]);
    for (int32_t k = 0; k < n; k++) {
        bool used = false;
        for (int32_t rep = 0; rep < reps->n_serving; rep++)
            used |= c->out->rep_row[rep] >= 0 && c->out->of_rep[rep] == k;
        if (!used)
            BW_MISMATCH(c->r, file, "cluster %d has no rep", (int)k + 1);
    }
}

static bool allocate(bw_plan_clusters *out, const bw_problem *problem)
{
    size_t n = (size_t)out->n, accounts = (size_t)problem->accounts.n;
    size_t reps = (size_t)problem->reps.n_serving;
    out->of_rep = bw_alloc(reps, sizeof *out->of_rep);
    out->rep_row = bw_alloc(reps, sizeof *out->rep_row);
    out->unit_price = bw_alloc(accounts, sizeof *out->unit_price);
    out->unit_row = bw_alloc(accounts, sizeof *out->unit_row);
    out->bound = bw_alloc(n, sizeof *out->bound);
    out->closed = bw_alloc(n, sizeof *out->closed);
    out->row = bw_alloc(n, sizeof *out->row);
    if (!out->of_rep || !out->rep_row || !out->unit_price || !out->unit_row ||
        !out->bound || !out->closed || !out->row)
        return false;
    memset(out->rep_row, -1, reps * sizeof *out->rep_row);
    memset(out->unit_row, -1, accounts * sizeof *out->unit_row);
    memset(out->row, -1, n * sizeof *out->row);
    for (size_t a = 0; a < accounts; a++)
        out->unit_price[a] = BW_NO_LOW;
    return true;
}

bw_status bw_plan_clusters_read(bw_plan_reading *r)
{
    static const char *const header[] = {"kind",  "id",    "cluster",
                                         "price", "bound", "closed"};
    reading c = {
        .r = r, .table = r->tables->clusters, .out = &r->tables->searched};
    if (!c.table || !bw_plan_columns(r, c.table, header, N_COLUMNS, c.column))
        return BW_OK;
    for (int64_t row = 0; row < bw_table_rows(c.table); row++)
        c.out->n += is(cell_of(&c, row, KIND), "cluster");
    if (!allocate(c.out, r->problem))
        return BW_NOMEM;
    read_rows(&c);
    find_missing(&c);
    return BW_OK;
}

void bw_plan_clusters_free(bw_plan_clusters *clusters)
{
    bw_free(clusters->of_rep);
    bw_free(clusters->rep_row);
    bw_free(clusters->unit_price);
    bw_free(clusters->unit_row);
    bw_free(clusters->bound);
    bw_free(clusters->closed);
    bw_free(clusters->row);
}
