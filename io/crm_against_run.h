/* SPDX-License-Identifier: GPL-3.0-or-later */
/** `bailiwick audit --against` from its options to its exit code. */
#ifndef BW_CRM_AGAINST_RUN_H
#define BW_CRM_AGAINST_RUN_H

#include "crm_against.h"

typedef struct bw_against_run {
    bw_against_order order;
    const char *rows; /* file; NULL: none */
    bool spreadsheet; /* rows are written to be opened by one */
    bool json, quiet, all_errors;
} bw_against_run;

/** Compares, prints the report on stdout and what is wrong on stderr; the exit
 * code: 0 all took, 2 not so or rejected, 4 file or memory. */
int bw_against_report(const bw_against_run *run);

#endif
