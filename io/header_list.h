/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Header names in messages: quoted, and never longer than one can read. */
#ifndef BW_HEADER_LIST_H
#define BW_HEADER_LIST_H

#include "buf.h"
#include "csv_table.h"

/** Adds a name in quotes, cut after 60 bytes with "...". */
void bw_add_quoted(bw_buf *text, const char *name);

/** Adds the first 12 headers of the table, and how many more there are. */
void bw_add_headers(bw_buf *text, const bw_table *table);

#endif
