/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Large instances with coordinates only. */
#ifndef ROWS_FROM_MAP_H
#define ROWS_FROM_MAP_H

#include "bw/instance.h"

/** The problem under it lives as long as the program. */
bw_instance *instance_of_map(int32_t n_accounts, int32_t n_reps, uint64_t seed);

#endif
