/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CSV into a buffer: RFC 4180; commas, LF, quotes only where needed, unless a
 * style says otherwise. For spreadsheets a text that they would take for a
 * formula gets an apostrophe in front, and numbers stay numbers (OWASP, CSV
 * injection). */
#ifndef BW_CSV_WRITE_H
#define BW_CSV_WRITE_H

#include "buf.h"

#include <stdbool.h>

typedef struct bw_csv_style {
    char separator;
    bool crlf;         /* else lines end with LF */
    bool quote_all;    /* texts, even blank ones; numbers never have quotes */
    bool formulas_off; /* texts can be opened by a spreadsheet */
} bw_csv_style;

/** For tables that people open: no text is a formula, all have quotes, as the
 * spreadsheet may be set to another separator. */
extern const bw_csv_style bw_csv_spreadsheet;

/** Fields are separated and records ended for you. */
typedef struct bw_csv {
    bw_buf *buf;
    int column;                /* of the next field in this record */
    const bw_csv_style *style; /* borrowed; NULL: as above */
} bw_csv;

/** Begins the file: a mark where formulas are off, by which spreadsheets know
 * UTF-8 and our own readers such a file; else nothing. */
void bw_csv_begin(bw_csv *csv);

void bw_csv_text(bw_csv *csv, const char *text); /* NULL as blank */
void bw_csv_bytes(bw_csv *csv, const char *text, size_t len);
void bw_csv_quanta(bw_csv *csv, int64_t quanta);
void bw_csv_fine(bw_csv *csv, bw_wide fine);
void bw_csv_double(bw_csv *csv, double value);
void bw_csv_int(bw_csv *csv, int64_t value);
void bw_csv_end(bw_csv *csv); /* of the record */

/** Does a program that opens tables take the text for a formula? */
bool bw_is_formula(const char *text);
/** Would it, without the apostrophes that it begins with? Such texts get one
 * more, and lose one when they are read again. */
bool bw_is_guarded(const char *text, size_t len);

#endif
