/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Does every row of every input of a plan stand in the plan, or in
 * rejected.csv? */
#ifndef TESTS_ROWS_COUNT_H
#define TESTS_ROWS_COUNT_H

/** Looks at a folder that `bailiwick plan` wrote; what does not hold is told on
 * stdout. True: all of it holds. */
int count_rows(const char *dir);

#endif
