/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Parses and types an expression: XPath 1.0 without location paths, and
 * stricter: XPath would turn any value into any type in silence. */
#ifndef BW_EXPR_PARSE_H
#define BW_EXPR_PARSE_H

#include "expr_state.h"

/** Scopes, `want` and faults as for bw_expr_new(). The caller frees `parsed`,
 * which starts zeroed, also after a failure. */
typedef struct bw_expr_task {
    const bw_attr *attr;
    const bw_scope *account, *rep;
    bw_type want;
    bw_diags *diags;
} bw_expr_task;
bw_status bw_expr_parse(const bw_expr_task *task, bw_parsed *parsed);

#endif
