/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where things stand in XML text. libxml2 says what a document holds, not
 * where: an element's line is that of its tag's end, attributes have none. But
 * without a DOCTYPE the n-th start tag of the text is the n-th element of the
 * document, so a scan of the text that must already be well-formed gives every
 * place exactly. UTF-8; offsets are bytes. */
#ifndef BW_XML_TAGS_H
#define BW_XML_TAGS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bw_span {
    size_t at, len;
} bw_span;

/** Start with `at` 0. */
typedef struct bw_tags {
    const char *text;
    size_t len, at;
} bw_tags;

/** The name of the next start tag; `<` stands before it. False: no more. */
bool bw_tags_next(bw_tags *tags, bw_span *name);
/** The next attribute of the tag just found; the value is without quotes. */
bool bw_tags_attr(bw_tags *tags, bw_span *name, bw_span *value);

/** The first character of an element that is neither blank nor markup, given
 * the offset of its `<`; that offset itself when there is none. */
size_t bw_tags_stray(const char *text, size_t len, size_t start);

/** Before parsing, on any text: the offset of a DOCTYPE, and the value of the
 * declaration's encoding. False: there is none. */
bool bw_tags_doctype(const char *text, size_t len, size_t *at);
bool bw_tags_encoding(const char *text, size_t len, bw_span *value);

#endif
