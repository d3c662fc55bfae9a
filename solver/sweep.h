/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The last look: every unit against every rep that may serve it, arcs or not,
 * in exact arithmetic. */
#ifndef BW_SWEEP_H
#define BW_SWEEP_H

#include "incumbent.h"
#include "work.h"

/** Moves single units while that improves the incumbent, a few passes at
 * most. Gives up when the run is stopped. */
bw_status bw_sweep(bw_work *work, bw_incumbent *incumbent);

#endif
