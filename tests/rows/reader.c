/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

char *read_bytes(const char *path, size_t *len)
{
    gzFile in = gzopen(path, "rb");
    size_t room = 1 << 16;
    char *bytes = keep(room + 1);
    *len = 0;
    for (int got;
         in && (got = gzread(in, bytes + *len, (unsigned)(room - *len))) > 0;) {
        *len += (size_t)got;
        if (*len < room)
            continue;
        char *more = keep(2 * room + 1);
        memcpy(more, bytes, *len);
        bytes = more;
        room *= 2;
    }
    if (in)
        gzclose(in);
    return in ? bytes : NULL;
}

/* NULL: not of that encoding. */
static char *converted(char *bytes, size_t *len, const char *encoding)
{
    iconv_t how = iconv_open("UTF-8", encoding);
    if (how == (iconv_t)-1)
        return NULL;
    size_t left = *len, room = 4 * *len, start = room;
    char *text = keep(room + 1), *to = text;
    size_t bad = iconv(how, &bytes, &left, &to, &room);
    iconv_close(how);
    if (bad == (size_t)-1)
        return NULL;
    *len = start - room;
    return text;
}

/* UTF-16 without a mark: zeros on one side of most characters. */
static const char *by_zeros(const char *bytes, size_t len)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < len; i++)
        zeros[i % 2] += bytes[i] == 0;
    if (4 * (zeros[0] + zeros[1]) < len)
        return NULL;
    return zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE";
}

char *in_utf8(char *bytes, size_t *len, const char *told, const char *guess)
{
    static const struct {
        const char *mark, *name;
        size_t size;
    } marks[] = {{"\xEF\xBB\xBF", "UTF-8", 3},
                 {"\xFF\xFE\0\0", "UTF-32LE", 4},
                 {"\0\0\xFE\xFF", "UTF-32BE", 4},
                 {"\xFF\xFE", "UTF-16LE", 2},
                 {"\xFE\xFF", "UTF-16BE", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (*len >= marks[i].size &&
            memcmp(bytes, marks[i].mark, marks[i].size) == 0) {
            *len -= marks[i].size;
            return converted(bytes + marks[i].size, len, marks[i].name);
        }
    const char *wide = by_zeros(bytes, *len);
    if (wide || (told && strncmp(told, "UTF-16", 6) != 0))
        return converted(bytes, len, wide ? wide : told);
    char *text = converted(bytes, len, "UTF-8");
    return text ? text : converted(bytes, len, guess);
}

/* --- records --- */

typedef struct reading {
    const char *at, *end;
    int line;
    char separator, *cell; /* room for the longest */
    size_t used;
    record now;
    int room;
} reading;

static int ends_line(reading *r)
{
    if (r->at == r->end || (*r->at != '\n' && *r->at != '\r'))
        return 0;
    r->at += *r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n' ? 2 : 1;
    r->line++;
    return 1;
}

static void end_cell(reading *r)
{
    const char *from = r->cell, *to = r->cell + r->used;
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (from < to && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    if (r->now.n == r->room) {
        int room = r->room ? 2 * r->room : 32;
        char **more = keep((size_t)room * sizeof *more);
        if (r->now.n)
            memcpy(more, r->now.cell, (size_t)r->now.n * sizeof *more);
        r->now.cell = more;
        r->room = room;
    }
    r->now.cell[r->now.n++] = keep_text(from, (size_t)(to - from));
    r->used = 0;
}

/* Behind a quote, up to the one that closes. */
static void quoted(reading *r)
{
    while (r->at < r->end) {
        const char *from = r->at;
        if (*r->at == '"' && (r->at + 1 == r->end || r->at[1] != '"')) {
            r->at++;
            return;
        }
        r->at += *r->at == '"';
        if (!ends_line(r))
            r->at++;
        r->cell[r->used++] = *from;
    }
}

static record one_record(reading *r)
{
    r->now = (record){.line = r->line};
    r->room = 0;
    while (r->at < r->end && !ends_line(r)) {
        if (*r->at == r->separator) {
            r->at++;
            end_cell(r);
        } else if (*r->at == '"' && r->used == 0) {
            r->at++;
            quoted(r);
        } else {
            r->cell[r->used++] = *r->at++;
        }
    }
    end_cell(r);
    return r->now;
}

static char most_of(const char *text, size_t len)
{
    static const char all[] = ",;\t|";
    int most = 0, quotes = 0, n[sizeof all] = {0};
    for (size_t i = 0; i < len && (quotes || !strchr("\r\n", text[i])); i++) {
        const char *is = strchr(all, text[i]);
        quotes ^= text[i] == '"';
        n[is ? is - all : (int)sizeof all - 1] += is && !quotes;
    }
    for (int i = 1; all[i]; i++)
        most = n[i] > n[most] ? i : most;
    return all[most];
}

table read_records(const char *text, size_t len, char separator)
{
    table t = {0};
    reading r = {text, text + len, 1, separator, keep(len + 1), 0, {0}, 0};
    if (len > 4 && memcmp(text, "sep=", 4) == 0) {
        r.separator = text[4];
        one_record(&r);
    }
    while (ends_line(&r)) {
    }
    if (!r.separator)
        r.separator = most_of(r.at, (size_t)(r.end - r.at));
    while (r.at < r.end) {
        record one = one_record(&r);
        if (one.n == 1 && !*one.cell[0])
            continue;
        if (t.n == t.room) {
            int room = t.room ? 2 * t.room : 1024;
            record *more = keep((size_t)room * sizeof *more);
            if (t.n)
                memcpy(more, t.row, (size_t)t.n * sizeof *more);
            t.row = more;
            t.room = room;
        }
        t.row[t.n++] = one;
    }
    return t;
}
