/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interrupted calls are made again, short ones go on. */
#include "write_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
    LARGEST_WRITE = 1 << 30 /* one write() call takes no more than this */
};

bw_status bw_file_create(const char *path, int *file)
{
    *file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return *file < 0 ? BW_IO : BW_OK;
}

bw_status bw_file_add(int file, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t put =
            write(file, text, len < LARGEST_WRITE ? len : LARGEST_WRITE);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return BW_IO;
        text += put;
        len -= (size_t)put;
    }
    return BW_OK;
}

/* EINVAL and ENOTSUP say that this kind of file (a pipe, a device) cannot be
 * synchronised, not that bytes were lost. */
static bool flushed(int file)
{
    int result;
    do
        result = fsync(file);
    while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL || errno == ENOTSUP;
}

bw_status bw_file_close(int file, bool whole)
{
    bool good = whole && flushed(file);
    int error = errno; /* of the first call that failed */
    if (close(file) != 0 && good) {
        good = false;
        error = errno;
    }
    errno = error;
    return good ? BW_OK : BW_IO;
}
