/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bytes of a file on their way to text. */
#ifndef BW_BYTES_H
#define BW_BYTES_H

#include "bw/status.h"

#include <stddef.h>

/** Start zeroed. A NUL follows the bytes once there is a block. */
typedef struct bw_bytes {
    char *data;       /* [room] */
    size_t len, room; /* len < room */
} bw_bytes;

/** Room for `more` bytes and the NUL behind what is there. BW_NOMEM leaves
 * everything as it is. */
bw_status bw_bytes_grow(bw_bytes *bytes, size_t more);
void bw_bytes_free(bw_bytes *bytes);

#endif
