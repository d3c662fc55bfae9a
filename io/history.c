/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file is read under a lock. A line that fits its header is appended in one
 * write; where columns are missing the whole is written anew beside it and
 * takes its name, wherever a link to it leads. Who waited for the lock of a
 * file that has lost its name by then opens again. Spreadsheets that saved it
 * may have left a byte-order mark and CRLF. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "history.h"

#include "bw/alloc.h"
#include "csv_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    COLUMNS_MAX = 256,
    NAME_MAX_LEN = 64
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

typedef struct history {
    const char *path;
    int file;
    mode_t mode;
    bw_buf text; /* as it stands in the file */
    char name[COLUMNS_MAX][NAME_MAX_LEN];
    int n_names;
} history;

static bw_status tell(const history *h, const char *why, bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){h->path, 0, 0},
                "the line of this run could not be added: %s", why);
    return BW_IO;
}

static bool lock(int file)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int done;
    do
        done = fcntl(file, F_SETLKW, &whole);
    while (done < 0 && errno == EINTR);
    return done == 0;
}

/* The lock must be that of the file which has the name. */
static bw_status open_locked(history *h, bw_diags *diags)
{
    for (;;) {
        struct stat mine, named;
        h->file = open(h->path, O_RDWR | O_CREAT | O_APPEND, 0666);
        if (h->file < 0 || fstat(h->file, &mine) < 0)
            return tell(h, strerror(errno), diags);
        if (!S_ISREG(mine.st_mode)) /* some devices can be read for ever */
            return tell(h, "it is no regular file; name another", diags);
        if (!lock(h->file) || fstat(h->file, &mine) < 0)
            return tell(h, strerror(errno), diags);
        h->mode = mine.st_mode & 07777;
        if (stat(h->path, &named) == 0 && mine.st_ino == named.st_ino &&
            mine.st_dev == named.st_dev)
            return BW_OK;
        close(h->file);
    }
}

static bw_status read_all(history *h, bw_diags *diags)
{
    char block[65536];
    ssize_t got;
    while ((got = read(h->file, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tell(h, strerror(errno), diags);
        bw_buf_add(&h->text, block, (size_t)got);
    }
    return h->text.failed ? BW_NOMEM : BW_OK;
}

static const char *after_mark(const char *text)
{
    return strncmp(text, byte_order_mark, 3) == 0 ? text + 3 : text;
}

/* The file of somebody else may well begin with a date. */
static bool is_ours(const history *h, const bw_history_value *value)
{
    return h->n_names == 0 ||
           (h->n_names > 1 && strcmp(h->name[0], value[0].column) == 0 &&
            strcmp(h->name[1], value[1].column) == 0);
}

/* "date";"scenario" and the like. */
static bool is_saved_anew(const char *at, size_t len,
                          const bw_history_value *value)
{
    size_t n = strlen(value[0].column), quote = len > 0 && *at == '"';
    return len > 2 * quote + n &&
           strncmp(at + quote, value[0].column, n) == 0 &&
           strchr(quote ? "\"" : ";\t|", at[quote + n]) != NULL;
}

/* Our names hold no commas and no quotes. */
static bw_status read_header(history *h, const bw_history_value *value,
                             bw_diags *diags)
{
    const char *at = after_mark(h->text.text ? h->text.text : "");
    size_t line = strcspn(at, "\r\n");
    if (is_saved_anew(at, line, value))
        return tell(h,
                    "another program has saved this file with other "
                    "separators or with quotes; save it as CSV with commas "
                    "and without quotes, or name another",
                    diags);
    for (const char *end = at + line; at < end && h->n_names < COLUMNS_MAX;) {
        size_t len = strcspn(at, ",\r\n");
        if (len >= NAME_MAX_LEN)
            return tell(h, "a column of its header has a name too long", diags);
        snprintf(h->name[h->n_names++], NAME_MAX_LEN, "%.*s", (int)len, at);
        at += len + (at + len < end);
    }
    if (!is_ours(h, value) || (h->text.len > 0 && h->n_names == 0))
        return tell(h, "this file is no history of audits; name another",
                    diags);
    return BW_OK;
}

/* How many columns were added. */
static int add_columns(history *h, const bw_history_value *value, int n)
{
    int before = h->n_names;
    for (int i = 0; i < n; i++) {
        int k = 0;
        while (k < h->n_names && strcmp(h->name[k], value[i].column) != 0)
            k++;
        if (k == h->n_names && k < COLUMNS_MAX)
            snprintf(h->name[h->n_names++], NAME_MAX_LEN, "%s",
                     value[i].column);
    }
    return h->n_names - before;
}

static void compose_line(const history *h, const bw_history_value *value, int n,
                         bw_buf *out)
{
    bw_csv csv = {.buf = out};
    for (int k = 0; k < h->n_names; k++) {
        const char *text = "";
        for (int i = 0; i < n; i++)
            if (strcmp(h->name[k], value[i].column) == 0)
                text = value[i].value;
        bw_csv_text(&csv, text);
    }
    bw_csv_end(&csv);
}

/* The header anew, and every record with blanks for the columns added. A line
 * break in quotes ends no record. */
static void widen(const history *h, int added, bw_buf *out)
{
    bw_csv csv = {.buf = out};
    const char *at = h->text.text ? h->text.text : "";
    if (after_mark(at) > at)
        bw_buf_text(out, byte_order_mark);
    for (int k = 0; k < h->n_names; k++)
        bw_csv_text(&csv, h->name[k]);
    bw_csv_end(&csv);
    at += strcspn(at, "\n");
    bool quoted = false;
    for (at += *at == '\n'; *at; at++) {
        quoted ^= *at == '"';
        bool ends =
            (*at == '\n' && at[-1] != '\r') || (*at == '\r' && at[1] == '\n');
        ends = ends && !quoted;
        for (int k = 0; ends && k < added; k++)
            bw_buf_text(out, ",");
        bw_buf_add(out, at, 1);
    }
}

static bool write_all(int file, const bw_buf *buf)
{
    size_t sent = 0;
    while (sent < buf->len) {
        ssize_t n = write(file, buf->text + sent, buf->len - sent);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        sent += (size_t)n;
    }
    return fsync(file) == 0;
}

/* A line of which only a part got there is taken back. */
static bw_status append(history *h, const bw_buf *line, bw_diags *diags)
{
    if (write_all(h->file, line))
        return BW_OK;
    const char *why = strerror(errno);
    if (ftruncate(h->file, (off_t)h->text.len) < 0)
        return tell(h, "the disk is full, and half a line stands there", diags);
    return tell(h, why, diags);
}

static bw_status replace(history *h, const bw_buf *whole, bw_diags *diags)
{
    bw_buf beside = {0};
    char *target = realpath(h->path, NULL);
    if (!target)
        return tell(h, strerror(errno), diags);
    bw_buf_format(&beside, "%s.%ld.tmp", target, (long)getpid());
    bw_status status = beside.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK && (bw_buf_save(whole, beside.text) != BW_OK ||
                            chmod(beside.text, h->mode) != 0 ||
                            rename(beside.text, target) != 0)) {
        status = tell(h, strerror(errno), diags);
        unlink(beside.text);
    }
    bw_buf_free(&beside);
    free(target); /* not ours: the C library's */
    return status;
}

static bw_status add(history *h, const bw_history_value *value, int n,
                     bw_diags *diags)
{
    bw_buf out = {0};
    bool fresh = h->text.len == 0;
    bool whole = fresh || h->text.text[h->text.len - 1] == '\n';
    if (!whole)
        bw_buf_text(&h->text, "\n");
    int added = add_columns(h, value, n);
    bool anew = added > 0 && !fresh;
    if (anew || fresh)
        widen(h, added, &out);
    else if (!whole)
        bw_buf_text(&out, "\n");
    compose_line(h, value, n, &out);
    bw_status status = out.failed || h->text.failed ? BW_NOMEM
                       : anew                       ? replace(h, &out, diags)
                                                    : append(h, &out, diags);
    bw_buf_free(&out);
    return status;
}

bw_status bw_history_append(const char *path, const bw_history_value *value,
                            int n, bw_diags *diags)
{
    history *h = bw_alloc(1, sizeof *h);
    if (!h)
        return BW_NOMEM;
    h->path = path;
    h->file = -1;
    bw_status status = open_locked(h, diags);
    if (status == BW_OK)
        status = read_all(h, diags);
    if (status == BW_OK)
        status = read_header(h, value, diags);
    if (status == BW_OK)
        status = add(h, value, n, diags);
    if (h->file >= 0)
        close(h->file); /* and gives the lock back */
    bw_buf_free(&h->text);
    bw_free(h);
    return status;
}
