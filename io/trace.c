/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seconds,objective,bound; the objective is blank until there is a plan. */
#include "trace.h"

#include "csv_write.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(bw_trace *trace, const char *text)
{
    if (!trace->file || trace->error)
        return;
    errno = 0;
    if (fputs(text, trace->file) < 0 || fflush(trace->file) != 0)
        trace->error = errno ? errno : EIO;
}

static bw_status refuse(const char *path, int error, bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){path, 0, 0},
                "cannot write the trace: %s", strerror(error));
    return BW_IO;
}

static bw_status tell(const bw_trace *trace, bw_diags *diags)
{
    return trace->error ? refuse(trace->path, trace->error, diags) : BW_OK;
}

/* Whether the folder takes a file that is not there yet. */
static bool may_create(const char *path)
{
    bw_buf folder = {0};
    const char *slash = strrchr(path, '/');
    if (slash)
        bw_buf_add(&folder, path, (size_t)(slash - path) + 1);
    else
        bw_buf_text(&folder, ".");
    bool may = folder.failed || access(folder.text, W_OK | X_OK) == 0;
    int error = errno;
    bw_buf_free(&folder);
    errno = error;
    return may;
}

bw_status bw_trace_check(const char *path, bw_diags *diags)
{
    struct stat about;
    if (!path)
        return BW_OK;
    if (stat(path, &about) == 0) {
        if (S_ISDIR(about.st_mode))
            return refuse(path, EISDIR, diags);
        return access(path, W_OK) == 0 ? BW_OK : refuse(path, errno, diags);
    }
    if (errno != ENOENT || !may_create(path))
        return refuse(path, errno, diags);
    return BW_OK;
}

bw_status bw_trace_open(bw_trace *trace, const char *path, bw_diags *diags)
{
    if (!path)
        return BW_OK;
    trace->path = path;
    trace->file = fopen(path, "we");
    if (!trace->file)
        trace->error = errno;
    put(trace, "seconds,objective,bound\n");
    return tell(trace, diags);
}

static bool is_better(const bw_trace *trace, const bw_progress *progress)
{
    if (!trace->any || progress->bound > trace->bound)
        return true;
    return progress->has_plan &&
           (!trace->has_plan || progress->objective < trace->objective);
}

void bw_trace_note(bw_trace *trace, const bw_progress *progress)
{
    if (!trace->file || !is_better(trace, progress))
        return;
    bw_buf line = {0};
    bw_csv csv = {.buf = &line};
    bw_csv_double(&csv, round(progress->seconds * 1e6) / 1e6);
    bw_csv_double(&csv, progress->has_plan ? progress->objective : (double)NAN);
    bw_csv_double(&csv, progress->bound);
    bw_csv_end(&csv);
    if (line.failed)
        trace->error = ENOMEM;
    else
        put(trace, line.text);
    bw_buf_free(&line);
    trace->any = true;
    trace->has_plan = progress->has_plan;
    trace->objective = progress->objective;
    trace->bound = progress->bound;
}

bw_status bw_trace_close(bw_trace *trace, bw_diags *diags)
{
    if (!trace->file)
        return BW_OK;
    if (fclose(trace->file) != 0 && trace->error == 0)
        trace->error = errno;
    trace->file = NULL;
    return tell(trace, diags);
}
