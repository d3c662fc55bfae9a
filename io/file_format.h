/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Files that are no tables in text, known by how they begin. */
#ifndef BW_FILE_FORMAT_H
#define BW_FILE_FORMAT_H

#include <stddef.h>

typedef struct bw_file_format {
    const char *what;   /* "an .xls workbook" */
    const char *advice; /* what to do */
} bw_file_format;

/** Of the bytes on disk, or unpacked; NULL: none of those that are known. */
const bw_file_format *bw_file_format_of(const char *bytes, size_t len);
/** Of text: web pages and the like. NULL: none. */
const bw_file_format *bw_text_format_of(const char *text, size_t len);

#endif
