/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Diagnostics as one text, to compare: "4:11 xml-schema; 5:3 rule-empty". */
#ifndef SAID_H
#define SAID_H

#include "bw/diag.h"

#include <stdio.h>
#include <string.h>

typedef struct said_text {
    char text[4096];
} said_text;

static inline said_text said_of(bw_diags *diags)
{
    said_text f = {""};
    for (size_t i = 0; i < bw_diags_kept(diags); i++) {
        const bw_diag *d = bw_diags_at(diags, i);
        size_t at = strlen(f.text);
        snprintf(f.text + at, sizeof f.text - at, "%s%u:%u %s", at ? "; " : "",
                 d->place.line, d->place.column, bw_code_text(d->code));
    }
    return f;
}

/** Does a kept text hold these words? */
static inline int said(bw_diags *diags, const char *words)
{
    for (size_t i = 0; i < bw_diags_kept(diags); i++)
        if (strstr(bw_diags_at(diags, i)->text, words))
            return 1;
    return 0;
}

#endif
