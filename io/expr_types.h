/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What operators may join: no value becomes another type in silence. */
#ifndef BW_EXPR_TYPES_H
#define BW_EXPR_TYPES_H

#include "expr_state.h"

/** One side of `and`, `or`; of an arithmetic sign. */
void bw_types_logic(bw_parser *parser, const char *sign, bw_part side);
void bw_types_arithmetic(bw_parser *parser, const char *sign, bw_part side);
/** Both sides of = != < <= > >=. */
void bw_types_comparison(bw_parser *parser, const char *sign, bw_part left,
                         bw_part right);
/** The whole expression against what is needed where it stands. */
void bw_types_want(bw_parser *parser, bw_part whole, bw_type want);

#endif
