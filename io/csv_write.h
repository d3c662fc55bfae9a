/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CSV into a buffer: RFC 4180; commas, LF, quotes only where needed, unless a
 * style says otherwise. */
#ifndef BW_CSV_WRITE_H
#define BW_CSV_WRITE_H

#include "buf.h"

typedef struct bw_csv_style {
    char separator;
    bool crlf;      /* else lines end with LF */
    bool quote_all; /* texts, even blank ones; numbers never have quotes */
} bw_csv_style;

/** Fields are separated and records ended for you. */
typedef struct bw_csv {
    bw_buf *buf;
    int column;                /* of the next field in this record */
    const bw_csv_style *style; /* borrowed; NULL: as above */
} bw_csv;

void bw_csv_text(bw_csv *csv, const char *text); /* NULL as blank */
void bw_csv_bytes(bw_csv *csv, const char *text, size_t len);
void bw_csv_quanta(bw_csv *csv, int64_t quanta);
void bw_csv_fine(bw_csv *csv, bw_wide fine);
void bw_csv_double(bw_csv *csv, double value);
void bw_csv_int(bw_csv *csv, int64_t value);
void bw_csv_end(bw_csv *csv); /* of the record */

#endif
