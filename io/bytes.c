/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing bytes. */
#include "bytes.h"

#include "bw/alloc.h"

#include <stdint.h>

bw_status bw_bytes_grow(bw_bytes *bytes, size_t more)
{
    if (more >= SIZE_MAX / 2 - bytes->len)
        return BW_NOMEM;
    size_t least = bytes->len + more + 1, room = bytes->room;
    if (bytes->data && least <= room)
        return BW_OK;
    if (room + room / 2 > least) /* so that many small steps cost little */
        least = room + room / 2;
    char *grown =
        bytes->data ? bw_realloc(bytes->data, least, 1) : bw_alloc(least, 1);
    if (!grown)
        return BW_NOMEM;
    bytes->data = grown;
    bytes->room = least;
    bytes->data[bytes->len] = 0;
    return BW_OK;
}

void bw_bytes_free(bw_bytes *bytes)
{
    bw_free(bytes->data);
    *bytes = (bw_bytes){NULL, 0, 0};
}
