/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The folder of a plan, read back: tables that know their places, and the
 * plan and the certificate that they claim. */
#ifndef BW_PLAN_READ_H
#define BW_PLAN_READ_H

#include "bw/problem.h"
#include "csv_read.h"
#include "decimal.h"
#include "json.h"

/** clusters.csv; n 0: nothing was searched, and there are no arrays. */
typedef struct bw_plan_clusters {
    int32_t n;
    int32_t *of_rep;     /* [n_serving] from 0 */
    int64_t *unit_price; /* [accounts] quanta; BW_NO_LOW: no row */
    bw_wide *bound;      /* [n] fine money */
    uint8_t *closed;     /* [n] 1: it says yes */
    int64_t *row;        /* [n] in the table */
    int64_t *rep_row;    /* [n_serving] */
    int64_t *unit_row;   /* [accounts] -1: none */
} bw_plan_clusters;

typedef struct bw_plan_tables {
    bw_table *assignments, *territories, *segments;
    /* NULL: nothing but headers */
    bw_table *certificate, *clusters, *moves, *rejected;
    bw_source *sources[8];
    const bw_source *summary_text, *moves_text, *rejected_text;
    bw_json *summary;
    int32_t *rep;         /* [accounts] serving reps */
    int64_t *account_row; /* [accounts] in assignments */
    int64_t *rep_row;     /* [reps] in territories */
    int64_t *price;       /* [n_serving * n_balances] price units */
    int64_t *unit_price;  /* [accounts] as bw_claim has it; NULL: none */
    bw_plan_clusters searched;
} bw_plan_tables;

/**
 * Reads all tables of a plan and its summary.json. BW_IO: a file is not there;
 * BW_INVALID: a file is no table, or it does not speak of these accounts and
 * reps, each once: diagnostics, of the code verify-mismatch where the file can
 * be read as such.
 */
bw_status bw_plan_tables_read(const char *dir, const bw_problem *problem,
                              bw_diags *diags, bw_plan_tables **tables);
/** Only prices and unit_price, of another table of the form of a certificate.
 */
bw_status bw_plan_proof_read(const char *path, const bw_problem *problem,
                             bw_diags *diags, bw_plan_tables **tables);
void bw_plan_tables_free(bw_plan_tables *tables);

#endif
