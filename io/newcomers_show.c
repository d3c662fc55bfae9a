/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the new accounts: a table, the same as JSON, a few lines. */
#include "newcomers.h"

#include "bw/alloc.h"
#include "csv_write.h"
#include "number.h"

#include <string.h>

static const char *const columns[] = {"account_id",
                                      "account_name",
                                      "segment",
                                      "rep_id",
                                      "rep_name",
                                      "service_hours",
                                      "travel_hours",
                                      "workload_hours",
                                      "potential",
                                      "cost",
                                      "priced_cost",
                                      "next_rep_id",
                                      "next_rep_extra_cost",
                                      "reason"};

enum {
    N_COLUMNS = sizeof columns / sizeof columns[0]
};

static const char *segment_of(const bw_newcomers *n, int32_t account)
{
    int32_t segment = n->verdict->segment[account];
    return segment < 0 ? NULL : n->grown.segments[segment].name;
}

static int64_t potential_of(const bw_newcomers *n, int32_t account)
{
    return bw_quanta(n->grown.accounts.potential[account]);
}

static void write_line(const bw_newcomers *n, int32_t i, bw_buf *sentence,
                       bw_csv *csv)
{
    const bw_newcomer *line = &n->line[i];
    const bw_reps *reps = &n->grown.reps;
    int32_t a = n->first + i;
    bool placed = line->rep >= 0;
    bw_csv_text(csv, n->grown.accounts.id[a]);
    bw_csv_text(csv, n->grown.accounts.name[a]);
    bw_csv_text(csv, segment_of(n, a));
    bw_csv_text(csv, placed ? reps->id[line->rep] : NULL);
    bw_csv_text(csv, placed ? reps->name[line->rep] : NULL);
    bw_csv_quanta(csv, line->figures.service_hours);
    if (placed) {
        bw_csv_quanta(csv, line->figures.travel_hours);
        bw_csv_quanta(csv, line->figures.workload);
    } else {
        bw_csv_text(csv, NULL);
        bw_csv_text(csv, NULL);
    }
    bw_csv_quanta(csv, potential_of(n, a));
    if (placed) {
        bw_csv_quanta(csv, line->figures.cost);
        bw_csv_fine(csv, line->priced);
    } else {
        bw_csv_text(csv, NULL);
        bw_csv_text(csv, NULL);
    }
    bw_csv_text(csv, line->next >= 0 ? reps->id[line->next] : NULL);
    if (line->next >= 0)
        bw_csv_fine(csv, line->next_extra);
    else
        bw_csv_text(csv, NULL);
    sentence->len = 0;
    bw_newcomers_reason(n, i, sentence);
    csv->buf->failed |= sentence->failed;
    bw_csv_text(csv, sentence->text);
    bw_csv_end(csv);
}

void bw_newcomers_csv(const bw_newcomers *n, bw_buf *buf)
{
    bw_buf sentence = {0};
    bw_csv csv = {.buf = buf};
    for (int i = 0; i < N_COLUMNS; i++)
        bw_csv_text(&csv, columns[i]);
    bw_csv_end(&csv);
    for (int32_t i = 0; i < n->n; i++)
        write_line(n, i, &sentence, &csv);
    bw_buf_free(&sentence);
}

/* --- JSON --- */

static void json_quanta(bw_json_out *json, const char *key, int64_t quanta)
{
    bw_json_fine(json, key, bw_fine(quanta));
}

static void json_line(const bw_newcomers *n, int32_t i, bw_buf *sentence,
                      bw_json_out *json)
{
    const bw_newcomer *line = &n->line[i];
    const bw_reps *reps = &n->grown.reps;
    int32_t a = n->first + i;
    bw_json_object(json, NULL);
    bw_json_text(json, "account_id", n->grown.accounts.id[a]);
    bw_json_text(json, "account_name", n->grown.accounts.name[a]);
    bw_json_text(json, "segment", segment_of(n, a));
    bw_json_text(json, "rep_id", line->rep >= 0 ? reps->id[line->rep] : NULL);
    bw_json_text(json, "rep_name",
                 line->rep >= 0 ? reps->name[line->rep] : NULL);
    json_quanta(json, "service_hours", line->figures.service_hours);
    json_quanta(json, "potential", potential_of(n, a));
    if (line->rep >= 0) {
        json_quanta(json, "travel_hours", line->figures.travel_hours);
        json_quanta(json, "workload_hours", line->figures.workload);
        json_quanta(json, "cost", line->figures.cost);
        bw_json_fine(json, "priced_cost", line->priced);
    }
    bw_json_text(json, "next_rep_id",
                 line->next >= 0 ? reps->id[line->next] : NULL);
    if (line->next >= 0)
        bw_json_fine(json, "next_rep_extra_cost", line->next_extra);
    sentence->len = 0;
    bw_newcomers_reason(n, i, sentence);
    json->buf->failed |= sentence->failed;
    bw_json_text(json, "reason", sentence->text);
    bw_json_end(json);
}

static bool left_out(const bw_newcomers *n, int64_t i)
{
    return strcmp(n->loaded->rejected[i].file, n->file) == 0;
}

static void json_left_out(const bw_newcomers *n, bw_json_out *json)
{
    bw_json_list(json, "left_out");
    for (int64_t i = 0; i < n->loaded->n_rejected; i++) {
        const bw_rejected *r = &n->loaded->rejected[i];
        if (!left_out(n, i))
            continue;
        bw_json_object(json, NULL);
        bw_json_int(json, "line", r->line);
        bw_json_text(json, "id", r->id);
        bw_json_text(json, "reason", r->reason);
        bw_json_end(json);
    }
    bw_json_end(json);
}

void bw_newcomers_json(const bw_newcomers *n, bw_buf *buf)
{
    const bw_newcomers_sum *sum = &n->sum;
    bool all = sum->placed == n->n;
    bw_buf sentence = {0};
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_int(&json, "new", n->n);
    bw_json_int(&json, "placed", sum->placed);
    bw_json_bool(&json, "plan_again", sum->plan_again);
    bw_json_bool(&json, "inside_hard_limits", !sum->outside);
    bw_json_bool(&json, "gap_grew", sum->gap_grew);
    bw_json_fine(&json, "objective_before", sum->objective_before);
    bw_json_fine(&json, "bound_certified_before", sum->bound_before);
    bw_json_double(&json, "gap_certified_before", sum->gap_before);
    if (all) {
        bw_json_fine(&json, "objective", sum->objective);
        bw_json_fine(&json, "bound_certified", sum->bound);
        bw_json_fine(&json, "objective_again", sum->objective_again);
        bw_json_fine(&json, "bound_certified_again", sum->bound_again);
    }
    bw_json_double(&json, "gap_certified_again", sum->gap);
    bw_json_list(&json, "accounts");
    for (int32_t i = 0; i < n->n; i++)
        json_line(n, i, &sentence, &json);
    bw_json_end(&json);
    json_left_out(n, &json);
    bw_json_end(&json);
    bw_buf_free(&sentence);
}

/* --- for people --- */

enum {
    MOST = 5,    /* reps that are named */
    COLUMNS = 60 /* after which no more are, so that all fits into 80 */
};

static void say_most(const bw_newcomers *n, int32_t *count, bw_buf *buf)
{
    int32_t m = n->grown.reps.n_serving, others = 0;
    for (int32_t i = 0; i < n->n; i++)
        if (n->line[i].rep >= 0)
            count[n->line[i].rep]++;
    size_t start = buf->len;
    bw_buf_format(buf, "%-14s", "most to");
    for (int named = 0; named < MOST; named++) {
        int32_t best = 0;
        for (int32_t r = 1; r < m; r++)
            best = count[r] > count[best] ? r : best;
        const char *id = n->grown.reps.id[best];
        if (count[best] == 0 ||
            (named && buf->len - start + strlen(id) > COLUMNS))
            break;
        bw_buf_format(buf, "%s%s %d", named ? ", " : "", id, (int)count[best]);
        count[best] = 0;
    }
    for (int32_t r = 0; r < m; r++)
        others += count[r] > 0;
    if (others)
        bw_buf_format(buf, " and %d more", (int)others);
    bw_buf_text(buf, "\n");
}

static void say_left_out(const bw_newcomers *n, bw_buf *buf)
{
    const bw_rejected *first = NULL;
    int64_t count = 0;
    for (int64_t i = 0; i < n->loaded->n_rejected; i++) {
        if (!left_out(n, i))
            continue;
        first = first ? first : &n->loaded->rejected[i];
        count++;
    }
    if (first)
        bw_buf_format(buf, "%-14s%s of the rows; first line %u: %s\n",
                      "left out", bw_number_whole(count).text,
                      (unsigned)first->line, first->reason);
}

static void say_money(const bw_newcomers *n, bw_wide fine, bw_buf *buf)
{
    const char *currency = n->scenario->currency.text;
    bw_buf_format(buf, "%s%s%s", bw_number_money(fine).text,
                  currency ? " " : "", currency ? currency : "");
}

static void say_sums(const bw_newcomers *n, bw_buf *buf)
{
    const bw_newcomers_sum *sum = &n->sum;
    bw_buf_format(buf, "%-14s", "plan's cost");
    if (sum->placed == n->n) {
        say_money(n, sum->objective, buf);
        bw_buf_text(buf, ", before ");
    }
    say_money(n, sum->objective_before, buf);
    if (sum->placed < n->n)
        bw_buf_text(buf, " before");
    if (sum->placed == n->n)
        bw_buf_format(buf,
                      "\n%-14s%s, before %s: so much planning again may "
                      "save",
                      "gap", bw_number_percent(sum->gap).text,
                      bw_number_percent(sum->gap_before).text);
    bw_buf_text(buf, "\n");
}

static void say_again(const bw_newcomers *n, bw_buf *buf)
{
    const bw_newcomers_sum *sum = &n->sum;
    const char *before = "";
    bw_buf_format(buf, "%-14s", "plan again");
    if (!sum->plan_again) {
        bw_buf_format(buf, "no need yet: the gap grew by no more than %s\n",
                      bw_number_percent(bw_newcomers_patience).text);
        return;
    }
    bw_buf_text(buf, "now: ");
    if (sum->placed < n->n) {
        bw_buf_format(buf, "%s could not be placed",
                      bw_number_whole(n->n - sum->placed).text);
        before = "; ";
    }
    if (sum->outside) {
        bw_buf_format(buf, "%sa rep is outside a hard limit", before);
        before = "; ";
    }
    if (sum->gap_grew)
        bw_buf_format(buf, "%sthe gap grew by more than %s", before,
                      bw_number_percent(bw_newcomers_patience).text);
    bw_buf_text(buf, "\n");
}

bw_status bw_newcomers_summary(const bw_newcomers *n, bw_buf *buf)
{
    int32_t *count = bw_alloc((size_t)n->grown.reps.n_serving, sizeof *count);
    if (!count)
        return BW_NOMEM;
    bw_buf_format(buf, "%-14s%s of %s new accounts\n", "placed",
                  bw_number_whole(n->sum.placed).text,
                  bw_number_whole(n->n).text);
    if (n->sum.placed > 0)
        say_most(n, count, buf);
    say_left_out(n, buf);
    say_sums(n, buf);
    say_again(n, buf);
    bw_free(count);
    return BW_OK;
}
