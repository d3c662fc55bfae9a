/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CSV files into tables. */
#ifndef BW_CSV_READ_H
#define BW_CSV_READ_H

#include "csv_table.h"

/**
 * RFC 4180, comma, CRLF or LF, first record is the header. Faults: stray
 * quotes, a quote never closed, records with another number of fields than the
 * header (all of them are listed), header only, blank or repeated header names.
 * The table borrows the source.
 */
bw_status bw_table_read(const bw_source *source, bw_diags *diags,
                        bw_table **table);

#endif
