/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for scripts, whose keys are a promise (README.md and the manual
 * page list them), and every finding as CSV. */
#include "crm_against.h"

#include "csv_write.h"
#include "json.h"
#include "stream.h"

enum {
    FIRST = 3 /* accounts of a kind in the JSON */
};

/* A finding's cells, as both forms have them. */
typedef struct cells {
    const char *account, *name, *fate, *before, *after, *now, *now_name;
    uint32_t line; /* 0: not in the fresh table */
} cells;

static cells cells_of(const bw_against *a, const bw_against_finding *f)
{
    const bw_crm_table *fresh = &a->fresh;
    cells c = {.account = bw_against_cell(a, f->account, BW_OWNERS_ACCOUNT),
               .name = bw_against_cell(a, f->account, BW_OWNERS_NAME),
               .fate = bw_against_cell(a, f->account, BW_OWNERS_FATE),
               .before = bw_against_cell(a, f->account, BW_OWNERS_BEFORE),
               .after = bw_against_cell(a, f->account, BW_OWNERS_AFTER),
               .now = bw_against_now(a, f->row)};
    c.now_name = bw_against_person(a, c.now, false);
    if (f->row >= 0)
        c.line = bw_crm_table_place(fresh, f->row, BW_CRM_KEY).line;
    if (f->account < 0) {
        c.account = bw_crm_table_cell(fresh, f->row, BW_CRM_KEY).text;
        c.name = bw_crm_table_cell(fresh, f->row, BW_CRM_NAME).text;
    }
    return c;
}

static void add_finding(const bw_against *a, const bw_against_finding *f,
                        bw_json_out *json)
{
    cells c = cells_of(a, f);
    bw_json_object(json, NULL);
    bw_json_text(json, "account", c.account);
    bw_json_text(json, "account_name", c.name);
    bw_json_text(json, "owner_before", c.before);
    bw_json_text(json, "owner_after", c.after);
    bw_json_text(json, "owner_now", c.now);
    bw_json_int(json, "line", c.line);
    bw_json_end(json);
}

static void add_kind(const bw_against *a, bw_against_kind kind,
                     bw_json_out *json)
{
    int shown = 0;
    bw_json_object(json, NULL);
    bw_json_text(json, "kind", bw_against_name(kind));
    bw_json_int(json, "count", a->count[kind]);
    bw_json_list(json, "first");
    for (int64_t i = 0; i < a->n && shown < FIRST; i++) {
        if (a->finding[i].kind != kind)
            continue;
        add_finding(a, &a->finding[i], json);
        shown++;
    }
    bw_json_end(json);
    bw_json_end(json);
}

void bw_against_json(const bw_against *a, const bw_against_order *order,
                     bw_buf *buf)
{
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "against", order->dir);
    bw_json_text(&json, "file", bw_source_name(a->fresh.source));
    bw_json_text(&json, "profile", a->profile->name);
    bw_json_bool(&json, "holds", bw_against_holds(a));
    bw_json_int(&json, "accounts", bw_table_rows(a->owners));
    bw_json_int(&json, "to_change", a->planned);
    bw_json_int(&json, "changed", a->took);
    bw_json_int(&json, "kept", a->kept);
    bw_json_list(&json, "findings");
    for (int kind = 0; kind < BW_AGAINST_KINDS; kind++)
        add_kind(a, (bw_against_kind)kind, &json);
    bw_json_end(&json);
    bw_json_text(&json, "version", BW_VERSION);
    bw_json_end(&json);
}

static void add_row(const bw_against *a, const bw_against_finding *f,
                    bw_csv *csv)
{
    cells c = cells_of(a, f);
    bw_csv_text(csv, bw_against_name(f->kind));
    bw_csv_text(csv, c.account);
    bw_csv_text(csv, c.name);
    bw_csv_text(csv, c.fate);
    bw_csv_text(csv, c.before);
    bw_csv_text(csv, c.after);
    bw_csv_text(csv, c.now);
    bw_csv_text(csv, c.now_name);
    if (c.line > 0)
        bw_csv_int(csv, c.line);
    else
        bw_csv_text(csv, "");
    bw_csv_end(csv);
}

static void add_rows(const bw_against *a, bw_against_kind kind, bw_csv *csv,
                     bw_stream *out)
{
    for (int64_t i = 0; i < a->n && !bw_stream_failed(out); i++) {
        if (a->finding[i].kind != kind)
            continue;
        add_row(a, &a->finding[i], csv);
        bw_stream_add(out, csv->buf->text, csv->buf->len);
        csv->buf->len = 0;
    }
}

bw_status bw_against_rows(const bw_against *a, const char *path,
                          const bw_csv_style *style, bw_diags *diags)
{
    static const char *const column[] = {
        "kind",        "account",   "account_name",   "fate", "owner_before",
        "owner_after", "owner_now", "owner_now_name", "line"};
    bw_stream *out;
    bw_buf buf = {0};
    bw_csv csv = {.buf = &buf, .style = style};
    bw_status status = bw_stream_open(path, diags, &out);
    if (status != BW_OK)
        return status;
    bw_csv_begin(&csv);
    for (size_t i = 0; i < sizeof column / sizeof *column; i++)
        bw_csv_text(&csv, column[i]);
    bw_csv_end(&csv);
    if (!buf.failed)
        bw_stream_add(out, buf.text, buf.len);
    buf.len = 0;
    for (int kind = 0; kind < BW_AGAINST_KINDS && !buf.failed; kind++)
        if (a->count[kind] > 0)
            add_rows(a, (bw_against_kind)kind, &csv, out);
    bool failed = buf.failed;
    bw_buf_free(&buf);
    if (!failed)
        return bw_stream_finish(out, diags);
    bw_stream_abandon(out);
    return BW_NOMEM;
}
