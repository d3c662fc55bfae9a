/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Single lines of files, read again for messages about them. */
#ifndef BW_SOURCE_LINE_H
#define BW_SOURCE_LINE_H

#include "buf.h"
#include "source.h"

#include <stdint.h>
#include <stdio.h>

/** Where the reading stands; start zeroed but for `diags`. Asking in ascending
 * order of lines reads each file once. */
typedef struct bw_line_reader {
    const bw_diags *diags; /* they know how files are written; borrowed */
    FILE *file;            /* of plain UTF-8 */
    bw_source *source;     /* of any other: the whole file, converted */
    const char *name;      /* of it, borrowed; NULL: none */
    uint32_t line;         /* the one in `text`; 0: none yet */
    bw_buf text; /* without its line end and without a byte-order mark */
} bw_line_reader;

/** Makes `text` the line (from 1) of the file. False: there is no such line, it
 * cannot be read, it is longer than a message can use, or memory is short. Only
 * plain files are opened: another would be waited for. */
bool bw_line_read(bw_line_reader *reader, const char *name, uint32_t line);
void bw_line_close(bw_line_reader *reader);

#endif
