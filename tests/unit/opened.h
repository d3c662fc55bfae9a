/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Opens bytes as a table in any encoding, for the tests of encodings. */
#ifndef TESTS_OPENED_H
#define TESTS_OPENED_H

#include "said.h"
#include "source.h"

typedef struct opened {
    bw_source *source;
    bw_status status;
    bw_diags *diags;
} opened;

static inline opened open_as(const void *data, size_t len, const char *encoding)
{
    const bw_attr declared = {.text = encoding, .place = {"s.xml", 2, 5}};
    const bw_source_how how = {.encoding = &declared};
    opened o = {.diags = bw_diags_new()};
    o.status =
        bw_source_from_table(data, len, "t.csv", &how, o.diags, &o.source);
    assert_int_equal(o.status == BW_OK, o.source != NULL);
    assert_int_equal(bw_diags_count(o.diags, BW_ERROR) > 0, o.source == NULL);
    return o;
}

static inline void shut(opened *o)
{
    bw_source_free(o->source);
    bw_diags_free(o->diags);
}

static inline void assert_read(const void *data, size_t len,
                               const char *declared, const char *encoding,
                               const char *text)
{
    opened o = open_as(data, len, declared);
    assert_int_equal(o.status, BW_OK);
    assert_string_equal(bw_source_encoding(o.source), encoding);
    assert_string_equal(bw_source_text(o.source, NULL), text);
    shut(&o);
}

/* The only diagnostics, as "line:column code", and words of one of them. */
static inline void assert_refused(const void *data, size_t len,
                                  const char *declared, const char *places,
                                  const char *words)
{
    opened o = open_as(data, len, declared);
    assert_int_equal(o.status, BW_INVALID);
    assert_string_equal(said_of(o.diags).text, places);
    if (!said(o.diags, words))
        fail_msg("\"%s\" is not said in: %s", words,
                 bw_diags_at(o.diags, 0)->text);
    shut(&o);
}

#endif
