/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Diagnostics: what is wrong with the input, where, and what to do. They are
 * collected, sorted and counted here; printing is io's work. */
#ifndef BW_DIAG_H
#define BW_DIAG_H

#include "bw/codes.h"
#include "bw/status.h"

#include <stddef.h>
#include <stdint.h>

typedef enum bw_severity {
    BW_NOTE,
    BW_WARNING,
    BW_ERROR
} bw_severity;

/** Where something stands. Lines and columns count from 1; columns count
 * characters (code points), tabs as one. 0: unknown. file NULL: none. */
typedef struct bw_place {
    const char *file;
    uint32_t line, column;
} bw_place;

enum {
    BW_PLACE_TEXT = 300
};
/** For texts that speak of a second place: "line 7", or "base.xml:7" where it
 * is not in the file `home` (NULL: it is). Returns `out`. */
const char *bw_place_text(bw_place place, const char *home,
                          char out[BW_PLACE_TEXT]);

typedef struct bw_diag {
    bw_severity severity;
    bw_code code;
    bw_place place;   /* file text owned by the bw_diags */
    const char *text; /* one sentence: the value found, the rule, what to do */
} bw_diag;

typedef struct bw_diags bw_diags;

bw_diags *bw_diags_new(void); /* NULL when memory is short */
void bw_diags_free(bw_diags *diags);

/**
 * Adds a record; the text is formatted as by printf and copied, the file name
 * too. Cannot fail: when memory is short, or after 1,000 records of one code,
 * the text goes and the count stays. diags NULL: nothing happens.
 */
__attribute__((format(printf, 5, 6))) void
bw_diag_add(bw_diags *diags, bw_severity severity, bw_code code, bw_place place,
            const char *format, ...);

/** One record that speaks of `count` cases of its code at once: it is one of
 * its severity, and `count` of its code. The place is the first case's. */
__attribute__((format(printf, 6, 7))) void
bw_diag_add_many(bw_diags *diags, bw_severity severity, bw_code code,
                 bw_place place, size_t count, const char *format, ...);

/** One more case that a record added before speaks of: it is counted among its
 * code and shown to whoever looks on, and makes no record. */
void bw_diag_also(bw_diags *diags, bw_severity severity, bw_code code,
                  bw_place place);

/** Calls `seen` for every record added from now on, kept or not. The name of
 * the file is the collection's copy and lives as long as it; it is "" where
 * memory is short. */
typedef void bw_diag_seen(void *data, bw_severity severity, bw_code code,
                          bw_place place);
void bw_diags_watch(bw_diags *diags, bw_diag_seen *seen, void *data);

/** All that were added, kept or not, of this severity. */
size_t bw_diags_count(const bw_diags *diags, bw_severity severity);
/** All that were added, kept or not, of this code; records of many as often as
 * they say. */
size_t bw_diags_count_code(const bw_diags *diags, bw_code code);

/** Remembers how a file is written, so that its lines can be shown: the name of
 * an encoding, a constant, for a file that is not plain UTF-8 with line feeds.
 * Forgotten when memory is short. diags NULL: nothing happens. */
void bw_diags_written(bw_diags *diags, const char *file, const char *encoding);
/** NULL: nothing was said about this file. */
const char *bw_diags_encoding(const bw_diags *diags, const char *file);
/** Likewise what separates its fields; a comma where nothing was said. */
void bw_diags_separated(bw_diags *diags, const char *file, char separator);
char bw_diags_separator(const bw_diags *diags, const char *file);

/** The kept records, sorted by file (in order of first mention), line,
 * column, then order of arrival. */
size_t bw_diags_kept(bw_diags *diags);
const bw_diag *bw_diags_at(bw_diags *diags, size_t index);

#endif
