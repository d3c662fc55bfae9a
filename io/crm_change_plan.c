/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assignments.csv: who has which account. Of the other tables of a plan
 * nothing is needed, and `verify` is there to prove them. */
#include "crm_change_parts.h"

#include "field.h"
#include "index.h"
#include "own_table.h"
#include "plan_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    ACCOUNT,
    REP,
    SEGMENT,
    N_COLUMNS
};

typedef struct reading {
    bw_crm_changing *c;
    bw_plan_reading told; /* for BW_MISMATCH */
    const bw_table *table;
    int32_t column[N_COLUMNS];
    bw_index *reps, *segments;
    const char **segment; /* [n_segments] texts met so far */
    int32_t n_segments, room;
    int64_t *row; /* [accounts] -1: none yet */
} reading;

bw_status bw_crm_assignments_read(void *data)
{
    bw_crm_assignments *plan = data;
    bw_buf path = {0};
    bw_buf_format(&path, "%s/assignments.csv", plan->dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status =
            bw_source_open(path.text, path.text, plan->diags, &plan->source);
    bw_buf_free(&path);
    return status == BW_OK
               ? bw_own_table_read(plan->source, plan->diags, &plan->table)
               : status;
}

void bw_crm_assignments_free(bw_crm_assignments *plan)
{
    bw_table_free(plan->table);
    bw_source_free(plan->source);
    bw_diags_free(plan->diags);
    *plan = (bw_crm_assignments){0};
}

/* As a plan is written: a row per account, in their order. */
static bool is_in_order(const reading *r)
{
    const bw_accounts *accounts = &r->c->change->problem->accounts;
    if (bw_table_rows(r->table) != accounts->n)
        return false;
    for (int32_t a = 0; a < accounts->n; a++)
        if (strcmp(bw_table_cell(r->table, a, r->column[ACCOUNT]).text,
                   accounts->id[a]) != 0)
            return false;
    return true;
}

static void take_row(reading *r, const bw_index *index, int64_t row)
{
    bw_cell cell = bw_table_cell(r->table, row, r->column[ACCOUNT]);
    bw_place place = bw_table_place(r->table, row, r->column[ACCOUNT]);
    int32_t account = bw_index_find(index, cell.text, cell.len);
    if (account < 0)
        BW_MISMATCH(&r->told, place, "\"%.80s\" takes no part in the inputs",
                    cell.text);
    else if (r->row[account] >= 0)
        BW_MISMATCH(&r->told, place,
                    "\"%.80s\" stands here a second time (first at line %u)",
                    cell.text,
                    (unsigned)bw_table_place(r->table, r->row[account],
                                             r->column[ACCOUNT])
                        .line);
    else
        r->row[account] = row;
}

static bw_status find_rows(reading *r)
{
    const bw_accounts *accounts = &r->c->change->problem->accounts;
    bw_index *index = NULL;
    bw_status status = bw_index_ids(accounts->id, accounts->n, &index);
    for (int32_t a = 0; a < accounts->n; a++)
        r->row[a] = -1;
    for (int64_t i = 0; i < bw_table_rows(r->table) && status == BW_OK; i++)
        take_row(r, index, i);
    bw_index_free(index);
    for (int32_t a = 0; a < accounts->n && status == BW_OK; a++)
        if (r->row[a] < 0)
            BW_MISMATCH(&r->told,
                        ((bw_place){bw_source_name(r->c->plan.source), 0, 0}),
                        "account \"%.80s\" has no row", accounts->id[a]);
    return status;
}

/* A blank rep is an account that nobody has. */
static void take_rep(reading *r, int32_t account)
{
    const bw_problem *problem = r->c->change->problem;
    bw_cell cell = bw_table_cell(r->table, r->row[account], r->column[REP]);
    int32_t rep = bw_field_blank(cell.text)
                      ? -1
                      : bw_index_find(r->reps, cell.text, cell.len);
    r->c->change->rep[account] = rep;
    if (bw_field_blank(cell.text) ||
        (rep >= 0 && rep < problem->reps.n_serving))
        return;
    BW_MISMATCH(&r->told,
                bw_table_place(r->table, r->row[account], r->column[REP]),
                "account \"%.80s\" is with rep \"%.80s\", who %s",
                problem->accounts.id[account], cell.text,
                rep < 0 ? "takes no part in the inputs" : "is leaving");
}

static bw_status add_segment(reading *r, bw_cell cell)
{
    if (r->n_segments == r->room) {
        int32_t room = r->room ? 2 * r->room : 16;
        const char **grown =
            bw_realloc(r->segment, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        r->segment = grown;
        r->room = room;
    }
    const char *text = bw_arena_text(r->c->arena, cell.text, cell.len);
    r->segment[r->n_segments++] = text;
    return text ? BW_OK : BW_NOMEM;
}

/* Segments are few; each text is kept once. */
static bw_status take_segment(reading *r, int32_t account)
{
    int32_t k;
    bw_cell cell = bw_table_cell(r->table, r->row[account], r->column[SEGMENT]);
    bw_status status =
        bw_index_put(r->segments, cell.text, cell.len, r->n_segments, &k);
    if (status == BW_OK && k == r->n_segments)
        status = add_segment(r, cell);
    if (status == BW_OK)
        r->c->change->segment[account] = r->segment[k];
    return status;
}

static bw_status prepare(reading *r)
{
    const bw_problem *problem = r->c->change->problem;
    r->row = bw_alloc((size_t)problem->accounts.n, sizeof *r->row);
    bw_status status = r->row ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_index_new(16, &r->segments);
    if (status == BW_OK)
        status = bw_index_new(problem->reps.n, &r->reps);
    for (int32_t i = 0; i < problem->reps.n && status == BW_OK; i++) {
        int32_t there;
        const char *id = problem->reps.id[i];
        status = bw_index_put(r->reps, id, strlen(id), i, &there);
    }
    return status;
}

static bw_status read_rows(reading *r)
{
    int32_t n = r->c->change->n;
    bw_status status = prepare(r);
    if (status == BW_OK && !is_in_order(r))
        status = find_rows(r);
    else
        for (int32_t a = 0; a < n && status == BW_OK; a++)
            r->row[a] = a;
    for (int32_t a = 0; a < n && status == BW_OK; a++) {
        if (r->row[a] < 0)
            continue;
        take_rep(r, a);
        status = take_segment(r, a);
    }
    return status == BW_OK && r->told.faulty ? BW_INVALID : status;
}

bw_status bw_crm_change_plan(bw_crm_changing *c)
{
    static const char *const header[N_COLUMNS] = {"account_id", "rep_id",
                                                  "segment"};
    reading r = {.c = c, .table = c->plan.table};
    r.told.problem = c->change->problem;
    r.told.diags = c->diags;
    snprintf(c->change->plan_sha256, sizeof c->change->plan_sha256, "%s",
             bw_source_sha256(c->plan.source));
    bw_status status =
        bw_plan_columns(&r.told, r.table, header, N_COLUMNS, r.column)
            ? BW_OK
            : BW_INVALID;
    if (status == BW_OK)
        status = read_rows(&r);
    bw_index_free(r.reps);
    bw_index_free(r.segments);
    bw_free(r.segment);
    bw_free(r.row);
    return status;
}
