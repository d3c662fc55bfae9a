/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Memory that lives as long as a test's own program, which ends with 4 where
 * there is none. */
#ifndef TESTS_ROWS_KEEP_H
#define TESTS_ROWS_KEEP_H

#include <stddef.h>

void *keep(size_t size); /* zeroed */
char *keep_text(const char *text, size_t len);

#endif
