/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file to text: bytes -> hash -> unpacked -> UTF-8 -> lines. Plain UTF-8
 * stays where it was read to. */
#include "source.h"

#include "bw/alloc.h"
#include "digest.h"
#include "encoding.h"
#include "file_format.h"
#include "gzip.h"
#include "read_file.h"

#include <assert.h>
#include <string.h>

struct bw_source {
    bw_encoding e; /* holds bytes and lines */
    bool compressed;
    char *name;
    char sha256[BW_DIGEST_ROOM];
};

void bw_source_free(bw_source *source)
{
    if (!source)
        return;
    bw_bytes_free(&source->e.bytes);
    bw_lines_free(&source->e.lines);
    bw_free(source->name);
    bw_free(source);
}

const char *bw_source_text(const bw_source *source, size_t *len)
{
    if (len)
        *len = source->e.lines.len;
    return source->e.lines.text;
}

const char *bw_source_name(const bw_source *source)
{
    return source->name;
}

const char *bw_source_sha256(const bw_source *source)
{
    return source->sha256;
}

const char *bw_source_encoding(const bw_source *source)
{
    return source->e.charset->name;
}

const char *bw_source_reason(const bw_source *source)
{
    return source->e.reason;
}

bool bw_source_compressed(const bw_source *source)
{
    return source->compressed;
}

bool bw_source_marked(const bw_source *source)
{
    return source->e.charset == &bw_utf8 &&
           source->e.lines.text != source->e.bytes.data;
}

bw_place bw_source_place(const bw_source *source, size_t offset)
{
    return bw_lines_place(&source->e.lines, offset);
}

const char *bw_source_line(const bw_source *source, uint32_t line, size_t *len)
{
    const bw_lines *l = &source->e.lines;
    if (line == 0 || line > l->n)
        return NULL;
    size_t start = l->start[line - 1];
    *len = (line < l->n ? l->start[line] : l->len) - start;
    return l->text + start;
}

/* ------------------------------------------------- from bytes to a source */

static void hash(bw_source *source)
{
    const bw_bytes *bytes = &source->e.bytes;
    bw_digest(bytes->data, bytes->len, source->e.watch, source->name,
              source->sha256);
}

static bw_status unpack(bw_source *source)
{
    bw_encoding *e = &source->e;
    if (e->only_utf8 || !bw_is_gzip(e->bytes.data, e->bytes.len))
        return BW_OK;
    source->compressed = true;
    bw_bytes unpacked = {NULL, 0, 0};
    bw_status status =
        bw_gunzip(&e->bytes, source->name, &bw_gzip_limits_default, e->watch,
                  e->diags, &unpacked);
    bw_bytes_free(&e->bytes);
    e->bytes = unpacked;
    return status;
}

static bw_status check_not_empty(const bw_source *source, size_t len)
{
    if (len > 0)
        return BW_OK;
    bw_diag_add(source->e.diags, BW_ERROR, BW_FILE_EMPTY,
                (bw_place){source->name, 0, 0},
                "the file is empty; it must hold at least one line");
    return BW_INVALID;
}

static bw_status refuse(const bw_source *source, const bw_file_format *format)
{
    if (!format || source->e.only_utf8 || source->e.lenient)
        return BW_OK;
    bw_diag_add(source->e.diags, BW_ERROR, BW_FILE_FORMAT,
                (bw_place){source->name, 0, 0},
                "%s is %s, but a table in text (CSV) is wanted; %s",
                source->compressed ? "the file, unpacked," : "the file",
                format->what, format->advice);
    return BW_INVALID;
}

/* The rest of opening, once the bytes are there. */
static bw_status finish(bw_source *source)
{
    bw_encoding *e = &source->e;
    hash(source);
    bw_status status = check_not_empty(source, e->bytes.len);
    if (status == BW_OK)
        status = unpack(source);
    if (status == BW_OK)
        status = check_not_empty(source, e->bytes.len);
    if (status == BW_OK)
        status = refuse(source, bw_file_format_of(e->bytes.data, e->bytes.len));
    if (status == BW_OK)
        status = bw_encoding_settle(e);
    if (e->charset &&
        (e->charset != &bw_utf8 || source->compressed || e->lines.returns))
        bw_diags_written(e->diags, source->name, e->charset->name);
    if (status == BW_OK)
        status = check_not_empty(source, e->lines.len);
    if (status == BW_OK)
        status = refuse(source, bw_text_format_of(e->lines.text, e->lines.len));
    return status;
}

/* how NULL: nothing but UTF-8. */
static bw_source *new_source(const char *name, const bw_source_how *how,
                             bw_diags *diags)
{
    bw_source *source = bw_alloc(1, sizeof *source);
    if (!source)
        return NULL;
    size_t len = strlen(name);
    source->name = bw_alloc(len + 1, 1);
    if (!source->name) {
        bw_source_free(source);
        return NULL;
    }
    memcpy(source->name, name, len);
    source->e = (bw_encoding){.name = source->name,
                              .only_utf8 = !how,
                              .declared = how ? how->encoding : NULL,
                              .lenient = how && how->lenient,
                              .watch = how ? how->watch : NULL,
                              .diags = how && how->lenient ? NULL : diags};
    return source;
}

/* Hands the source over, or frees it where the status says it is none. What
 * was needed for opening is not kept: it belongs to the caller. */
static bw_status hand_over(bw_source *built, bw_status status,
                           bw_source **source)
{
    if (status == BW_OK) {
        built->e.declared = NULL;
        built->e.watch = NULL;
        built->e.diags = NULL;
        *source = built;
    } else {
        bw_source_free(built);
    }
    return status;
}

static bw_status from(const char *bytes, size_t len, bw_source *built,
                      bw_source **source)
{
    if (!built)
        return BW_NOMEM;
    bw_bytes *own = &built->e.bytes;
    bw_status status = bw_bytes_grow(own, len);
    if (status == BW_OK && len > 0)
        memcpy(own->data, bytes, len);
    if (status == BW_OK) {
        own->len = len;
        own->data[len] = 0;
        status = finish(built);
    }
    return hand_over(built, status, source);
}

static bw_status open_it(const char *path, bw_source *built, bw_source **source)
{
    if (!built)
        return BW_NOMEM;
    bw_encoding *e = &built->e;
    bw_status status =
        bw_file_read(path, built->name, e->watch, e->diags, &e->bytes);
    if (status == BW_OK)
        status = finish(built);
    return hand_over(built, status, source);
}

bw_status bw_source_from(const char *bytes, size_t len, const char *name,
                         bw_diags *diags, bw_source **source)
{
    assert(name && source && (bytes || len == 0));
    *source = NULL;
    return from(bytes, len, new_source(name, NULL, diags), source);
}

bw_status bw_source_from_table(const char *bytes, size_t len, const char *name,
                               const bw_source_how *how, bw_diags *diags,
                               bw_source **source)
{
    assert(name && how && source && (bytes || len == 0));
    *source = NULL;
    return from(bytes, len, new_source(name, how, diags), source);
}

bw_status bw_source_open(const char *path, const char *name, bw_diags *diags,
                         bw_source **source)
{
    assert(path && name && source);
    *source = NULL;
    return open_it(path, new_source(name, NULL, diags), source);
}

bw_status bw_source_open_table(const char *path, const char *name,
                               const bw_source_how *how, bw_diags *diags,
                               bw_source **source)
{
    assert(path && name && how && source);
    *source = NULL;
    return open_it(path, new_source(name, how, diags), source);
}
