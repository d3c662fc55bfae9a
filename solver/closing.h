/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The last part of a run: a bound beyond the linear relaxation, from the final
 * plan. What the plan costs above the relaxation shrinks as the search goes on,
 * and the clusters' programs with it, so this comes after the search. */
#ifndef BW_CLOSING_H
#define BW_CLOSING_H

#include "cluster.h"
#include "work.h"

/** The seconds that the search may use of a run of so many. */
double bw_closing_search_seconds(double seconds);

/**
 * plan: complete, inside every hard limit, certified. `search_work` is what
 * the search spent; without a time limit a quarter of it goes into the bound,
 * else `part` of the time that is left.
 * *clusters as bw_clusters_new gives it.
 */
bw_status bw_closing_run(bw_work *work, const bw_settings *settings,
                         double part, const bw_plan *plan, int64_t search_work,
                         bw_clusters **clusters);

#endif
