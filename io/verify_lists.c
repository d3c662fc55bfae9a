/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that follow from the others: moves.csv, segments.csv; and
 * rejected.csv, which follows from reading. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct moved_account {
    int64_t revenue;
    const char *id;
    int32_t number;
} moved_account;

/* By falling revenue; ids are unique, so the order is total. */
static int by_revenue(const void *left, const void *right)
{
    const moved_account *a = left, *b = right;
    if (a->revenue != b->revenue)
        return a->revenue > b->revenue ? -1 : 1;
    return strcmp(a->id, b->id);
}

/* The row count must be this; a table that is not there has none. */
static bool has_rows(bw_verification *v, const bw_table *table,
                     const bw_source *source, int64_t expected)
{
    int64_t rows = table ? bw_table_rows(table) : 0;
    v->figures++;
    if (rows != expected)
        bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                    (bw_place){bw_source_name(source), 0, 0},
                    "has %lld rows, recomputed %lld", (long long)rows,
                    (long long)expected);
    return rows == expected && rows > 0;
}

static const char *text_of(const bw_table *table, int64_t row, int32_t column)
{
    return bw_table_cell(table, row, column).text;
}

/* Each row is that of assignments.csv, whether it was forced, and from when. */
static void compare_moves(bw_verification *v, const moved_account *list)
{
    const bw_table *moves = v->tables->moves, *all = v->tables->assignments;
    for (int32_t c = 0; c < bw_table_columns(all); c++) {
        int32_t column;
        const char *header = bw_table_header(all, c).text;
        bw_verify_columns(v, moves, &header, 1, &column);
        for (int64_t i = 0; i < bw_table_rows(moves); i++)
            bw_verify_text(
                v, (bw_verify_cell){moves, i, column, list[i].id},
                text_of(all, v->tables->account_row[list[i].number], c));
    }
    static const char *const forced[] = {"forced"};
    int32_t column;
    bw_verify_columns(v, moves, forced, 1, &column);
    for (int64_t i = 0; i < bw_table_rows(moves); i++)
        bw_verify_text(v, (bw_verify_cell){moves, i, column, list[i].id},
                       v->change[list[i].number] == BW_VERIFY_FORCED ? "yes"
                                                                     : "no");
    static const char *const effective[] = {"effective_date"};
    const char *date = v->problem->scenario->date.text;
    bw_verify_columns(v, moves, effective, 1, &column);
    for (int64_t i = 0; i < bw_table_rows(moves); i++)
        bw_verify_text(v, (bw_verify_cell){moves, i, column, list[i].id},
                       date ? date : "");
}

static bw_status verify_moves(bw_verification *v)
{
    const bw_accounts *accounts = &v->problem->accounts;
    if (!has_rows(v, v->tables->moves, v->tables->moves_text, v->all.moved))
        return BW_OK;
    moved_account *list = bw_alloc((size_t)v->all.moved, sizeof *list);
    if (!list)
        return BW_NOMEM;
    size_t n = 0;
    for (int32_t a = 0; a < accounts->n; a++)
        if (v->change[a] != BW_VERIFY_KEPT)
            list[n++] = (moved_account){bw_quanta(accounts->revenue[a]),
                                        accounts->id[a], a};
    qsort(list, n, sizeof *list, by_revenue);
    compare_moves(v, list);
    bw_free(list);
    return BW_OK;
}

enum {
    SEGMENT,
    ACCOUNTS,
    SERVICE,
    TRAVEL,
    WORKLOAD,
    POTENTIAL,
    REVENUE,
    MOVED,
    MOVED_REVENUE,
    COST,
    DISTANCE,
    N_COLUMNS
};

static void compare_segment(bw_verification *v, int32_t segment,
                            const int32_t *column)
{
    const bw_verify_sums *s = &v->segment[segment];
    const char *name = v->problem->segments[segment].name;
    bw_wide hours = bw_fine(bw_verify_sum_quanta(v));
#define CELL(which)                                                            \
    ((bw_verify_cell){v->tables->segments, segment, column[which], name})
    bw_verify_text(v, CELL(SEGMENT), name);
    bw_verify_amount(v, CELL(ACCOUNTS), s->accounts * bw_verify_one, 0);
    bw_verify_amount(v, CELL(SERVICE), bw_fine(s->service_hours), 0);
    bw_verify_amount(v, CELL(TRAVEL), bw_fine(s->travel_hours), hours);
    bw_verify_amount(v, CELL(WORKLOAD),
                     bw_fine(s->service_hours + s->travel_hours), hours);
    bw_verify_amount(v, CELL(POTENTIAL), bw_fine(s->potential), 0);
    bw_verify_amount(v, CELL(REVENUE), s->revenue * BW_PRICE_UNIT, 0);
    bw_verify_amount(v, CELL(MOVED), s->moved * bw_verify_one, 0);
    bw_verify_amount(v, CELL(MOVED_REVENUE), s->moved_revenue * BW_PRICE_UNIT,
                     0);
    bw_verify_amount(v, CELL(COST), s->cost * BW_PRICE_UNIT,
                     bw_verify_sum_money(v));
    bw_verify_km(v, CELL(DISTANCE),
                 s->placed ? s->km / (double)s->placed : NAN);
#undef CELL
}

static void verify_segments(bw_verification *v)
{
    static const char *const headers[N_COLUMNS] = {
        [SEGMENT] = "segment",
        [ACCOUNTS] = "accounts",
        [SERVICE] = "service_hours",
        [TRAVEL] = "travel_hours",
        [WORKLOAD] = "workload_hours",
        [POTENTIAL] = "potential",
        [REVENUE] = "revenue",
        [MOVED] = "moved_accounts",
        [MOVED_REVENUE] = "moved_revenue",
        [COST] = "cost",
        [DISTANCE] = "mean_distance_km",
    };
    int32_t column[N_COLUMNS], n = v->problem->n_segments;
    const bw_table *table = v->tables->segments;
    if (!has_rows(v, table, bw_table_source(table), n))
        return;
    bw_verify_columns(v, table, headers, N_COLUMNS, column);
    for (int32_t s = 0; s < n; s++)
        compare_segment(v, s, column);
}

static void verify_rejected(bw_verification *v)
{
    static const char *const headers[] = {"file", "line", "id", "reason"};
    const bw_problem *problem = v->problem;
    const bw_table *table = v->tables->rejected;
    if (!has_rows(v, table, v->tables->rejected_text, problem->n_rejected))
        return;
    int32_t column[4];
    bw_verify_columns(v, table, headers, 4, column);
    for (int64_t i = 0; i < problem->n_rejected; i++) {
        const bw_rejected *row = &problem->rejected[i];
#define CELL(which) ((bw_verify_cell){table, i, column[which], row->id})
        /* The folder is another one seen from here. */
        if (column[0] >= 0 &&
            strcmp(bw_verify_base(text_of(table, i, column[0])),
                   bw_verify_base(row->file)) != 0)
            bw_verify_text(v, CELL(0), row->file);
        bw_verify_amount(v, CELL(1), row->line * bw_verify_one, 0);
        bw_verify_text(v, CELL(2), row->id);
        bw_verify_text(v, CELL(3), row->reason);
#undef CELL
    }
}

bw_status bw_verify_lists(bw_verification *v)
{
    verify_segments(v);
    verify_rejected(v);
    return verify_moves(v);
}
