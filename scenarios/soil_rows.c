/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts: read, chosen from, written. */
#include "soil.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

row rows[MOST_ROWS];
int n_rows;
static int column;

static void on_cell(void *text, size_t len, void *nothing)
{
    (void)nothing;
    if (n_rows < MOST_ROWS && column < SAMPLE_COLUMNS && len < ROOM)
        memcpy(rows[n_rows].cell[column], text, len);
    column++;
}

static void on_row(int end, void *nothing)
{
    (void)end;
    (void)nothing;
    if (column == SAMPLE_COLUMNS && n_rows < MOST_ROWS)
        n_rows++;
    column = 0;
}

void read_rows(const char *path)
{
    static char text[1 << 22];
    FILE *in = fopen(path, "r");
    size_t len = in ? fread(text, 1, sizeof text, in) : 0;
    struct csv_parser parser;
    if (len == 0 || len == sizeof text || csv_init(&parser, 0) != 0) {
        fprintf(stderr, "soil: %s could not be read\n", path);
        exit(4);
    }
    csv_parse(&parser, text, len, on_cell, on_row, NULL);
    csv_fini(&parser, on_cell, on_row, NULL);
    csv_free(&parser);
    fclose(in);
    if (n_rows < 2) {
        fprintf(stderr, "soil: %s has no rows\n", path);
        exit(4);
    }
}

void set(row *r, int at, const char *text)
{
    snprintf(r->cell[at], ROOM, "%s", text);
}

int find(const char *id)
{
    for (int i = 1; i < n_rows; i++)
        if (strcmp(rows[i].cell[ID], id) == 0)
            return i;
    return 0;
}

/* --- chance --- */

static unsigned seed; /* 0: the numbers and rows of the table */
static int at = 1, stride = 37;

static int below(int n)
{
    static unsigned long long state;
    state = (state ? state : seed) * 6364136223846793005ULL +
            1442695040888963407ULL;
    return (int)((state >> 33) % (unsigned)n);
}

/* n, or with a seed between 1 and twice as many. */
int some(int n)
{
    return seed ? 1 + below(2 * n) : n;
}

void choose_rows(const char *text)
{
    static const int strides[] = {37, 41, 43, 47, 53, 59, 61, 67, 71, 73};
    seed = (unsigned)strtoul(text, NULL, 10);
    at = 1 + below(n_rows - 1);
    stride = strides[below(10)];
}

/* Rows that no other row hangs on and that have no flaw yet, in the order of a
 * stride. */
row *fresh_of(const char *type)
{
    for (int i = 0; i < n_rows; i++) {
        at = 1 + (at + stride - 1) % (n_rows - 1);
        row *r = &rows[at];
        if (!r->flawed && !r->has_child && !*r->cell[PARENT] &&
            strcmp(r->cell[TYPE], type) == 0 && *r->cell[OWNER] &&
            strcmp(r->cell[OWNER], r->cell[SELLER]) == 0) {
            r->flawed = 1;
            return r;
        }
    }
    fprintf(stderr, "soil: too few rows\n");
    exit(4);
}

row *fresh(void)
{
    return fresh_of("Customer");
}

row *copy_of(const row *r)
{
    if (n_rows == MOST_ROWS)
        exit(4);
    rows[n_rows] = *r;
    rows[n_rows].flawed = 1;
    return &rows[n_rows++];
}

static void write_cell(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

void write_rows(FILE *out)
{
    fputs(MARK, out);
    for (int i = 0; i < n_rows; i++)
        for (int c = 0; c < N_COLUMNS; c++) {
            write_cell(out, rows[i].cell[c]);
            fputs(c + 1 < N_COLUMNS ? "," : "\r\n", out);
        }
    write_footer(out);
}
