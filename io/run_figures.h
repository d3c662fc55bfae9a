/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Figures of a plan for comparing it with others. */
#ifndef BW_RUN_FIGURES_H
#define BW_RUN_FIGURES_H

#include "json.h"
#include "today.h"

/**
 * Adds the members "plan", "today" and "tightest" to an open object.
 *
 * Of the plan, and of today's owners against the same bands: per measure the
 * worst and the mean deviation of a rep from the middle of its band, or from
 * its only limit, as fractions, over the reps that have one; the reps outside
 * it; then the reps outside any band, and the accounts that they have.
 *
 * The tightest limit is the side of a band, or the budget, of which one per
 * cent more would be worth most by its price in the certificate: prices of
 * different measures can only be compared like that. Ties: the first rep and
 * measure, bands before budgets. No member where all prices are 0.
 */
void bw_run_figures(const bw_figures *figures, const bw_today *today,
                    bw_json_out *json);

#endif
