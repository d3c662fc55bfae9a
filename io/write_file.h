/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bytes to a file, every one of them or an error: errno says why. */
#ifndef BW_WRITE_FILE_H
#define BW_WRITE_FILE_H

#include "bw/status.h"

#include <stdbool.h>
#include <stddef.h>

/** Opens it for writing, empty; BW_IO: *file is -1. */
bw_status bw_file_create(const char *path, int *file);
bw_status bw_file_add(int file, const char *text, size_t len);
/** Closes it. `whole`: all went well so far, so that the bytes are brought to
 * the disk first; late errors are found there. Errno of an earlier error stays
 * when not `whole`. */
bw_status bw_file_close(int file, bool whole);

#endif
