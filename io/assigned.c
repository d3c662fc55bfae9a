/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table with three of its columns, and an index over one. */
#include "assigned.h"
#include "own_table.h"

#include "buf.h"
#include "bw/alloc.h"
#include "csv_read.h"
#include "decimal.h"
#include "index.h"

enum {
    ACCOUNT,
    REP,
    REVENUE,
    N_COLUMNS
};

struct bw_assigned {
    bw_source *source;
    bw_table *table;
    bw_index *index; /* NULL: not asked for */
    int32_t column[N_COLUMNS];
};

static bw_status open_source(const char *dir, bw_diags *unheard,
                             bw_source **source)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/assignments.csv", dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_source_open(path.text, path.text, unheard, source);
    bw_buf_free(&path);
    return status;
}

static bw_status find_columns(bw_assigned *assigned)
{
    static const char *const header[N_COLUMNS] = {"account_id", "rep_id",
                                                  "revenue"};
    for (int i = 0; i < N_COLUMNS; i++) {
        assigned->column[i] = bw_table_find(assigned->table, header[i]);
        if (assigned->column[i] < 0)
            return BW_INVALID;
    }
    return BW_OK;
}

static bw_status index_accounts(bw_assigned *assigned)
{
    int64_t n = bw_assigned_rows(assigned);
    bw_status status = bw_index_new(n, &assigned->index);
    for (int64_t row = 0; status == BW_OK && row < n; row++) {
        int32_t there;
        bw_cell id = bw_assigned_account(assigned, row);
        status = bw_index_put(assigned->index, id.text, id.len, (int32_t)row,
                              &there);
    }
    return status;
}

static bw_status fill(bw_assigned *assigned, const char *dir, bool findable,
                      bw_diags *unheard)
{
    bw_status status = open_source(dir, unheard, &assigned->source);
    if (status == BW_OK)
        status = bw_own_table_read(assigned->source, unheard, &assigned->table);
    if (status == BW_OK)
        status = find_columns(assigned);
    return status == BW_OK && findable ? index_accounts(assigned) : status;
}

bw_status bw_assigned_read(const char *dir, bool findable,
                           bw_assigned **assigned)
{
    bw_assigned *made = bw_alloc(1, sizeof *made);
    bw_diags *unheard = bw_diags_new();
    *assigned = NULL;
    bw_status status =
        made && unheard ? fill(made, dir, findable, unheard) : BW_NOMEM;
    bw_diags_free(unheard);
    if (status == BW_OK)
        *assigned = made;
    else
        bw_assigned_free(made);
    return status;
}

void bw_assigned_free(bw_assigned *assigned)
{
    if (!assigned)
        return;
    bw_index_free(assigned->index);
    bw_table_free(assigned->table);
    bw_source_free(assigned->source);
    bw_free(assigned);
}

int64_t bw_assigned_rows(const bw_assigned *assigned)
{
    return bw_table_rows(assigned->table);
}

bw_cell bw_assigned_account(const bw_assigned *assigned, int64_t row)
{
    return bw_table_cell(assigned->table, row, assigned->column[ACCOUNT]);
}

bw_cell bw_assigned_rep(const bw_assigned *assigned, int64_t row)
{
    return bw_table_cell(assigned->table, row, assigned->column[REP]);
}

bw_wide bw_assigned_revenue(const bw_assigned *assigned, int64_t row)
{
    bw_wide fine = 0;
    bw_cell cell =
        bw_table_cell(assigned->table, row, assigned->column[REVENUE]);
    return bw_decimal_fine(cell.text, cell.len, &fine) ? fine : 0;
}

int64_t bw_assigned_find(const bw_assigned *assigned, const char *id,
                         size_t len)
{
    return bw_index_find(assigned->index, id, len);
}
