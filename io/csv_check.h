/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether a CSV file that could be read is a table: its columns can be told
 * apart by their names, and it has records. */
#ifndef BW_CSV_CHECK_H
#define BW_CSV_CHECK_H

#include "csv_table.h"

#include <stdbool.h>

/** `faulty`: faults were found before; then what may follow from them is not
 * said. Columns 0: no header was read. BW_OK, BW_INVALID or BW_NOMEM. */
bw_status bw_csv_check(const bw_table *table, bool faulty, bw_diags *diags);

#endif
