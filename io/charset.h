/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The character encodings that input files may have, and their names. */
#ifndef BW_CHARSET_H
#define BW_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

typedef enum bw_charset_family {
    BW_FAMILY_UTF8,
    BW_FAMILY_UTF16,
    BW_FAMILY_UTF32,
    BW_FAMILY_WINDOWS_1252,
    BW_FAMILY_ISO_8859_1,
    BW_FAMILY_GB18030
} bw_charset_family;

typedef struct bw_charset {
    const char *name; /* ours; iconv knows it too, but for the two below */
    bw_charset_family family;
    size_t unit;      /* bytes that come together: 1, 2 or 4 */
    const char *mark; /* what files of it may begin with; NULL: nothing. UTF-16
                       * and UTF-32 without an end have none: the mark, or the
                       * text, decides which of the two they are. */
    size_t mark_len;
} bw_charset;

extern const bw_charset bw_utf8, bw_utf16le, bw_utf16be, bw_utf32le, bw_utf32be,
    bw_windows_1252, bw_gb18030;

/** By name or alias, without regard to case, - and _; NULL: not known. */
const bw_charset *bw_charset_named(const char *name);
/** The one whose mark the bytes begin with; NULL: none. */
const bw_charset *bw_charset_marked(const char *bytes, size_t len);
/** May a file that is declared as this have the mark of that? */
bool bw_charset_allows(const bw_charset *declared, const bw_charset *marked);
/** "UTF-8, UTF-16 ... or GB18030" */
const char *bw_charset_list(void);

#endif
