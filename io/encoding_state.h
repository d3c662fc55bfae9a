/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A file while its encoding is settled. */
#ifndef BW_ENCODING_STATE_H
#define BW_ENCODING_STATE_H

#include "bw/scenario.h"
#include "bw/watch.h"
#include "bytes.h"
#include "charset.h"
#include "lines.h"

typedef struct bw_encoding {
    const char *name;        /* of the file, in diagnostics */
    const bw_attr *declared; /* encoding=; NULL or its text NULL: none */
    bool only_utf8; /* nothing else is read; `declared` is not looked at */
    bool lenient;   /* what is no text is passed over, and nothing is told */
    const bw_load_watch *watch;
    bw_diags *diags;

    bw_bytes bytes; /* in: the file's; out: UTF-8, but for a mark before */
    bw_lines lines; /* out: the text, without its mark; borrows `bytes` */
    const bw_charset *charset; /* out; NULL: not settled */
    bool valid;                /* known to be UTF-8 without NUL, all of it */
    const char *reason;        /* out: why it is this one, "its mark" */
} bw_encoding;

#endif
