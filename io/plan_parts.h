/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files that read a plan back share among themselves. */
#ifndef BW_PLAN_PARTS_H
#define BW_PLAN_PARTS_H

#include "bw/problem.h"
#include "csv_read.h"
#include "index.h"

struct bw_plan_tables; /* plan_read.h, which these are the parts of */

/* What all steps of one reading need. */
typedef struct bw_plan_reading {
    const bw_problem *problem;
    bw_diags *diags;
    struct bw_plan_tables *tables;
    bw_index *accounts, *reps; /* by id */
    bool faulty;
} bw_plan_reading;

#define BW_MISMATCH(r, place, ...)                                             \
    do {                                                                       \
        bw_diag_add((r)->diags, BW_ERROR, BW_VERIFY_MISMATCH, (place),         \
                    __VA_ARGS__);                                              \
        (r)->faulty = true;                                                    \
    } while (0)

/** Numbers of the columns with these headers; false, and told, where one is
 * not there. */
bool bw_plan_columns(bw_plan_reading *r, const bw_table *table,
                     const char *const *header, int n, int32_t *column);

/** Fills price and unit_price. BW_NOMEM; faults are told. */
bw_status bw_plan_prices(bw_plan_reading *r);
/** Fills `searched`. BW_NOMEM; faults are told. */
bw_status bw_plan_clusters_read(bw_plan_reading *r);
struct bw_plan_clusters;
void bw_plan_clusters_free(struct bw_plan_clusters *clusters);

#endif
