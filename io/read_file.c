/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads files, and notices when somebody writes to them meanwhile: half of an
 * old export and half of a new one would be planned without a fault. */
#include "read_file.h"

#include "watch_tell.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    STEP = 1 << 20 /* bytes of one read() */
};

typedef struct reading {
    const char *path, *name;
    const bw_load_watch *watch;
    bw_diags *diags;
    bw_bytes *bytes;
    struct stat before;
    size_t expected; /* bytes; 0: not known, as of a pipe */
} reading;

static void cannot_read(const reading *r, int error)
{
    bool named = strcmp(r->path, r->name) == 0;
    const char *place = named ? "" : ", looked for at ";
    bw_place file = {r->name, 0, 0};
    if (error == ENOENT || error == ENOTDIR)
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_MISSING, file,
                    "there is no such file%s%s; correct the name, or put the "
                    "file there",
                    place, named ? "" : r->path);
    else
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_UNREADABLE, file,
                    "the file cannot be read (%s)%s%s; correct the name, or "
                    "make it a plain file that you may read",
                    strerror(error), place, named ? "" : r->path);
}

bw_status bw_file_named(const char *path, bw_place place, bw_diags *diags)
{
    struct stat about;
    int error = 0;
    if (place.line == 0)
        return BW_OK;
    if (stat(path, &about) != 0 || access(path, R_OK) != 0)
        error = errno;
    else if (S_ISDIR(about.st_mode))
        error = EISDIR;
    if (!error)
        return BW_OK;
    if (error == ENOENT || error == ENOTDIR)
        bw_diag_add(diags, BW_ERROR, BW_FILE_MISSING, place,
                    "there is no file %s; correct the name, or put the file "
                    "there",
                    path);
    else
        bw_diag_add(diags, BW_ERROR, BW_FILE_UNREADABLE, place,
                    "%s cannot be read (%s); correct the name, or make it a "
                    "plain file that you may read",
                    path, strerror(error));
    return BW_IO;
}

/* To the end, or one byte past the size that a plain file had: it grows. */
static bw_status read_all(reading *r, int file, int *error)
{
    bw_bytes *b = r->bytes;
    bw_status status = bw_bytes_grow(b, r->expected + 1);
    while (status == BW_OK && (!r->expected || b->len <= r->expected)) {
        status = bw_bytes_grow(b, r->expected ? 1 : STEP);
        if (status != BW_OK)
            break;
        size_t room = b->room - b->len - 1;
        ssize_t got = read(file, b->data + b->len, room < STEP ? room : STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *error = errno;
            return BW_IO;
        }
        b->len += (size_t)got;
        b->data[b->len] = 0;
        if (got == 0)
            return BW_OK;
        bw_watch_tell(r->watch, &(bw_load_progress){"reading", r->name, b->len,
                                                    r->expected});
    }
    return status;
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static void tell_changed(const reading *r, const char *how)
{
    bw_diag_add(r->diags, BW_ERROR, BW_FILE_CHANGED, (bw_place){r->name, 0, 0},
                "the file changed while it was read: %s; wait until nobody "
                "writes to it, then run again",
                how);
}

/* A name that now leads elsewhere counts too: the new file is the one that was
 * meant. A plain file without a size is none on a disk: of those in /proc the
 * size is always 0. */
static bw_status check_unchanged(const reading *r, int file)
{
    struct stat after, there;
    const struct stat *before = &r->before;
    size_t size = r->bytes->len;
    if (!S_ISREG(before->st_mode) || fstat(file, &after) != 0 ||
        (after.st_size == 0 && before->st_size == 0))
        return BW_OK;
    if (after.st_size != before->st_size || size != (size_t)after.st_size) {
        char how[120];
        snprintf(how, sizeof how, "it had %" PRIdMAX " bytes and has %" PRIdMAX,
                 (intmax_t)before->st_size, (intmax_t)after.st_size);
        tell_changed(r, how);
    } else if (!same_time(&after.st_mtim, &before->st_mtim)) {
        tell_changed(r, "it was written to, and has as many bytes as before");
    } else if (stat(r->path, &there) != 0 || there.st_ino != before->st_ino ||
               there.st_dev != before->st_dev) {
        tell_changed(r, "another one, or none, has its name now");
    } else {
        return BW_OK;
    }
    return BW_INVALID;
}

bw_status bw_file_read(const char *path, const char *name,
                       const bw_load_watch *watch, bw_diags *diags,
                       bw_bytes *bytes)
{
    reading r = {path, name, watch, diags, bytes, {0}, 0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &r.before) != 0) {
        cannot_read(&r, errno);
        if (file >= 0)
            close(file);
        return BW_IO;
    }
    if (S_ISREG(r.before.st_mode) && r.before.st_size > 0)
        r.expected = (size_t)r.before.st_size;
    int error = 0;
    /* A directory opens, and fails at the first read() with EISDIR. */
    bw_status status = read_all(&r, file, &error);
    if (status == BW_IO)
        cannot_read(&r, error);
    if (status == BW_OK)
        status = check_unchanged(&r, file);
    close(file);
    return status;
}
