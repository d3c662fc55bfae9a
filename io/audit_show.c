/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for people: a section per file, what it means today, the verdict.
 */
#include "audit.h"

#include "number.h"
#include "width.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 80,
    INDENT = 13, /* of the words under a flaw */
    PLACES = 41  /* where they begin */
};

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

/* The file where it is not the one of the section. */
static void add_file_of(const bw_audit *audit, int role, bw_place place,
                        bw_buf *buf)
{
    const bw_sheet *sheet = bw_audit_sheet(audit, role);
    const char *home =
        sheet ? sheet->spec->file.text : audit->loader->scenario->path;
    const char *file = bw_audit_file(audit, role, place);
    if (!file || strcmp(file, home) == 0)
        return;
    const char *base = strrchr(file, '/');
    bw_buf_format(buf, "%s:", base ? base + 1 : file);
}

static void add_places(const bw_audit *audit, const bw_audit_line *line,
                       bw_buf *buf)
{
    bw_buf text = {0};
    for (int64_t i = 0; i < line->n && i < BW_AUDIT_FIRST; i++) {
        bw_place place =
            bw_finding_place(audit, &audit->finding[line->from + i]);
        if (place.line == 0) /* of something that the scenario leaves out */
            continue;
        bw_buf_text(&text, text.len > 0 ? ", " : "  ");
        add_file_of(audit, line->role, place, &text);
        bw_buf_format(&text, "%u", place.line);
        if (place.column)
            bw_buf_format(&text, ":%u", place.column);
    }
    bw_buf_text(&text, line->n > BW_AUDIT_FIRST ? ", ..." : "");
    if (text.failed)
        buf->failed = true;
    else
        bw_text_cut(buf, text.text ? text.text : "", WIDTH - PLACES, false);
    bw_buf_text(buf, "\n");
    bw_buf_free(&text);
}

static void add_line(const bw_audit *audit, const bw_audit_line *line,
                     bw_buf *buf)
{
    const bw_flaw *flaw = bw_flaw_of(line->code);
    char text[160];
    bw_buf_format(buf, "%11s  ", bw_number_whole(line->n).text);
    bw_text_fit(buf, bw_code_text(line->code), 20, false);
    bw_buf_format(buf, " %-7s",
                  line->severity == BW_ERROR ? "error" : "warning");
    add_places(audit, line, buf);
    snprintf(text, sizeof text, "%s%s%s", flaw ? flaw->words : "",
             flaw ? ": " : "", bw_audit_does(line));
    bw_buf_format(buf, "%*s", INDENT, "");
    bw_text_cut(buf, text, WIDTH - INDENT, false);
    bw_buf_text(buf, "\n");
}

static void add_lines(const bw_audit *audit, int role, const char *none,
                      bw_buf *buf)
{
    bool any = false;
    for (int32_t i = 0; i < audit->n_lines; i++) {
        const bw_audit_line *line = &audit->line[i];
        if (line->role != role || line->severity == BW_NOTE)
            continue;
        add_line(audit, line, buf);
        any = true;
    }
    if (!any)
        bw_buf_text(buf, none);
}

static void add_file(const bw_audit *audit, int role, bw_buf *buf)
{
    const bw_sheet *sheet = bw_audit_sheet(audit, role);
    int64_t taken = 0;
    if (!sheet->spec->file.text)
        return;
    for (int64_t row = 0; row < sheet->rows && sheet->state; row++)
        taken += sheet->state[row] == BW_ROW_TAKEN;
    bw_buf_text(buf, "\n");
    const char *file = sheet->spec->file.text;
    const char *base = strrchr(file, '/');
    if (bw_text_width(file) > WIDTH - 44 && base)
        file = base + 1;
    bw_text_cut(buf, file, WIDTH - 44, false);
    int64_t rows = sheet->layer ? sheet->file_rows : sheet->rows;
    bw_buf_format(buf, ": %s row%s, ", bw_number_whole(rows).text,
                  plural(rows));
    if (sheet->rows > rows)
        bw_buf_format(buf, "%s more by changes, ",
                      bw_number_whole(sheet->rows - rows).text);
    bw_buf_format(buf, "%s take part\n", bw_number_whole(taken).text);
    add_lines(audit, role, "             no flaws\n", buf);
}

static void add_scenario(const bw_audit *audit, bw_buf *buf)
{
    bool any = false;
    for (int32_t i = 0; i < audit->n_lines; i++)
        any = any || (audit->line[i].role == BW_NO_TABLE &&
                      audit->line[i].severity != BW_NOTE);
    if (!any)
        return;
    bw_buf_text(buf, "\n");
    bw_text_cut(buf, audit->loader->scenario->path, WIDTH - 1, false);
    bw_buf_text(buf, ":\n");
    add_lines(audit, BW_NO_TABLE, "", buf);
}

static int by_size(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Numbers may be long; the text is freed. */
static void add_wrapped(bw_buf *buf, bw_buf *text)
{
    if (text->failed)
        buf->failed = true;
    else
        bw_text_wrap(buf, text->text, WIDTH);
    bw_buf_free(text);
}

static bw_status add_owners(const bw_audit *audit, bw_buf *buf)
{
    const bw_gate *gate = audit->gate;
    int32_t n = audit->loader->problem->reps.n_serving, outside = 0;
    int32_t *accounts = bw_alloc((size_t)n, sizeof *accounts);
    if (!accounts)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < n; rep++) {
        accounts[rep] = gate->owner[rep].accounts;
        outside += gate->owner[rep].outside != 0;
    }
    if (n > 0) {
        bw_buf text = {0};
        qsort(accounts, (size_t)n, sizeof *accounts, by_size);
        bw_buf_format(&text, "Today %s to %s accounts a rep, median %s",
                      bw_number_whole(accounts[0]).text,
                      bw_number_whole(accounts[n - 1]).text,
                      bw_number_whole(accounts[n / 2]).text);
        if (audit->instance)
            bw_buf_format(&text, "; %s of %s reps outside a band",
                          bw_number_whole(outside).text,
                          bw_number_whole(n).text);
        bw_buf_format(&text, "; %s account%s without an owner who serves.",
                      bw_number_whole(gate->unowned).text,
                      plural(gate->unowned));
        bw_buf_text(buf, "\n");
        add_wrapped(buf, &text);
    }
    bw_free(accounts);
    return BW_OK;
}

static void add_exceptions(const bw_audit *audit, bw_buf *buf)
{
    int32_t n = audit->loader->problem->accounts.n;
    bw_buf text = {0};
    bw_buf_format(
        &text,
        "%s of %s account%s are exceptions by locks, rules or pairs (%s).",
        bw_number_whole(audit->gate->excepted).text, bw_number_whole(n).text,
        plural(n), bw_number_percent((double)audit->gate->excepted / n).text);
    add_wrapped(buf, &text);
}

static void add_verdict(const bw_audit *audit, bw_buf *buf)
{
    bw_buf_format(buf,
                  "\nScore %.1f of 100: of %s account%s\n%s with a grave flaw, "
                  "%s with light ones only.\n",
                  bw_audit_score(audit, 1), bw_number_whole(audit->rows).text,
                  plural(audit->rows), bw_number_whole(audit->grave).text,
                  bw_number_whole(audit->light).text);
    if (bw_audit_possible(audit))
        bw_buf_text(buf, "Nothing found keeps a plan from being made.\n");
    else
        bw_buf_format(buf, "No plan can be made: %s error%s above.\n",
                      bw_number_whole(audit->n_errors).text,
                      plural(audit->n_errors));
    if (!audit->instance)
        bw_buf_text(buf, "Bands and capacity were not looked at: they take "
                         "all rows together.\n");
}

void bw_audit_show(const bw_audit *audit, bw_buf *buf)
{
    const char *name = audit->loader->scenario->name.text;
    bw_buf_text(buf, "Audit of ");
    bw_text_cut(buf, name ? name : audit->loader->scenario->path, WIDTH - 10,
                false);
    bw_buf_text(buf, "\n");
    for (int role = 0; role < BW_ROLES; role++)
        add_file(audit, role, buf);
    add_scenario(audit, buf);
    if (audit->gate && add_owners(audit, buf) == BW_OK)
        add_exceptions(audit, buf);
    add_verdict(audit, buf);
}
