/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bands: what each rep should hold of each measure. */
#ifndef BW_BAND_H
#define BW_BAND_H

#include "build.h"

/** What a target that is shared out gives a rep his part by (`capacity`: his
 * target itself): F, for all but `equal` times his capacity. */
double bw_band_weight(const bw_balance *balance, const bw_reps *reps,
                      int32_t rep);

/** Fills low and high [n_reps * n_measures]; base and pairs must stand. */
bw_status bw_bands_make(bw_build *build, const bw_survey *survey);

#endif
