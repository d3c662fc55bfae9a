/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The words of an XPath 1.0 expression, and where they stand in the file. */
#ifndef BW_EXPR_TOKEN_H
#define BW_EXPR_TOKEN_H

#include "bw/scenario.h"

#include <stddef.h>

typedef enum bw_token_kind {
    BW_TOKEN_END,
    BW_TOKEN_NUMBER,
    BW_TOKEN_LITERAL,  /* with its quotes */
    BW_TOKEN_NAME,     /* function, or operator in letters */
    BW_TOKEN_VARIABLE, /* with its $ */
    BW_TOKEN_SIGN,     /* = != < <= > >= + - * ( ) , */
    BW_TOKEN_PATH,     /* what only location paths have: / . @ [ ] | :: */
    BW_TOKEN_OPEN,     /* a literal that is not closed */
    BW_TOKEN_STRANGE   /* nothing that XPath knows */
} bw_token_kind;

typedef struct bw_token {
    bw_token_kind kind;
    size_t at, len; /* bytes of the text */
} bw_token;

/** The first token at or behind offset `at`. */
bw_token bw_token_next(const char *text, size_t at);

/** Where an offset of the attribute's text stands in the file: exact also
 * behind references (`&lt;`) and line breaks. */
bw_place bw_token_place(const bw_attr *attr, size_t offset);

/** Is the text a name that can stand behind a `$`? */
bool bw_token_is_name(const char *text);

#endif
