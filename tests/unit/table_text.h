/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Reads texts as tables, for the tests of the forms that files have. */
#ifndef TESTS_TABLE_TEXT_H
#define TESTS_TABLE_TEXT_H

#include "csv_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct opened {
    bw_source *source;
    bw_diags *diags;
    bw_table *table;
    bw_status status;
} opened;

static inline opened read_text(const char *text, char separator)
{
    opened o = {0};
    o.diags = bw_diags_new();
    assert_int_equal(
        bw_source_from(text, strlen(text), "t.csv", o.diags, &o.source), BW_OK);
    o.status = bw_table_read_as(o.source, separator, o.diags, &o.table);
    return o;
}

static inline opened table_of(const char *text)
{
    opened o = read_text(text, 0);
    for (size_t i = 0; o.status != BW_OK && i < bw_diags_kept(o.diags); i++)
        print_message("%s\n", bw_diags_at(o.diags, i)->text);
    assert_int_equal(o.status, BW_OK);
    return o;
}

static inline void done(opened *o)
{
    bw_table_free(o->table);
    bw_source_free(o->source);
    bw_diags_free(o->diags);
}

static inline const bw_diag *only(const opened *o, bw_severity severity,
                                  bw_code code)
{
    const bw_diag *found = NULL;
    for (size_t i = 0; i < bw_diags_kept(o->diags); i++) {
        const bw_diag *d = bw_diags_at(o->diags, i);
        if (d->severity == severity && d->code == code) {
            assert_null(found);
            found = d;
        }
    }
    assert_non_null(found);
    return found;
}

#endif
