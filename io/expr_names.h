/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The names in an expression: columns and functions. */
#ifndef BW_EXPR_NAMES_H
#define BW_EXPR_NAMES_H

#include "expr_state.h"

/** `$name`: looked up in the scopes, put out, or reported. */
bw_kind bw_names_variable(bw_parser *parser, bw_token token);
/** col('any header') and rep-col('any header'); `literal` with quotes. */
bw_kind bw_names_column(bw_parser *parser, bool of_rep, bw_token literal);

/** A function; NULL: there is none of that name, which was reported. */
typedef struct bw_function bw_function;
const bw_function *bw_names_function(bw_parser *parser, bw_token name);
/** What libxml2 knows it as. */
const char *bw_function_xpath(const bw_function *function);
/** Checks the n-th argument (from 1) and, at the end, their number. */
void bw_function_argument(bw_parser *parser, const bw_function *function, int n,
                          bw_part argument);
bw_kind bw_function_end(bw_parser *parser, const bw_function *function, int n,
                        size_t at);

#endif
