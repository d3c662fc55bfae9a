/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Figures too large for exact arithmetic. */
#ifndef BW_SIZES_H
#define BW_SIZES_H

#include "build.h"

/** Reports accounts, or all of them together, whose hours or money 64 bits of
 * quanta may not hold (field-range): BW_INVALID. The segments must stand. */
bw_status bw_sizes_check(bw_build *build);

#endif
