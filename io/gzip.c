/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one user of zlib, which also compares each member's CRC and length. */
#include "gzip.h"

#include "bw/alloc.h"
#include "number.h"
#include "watch_tell.h"

#include <zlib.h>

enum {
    STEP = 1 << 20,       /* bytes unpacked between two looks at the limit */
    LARGEST_IN = 1 << 30, /* zlib counts in 32 bits */
    GZIP_ONLY = 16 + 15   /* window bits: a gzip header, the largest window */
};

const bw_gzip_limits bw_gzip_limits_default = {(size_t)4 << 30, 100000000,
                                               1000};

typedef struct unpacking {
    z_stream z;
    const bw_bytes *packed;
    const char *name;
    size_t cap; /* bytes that `out` may have */
    const bw_gzip_limits *limits;
    bw_diags *diags;
    bw_bytes *out;
} unpacking;

bool bw_is_gzip(const char *bytes, size_t len)
{
    return len >= 2 && bytes[0] == '\x1F' && bytes[1] == '\x8B';
}

static void *allocate(void *data, uInt count, uInt size)
{
    (void)data;
    return bw_alloc(count, size);
}

static void release(void *data, void *block)
{
    (void)data;
    bw_free(block);
}

static size_t cap_of(const bw_gzip_limits *limits, size_t packed)
{
    size_t cap = limits->free;
    if (packed > cap / limits->ratio)
        cap = packed > limits->most / limits->ratio ? limits->most
                                                    : packed * limits->ratio;
    return cap < limits->most ? cap : limits->most;
}

static size_t eaten(const unpacking *u)
{
    return (size_t)((const char *)u->z.next_in - u->packed->data);
}

static void refill(unpacking *u)
{
    size_t rest = u->packed->len - eaten(u);
    u->z.avail_in = (uInt)(rest < LARGEST_IN ? rest : LARGEST_IN);
}

/* A place without a line: it is none of the text. */
#define TELL(u, ...)                                                           \
    bw_diag_add((u)->diags, BW_ERROR, BW_FILE_COMPRESSED,                      \
                (bw_place){(u)->name, 0, 0}, __VA_ARGS__)

static bw_status too_large(const unpacking *u)
{
    const bw_gzip_limits *l = u->limits;
    TELL(u,
         "the file's %s bytes unpack to more than %s; at most %s bytes are "
         "unpacked, and "
         "beyond %s bytes at most %s times what is on disk; if the file is "
         "what you expect, unpack it yourself and name the unpacked one",
         bw_number_whole((int64_t)u->packed->len).text,
         bw_number_whole((int64_t)u->cap).text,
         bw_number_whole((int64_t)l->most).text,
         bw_number_whole((int64_t)l->free).text,
         bw_number_whole((int64_t)l->ratio).text);
    return BW_INVALID;
}

static bw_status cut_off(const unpacking *u)
{
    TELL(u,
         "the compressed file is cut off: it ends after %s bytes in the middle "
         "of its data, of which %s bytes could be unpacked; fetch it again",
         bw_number_whole((int64_t)u->packed->len).text,
         bw_number_whole((int64_t)u->out->len).text);
    return BW_INVALID;
}

static bw_status damaged(const unpacking *u)
{
    TELL(u,
         "the compressed file is damaged at byte %s (%s); fetch it again, or "
         "pack it again",
         bw_number_whole((int64_t)eaten(u)).text,
         u->z.msg ? u->z.msg : "data error");
    return BW_INVALID;
}

/* After a member: another, or the end of the file. */
static bw_status next_member(unpacking *u, bool *done)
{
    size_t at = eaten(u);
    *done = at == u->packed->len;
    if (*done)
        return BW_OK;
    if (bw_is_gzip(u->packed->data + at, u->packed->len - at))
        return inflateReset(&u->z) == Z_OK ? BW_OK : BW_INTERNAL;
    TELL(u,
         "after the compressed data, which end at byte %s of %s, stands "
         "something that is not gzip; fetch the file again, or pack it again",
         bw_number_whole((int64_t)at).text,
         bw_number_whole((int64_t)u->packed->len).text);
    return BW_INVALID;
}

/* One step. At the limit the room is a byte that is thrown away: the stream may
 * be at its end. */
static bw_status step(unpacking *u, int *result)
{
    unsigned char spill = 0;
    bw_bytes *out = u->out;
    size_t left = u->cap - out->len, room = left < STEP ? left : STEP;
    bw_status status = bw_bytes_grow(out, room);
    if (status != BW_OK)
        return status;
    size_t given = room ? room : 1;
    u->z.next_out = room ? (unsigned char *)out->data + out->len : &spill;
    u->z.avail_out = (uInt)given;
    refill(u);
    *result = inflate(&u->z, Z_NO_FLUSH);
    size_t got = given - u->z.avail_out;
    if (room == 0 && got > 0)
        return too_large(u);
    out->len += got;
    out->data[out->len] = 0;
    return BW_OK;
}

static bw_status judge(unpacking *u, int result, bool *done)
{
    if (result == Z_STREAM_END)
        return next_member(u, done);
    if (result == Z_MEM_ERROR)
        return BW_NOMEM;
    if (result == Z_BUF_ERROR && eaten(u) == u->packed->len)
        return cut_off(u);
    return result == Z_OK || result == Z_BUF_ERROR ? BW_OK : damaged(u);
}

bw_status bw_gunzip(const bw_bytes *packed, const char *name,
                    const bw_gzip_limits *limits, const bw_load_watch *watch,
                    bw_diags *diags, bw_bytes *out)
{
    unpacking u = {.packed = packed, .name = name, .limits = limits};
    u.diags = diags;
    u.out = out;
    u.cap = cap_of(limits, packed->len);
    u.z.zalloc = allocate;
    u.z.zfree = release;
    u.z.next_in = (unsigned char *)packed->data;
    if (inflateInit2(&u.z, GZIP_ONLY) != Z_OK)
        return BW_NOMEM;
    bw_status status = BW_OK;
    for (bool done = false; status == BW_OK && !done;) {
        int result = Z_OK;
        status = step(&u, &result);
        if (status == BW_OK)
            status = judge(&u, result, &done);
        bw_watch_tell(watch, &(bw_load_progress){"unpacking", name, eaten(&u),
                                                 packed->len});
    }
    inflateEnd(&u.z);
    return status;
}
