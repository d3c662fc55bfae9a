/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CSV files into tables. */
#ifndef BW_CSV_READ_H
#define BW_CSV_READ_H

#include "csv_table.h"

/**
 * RFC 4180, with the first record as header. Fields are separated as told, or
 * by what is found (csv_form.h) where `separator` is 0; lines end with LF or
 * CRLF, or all of them with CR. A first line sep=; is honoured and no header.
 *
 * Faults: stray quotes, a quote never closed, records with another number of
 * fields than the header (all of them are listed), header only, a title line
 * where the header should be, a separator that is told and does not occur.
 * Repeated and blank header names are notes. Short records after the last full
 * one that look like a report's footer (csv_footer.h) are counted, not kept.
 * The table borrows the source.
 */
bw_status bw_table_read_as(const bw_source *source, char separator,
                           bw_diags *diags, bw_table **table);

/** Separated by commas. */
bw_status bw_table_read(const bw_source *source, bw_diags *diags,
                        bw_table **table);

#endif
