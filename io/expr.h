/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Expressions of scenario files: XPath 1.0 over one row (`$industry = 'Bank'`)
 * or over an account and a rep (`$country = $rep.country`). libxml2 evaluates;
 * before that they are parsed and typed here, so that a column that is not
 * there, a function that is not there, and text compared with a number are
 * found with their place instead of quietly giving false. No location paths,
 * no document(). */
#ifndef BW_EXPR_H
#define BW_EXPR_H

#include "bw/scenario.h"
#include "expr_scope.h"

typedef struct bw_expr bw_expr;

/**
 * Parses and types an expression. `rep` NULL: over one row of `account` (or of
 * any other table). `account` NULL: over reps alone (rep-where), where `$name`
 * and `$rep.name` are the same, of_rep is always true. Both: `$name` is the
 * account's, `$rep.name` and rep-col('any name') the rep's. `want`: the type
 * that the result must have (BW_BOOLEAN for where and pair; BW_NUMBER or
 * BW_TEXT for values). All faults of the expression are reported, at the column
 * of the attribute's value where they stand. The scopes must outlive the
 * expression.
 */
bw_status bw_expr_new(const bw_attr *text, const bw_scope *account,
                      const bw_scope *rep, bw_type want, bw_diags *diags,
                      bw_expr **expr);
void bw_expr_free(bw_expr *expr);

/** The variables used: index into the scope's list; `of_rep` picks which. */
int32_t bw_expr_used(const bw_expr *expr, bool of_rep, const int32_t **index);

/** One value, by type. Text is borrowed for the evaluation. Blank numbers are
 * NaN, blank texts "". */
typedef struct bw_value {
    double number;
    const char *text;
} bw_value;

/** Gives the value of variable `index` of the account's (of_rep false) or the
 * rep's row. */
typedef bw_value bw_lookup(void *data, bool of_rep, int32_t index);

/** Evaluates for the row that `lookup` answers for. BW_NOMEM, BW_INTERNAL. */
bw_status bw_expr_truth(bw_expr *expr, bw_lookup *lookup, void *data,
                        bool *result);
bw_status bw_expr_number(bw_expr *expr, bw_lookup *lookup, void *data,
                         double *result);
/** For BW_TEXT; valid until the next evaluation or bw_expr_free. */
bw_status bw_expr_text(bw_expr *expr, bw_lookup *lookup, void *data,
                       const char **result);

#endif
