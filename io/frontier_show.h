/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A frontier as a table and as a chart. */
#ifndef BW_FRONTIER_SHOW_H
#define BW_FRONTIER_SHOW_H

#include "bw/frontier.h"
#include "csv_write.h"
#include "figures.h"

/** What the scenario's <frontier> moves. */
bw_lever bw_lever_of(const bw_problem *problem);

/** frontier.csv: a line a point, from tight to loose. */
void bw_write_frontier(const bw_frontier *frontier, const bw_problem *problem,
                       bw_csv *csv);

/** frontier_plans.csv: a line for each account of the first point that has a
 * plan, then one for each account that is with another rep than at the point
 * before. */
void bw_write_frontier_plans(const bw_frontier *frontier,
                             const bw_figures *figures, bw_csv *csv);

/** The same for people, with a bar a point: how far its cost lies above the
 * least of the curve. */
void bw_show_frontier(const bw_frontier *frontier, const bw_problem *problem,
                      bool utf8, bw_buf *buf);

#endif
