/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Prints diagnostics: place, sentence, code, the source line and a caret. */
#ifndef BW_SHOW_DIAG_H
#define BW_SHOW_DIAG_H

#include "bw/diag.h"

#include <stdbool.h>
#include <stdio.h>

/** All kept records when `all`, else 20 errors and warnings, one of each kind
 * and then the first, errors before warnings, and how many more. Closes with "2
 * errors in 2 files; nothing was solved." (tail is the words after the
 * semicolon; NULL: no closing line). Source lines are read from the files
 * again; where that fails, they are left out. */
void bw_show_diags(FILE *out, bw_diags *diags, bool all, const char *tail);

#endif
