/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A text file in memory, with places in it. A UTF-8 byte-order mark is
 * stripped, so offset 0 is the first character. */
#ifndef BW_SOURCE_H
#define BW_SOURCE_H

#include "bw/diag.h"

#include <stddef.h>

typedef struct bw_source bw_source;

/** Reads the whole file. `name` (copied) is what diagnostics call it. Faults
 * (missing, unreadable, empty, a NUL byte or invalid UTF-8 with its place)
 * become diagnostics: BW_IO for those of the file system, else BW_INVALID. */
bw_status bw_source_open(const char *path, const char *name, bw_diags *diags,
                         bw_source **source);
/** From bytes in memory (copied), for tests and built-in files. */
bw_status bw_source_from(const char *bytes, size_t len, const char *name,
                         bw_diags *diags, bw_source **source);
void bw_source_free(bw_source *source);

const char *bw_source_text(const bw_source *source, size_t *len);
const char *bw_source_name(const bw_source *source);
const char *bw_source_sha256(const bw_source *source); /* of the file's bytes */

/** Line and column of a byte offset; logarithmic in the number of lines. */
bw_place bw_source_place(const bw_source *source, size_t offset);

#endif
