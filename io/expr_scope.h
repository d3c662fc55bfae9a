/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What an expression can name, and the types of its values. */
#ifndef BW_EXPR_SCOPE_H
#define BW_EXPR_SCOPE_H

#include <stdint.h>

typedef enum bw_type {
    BW_TEXT,
    BW_NUMBER,
    BW_BOOLEAN,
    BW_UNTYPED /* a column whose fault was reported: the expression is invalid
                * without another word */
} bw_type;

/** A column that an expression can name. `rep.` names belong to reps: in an
 * expression over both rows they are looked up in the second scope. */
typedef struct bw_variable {
    const char *name;
    bw_type type;      /* BW_TEXT, BW_NUMBER, BW_UNTYPED */
    const char *twins; /* "2 and 7": several columns have the name, so that an
                        * expression cannot use it; NULL: one has */
} bw_variable;

/** The columns that there are, sorted by the caller as it likes. Names may be
 * reached as `$name` where they are XML names, and as col('any name'). */
typedef struct bw_scope {
    const char *what;            /* "accounts.csv": for messages */
    const bw_variable *variable; /* [n] */
    int32_t n;
} bw_scope;

#endif
