/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A CSV file that grows by a line per run. */
#ifndef BW_HISTORY_H
#define BW_HISTORY_H

#include "buf.h"
#include "bw/diag.h"

/** One value of the line, by the name of its column. */
typedef struct bw_history_value {
    const char *column, *value;
} bw_history_value;

/**
 * Appends the values to the file, which is made with its header if it is not
 * there. Runs at the same time wait for each other (a lock on the file), and
 * a line is there whole or not at all. Columns are found by name: those that
 * the file lacks are added at the end, and earlier lines are filled up with
 * blanks; those that it has beyond ours stay blank. A file that does not begin
 * with our first two columns, or is no regular file, is refused and left as it
 * is. BW_IO: said in diags as output.
 */
bw_status bw_history_append(const char *path, const bw_history_value *value,
                            int n, bw_diags *diags);

#endif
