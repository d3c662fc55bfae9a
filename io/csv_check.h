/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Whether a CSV file that could be read is a table: it has columns and
 * records. Columns that cannot be told apart by their names are marked. */
#ifndef BW_CSV_CHECK_H
#define BW_CSV_CHECK_H

#include "csv_form.h"
#include "csv_table.h"

#include <stdbool.h>

/** `faulty`: faults were found before; then what may follow from them is not
 * said. Columns 0: no header was read. BW_OK, BW_INVALID or BW_NOMEM. */
bw_status bw_csv_check(bw_table *table, bool faulty, bw_diags *diags);

/** The separator `told` is not the one that was found: it leaves form->told
 * columns. `header`: where that stands. */
void bw_csv_tell_denied(const bw_csv_form *form, char told, bw_place header,
                        bw_diags *diags);

/** True and reported: the separator that the scenario names leaves one column,
 * where the one that was found makes several. */
bool bw_csv_check_told(const bw_table *table, const bw_csv_form *found,
                       bw_diags *diags);

/** The first line has one field, those after it form->title. */
void bw_csv_tell_title(const bw_csv_form *form, bw_place header,
                       bw_diags *diags);

#endif
