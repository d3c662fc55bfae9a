/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *textf(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int len = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *made = keep((size_t)len + 1);
    va_start(list, format);
    vsnprintf(made, (size_t)len + 1, format, list);
    va_end(list);
    return made;
}

char *read_bytes(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t size = 1 << 16;
    char *bytes = malloc(size);
    *len = 0;
    for (size_t got;
         bytes && (got = fread(bytes + *len, 1, size - *len, file));) {
        *len += got;
        if (*len == size)
            bytes = realloc(bytes, size *= 2);
    }
    fclose(file);
    if (!bytes)
        return NULL;
    char *copy = keep_text(bytes, *len);
    free(bytes);
    return copy;
}

sheet *sheet_new(void)
{
    return keep(sizeof(sheet));
}

static void *grown(void *old, int n, int more, size_t size)
{
    void *new = keep((size_t)more * size);
    if (n)
        memcpy(new, old, (size_t)n * size);
    return new;
}

int sheet_add(sheet *table, int n_cells)
{
    if (table->n == table->room) {
        int more = table->room ? 2 * table->room : 64;
        table->cell = grown(table->cell, table->n, more, sizeof *table->cell);
        table->width = grown(table->width, table->n, more, sizeof(int));
        table->stray = grown(table->stray, table->n, more, sizeof(int));
        table->room = more;
    }
    int row = table->n++;
    table->cell[row] = keep((size_t)n_cells * sizeof(char *));
    table->width[row] = n_cells;
    table->stray[row] = 0;
    for (int c = 0; c < n_cells; c++)
        table->cell[row][c] = keep_text("", 0);
    return row;
}

void sheet_drop(sheet *table, int row)
{
    for (int r = row; r + 1 < table->n; r++) {
        table->cell[r] = table->cell[r + 1];
        table->width[r] = table->width[r + 1];
        table->stray[r] = table->stray[r + 1];
    }
    table->n--;
}

enum {
    MOST_CELLS = 6000
};

/* The row that is being read. */
static char *text, *cell[MOST_CELLS];
static size_t room, used;
static int width;

static void add_byte(char c)
{
    if (used == room) {
        room = room ? 2 * room : 512;
        text = realloc(text, room);
        if (!text)
            exit(4);
    }
    text[used++] = c;
}

static void end_cell(void)
{
    if (width < MOST_CELLS)
        cell[width++] = keep_text(used ? text : "", used);
    used = 0;
}

/* A quoted part from behind its quote; returns where it has ended. */
static size_t quoted(const char *bytes, size_t len, size_t at, sheet *table)
{
    for (; at < len; at++) {
        if (bytes[at] == '"' && (at + 1 == len || bytes[at + 1] != '"'))
            return at + 1;
        add_byte(bytes[at]);
        at += bytes[at] == '"';
    }
    table->open = 1;
    return at;
}

/* One row from `at`; returns where the next begins. */
static size_t one_row(const char *bytes, size_t len, size_t at, char separator,
                      sheet *table)
{
    int stray = 0, closed = 0, any = 0;
    width = 0;
    while (at < len) {
        char c = bytes[at++];
        int ends = c == '\n' || (c == '\r' && at < len && bytes[at] == '\n');
        if (ends) {
            at += c == '\r';
            table->crlf += c == '\r';
            table->lf += c == '\n';
            break;
        }
        any = 1;
        if (c == separator) {
            end_cell();
            closed = 0;
        } else if (c == '"' && !used && !closed) {
            at = quoted(bytes, len, at, table);
            closed = 1;
        } else {
            stray |= closed || c == '"';
            add_byte(c);
        }
    }
    end_cell();
    if (!any) {
        table->blank_lines++;
        return at;
    }
    int row = sheet_add(table, width);
    memcpy(table->cell[row], cell, (size_t)width * sizeof *cell);
    table->stray[row] = stray;
    return at;
}

sheet *sheet_parse(const char *bytes, size_t len, char separator)
{
    sheet *table = sheet_new();
    table->bytes = len;
    table->mark = len >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);
    for (size_t at = table->mark ? 3 : 0; at < len;)
        at = one_row(bytes, len, at, separator, table);
    return table;
}

sheet *sheet_read(const char *path, char separator)
{
    size_t len;
    char *bytes = read_bytes(path, &len);
    return bytes ? sheet_parse(bytes, len, separator) : NULL;
}

int sheet_column(const sheet *table, const char *header)
{
    for (int c = 0; table->n && c < table->width[0]; c++)
        if (!strcmp(table->cell[0][c], header))
            return c;
    return -1;
}

const char *sheet_at(const sheet *table, int row, int column)
{
    return column < 0 || column >= table->width[row] ? ""
                                                     : table->cell[row][column];
}

const char *sheet_get(const sheet *table, int row, const char *header)
{
    return sheet_at(table, row, sheet_column(table, header));
}

void sheet_set(sheet *table, int row, const char *header, const char *to)
{
    int column = sheet_column(table, header);
    if (column >= 0 && column < table->width[row])
        table->cell[row][column] = keep_text(to, strlen(to));
}

int sheet_find(const sheet *table, const char *header, const char *what)
{
    int column = sheet_column(table, header);
    for (int row = 1; column >= 0 && row < table->n; row++)
        if (!strcmp(sheet_at(table, row, column), what))
            return row;
    return 0;
}

int sheet_save(const sheet *table, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return 1;
    for (int row = 0; row < table->n; row++)
        for (int c = 0; c < table->width[row]; c++) {
            const char *at = table->cell[row][c];
            int quote = strpbrk(at, ",\"\r\n") != NULL;
            fputs(quote ? "\"" : "", file);
            for (; *at; at++)
                fprintf(file, *at == '"' ? "\"%c" : "%c", *at);
            fputs(quote ? "\"" : "", file);
            putc(c + 1 < table->width[row] ? ',' : '\n', file);
        }
    return fclose(file) != 0;
}
