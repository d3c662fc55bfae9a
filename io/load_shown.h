/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Loading with a line on the terminal where it takes long. */
#ifndef BW_LOAD_SHOWN_H
#define BW_LOAD_SHOWN_H

#include "bw/load.h"

#include <stdbool.h>

/** bw_problem_load; on a terminal, unless quiet, stderr tells how far it is. */
bw_status bw_load_shown(const bw_scenario *scenario, bool quiet,
                        bw_diags *diags, bw_problem **problem);

#endif
