/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Growing output in memory with a sticky error. Numbers are locale-free. */
#ifndef BW_BUF_H
#define BW_BUF_H

#include "bw/quantum.h"
#include "bw/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct bw_buf {
    char *text; /* NUL-terminated once anything was added; else NULL */
    size_t len, room;
    bool failed; /* memory ran out; everything after is ignored */
} bw_buf;        /* start zeroed */

void bw_buf_free(bw_buf *buf);
void bw_buf_add(bw_buf *buf, const char *text, size_t len);
void bw_buf_text(bw_buf *buf, const char *text);
__attribute__((format(printf, 2, 3))) void
bw_buf_format(bw_buf *buf, const char *format, ...);
/** Exact decimal with up to 4 places, no trailing zeros: 12.5, -3, 0.0001. */
void bw_buf_quanta(bw_buf *buf, int64_t quanta);
/** Fine money, exact, up to 10 places, no trailing zeros. */
void bw_buf_fine(bw_buf *buf, bw_wide fine);
/** Shortest decimal that reads back as the same double; NaN gives nothing. */
void bw_buf_double(bw_buf *buf, double value);

/** Writes all to a file: BW_IO when any byte did not get there (disk full and
 * late errors at fsync and close included); errno then says why. */
bw_status bw_buf_save(const bw_buf *buf, const char *path);

#endif
