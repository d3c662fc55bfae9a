/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The CSV files of a plan, each into a buffer. Columns are those of
 * product.md; amounts are exact decimals; what does not apply is blank. */
#ifndef BW_TABLES_H
#define BW_TABLES_H

#include "csv_write.h"
#include "figures.h"

/** One line per account, in input order. */
void bw_write_assignments(const bw_figures *figures, bw_csv *csv);
/** The lines of accounts that changed hands, by falling revenue, then id; a
 * last column says whether the owner could not have kept the account.
 * BW_NOMEM. */
bw_status bw_write_moves(const bw_figures *figures, bw_csv *csv);
/** Serving reps, then leaving ones. */
void bw_write_territories(const bw_figures *figures, bw_csv *csv);
void bw_write_segments(const bw_figures *figures, bw_csv *csv);
void bw_write_rejected(const bw_problem *problem, bw_csv *csv);
/** Every price, kind "rep". */
void bw_write_certificate(const bw_figures *figures, bw_csv *csv);
/** What the searched bound rests on; the header alone where the certificate's
 * bound is the best. */
void bw_write_clusters(const bw_figures *figures, bw_csv *csv);

/** Cells: kilometres to 1/10,000, blank for NaN; a price, exact. */
void bw_write_km(bw_csv *csv, double km);
void bw_write_price(bw_csv *csv, int64_t price);

#endif
