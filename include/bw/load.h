/* SPDX-License-Identifier: GPL-3.0-or-later */
/** From files to a problem. */
#ifndef BW_LOAD_H
#define BW_LOAD_H

#include "bw/problem.h"
#include "bw/watch.h"

/** Reads and checks a scenario file and those that it extends, no table.
 * BW_INVALID: see diags. */
bw_status bw_scenario_load(const char *path, bw_diags *diags,
                           bw_scenario **scenario);

/**
 * Reads the tables that the scenario names, binds columns, evaluates every
 * expression and checks every row: all faults, not the first. BW_INVALID when
 * there is an error among them. The problem borrows the scenario.
 */
bw_status bw_problem_load(const bw_scenario *scenario, bw_diags *diags,
                          bw_problem **problem);
/** The same, telling somebody how far the reading of the files is. */
bw_status bw_problem_load_watched(const bw_scenario *scenario,
                                  const bw_load_watch *watch, bw_diags *diags,
                                  bw_problem **problem);

#endif
