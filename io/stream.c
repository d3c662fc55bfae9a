/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of a fixed size go to a temporary file beside the one that is meant,
 * which is renamed over it when everything is on disk. */
#include "stream.h"

#include "bw/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK = 1 << 18,
    NUMBER_ROOM = 48 /* sign, 39 digits of 128 bits, point */
};

__extension__ typedef unsigned __int128 wide_size;

struct bw_stream {
    char *path, *temporary; /* temporary NULL: written to directly */
    int file;
    int error; /* errno of the first failure, or 0 */
    size_t len;
    char block[BLOCK];
};

static void free_stream(bw_stream *stream)
{
    bw_free(stream->path);
    bw_free(stream->temporary);
    bw_free(stream);
}

static bw_status tell(const char *path, int error, bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){path, 0, 0},
                "cannot write \"%s\": %s", path, strerror(error));
    return BW_IO;
}

/* True when nothing stands there, or a plain file that may be replaced. */
static bool replaceable(const char *path)
{
    struct stat about;
    return lstat(path, &about) != 0 || S_ISREG(about.st_mode);
}

/* mkstemp makes files that only their owner may read: as open would. */
static void usual_mode(int file)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(file, 0666 & ~mask);
}

static bool name_files(bw_stream *stream, const char *path)
{
    static const char tail[] = ".XXXXXX";
    size_t len = strlen(path);
    stream->path = bw_alloc(len + 1, 1);
    if (!stream->path)
        return false;
    memcpy(stream->path, path, len);
    if (!replaceable(path))
        return true;
    stream->temporary = bw_alloc(len + sizeof tail, 1);
    if (!stream->temporary)
        return false;
    memcpy(stream->temporary, path, len);
    memcpy(stream->temporary + len, tail, sizeof tail);
    return true;
}

bw_status bw_stream_open(const char *path, bw_diags *diags, bw_stream **stream)
{
    *stream = NULL;
    bw_stream *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    if (!name_files(made, path)) {
        free_stream(made);
        return BW_NOMEM;
    }
    made->file = made->temporary ? mkstemp(made->temporary)
                                 : open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (made->file < 0) {
        bw_status status = tell(path, errno, diags);
        free_stream(made);
        return status;
    }
    if (made->temporary)
        usual_mode(made->file);
    *stream = made;
    return BW_OK;
}

static void flush(bw_stream *stream)
{
    const char *next = stream->block;
    while (stream->len > 0 && !stream->error) {
        ssize_t put = write(stream->file, next, stream->len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            stream->error = put < 0 ? errno : EIO;
            break;
        }
        next += put;
        stream->len -= (size_t)put;
    }
    stream->len = 0;
}

void bw_stream_add(bw_stream *stream, const char *text, size_t len)
{
    while (len > 0) {
        if (stream->len == BLOCK)
            flush(stream);
        size_t room = BLOCK - stream->len;
        size_t part = len < room ? len : room;
        memcpy(stream->block + stream->len, text, part);
        stream->len += part;
        text += part;
        len -= part;
    }
}

void bw_stream_text(bw_stream *stream, const char *text)
{
    bw_stream_add(stream, text, strlen(text));
}

void bw_stream_char(bw_stream *stream, char c)
{
    bw_stream_add(stream, &c, 1);
}

/* Digits of a number below 10^places x 2^63 from the right into the end of
 * `text`; trailing zeros of the fraction are left out. */
static size_t put_digits(uint64_t rest, int places, char *text)
{
    size_t at = NUMBER_ROOM;
    int place = 0;
    for (; place < places && rest % 10 == 0; place++)
        rest /= 10;
    bool fraction = place < places;
    for (; place < places; place++) {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (fraction)
        text[--at] = '.';
    do
        text[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    return at;
}

/* The same for 128 bits; rarely needed, and several times slower. */
static size_t put_wide_digits(wide_size rest, int places, char *text)
{
    size_t at = NUMBER_ROOM;
    int place = 0;
    for (; place < places && rest % 10 == 0; place++)
        rest /= 10;
    bool fraction = place < places;
    for (; place < places; place++) {
        text[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    if (fraction)
        text[--at] = '.';
    do
        text[--at] = (char)('0' + (int)(rest % 10));
    while (rest /= 10);
    return at;
}

void bw_stream_fixed(bw_stream *stream, bw_wide value, int places)
{
    char text[NUMBER_ROOM];
    wide_size size = (wide_size)value;
    if (value < 0)
        size = -size;
    size_t at = size <= UINT64_MAX ? put_digits((uint64_t)size, places, text)
                                   : put_wide_digits(size, places, text);
    if (value < 0)
        bw_stream_char(stream, '-');
    bw_stream_add(stream, text + at, NUMBER_ROOM - at);
}

void bw_stream_int(bw_stream *stream, int64_t value)
{
    bw_stream_fixed(stream, value, 0);
}

bool bw_stream_failed(const bw_stream *stream)
{
    return stream->error != 0;
}

/* EINVAL and ENOTSUP: a pipe or a device, which cannot be synchronised. */
static void close_file(bw_stream *stream)
{
    if (!stream->error && fsync(stream->file) != 0 && errno != EINVAL &&
        errno != ENOTSUP)
        stream->error = errno;
    if (close(stream->file) != 0 && !stream->error)
        stream->error = errno;
}

bw_status bw_stream_finish(bw_stream *stream, bw_diags *diags)
{
    flush(stream);
    close_file(stream);
    if (!stream->error && stream->temporary &&
        rename(stream->temporary, stream->path) != 0)
        stream->error = errno;
    bw_status status = BW_OK;
    if (stream->error) {
        status = tell(stream->path, stream->error, diags);
        if (stream->temporary)
            (void)unlink(stream->temporary);
    }
    free_stream(stream);
    return status;
}

void bw_stream_abandon(bw_stream *stream)
{
    if (!stream)
        return;
    (void)close(stream->file);
    if (stream->temporary)
        (void)unlink(stream->temporary);
    free_stream(stream);
}
