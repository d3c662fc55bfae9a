/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for people: what took, then each kind of finding with its first
 * accounts. */
#include "crm_against.h"

#include "number.h"
#include "width.h"

#include <string.h>

enum {
    WIDTH = 80,
    INDENT = 13, /* of the accounts under a kind */
    FIRST = 3    /* accounts that are shown of a kind */
};

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

static const char *person(const bw_against *a, const char *text, bool written)
{
    const char *name = bw_against_person(a, text, written);
    return *name ? name : "nobody";
}

/* "line 14: Acme Inc (A-0413): Ann Lee, and should be Bob Ray" */
static void add_account(const bw_against *a, const bw_against_finding *f,
                        bw_buf *text)
{
    const bw_crm_table *fresh = &a->fresh;
    const char *key = bw_against_cell(a, f->account, BW_OWNERS_ACCOUNT);
    const char *name = bw_against_cell(a, f->account, BW_OWNERS_NAME);
    const char *now = person(a, bw_against_now(a, f->row), false);
    const char *after =
        person(a, bw_against_cell(a, f->account, BW_OWNERS_AFTER), true);
    if (f->account < 0) {
        key = bw_crm_table_cell(fresh, f->row, BW_CRM_KEY).text;
        name = bw_crm_table_cell(fresh, f->row, BW_CRM_NAME).text;
    }
    if (f->row >= 0)
        bw_buf_format(text, "line %u: ",
                      bw_crm_table_place(fresh, f->row, BW_CRM_KEY).line);
    if (*name && strcmp(name, key) != 0)
        bw_buf_format(text, "%s (%s)", name, key);
    else
        bw_buf_text(text, key);
    if (f->kind == BW_AGAINST_NEW || f->kind == BW_AGAINST_NAMELESS ||
        f->kind == BW_AGAINST_INACTIVE || f->kind == BW_AGAINST_SEVERAL)
        bw_buf_format(text, ": %s", now);
    else if (f->kind == BW_AGAINST_FORMER)
        bw_buf_format(text, ": %s, beside %s", now, after);
    else if (f->kind != BW_AGAINST_GONE)
        bw_buf_format(text, ": %s, and should be %s", now, after);
}

static void add_first(const bw_against *a, bw_against_kind kind, bw_buf *buf)
{
    bw_buf text = {0};
    int shown = 0;
    for (int64_t i = 0; i < a->n && shown < FIRST; i++) {
        if (a->finding[i].kind != kind)
            continue;
        text.len = 0;
        add_account(a, &a->finding[i], &text);
        bw_buf_format(buf, "%*s", INDENT, "");
        bw_text_cut(buf, text.text ? text.text : "", WIDTH - INDENT, false);
        bw_buf_text(buf, "\n");
        shown++;
    }
    buf->failed |= text.failed;
    bw_buf_free(&text);
}

static void add_kind(const bw_against *a, bw_against_kind kind, bw_buf *buf)
{
    bw_buf_format(buf, "%11s  %s\n", bw_number_whole(a->count[kind]).text,
                  bw_against_name(kind));
    bw_buf_format(buf, "%*s", INDENT, "");
    bw_text_cut(buf, bw_against_words(kind), WIDTH - INDENT, false);
    bw_buf_text(buf, "\n");
    add_first(a, kind, buf);
    if (a->count[kind] > FIRST)
        bw_buf_format(buf, "%*sand %s more\n", INDENT, "",
                      bw_number_whole(a->count[kind] - FIRST).text);
}

static void add_verdict(const bw_against *a, const char *rows, bw_buf *buf)
{
    int64_t n = bw_table_rows(a->owners);
    int64_t bad = n - a->took - a->kept;
    if (bad == 0)
        bw_buf_text(buf, "\nEvery account has the owner that the plan says.");
    else
        bw_buf_format(buf, "\n%s of %s account%s %s not as the plan says.",
                      bw_number_whole(bad).text, bw_number_whole(n).text,
                      plural(n), bad == 1 ? "is" : "are");
    if (a->n > 0 && rows) {
        bw_buf_text(buf, "\nEvery one stands in ");
        bw_text_cut(buf, rows, WIDTH - 22, false);
        bw_buf_text(buf, ".\n");
    } else {
        bw_buf_text(buf, a->n > 0 ? "\n--rows FILE lists every one.\n" : "\n");
    }
}

void bw_against_show(const bw_against *a, const bw_against_order *order,
                     const char *rows, bw_buf *buf)
{
    int64_t others = bw_table_rows(a->owners) - a->planned;
    bw_buf_text(buf, "Audit of ");
    bw_text_cut(buf, bw_source_name(a->fresh.source), WIDTH - 10, false);
    bw_buf_text(buf, "\nagainst ");
    bw_text_cut(buf, order->dir, WIDTH - 9, false);
    bw_buf_text(buf, "\n");
    bw_text_cut(buf, a->profile->title, WIDTH, false);
    bw_buf_format(buf, "\n\n%11s  account%s to change the owner: %s did\n",
                  bw_number_whole(a->planned).text, plural(a->planned),
                  bw_number_whole(a->took).text);
    bw_buf_format(buf, "%11s  account%s to keep the owner: %s did\n",
                  bw_number_whole(others).text, plural(others),
                  bw_number_whole(a->kept).text);
    for (int kind = 0; kind < BW_AGAINST_KINDS; kind++) {
        if (a->count[kind] == 0)
            continue;
        bw_buf_text(buf, "\n");
        add_kind(a, (bw_against_kind)kind, buf);
    }
    add_verdict(a, rows, buf);
}
