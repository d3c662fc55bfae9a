/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Benchmark problems straight into an explicit instance, past the reading of
 * scenarios, for developers of the engine. */
#ifndef ROWS_FROM_GEN_H
#define ROWS_FROM_GEN_H

#include "bw/instance.h"

/** PREFIX_accounts.csv, PREFIX_reps.csv, PREFIX_pairs.csv, PREFIX.json. */
bw_instance *rows_from_territory(const char *prefix);
/** A generalised-assignment file: m n, costs, loads, capacities. */
bw_instance *rows_from_gap(const char *path);
/** A generalised assignment of the published recipe of type 'd' or 'e'. */
bw_instance *rows_of_type(char type, int32_t n_reps, int32_t n_units,
                          uint64_t seed);

#endif
