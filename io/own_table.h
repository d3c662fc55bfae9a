/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A table that this program wrote, read back. */
#ifndef BW_OWN_TABLE_H
#define BW_OWN_TABLE_H

#include "csv_read.h"

/** As bw_table_read; of a file for spreadsheets (it has a mark) texts lose the
 * apostrophe that writing put before formulas. */
bw_status bw_own_table_read(const bw_source *source, bw_diags *diags,
                            bw_table **table);

#endif
