/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Exact decimals back into fixed point: what our own tables write. */
#ifndef BW_DECIMAL_H
#define BW_DECIMAL_H

#include "bw/quantum.h"

#include <stdbool.h>
#include <stddef.h>

/** A decimal of at most 28 digits before the point and 10 after it (more only
 * where they are 0), without exponent, as fine money. False: it is none. */
bool bw_decimal_fine(const char *text, size_t len, bw_wide *fine);

#endif
