/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what bailiwick plan has written. */
#include "plan_read.h"
#include "own_table.h"

#include "buf.h"
#include "bw/alloc.h"
#include "plan_parts.h"

#include <string.h>

enum {
    ASSIGNMENTS,
    TERRITORIES,
    SEGMENTS,
    CERTIFICATE,
    CLUSTERS,
    MOVES,
    REJECTED,
    SUMMARY,
    N_FILES
};

static const char *const names[N_FILES] = {
    "assignments.csv", "territories.csv", "segments.csv", "certificate.csv",
    "clusters.csv",    "moves.csv",       "rejected.csv", "summary.json"};

static bw_status open_file(const char *dir, int which, bw_plan_reading *r)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/%s", dir, names[which]);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_source_open(path.text, path.text, r->diags,
                                &r->tables->sources[which]);
    bw_buf_free(&path);
    return status;
}

/* All of them, so that each one that is missing is told; the worse wins. */
static bw_status open_files(const char *dir, bw_plan_reading *r)
{
    bw_status worst = BW_OK;
    for (int i = 0; i < N_FILES; i++) {
        bw_status status = open_file(dir, i, r);
        if (status > worst)
            worst = status;
    }
    return worst;
}

/* A certificate of nothing but its header: all prices are 0. Nor need there be
 * clusters, moves or rejected rows. */
static bool has_records(const bw_source *source)
{
    size_t len;
    const char *text = bw_source_text(source, &len);
    const char *end = memchr(text, '\n', len);
    return end && end + 1 < text + len;
}

static bw_status read_tables(bw_plan_reading *r)
{
    bw_plan_tables *t = r->tables;
    bw_table **table[] = {&t->assignments, &t->territories, &t->segments,
                          &t->certificate, &t->clusters,    &t->moves,
                          &t->rejected};
    for (int i = ASSIGNMENTS; i <= REJECTED; i++) {
        if (i >= CERTIFICATE && !has_records(t->sources[i]))
            continue;
        bw_status status = bw_own_table_read(t->sources[i], r->diags, table[i]);
        if (status != BW_OK)
            return status;
    }
    size_t len;
    t->summary_text = t->sources[SUMMARY];
    t->moves_text = t->sources[MOVES];
    t->rejected_text = t->sources[REJECTED];
    const char *text = bw_source_text(t->summary_text, &len);
    return bw_json_read(text, len, bw_source_name(t->summary_text),
                        BW_VERIFY_MISMATCH, r->diags, &t->summary);
}

/* The row of each key in [0, n); every one exactly once. */
static void find_rows(bw_plan_reading *r, const bw_table *table, int32_t column,
                      const bw_index *index, int64_t *row)
{
    for (int64_t i = 0; i < bw_table_rows(table); i++) {
        bw_cell cell = bw_table_cell(table, i, column);
        int32_t number = bw_index_find(index, cell.text, cell.len);
        bw_place place = bw_table_place(table, i, column);
        if (number < 0)
            BW_MISMATCH(r, place, "\"%s\" takes no part in the inputs",
                        cell.text);
        else if (row[number] >= 0)
            BW_MISMATCH(
                r, place,
                "\"%s\" stands here a second time (first at "
                "line %u)",
                cell.text,
                (unsigned)bw_table_place(table, row[number], column).line);
        else
            row[number] = i;
    }
}

static void find_missing(bw_plan_reading *r, const bw_table *table,
                         const char *what, const char *const *id,
                         const int64_t *row, int32_t n)
{
    bw_place place = {bw_source_name(bw_table_source(table)), 0, 0};
    for (int32_t i = 0; i < n; i++)
        if (row[i] < 0)
            BW_MISMATCH(r, place, "%s \"%s\" has no row", what, id[i]);
}

static void read_assignments(bw_plan_reading *r)
{
    static const char *const header[] = {"account_id", "rep_id"};
    const bw_problem *problem = r->problem;
    bw_plan_tables *t = r->tables;
    int32_t column[2];
    if (!bw_plan_columns(r, t->assignments, header, 2, column))
        return;
    find_rows(r, t->assignments, column[0], r->accounts, t->account_row);
    find_missing(r, t->assignments, "account", problem->accounts.id,
                 t->account_row, problem->accounts.n);
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        if (t->account_row[a] < 0)
            continue;
        bw_cell cell =
            bw_table_cell(t->assignments, t->account_row[a], column[1]);
        t->rep[a] = bw_index_find(r->reps, cell.text, cell.len);
        if (t->rep[a] >= 0 && t->rep[a] < problem->reps.n_serving)
            continue;
        BW_MISMATCH(
            r, bw_table_place(t->assignments, t->account_row[a], column[1]),
            "account \"%s\" is with rep \"%s\", who %s",
            problem->accounts.id[a], cell.text,
            t->rep[a] < 0 ? "takes no part in the inputs" : "is leaving");
    }
}

static void read_territories(bw_plan_reading *r)
{
    static const char *const header[] = {"rep_id"};
    const bw_reps *reps = &r->problem->reps;
    bw_plan_tables *t = r->tables;
    int32_t column;
    if (!bw_plan_columns(r, t->territories, header, 1, &column))
        return;
    find_rows(r, t->territories, column, r->reps, t->rep_row);
    find_missing(r, t->territories, "rep", reps->id, t->rep_row, reps->n);
}

static bw_status allocate(bw_plan_reading *r)
{
    const bw_problem *problem = r->problem;
    bw_plan_tables *t = r->tables;
    size_t n = (size_t)problem->accounts.n, m = (size_t)problem->reps.n;
    t->rep = bw_alloc(n, sizeof *t->rep);
    t->account_row = bw_alloc(n, sizeof *t->account_row);
    t->rep_row = bw_alloc(m, sizeof *t->rep_row);
    t->price =
        bw_alloc(m * (size_t)problem->n_balances + (size_t)problem->n_budgets,
                 sizeof *t->price);
    if (!t->rep || !t->account_row || !t->rep_row || !t->price)
        return BW_NOMEM;
    memset(t->account_row, -1, n * sizeof *t->account_row);
    memset(t->rep_row, -1, m * sizeof *t->rep_row);
    bw_status status =
        bw_index_ids(problem->accounts.id, problem->accounts.n, &r->accounts);
    if (status == BW_OK)
        status = bw_index_ids(problem->reps.id, problem->reps.n, &r->reps);
    return status;
}

static bw_status read_all(const char *dir, bw_plan_reading *r)
{
    bw_status status = open_files(dir, r);
    if (status == BW_OK)
        status = read_tables(r);
    if (status == BW_OK)
        status = allocate(r);
    if (status != BW_OK)
        return status;
    read_assignments(r);
    read_territories(r);
    status = bw_plan_prices(r);
    if (status == BW_OK)
        status = bw_plan_clusters_read(r);
    return status == BW_OK && r->faulty ? BW_INVALID : status;
}

static bw_status read_proof(const char *path, bw_plan_reading *r)
{
    bw_plan_tables *t = r->tables;
    bw_status status =
        bw_source_open(path, path, r->diags, &t->sources[CERTIFICATE]);
    if (status == BW_OK)
        status = bw_own_table_read(t->sources[CERTIFICATE], r->diags,
                                   &t->certificate);
    if (status == BW_OK)
        status = allocate(r);
    if (status == BW_OK)
        status = bw_plan_prices(r);
    return status == BW_OK && r->faulty ? BW_INVALID : status;
}

/* The tables that a way of reading fills from a folder or file. */
static bw_status read_with(bw_status (*way)(const char *path,
                                            bw_plan_reading *r),
                           const char *path, const bw_problem *problem,
                           bw_diags *diags, bw_plan_tables **tables)
{
    *tables = NULL;
    bw_plan_reading r = {problem, diags, NULL, NULL, NULL, false};
    r.tables = bw_alloc(1, sizeof *r.tables);
    if (!r.tables)
        return BW_NOMEM;
    bw_status status = way(path, &r);
    bw_index_free(r.accounts);
    bw_index_free(r.reps);
    if (status == BW_OK)
        *tables = r.tables;
    else
        bw_plan_tables_free(r.tables);
    return status;
}

bw_status bw_plan_tables_read(const char *dir, const bw_problem *problem,
                              bw_diags *diags, bw_plan_tables **tables)
{
    return read_with(read_all, dir, problem, diags, tables);
}

bw_status bw_plan_proof_read(const char *path, const bw_problem *problem,
                             bw_diags *diags, bw_plan_tables **tables)
{
    return read_with(read_proof, path, problem, diags, tables);
}

void bw_plan_tables_free(bw_plan_tables *tables)
{
    if (!tables)
        return;
    bw_table_free(tables->assignments);
    bw_table_free(tables->territories);
    bw_table_free(tables->segments);
    bw_table_free(tables->certificate);
    bw_table_free(tables->clusters);
    bw_plan_clusters_free(&tables->searched);
    bw_table_free(tables->moves);
    bw_table_free(tables->rejected);
    bw_json_free(tables->summary);
    for (int i = 0; i < N_FILES; i++)
        bw_source_free(tables->sources[i]);
    bw_free(tables->rep);
    bw_free(tables->account_row);
    bw_free(tables->rep_row);
    bw_free(tables->price);
    bw_free(tables->unit_price);
    bw_free(tables);
}
