/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Words for expressions that are not XPath. */
#ifndef BW_EXPR_SYNTAX_H
#define BW_EXPR_SYNTAX_H

#include "expr_state.h"

/** The next token cannot begin a value, though one is needed. */
void bw_syntax_no_value(bw_parser *parser);
/** The next token follows a value, but is no operator. */
void bw_syntax_no_operator(bw_parser *parser);

#endif
