/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assignments.csv and moves.csv: a line per account. */
#include "tables.h"

#include "bw/alloc.h"
#include "reason.h"

#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"account_id",   "account_name",
                                      "segment",      "rep_id",
                                      "rep_name",     "previous_rep_id",
                                      "moved",        "service_hours",
                                      "travel_hours", "workload_hours",
                                      "potential",    "revenue",
                                      "distance_km",  "cost",
                                      "next_rep_id",  "next_rep_extra_cost",
                                      "reason"};

/* What came later stands at the end, so that who reads by position still finds
 * what was there before; in moves.csv that is after `forced`. */
static void write_header(bw_csv *csv, bool moves)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        bw_csv_text(csv, columns[i]);
    if (moves)
        bw_csv_text(csv, "forced");
    bw_csv_text(csv, "place_source");
    if (moves)
        bw_csv_text(csv, "effective_date");
    bw_csv_end(csv);
}

static void write_who(const bw_figures *figures, int32_t a, bw_csv *csv)
{
    const bw_problem *problem = figures->problem;
    const bw_account_line *account = &figures->account[a];
    bw_csv_text(csv, problem->accounts.id[a]);
    bw_csv_text(csv, problem->accounts.name[a]);
    bw_csv_text(csv, problem->segments[figures->instance->segment[a]].name);
    bw_csv_text(csv, problem->reps.id[account->rep]);
    bw_csv_text(csv, problem->reps.name[account->rep]);
    bw_csv_text(csv, account->previous >= 0
                         ? problem->reps.id[account->previous]
                         : NULL);
    bw_csv_text(csv, account->moved ? "yes" : "no");
}

static void write_amounts(const bw_account_line *account, bw_csv *csv)
{
    bw_csv_quanta(csv, account->service_hours);
    bw_csv_quanta(csv, account->travel_hours);
    bw_csv_quanta(csv, bw_account_hours(account));
    bw_csv_quanta(csv, account->potential);
    bw_csv_quanta(csv, account->revenue);
    bw_write_km(csv, account->km);
    bw_csv_quanta(csv, account->cost);
}

/* All of a record up to the reason. */
static void write_account(const bw_figures *figures, int32_t a,
                          bw_buf *sentence, bw_csv *csv)
{
    const bw_account_line *account = &figures->account[a];
    write_who(figures, a, csv);
    write_amounts(account, csv);
    if (account->next >= 0) {
        bw_csv_text(csv, figures->problem->reps.id[account->next]);
        bw_csv_fine(csv, account->next_extra);
    } else {
        bw_csv_text(csv, NULL);
        bw_csv_text(csv, NULL);
    }
    sentence->len = 0;
    bw_reason(figures, a, sentence);
    csv->buf->failed |= sentence->failed;
    bw_csv_text(csv, sentence->text);
}

static void write_place(const bw_figures *figures, int32_t a, bw_csv *csv)
{
    bw_csv_text(
        csv, bw_place_source_text(figures->problem->accounts.place_source[a]));
}

void bw_write_assignments(const bw_figures *figures, bw_csv *csv)
{
    bw_buf sentence = {0};
    write_header(csv, false);
    for (int32_t a = 0; a < figures->problem->accounts.n; a++) {
        write_account(figures, a, &sentence, csv);
        write_place(figures, a, csv);
        bw_csv_end(csv);
    }
    bw_buf_free(&sentence);
}

typedef struct moved_account {
    int64_t revenue;
    const char *id;
    int32_t number;
} moved_account;

/* By falling revenue; ids are unique, so the order is total. */
static int by_stake(const void *left, const void *right)
{
    const moved_account *a = left, *b = right;
    if (a->revenue != b->revenue)
        return a->revenue > b->revenue ? -1 : 1;
    return strcmp(a->id, b->id);
}

static moved_account *list_moved(const bw_figures *figures)
{
    moved_account *list =
        bw_alloc((size_t)figures->all.moved + 1, sizeof *list);
    if (!list)
        return NULL;
    size_t n = 0;
    for (int32_t a = 0; a < figures->problem->accounts.n; a++)
        if (figures->account[a].moved)
            list[n++] = (moved_account){figures->account[a].revenue,
                                        figures->problem->accounts.id[a], a};
    qsort(list, n, sizeof *list, by_stake);
    return list;
}

bw_status bw_write_moves(const bw_figures *figures, bw_csv *csv)
{
    moved_account *list = list_moved(figures);
    if (!list)
        return BW_NOMEM;
    bw_buf sentence = {0};
    write_header(csv, true);
    for (int64_t i = 0; i < figures->all.moved; i++) {
        int32_t a = list[i].number;
        write_account(figures, a, &sentence, csv);
        bw_csv_text(csv, figures->account[a].forced ? "yes" : "no");
        write_place(figures, a, csv);
        bw_csv_text(csv, figures->problem->scenario->date.text);
        bw_csv_end(csv);
    }
    bw_buf_free(&sentence);
    bw_free(list);
    return BW_OK;
}
