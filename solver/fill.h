/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A whole plan from prices in two looks at the arcs or so: for plans so large
 * that exchanges of units cannot be gone through. Loads grow evenly, then
 * single units move while that pays. */
#ifndef BW_FILL_H
#define BW_FILL_H

#include "net.h"

#include <stdatomic.h>

/** rep[n_units]: each pair an arc. *work grows by what it took. Stops early, at
 * a whole plan, when *stop is set. BW_NOMEM. */
bw_status bw_fill(const bw_net *net, const atomic_int *stop, int32_t *rep,
                  int64_t *work);

#endif
