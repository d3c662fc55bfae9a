/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Tables read anew, to count their rows. No code of the program is used. */
#ifndef TESTS_ROWS_READER_H
#define TESTS_ROWS_READER_H

#include "keep.h"

#include <stddef.h>

typedef struct record {
    int line;    /* of the file, where it begins */
    char **cell; /* [n], blanks at the ends taken off; UTF-8 */
    int n;
} record;

typedef struct table {
    record *row; /* [n], the header first */
    int n, room;
} table;

/** The bytes of a file, unpacked, with a 0 behind; NULL: no such file. */
char *read_bytes(const char *path, size_t *len);
/** The same as UTF-8: by its mark, its zeros, as told, as UTF-8 where it is
 * that, else as `guess`. */
char *in_utf8(char *bytes, size_t *len, const char *told, const char *guess);
/** All records but blank lines and a first line `sep=`. separator 0: the one
 * that the first record has most of. */
table read_records(const char *text, size_t len, char separator);

#endif
