/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Segments, and the calls and service hours they give each account. */
#ifndef BW_SEGMENT_H
#define BW_SEGMENT_H

#include "build.h"

/** Fills instance->segment, calls, service_hours (all [accounts]). */
bw_status bw_segments_assign(bw_build *build);

#endif
