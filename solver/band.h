/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bands: what each rep should hold of each measure. */
#ifndef BW_BAND_H
#define BW_BAND_H

#include "build.h"

/** Fills low and high [n_reps * n_measures]; base and pairs must stand. */
bw_status bw_bands_make(bw_build *build, const bw_survey *survey);

#endif
