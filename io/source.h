/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A text file in memory, with places in it. A byte-order mark is stripped, so
 * offset 0 is the first character. Lines end with a line feed; in a text that
 * has none at all, and in a table that ends its records so, with a carriage
 * return, too. */
#ifndef BW_SOURCE_H
#define BW_SOURCE_H

#include "bw/diag.h"
#include "bw/scenario.h"
#include "bw/watch.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct bw_source bw_source;

/** Reads the whole file, which must be UTF-8. `name` (copied) is what
 * diagnostics call it. Faults (missing, unreadable, changed meanwhile, empty, a
 * NUL byte or invalid UTF-8 with its place) become diagnostics: BW_IO for those
 * of the file system, else BW_INVALID. */
bw_status bw_source_open(const char *path, const char *name, bw_diags *diags,
                         bw_source **source);
/** From bytes in memory (copied), for tests and built-in files. */
bw_status bw_source_from(const char *bytes, size_t len, const char *name,
                         bw_diags *diags, bw_source **source);

/** How a table's file is read. Zeroed: all is found out. */
typedef struct bw_source_how {
    const bw_attr *encoding;    /* declared; NULL or its text NULL: find out */
    const bw_load_watch *watch; /* NULL: nobody looks on */
    bool lenient; /* for messages: what is no text is passed over, and nothing
                   * is told */
} bw_source_how;

/** The same for files that users bring: in any encoding (bw_charset_list), with
 * or without a mark, compressed by gzip or not. The text is UTF-8, its places
 * are those of the original. Workbooks, archives and web pages are refused. */
bw_status bw_source_open_table(const char *path, const char *name,
                               const bw_source_how *how, bw_diags *diags,
                               bw_source **source);
bw_status bw_source_from_table(const char *bytes, size_t len, const char *name,
                               const bw_source_how *how, bw_diags *diags,
                               bw_source **source);
void bw_source_free(bw_source *source);

const char *bw_source_text(const bw_source *source, size_t *len);
const char *bw_source_name(const bw_source *source);
const char *bw_source_sha256(const bw_source *source); /* of the file's bytes */
/** "UTF-16LE", and why it is that: "declared", "its mark" ... Constants. */
const char *bw_source_encoding(const bw_source *source);
const char *bw_source_reason(const bw_source *source);
bool bw_source_compressed(const bw_source *source);
bool bw_source_marked(const bw_source *source); /* UTF-8 with a mark */

/** Line and column of a byte offset; logarithmic in the number of lines. */
bw_place bw_source_place(const bw_source *source, size_t offset);
/** The text of a line, counted from 1, with its end; NULL: there is none. */
const char *bw_source_line(const bw_source *source, uint32_t line, size_t *len);

#endif
