/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A file written as it grows and put in place at the end, for output that is
 * too large for memory. Numbers are exact and locale-free. */
#ifndef BW_STREAM_H
#define BW_STREAM_H

#include "bw/diag.h"
#include "bw/quantum.h"

#include <stdbool.h>

typedef struct bw_stream bw_stream;

/** Starts a file that will stand at `path`: until it is finished, an earlier
 * one stays as it is. A device, a pipe or a link is written to directly.
 * BW_IO: said in diags. */
bw_status bw_stream_open(const char *path, bw_diags *diags, bw_stream **stream);

/** The first failure sticks; everything after it is ignored. */
void bw_stream_add(bw_stream *stream, const char *text, size_t len);
void bw_stream_text(bw_stream *stream, const char *text);
void bw_stream_char(bw_stream *stream, char c);
void bw_stream_int(bw_stream *stream, int64_t value);
/** value / 10^places as a decimal without trailing zeros. */
void bw_stream_fixed(bw_stream *stream, bw_wide value, int places);

/** True once anything failed: a long writer may stop early. */
bool bw_stream_failed(const bw_stream *stream);

/** Writes what is left and puts the file in place; BW_IO when any byte did not
 * get there, said in diags, and the earlier file stands. Frees the stream. */
bw_status bw_stream_finish(bw_stream *stream, bw_diags *diags);
/** Takes away what was written. NULL is fine. Frees the stream. */
void bw_stream_abandon(bw_stream *stream);

#endif
