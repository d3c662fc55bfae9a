/* SPDX-License-Identifier: GPL-3.0-or-later */
/** First prices in milliseconds: ascent on a smoothed Lagrangian over arcs. */
#ifndef BW_ASCENT_H
#define BW_ASCENT_H

#include "arcs.h"
#include "clockwork.h"

typedef struct bw_ascent_settings {
    int passes;
    double hot, cold; /* temperatures at the first and last pass, as parts of
                       * the mean least cost */
    double damping;   /* part of a Newton step that is taken */
    int threads;
} bw_ascent_settings;

/** Raises the prices from where they stand; it ends as the best
 * prices met, and *value what they are worth over the arcs. */
bw_status bw_ascend(const bw_view *view, const bw_arcs *arcs,
                    const bw_ascent_settings *settings,
                    const bw_clockwork *clockwork, double *price,
                    double *value);

#endif
