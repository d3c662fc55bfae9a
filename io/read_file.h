/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A file's bytes, all of them, as they are on disk. */
#ifndef BW_READ_FILE_H
#define BW_READ_FILE_H

#include "bw/diag.h"
#include "bw/watch.h"
#include "bytes.h"

/** Reads a plain file, or a pipe, to its end; `name` is what diagnostics call
 * it. BW_IO: it is missing or cannot be read. BW_INVALID: it changed
 * meanwhile. Both are told. `bytes` starts zeroed and is freed by the caller
 * whatever comes. */
bw_status bw_file_read(const char *path, const char *name,
                       const bw_load_watch *watch, bw_diags *diags,
                       bw_bytes *bytes);

/** Before a file is opened that a scenario names: BW_IO where it is missing or
 * no file that may be read, told at `place`, where its name stands. BW_OK at
 * once for a place without a line: no scenario names it. */
bw_status bw_file_named(const char *path, bw_place place, bw_diags *diags);

#endif
