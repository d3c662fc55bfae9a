/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Candidates that are no rows of the reps file: from a file of their own, or
 * made from where the accounts are. They become <add-rep> of the scenario, so
 * that it says itself, written out, which ones there were. */
#ifndef BW_CANDIDATES_H
#define BW_CANDIDATES_H

#include "bw/load.h"

/** Adds them to the scenario's changes; BW_OK at once where <positions> asks
 * for none. Diagnostics as when a table is read; for candidates="auto" the
 * scenario is loaded once without. BW_INVALID, BW_IO. */
bw_status bw_candidates_add(bw_scenario *scenario, bw_diags *diags);

#endif
