/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Tables of text for the tests of the CRM export: read byte by byte, so that
 * an importer's own rules (marks, line ends, blanks beside quotes) can be
 * judged. No code of the program is used. */
#ifndef TESTS_CRM_SHEET_H
#define TESTS_CRM_SHEET_H

#include "../rows/keep.h"

#include <stddef.h>

typedef struct sheet {
    char ***cell;    /* [n][width of the row]; row 0 is the header */
    int *width;      /* [n] */
    int *stray;      /* [n] text beside a quote in that row */
    int n, room;     /* rows, header included */
    int mark;        /* began with a byte-order mark of UTF-8 */
    long lf, crlf;   /* line ends outside quotes */
    int open;        /* ended within quotes */
    int blank_lines; /* that were left out */
    size_t bytes;
} sheet;

/** printf into kept memory. */
__attribute__((format(printf, 1, 2))) char *textf(const char *format, ...);

/** The bytes of a file with a 0 behind, or NULL. */
char *read_bytes(const char *path, size_t *len);
/** Rows of cells. A mark is taken off and noted. */
sheet *sheet_parse(const char *bytes, size_t len, char separator);
/** NULL where the file cannot be read. */
sheet *sheet_read(const char *path, char separator);
sheet *sheet_new(void);
/** Adds an empty row of that many cells; returns its number. */
int sheet_add(sheet *table, int width);
void sheet_drop(sheet *table, int row);
/** The column of that very header, or -1. */
int sheet_column(const sheet *table, const char *header);
/** "" where there is none. */
const char *sheet_at(const sheet *table, int row, int column);
/** By header; "" where there is none. */
const char *sheet_get(const sheet *table, int row, const char *header);
void sheet_set(sheet *table, int row, const char *header, const char *text);
/** The first row (from 1) that has this text under the header; 0: none. */
int sheet_find(const sheet *table, const char *header, const char *text);
/** 0: written. */
int sheet_save(const sheet *table, const char *path);

#endif
