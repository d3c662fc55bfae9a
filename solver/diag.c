/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects diagnostics. Records live in one arena; per code at most
 * KEPT_PER_CODE are kept with their text, all are counted. */
#include "bw/diag.h"

#include "bw/alloc.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEPT_PER_CODE = 1000,
    TEXT_LIMIT = 1024
};

typedef struct file_name {
    struct file_name *next;
    size_t order; /* of first mention; 0: not mentioned yet */
    const char *text;
    const char *encoding; /* borrowed; NULL: plain UTF-8 */
    char separator;       /* 0: nothing was said */
} file_name;

typedef struct record {
    bw_diag diag;
    size_t file_order, arrival;
} record;

struct bw_diags {
    bw_arena *arena;
    file_name *files, **last_file;
    size_t n_files;
    record *records; /* [n_kept], room for `room` */
    size_t n_kept, room;
    size_t per_severity[BW_ERROR + 1], per_code[BW_N_CODES];
    bool sorted;
    bw_diag_seen *seen; /* NULL: nobody looks on */
    void *seen_data;
};

#define TEXT(name, text) text,
static const char *const code_texts[] = {BW_CODE_LIST(TEXT)};

const char *bw_code_text(bw_code code)
{
    return (unsigned)code < BW_N_CODES ? code_texts[code] : "?";
}

const char *bw_place_text(bw_place place, const char *home,
                          char out[BW_PLACE_TEXT])
{
    if (!home || !place.file || strcmp(place.file, home) == 0)
        snprintf(out, BW_PLACE_TEXT, "line %u", (unsigned)place.line);
    else
        snprintf(out, BW_PLACE_TEXT, "%s:%u", place.file, (unsigned)place.line);
    return out;
}

bw_diags *bw_diags_new(void)
{
    bw_diags *diags = bw_alloc(1, sizeof *diags);
    if (!diags)
        return NULL;
    diags->last_file = &diags->files;
    diags->sorted = true;
    diags->arena = bw_arena_new();
    if (diags->arena)
        return diags;
    bw_free(diags);
    return NULL;
}

void bw_diags_free(bw_diags *diags)
{
    if (!diags)
        return;
    bw_arena_free(diags->arena);
    bw_free(diags->records);
    bw_free(diags);
}

/* The one copy of a file's name; NULL when memory is short. */
static file_name *intern(bw_diags *diags, const char *text)
{
    for (file_name *f = diags->files; f; f = f->next)
        if (strcmp(f->text, text) == 0)
            return f;
    file_name *f = bw_arena_alloc(diags->arena, 1, sizeof *f);
    char *copy = bw_arena_text(diags->arena, text, strlen(text));
    if (!f || !copy)
        return NULL;
    f->text = copy;
    *diags->last_file = f;
    diags->last_file = &f->next;
    return f;
}

static record *new_record(bw_diags *diags)
{
    if (diags->n_kept == diags->room) {
        size_t room = diags->room ? 2 * diags->room : 64;
        record *grown = bw_realloc(diags->records, room, sizeof *grown);
        if (!grown)
            return NULL;
        diags->records = grown;
        diags->room = room;
    }
    record *r = &diags->records[diags->n_kept];
    memset(r, 0, sizeof *r);
    return r;
}

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* "%.40s" counts bytes, and so does the limit: what they leave of a character
 * would look like damage of the file. Nothing is cut to fewer bytes than the
 * least. Returns the new length. */
static size_t drop_cut_characters(char *text, size_t len)
{
    const size_t least = 20;
    size_t to = 0, quote = 0;
    for (size_t at = 0, n; at < len; at += n) {
        unsigned char first = (unsigned char)text[at];
        size_t want = first >= 0xF0   ? 4
                      : first >= 0xE0 ? 3
                      : first >= 0xC2 ? 2
                                      : 1;
        for (n = 1; n < want && at + n < len && continues(text[at + n]);)
            n++;
        if (first == '"')
            quote = at;
        bool ends = at + n == len || text[at + n] == '"';
        if (n < want && ends && at + n - quote > least)
            continue;
        memmove(text + to, text + at, n);
        to += n;
    }
    return to;
}

/* The record is kept unless memory is short. */
__attribute__((format(printf, 5, 0))) static void
keep(bw_diags *diags, bw_severity severity, bw_code code, bw_place place,
     const char *format, va_list args)
{
    record *r = new_record(diags);
    file_name *file = place.file ? intern(diags, place.file) : NULL;
    if (!r || (place.file && !file))
        return;
    if (file && file->order == 0)
        file->order = ++diags->n_files;
    char text[TEXT_LIMIT];
    int len = vsnprintf(text, sizeof text, format, args);
    if (len < 0)
        return;
    size_t kept = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    kept = drop_cut_characters(text, kept);
    r->diag.text = bw_arena_text(diags->arena, text, kept);
    if (!r->diag.text)
        return;
    r->diag.severity = severity;
    r->diag.code = code;
    r->diag.place = place;
    r->diag.place.file = file ? file->text : NULL;
    r->file_order = file ? file->order : 0;
    r->arrival = diags->n_kept++;
    diags->sorted = false;
}

void bw_diags_written(bw_diags *diags, const char *file, const char *encoding)
{
    file_name *f = diags ? intern(diags, file) : NULL;
    if (f)
        f->encoding = encoding;
}

static const file_name *find(const bw_diags *diags, const char *file)
{
    const file_name *f = diags->files;
    while (f && strcmp(f->text, file) != 0)
        f = f->next;
    return f;
}

const char *bw_diags_encoding(const bw_diags *diags, const char *file)
{
    const file_name *f = find(diags, file);
    return f ? f->encoding : NULL;
}

void bw_diags_separated(bw_diags *diags, const char *file, char separator)
{
    file_name *f = diags ? intern(diags, file) : NULL;
    if (f)
        f->separator = separator;
}

char bw_diags_separator(const bw_diags *diags, const char *file)
{
    const file_name *f = find(diags, file);
    return f && f->separator ? f->separator : ',';
}

/* To whoever looks on. */
static void show(bw_diags *diags, bw_severity severity, bw_code code,
                 bw_place place)
{
    if (!diags->seen)
        return;
    file_name *file = place.file ? intern(diags, place.file) : NULL;
    if (place.file)
        place.file = file ? file->text : "";
    diags->seen(diags->seen_data, severity, code, place);
}

__attribute__((format(printf, 4, 0))) static void
add(bw_diags *diags, size_t count, const bw_diag *diag, const char *format,
    va_list args)
{
    diags->per_severity[diag->severity]++;
    bool kept = diags->per_code[diag->code] < KEPT_PER_CODE;
    diags->per_code[diag->code] += count;
    show(diags, diag->severity, diag->code, diag->place);
    if (kept)
        keep(diags, diag->severity, diag->code, diag->place, format, args);
}

void bw_diag_add(bw_diags *diags, bw_severity severity, bw_code code,
                 bw_place place, const char *format, ...)
{
    if (!diags)
        return;
    va_list args;
    va_start(args, format);
    add(diags, 1, &(bw_diag){severity, code, place, NULL}, format, args);
    va_end(args);
}

void bw_diag_add_many(bw_diags *diags, bw_severity severity, bw_code code,
                      bw_place place, size_t count, const char *format, ...)
{
    if (!diags)
        return;
    va_list args;
    va_start(args, format);
    add(diags, count, &(bw_diag){severity, code, place, NULL}, format, args);
    va_end(args);
}

void bw_diag_also(bw_diags *diags, bw_severity severity, bw_code code,
                  bw_place place)
{
    if (!diags)
        return;
    diags->per_code[code]++;
    show(diags, severity, code, place);
}

void bw_diags_watch(bw_diags *diags, bw_diag_seen *seen, void *data)
{
    diags->seen = seen;
    diags->seen_data = data;
}

size_t bw_diags_count(const bw_diags *diags, bw_severity severity)
{
    return diags->per_severity[severity];
}

size_t bw_diags_count_code(const bw_diags *diags, bw_code code)
{
    return diags->per_code[code];
}

static int by_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *left, const void *right)
{
    const record *a = left, *b = right;
    int order = by_size(a->file_order, b->file_order);
    if (!order)
        order = by_size(a->diag.place.line, b->diag.place.line);
    if (!order)
        order = by_size(a->diag.place.column, b->diag.place.column);
    return order ? order : by_size(a->arrival, b->arrival);
}

size_t bw_diags_kept(bw_diags *diags)
{
    if (!diags->sorted && diags->n_kept)
        qsort(diags->records, diags->n_kept, sizeof *diags->records, by_place);
    diags->sorted = true;
    return diags->n_kept;
}

const bw_diag *bw_diags_at(bw_diags *diags, size_t index)
{
    return index < bw_diags_kept(diags) ? &diags->records[index].diag : NULL;
}
