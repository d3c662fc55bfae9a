/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file whole, judges its encoding, and maps offsets to places. The line
 * map holds the offset of every line start (8 bytes a line), so that everybody
 * else passes plain offsets around and a place costs a binary search only when
 * somebody asks. */
#include "source.h"

#include "bw/alloc.h"
#include "utf8.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sha256.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST_READ = 1 << 16,   /* where the size is not known beforehand */
    LARGEST_READ = 1 << 30, /* one read() call takes no more than this */
    HASH_STEP = 1 << 20,    /* bytes a step, so that they stay in the cache */
    DIGEST = 32
};

struct bw_source {
    char *block; /* the file's bytes, then a NUL */
    size_t size; /* of them */
    const char *text;
    size_t len; /* text: without the mark */
    size_t *line_start;
    size_t n_lines;
    char *name;
    char sha256[2 * DIGEST + 1];
};

void bw_source_free(bw_source *source)
{
    if (!source)
        return;
    bw_free(source->block);
    bw_free(source->line_start);
    bw_free(source->name);
    bw_free(source);
}

const char *bw_source_text(const bw_source *source, size_t *len)
{
    if (len)
        *len = source->len;
    return source->text;
}

const char *bw_source_name(const bw_source *source)
{
    return source->name;
}

const char *bw_source_sha256(const bw_source *source)
{
    return source->sha256;
}

bw_place bw_source_place(const bw_source *source, size_t offset)
{
    if (offset > source->len)
        offset = source->len;
    /* The last line that starts at or before the offset is in [low, high). */
    size_t low = 0, high = source->n_lines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    uint32_t column = 1;
    for (size_t i = source->line_start[low]; i < offset; i++)
        if (!bw_utf8_continues(source->text[i]) && column < UINT32_MAX)
            column++;
    uint32_t line = low < UINT32_MAX ? (uint32_t)(low + 1) : UINT32_MAX;
    return (bw_place){source->name, line, column};
}

/* ------------------------------------------------------------- encoding */

static size_t next_line(const bw_source *source, size_t at)
{
    const char *end = memchr(source->text + at, '\n', source->len - at);
    return end ? (size_t)(end - source->text) + 1 : source->len;
}

/* What the first bytes say about files that are no UTF-8 text at all; NULL:
 * nothing. One message stands for a fault in every line. */
static const char *other_format(const bw_source *source)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *what;
    } known[] = {
        {"\xFF\xFE", 2, "UTF-16 text"},
        {"\xFE\xFF", 2, "UTF-16 text"},
        {"PK\x03\x04", 4, "a ZIP archive or an .xlsx workbook"},
        {"\xD0\xCF\x11\xE0", 4, "an .xls workbook"},
        {"\x1F\x8B", 2, "compressed by gzip"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (source->len >= known[i].len &&
            memcmp(source->text, known[i].bytes, known[i].len) == 0)
            return known[i].what;
    return NULL;
}

/* Every line that is no text, once. */
static bw_status check_encoding(const bw_source *source, bw_diags *diags)
{
    size_t at = bw_utf8_fault(source->text, source->len, 0);
    if (at == source->len)
        return BW_OK;
    const char *other = other_format(source);
    if (other) {
        bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING,
                    (bw_place){source->name, 1, 0},
                    "the file is %s; it must be plain text in UTF-8, so save "
                    "or convert it as that",
                    other);
        return BW_INVALID;
    }
    while (at < source->len) {
        bw_place place = bw_source_place(source, at);
        if (source->text[at] == 0)
            bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING, place,
                        "a NUL byte stands here; a text file has none, so "
                        "save the file again as plain text in UTF-8");
        else
            bw_diag_add(diags, BW_ERROR, BW_FILE_ENCODING, place,
                        "byte 0x%02X is not valid UTF-8; save the file as "
                        "UTF-8 (it may be in Windows-1252 or Latin-1)",
                        (unsigned)(unsigned char)source->text[at]);
        at = bw_utf8_fault(source->text, source->len, next_line(source, at));
    }
    return BW_INVALID;
}

/* ------------------------------------------------- from bytes to a source */

static bw_status map_lines(bw_source *source)
{
    size_t room = source->len / 64 + 16;
    source->line_start = bw_alloc(room, sizeof *source->line_start);
    if (!source->line_start)
        return BW_NOMEM;
    source->n_lines = 1;
    for (size_t at = next_line(source, 0); at < source->len;
         at = next_line(source, at)) {
        if (source->n_lines == room) {
            size_t *grown =
                bw_realloc(source->line_start, 2 * room, sizeof *grown);
            if (!grown)
                return BW_NOMEM;
            source->line_start = grown;
            room *= 2;
        }
        source->line_start[source->n_lines++] = at;
    }
    return BW_OK;
}

static void hash(bw_source *source)
{
    static const char digits[] = "0123456789abcdef";
    SHA256_CTX context;
    uint8_t digest[DIGEST];
    SHA256Init(&context);
    for (size_t at = 0; at < source->size;) {
        size_t rest = source->size - at;
        size_t step = rest < HASH_STEP ? rest : HASH_STEP;
        SHA256Update(&context, (const uint8_t *)source->block + at, step);
        at += step;
    }
    SHA256Final(digest, &context);
    for (size_t i = 0; i < DIGEST; i++) {
        source->sha256[2 * i] = digits[digest[i] >> 4];
        source->sha256[2 * i + 1] = digits[digest[i] & 15];
    }
}

/* The rest of opening, once block and size are there. */
static bw_status finish(bw_source *source, bw_diags *diags)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip = 0;
    if (source->size >= 3 && memcmp(source->block, mark, 3) == 0)
        skip = 3;
    source->text = source->block + skip;
    source->len = source->size - skip;
    if (source->len == 0) {
        bw_diag_add(diags, BW_ERROR, BW_FILE_EMPTY,
                    (bw_place){source->name, 0, 0},
                    "the file is empty; it must hold at least one line");
        return BW_INVALID;
    }
    hash(source);
    bw_status status = map_lines(source);
    return status == BW_OK ? check_encoding(source, diags) : status;
}

static bw_source *new_source(const char *name)
{
    bw_source *source = bw_alloc(1, sizeof *source);
    if (!source)
        return NULL;
    size_t len = strlen(name);
    source->name = bw_alloc(len + 1, 1);
    if (source->name) {
        memcpy(source->name, name, len);
        return source;
    }
    bw_source_free(source);
    return NULL;
}

/* Hands the source over, or frees it where the status says it is none. */
static bw_status hand_over(bw_source *built, bw_status status,
                           bw_source **source)
{
    if (status == BW_OK)
        *source = built;
    else
        bw_source_free(built);
    return status;
}

bw_status bw_source_from(const char *bytes, size_t len, const char *name,
                         bw_diags *diags, bw_source **source)
{
    assert(name && source && (bytes || len == 0));
    *source = NULL;
    bw_source *built = new_source(name);
    if (!built)
        return BW_NOMEM;
    built->block = bw_alloc(len + 1, 1);
    if (!built->block)
        return hand_over(built, BW_NOMEM, source);
    if (len)
        memcpy(built->block, bytes, len);
    built->size = len;
    return hand_over(built, finish(built, diags), source);
}

/* ------------------------------------------------------------- the file */

static void cannot_read(const bw_source *source, const char *path, int error,
                        bw_diags *diags)
{
    bool named = strcmp(path, source->name) == 0;
    const char *place = named ? "" : ", looked for at ";
    bw_place file = {source->name, 0, 0};
    if (error == ENOENT || error == ENOTDIR)
        bw_diag_add(diags, BW_ERROR, BW_FILE_MISSING, file,
                    "there is no such file%s%s; correct the name, or put the "
                    "file there",
                    place, named ? "" : path);
    else
        bw_diag_add(diags, BW_ERROR, BW_FILE_UNREADABLE, file,
                    "the file cannot be read (%s)%s%s; correct the name, or "
                    "make it a plain file that you may read",
                    strerror(error), place, named ? "" : path);
}

/* Room for at least one more byte and the NUL. */
static bw_status make_room(bw_source *source, size_t *room)
{
    if (source->size + 1 < *room)
        return BW_OK;
    char *grown = bw_realloc(source->block, 2 * *room, 1);
    if (!grown)
        return BW_NOMEM;
    source->block = grown;
    *room *= 2;
    return BW_OK;
}

/* Reads to the end of the file, whatever size it claims: it may grow, or be a
 * pipe that has none. *error becomes errno where reading fails. */
static bw_status read_all(bw_source *source, int file, size_t expected,
                          int *error)
{
    size_t room = expected + 2; /* the last read() then finds the end */
    if (expected == 0)
        room = FIRST_READ;
    source->block = bw_alloc(room, 1);
    if (!source->block)
        return BW_NOMEM;
    for (;;) {
        bw_status status = make_room(source, &room);
        if (status != BW_OK)
            return status;
        size_t want = room - source->size - 1;
        ssize_t got = read(file, source->block + source->size,
                           want < LARGEST_READ ? want : LARGEST_READ);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *error = errno;
            return BW_IO;
        }
        source->size += (size_t)got;
        source->block[source->size] = 0;
        if (got == 0)
            return BW_OK;
    }
}

static bw_status read_file(bw_source *source, const char *path, int *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0) {
        *error = errno;
        if (file >= 0)
            close(file);
        return BW_IO;
    }
    size_t expected = 0;
    if (S_ISREG(about.st_mode) && about.st_size > 0)
        expected = (size_t)about.st_size;
    /* A directory opens, and fails at the first read() with EISDIR. */
    bw_status status = read_all(source, file, expected, error);
    close(file);
    return status;
}

bw_status bw_source_open(const char *path, const char *name, bw_diags *diags,
                         bw_source **source)
{
    assert(path && name && source);
    *source = NULL;
    bw_source *built = new_source(name);
    if (!built)
        return BW_NOMEM;
    int error = 0;
    bw_status status = read_file(built, path, &error);
    if (status == BW_IO)
        cannot_read(built, path, error, diags);
    if (status == BW_OK)
        status = finish(built, diags);
    return hand_over(built, status, source);
}
