/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row that has a flaw, as CSV: a worklist for those who keep the data. */
#include "audit.h"

#include "csv_write.h"
#include "stream.h"

#include <string.h>

static const char *const columns[] = {"code",  "severity", "file",
                                      "line",  "column",   "id",
                                      "value", "action",   "note"};

static const char *severity_text(bw_severity severity)
{
    static const char *const text[] = {"note", "warning", "error"};
    return text[severity];
}

/* The cell that the finding is about: where only its place is known, the one
 * that stands there. */
static const char *value_of(const bw_sheet *sheet, const bw_finding *f)
{
    if (f->column >= 0)
        return bw_sheet_cell(sheet, f->column, f->row).text;
    int32_t n = f->place.column && sheet->table && f->row < sheet->file_rows
                    ? bw_table_columns(sheet->table)
                    : 0;
    for (int32_t c = 0; c < n; c++) {
        bw_place place = bw_table_place(sheet->table, f->row, c);
        if (place.column == f->place.column && place.line == f->place.line)
            return bw_table_cell(sheet->table, f->row, c).text;
    }
    return "";
}

static void add_id(const bw_sheet *sheet, int64_t row, bw_csv *csv, bw_buf *id)
{
    bool pair = sheet->role == BW_ROLE_PAIRS;
    int32_t column = bw_sheet_field(sheet, pair ? "account" : "id");
    id->len = 0;
    bw_buf_text(id, bw_sheet_cell(sheet, column, row).text);
    if (pair) {
        bw_buf_text(id, " ");
        column = bw_sheet_field(sheet, "rep");
        bw_buf_text(id, bw_sheet_cell(sheet, column, row).text);
    }
    bw_csv_text(csv, id->text ? id->text : "");
}

static void add_note(const bw_audit *audit, const bw_finding *f, bw_buf *text)
{
    bw_sheet *sheet = bw_audit_sheet(audit, f->role);
    text->len = 0;
    bw_buf_add(text, "", 0);
    if (text->text)
        text->text[0] = '\0';
    if (f->other >= 0)
        bw_buf_format(
            text, "like %s in line %u",
            bw_sheet_cell(sheet, bw_sheet_field(sheet, "id"), f->other).text,
            bw_sheet_place(sheet, -1, f->other).line);
    else if (f->code == BW_OWNER_STALE)
        bw_buf_format(
            text, "last seller %s",
            bw_sheet_cell(sheet, bw_sheet_field(sheet, "last_seller"), f->row)
                .text);
}

static void add_row(const bw_audit *audit, const bw_audit_line *line,
                    const bw_finding *f, bw_csv *csv, bw_buf *text)
{
    bw_place place = bw_finding_place(audit, f);
    const bw_sheet *sheet = bw_audit_sheet(audit, f->role);
    bool known = sheet && sheet->table && f->row >= 0;
    bw_csv_text(csv, bw_code_text(line->code));
    bw_csv_text(csv, severity_text(line->severity));
    bool its_file = sheet && (!place.file || !sheet->path);
    bw_csv_text(csv, its_file ? sheet->spec->file.text
                              : bw_audit_file(audit, f->role, place));
    bw_csv_int(csv, place.line);
    bw_csv_int(csv, place.column);
    if (known)
        add_id(sheet, f->row, csv, text);
    else
        bw_csv_text(csv, "");
    bw_csv_text(csv, known ? value_of(sheet, f) : "");
    bw_csv_text(csv, bw_audit_does(line));
    if (known)
        add_note(audit, f, text);
    bw_csv_text(csv, known && text->text ? text->text : "");
    bw_csv_end(csv);
}

bw_status bw_audit_rows(const bw_audit *audit, const char *path,
                        const bw_csv_style *style, bw_diags *diags)
{
    bw_stream *out;
    bw_buf buf = {0}, text = {0};
    bw_csv csv = {.buf = &buf, .style = style};
    bw_status status = bw_stream_open(path, diags, &out);
    if (status != BW_OK)
        return status;
    bw_csv_begin(&csv);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        bw_csv_text(&csv, columns[i]);
    bw_csv_end(&csv);
    for (int32_t k = 0; k < audit->n_lines; k++) {
        const bw_audit_line *line = &audit->line[k];
        for (int64_t i = 0; i < line->n && !bw_stream_failed(out); i++) {
            add_row(audit, line, &audit->finding[line->from + i], &csv, &text);
            bw_stream_add(out, buf.text, buf.len);
            buf.len = 0;
        }
    }
    if (audit->n_lines == 0)
        bw_stream_add(out, buf.text, buf.len);
    bool failed = buf.failed || text.failed;
    bw_buf_free(&buf);
    bw_buf_free(&text);
    if (!failed)
        return bw_stream_finish(out, diags);
    bw_stream_abandon(out);
    return BW_NOMEM;
}
