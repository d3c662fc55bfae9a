/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An expression being parsed, and what comes out: text for libxml2 in which
 * every column is a variable `$vN` (slot N) and every number that libxml2
 * would not read to the last bit a variable `$cN`. So libxml2 sees no name of
 * the user's, and nothing that was not understood here. */
#ifndef BW_EXPR_STATE_H
#define BW_EXPR_STATE_H

#include "buf.h"
#include "expr_scope.h"
#include "expr_token.h"
#include "words.h"

/** What a part of an expression gives. */
typedef enum bw_kind {
    BW_KIND_TEXT = BW_TEXT,
    BW_KIND_NUMBER = BW_NUMBER,
    BW_KIND_BOOLEAN = BW_BOOLEAN,
    BW_KIND_UNKNOWN =
        BW_UNTYPED /* at fault, which was reported: fits everywhere */
} bw_kind;

/** A part of the expression: its type and its bytes of the text. */
typedef struct bw_part {
    bw_kind kind;
    size_t at, end;
} bw_part;

/** A column that is used; its number in the list is its slot. */
typedef struct bw_slot {
    bool of_rep;
    int32_t index; /* in its scope */
    bw_type type;
} bw_slot;

typedef struct bw_parsed {
    bw_buf xpath;
    bw_slot *slot; /* [n_slots] no two alike */
    int32_t n_slots, slot_room;
    double *constant; /* [n_constants] */
    int32_t n_constants, constant_room;
} bw_parsed; /* start zeroed */

typedef struct bw_parser {
    const bw_attr *attr;
    const bw_scope *account, *rep; /* one may be NULL */
    bw_diags *diags;
    bw_parsed *out;
    bw_token token; /* not yet taken */
    size_t taken;   /* end of the last token that was */
    int depth;      /* of parentheses and calls */
    int n_operators;
    size_t n_faults;
    bool broken; /* a fault of the syntax: nothing after it is looked at */
    bool nomem;
} bw_parser;

void bw_parsed_free(bw_parsed *parsed);

/** A part of the text, short enough for a message. */
const char *bw_parser_shown(const bw_parser *parser, size_t at, size_t end,
                            char out[BW_SHORT]);
/** Adds a fault at an offset of the text. */
__attribute__((format(printf, 4, 5))) void
bw_parser_fault(bw_parser *parser, size_t at, bw_code code, const char *format,
                ...);
/** Likewise, and ends parsing. Only the first one is told. */
__attribute__((format(printf, 3, 4))) void
bw_parser_syntax(bw_parser *parser, size_t at, const char *format, ...);

/** The column as a variable in the output. */
void bw_parser_slot(bw_parser *parser, bw_slot slot);
void bw_parser_constant(bw_parser *parser, double value);

const char *bw_kind_name(bw_kind kind); /* "a text", "a number" ... */

#endif
