/* SPDX-License-Identifier: GPL-3.0-or-later */
/** assignments.csv of a plan that needs no inputs to be understood: which
 * account is with whom, and what it is worth. */
#ifndef BW_ASSIGNED_H
#define BW_ASSIGNED_H

#include "bw/quantum.h"
#include "csv_table.h"

typedef struct bw_assigned bw_assigned;

/** BW_IO: there is no such file; BW_INVALID: it is not such a table. Nothing is
 * told. `findable`: accounts can be looked up by id. */
bw_status bw_assigned_read(const char *dir, bool findable,
                           bw_assigned **assigned);
void bw_assigned_free(bw_assigned *assigned);

int64_t bw_assigned_rows(const bw_assigned *assigned);
bw_cell bw_assigned_account(const bw_assigned *assigned, int64_t row);
bw_cell bw_assigned_rep(const bw_assigned *assigned, int64_t row);
bw_wide bw_assigned_revenue(const bw_assigned *assigned, int64_t row); /* fine
                                                                        */
/** Row of the account; -1: it is not there. */
int64_t bw_assigned_find(const bw_assigned *assigned, const char *id,
                         size_t len);

#endif
