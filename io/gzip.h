/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Files compressed by gzip. */
#ifndef BW_GZIP_H
#define BW_GZIP_H

#include "bw/diag.h"
#include "bw/watch.h"
#include "bytes.h"

#include <stdbool.h>

/** How much a file may unpack to: at most `most` bytes, and above `free` bytes
 * at most `ratio` times its size on disk. A few kilobytes can be made to fill
 * any memory; tables seldom pack better than 1:50. */
typedef struct bw_gzip_limits {
    size_t most, free, ratio;
} bw_gzip_limits;

/** 4 GiB, 100 MB, 1,000. */
extern const bw_gzip_limits bw_gzip_limits_default;

/** By the first bytes, whatever the name says. */
bool bw_is_gzip(const char *bytes, size_t len);

/** Unpacks all members into `out` (starts zeroed; freed by the caller whatever
 * comes). BW_INVALID, told: cut off, damaged, followed by something else, or
 * beyond the limits; nothing is unpacked beyond them. */
bw_status bw_gunzip(const bw_bytes *packed, const char *name,
                    const bw_gzip_limits *limits, const bw_load_watch *watch,
                    bw_diags *diags, bw_bytes *out);

#endif
