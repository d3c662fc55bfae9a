/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds where the caller sets nothing: a gap of 0.1 %, normal effort. */
#include "bw/solve.h"

#include <math.h>

bw_settings bw_settings_default(void)
{
    return (bw_settings){.gap = 0.001,
                         .seconds = (double)INFINITY,
                         .effort = BW_EFFORT_NORMAL,
                         .seed = 1,
                         .threads = 1};
}
