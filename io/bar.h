/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A load drawn against its band: ####|###..|.... is inside, ####|#####|## is
 * over, ###.|.....|.... short. */
#ifndef BW_BAR_H
#define BW_BAR_H

#include "buf.h"
#include "figures.h"

enum {
    BW_BAR_COLUMNS = 15 /* 4 below the band, its edges, 5 inside, 4 above */
};

/** The two edges of the band always stand in the same columns, so the eye can
 * go down the list; a cell below or above is worth a quarter of the band's
 * width (of a tenth of the limit, where the band has no width or one side).
 * With an upper limit alone (or above 0), nine cells go from nothing up to it.
 */
void bw_bar(bw_buf *buf, const bw_fit *fit, bool utf8);

/** The load as a share of the band's middle, or of its only limit (a lower one
 * of 0 beside an upper one is none); NaN where that is 0 or not there. */
double bw_fit_share(const bw_fit *fit);

#endif
