/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a folder beside its place and moves it there. */
#define _GNU_SOURCE /* renameat2: exchanges two names in one step */
#include "out_dir.h"

#include "bw/alloc.h"
#include "interrupt.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bw_out_dir {
    const bw_out_kind *kind;
    bw_arena *arena;
    const char *dir;        /* where it shall stand; absolute when it exists */
    const char *shown;      /* as the user wrote it */
    char *hidden;           /* the folder being written; "" after the commit */
    bool replaces;          /* dir exists, and */
    const char *const *old; /* the program's files in it, NULL last */
};

#define MOVING "move the finished folder into place"

static const char *const names[] = {"assignments.csv",
                                    "territories.csv",
                                    "moves.csv",
                                    "segments.csv",
                                    "regions.csv",
                                    "rejected.csv",
                                    "summary.json",
                                    "scenario.resolved.xml",
                                    "certificate.csv",
                                    "clusters.csv",
                                    "frontier.csv",
                                    "frontier_plans.csv",
                                    "repair.csv",
                                    "positions.csv",
                                    "headcount.csv",
                                    "positions_proof.csv",
                                    "report.html",
                                    "plan.xlsx",
                                    "timing.json",
                                    "run.json",
                                    NULL};

const bw_out_kind bw_out_plan = {"plan", "summary.json", NULL, names, NULL};

const char *const *bw_out_dir_names(void)
{
    return names;
}

static bw_status refuse(bw_diags *diags, const char *shown, const char *why)
{
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){shown, 0, 0}, "%s", why);
    return BW_IO;
}

/* "cannot WHAT: REASON" by errno. */
static bw_status fail(bw_diags *diags, const char *shown, const char *what)
{
    const char *why = errno ? strerror(errno) : "unknown reason";
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){shown, 0, 0},
                "cannot %s: %s", what, why);
    return BW_IO;
}

/* a/b in the arena; NULL: no memory. */
static char *join(bw_arena *arena, const char *a, const char *middle,
                  const char *b)
{
    size_t size = strlen(a) + strlen(middle) + strlen(b) + 1;
    char *path = bw_arena_alloc(arena, size, 1);
    if (path)
        snprintf(path, size, "%s%s%s", a, middle, b);
    return path;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* True when the folder holds nothing. */
static bool is_empty(const char *dir)
{
    DIR *list = opendir(dir);
    if (!list)
        return false;
    bool empty = true;
    for (struct dirent *e = readdir(list); e && empty; e = readdir(list))
        empty = is_dots(e->d_name);
    closedir(list);
    return empty;
}

/* True when the process stands in the folder or below it: it would find itself
 * in a folder that is no longer there. */
static bool stands_in(const char *dir)
{
    char here[4096];
    size_t len = strlen(dir);
    if (!getcwd(here, sizeof here) || strncmp(here, dir, len) != 0)
        return false;
    return here[len] == '\0' || here[len] == '/' || dir[len - 1] == '/';
}

/* Where the folder stands in truth: through symbolic links when it exists,
 * without trailing slashes when it does not. */
static bw_status resolve(bw_out_dir *out)
{
    char *real = realpath(out->shown, NULL);
    if (!real && errno != ENOENT)
        return BW_IO;
    out->replaces = real != NULL;
    size_t len = strlen(real ? real : out->shown);
    while (!real && len > 1 && out->shown[len - 1] == '/')
        len--;
    out->dir = bw_arena_text(out->arena, real ? real : out->shown, len);
    free(real);
    return out->dir ? BW_OK : BW_NOMEM;
}

/* True where another file system begins: such a folder cannot be renamed. */
static bool is_mount_point(const char *dir)
{
    struct statx what;
    return statx(AT_FDCWD, dir, 0, STATX_TYPE, &what) == 0 &&
           (what.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

/* Which files in it are the program's? In an empty one none. */
static bw_status know_old(bw_out_dir *out, bw_diags *diags)
{
    static const char *const nothing[] = {NULL};
    const bw_out_kind *kind = out->kind;
    bw_status status = bw_out_old_names(kind, out->dir, out->arena, &out->old);
    if (status != BW_OK || out->old)
        return status;
    out->old = nothing;
    if (is_empty(out->dir))
        return BW_OK;
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){out->shown, 0, 0},
                "holds files but no %s%s, so it is no earlier %s; name another "
                "folder with -o, or empty it",
                kind->marker, kind->listed ? " that lists them" : "",
                kind->what);
    return BW_IO;
}

/* May what stands there be replaced? */
static bw_status may_replace(bw_out_dir *out, bw_diags *diags)
{
    struct stat what;
    if (stat(out->dir, &what) != 0)
        return fail(diags, out->shown, "look at it");
    if (!S_ISDIR(what.st_mode))
        return refuse(diags, out->shown,
                      "is a file, not a folder; name another one with -o");
    if (stands_in(out->dir))
        return refuse(diags, out->shown,
                      "is the folder you are in, or holds it; name a folder "
                      "inside it, for instance -o plan");
    if (is_mount_point(out->dir))
        return refuse(diags, out->shown,
                      "is a mount point, which cannot be replaced in one step; "
                      "name a folder inside it");
    return know_old(out, diags);
}

/* The template of the hidden folder's name: beside dir, so that a rename
 * stays inside one file system. */
static char *hidden_name(bw_arena *arena, const char *dir)
{
    const char *slash = strrchr(dir, '/');
    const char *base = slash ? slash + 1 : dir;
    char *parent = bw_arena_text(arena, dir, (size_t)(base - dir));
    char *prefix = parent ? join(arena, parent, ".", base) : NULL;
    return prefix ? join(arena, prefix, ".", "new-XXXXXX") : NULL;
}

static bw_status make_hidden(bw_out_dir *out, bw_diags *diags)
{
    struct stat now;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = 0777 & ~mask;
    if (out->replaces && stat(out->dir, &now) == 0)
        mode = now.st_mode & 07777;
    char *hidden = hidden_name(out->arena, out->dir);
    if (!hidden)
        return BW_NOMEM;
    if (!mkdtemp(hidden))
        return fail(diags, out->shown,
                    errno == ENOENT
                        ? "create it; the folder it shall stand in is missing"
                        : "create a folder beside it");
    out->hidden = hidden;
    bw_scrap_add(hidden);
    if (chmod(hidden, mode) != 0)
        return fail(diags, out->shown, "set the permissions of a folder there");
    return BW_OK;
}

static bool is_link(const char *path)
{
    struct stat what;
    return lstat(path, &what) == 0 && S_ISLNK(what.st_mode);
}

static bw_status open_out(bw_out_dir *out, const char *dir, bw_diags *diags)
{
    out->arena = bw_arena_new();
    out->shown = out->arena ? bw_arena_text(out->arena, dir, strlen(dir)) : "";
    if (!out->arena || !out->shown)
        return BW_NOMEM;
    if (!*dir)
        return refuse(diags, "-o", "names no folder; write -o DIR");
    bw_status status = resolve(out);
    if (status == BW_IO)
        return fail(diags, out->shown, "use it");
    if (status == BW_OK && !out->replaces && is_link(out->dir))
        return refuse(diags, out->shown,
                      "is a symbolic link to nothing; create the folder that "
                      "it names, or remove it");
    if (status == BW_OK && out->replaces)
        status = may_replace(out, diags);
    return status == BW_OK ? make_hidden(out, diags) : status;
}

bw_status bw_out_dir_new(const bw_out_kind *kind, const char *dir,
                         bw_diags *diags, bw_out_dir **out_dir)
{
    *out_dir = NULL;
    bw_out_dir *out = bw_alloc(1, sizeof *out);
    if (!out)
        return BW_NOMEM;
    out->kind = kind;
    bw_status status = open_out(out, dir, diags);
    if (status == BW_OK)
        *out_dir = out;
    else
        bw_out_dir_free(out);
    return status;
}

bw_status bw_out_dir_check(const bw_out_kind *kind, const char *dir,
                           bw_diags *diags)
{
    bw_out_dir *probe = NULL;
    bw_status status = bw_out_dir_new(kind, dir, diags, &probe);
    bw_out_dir_free(probe);
    return status;
}

void bw_out_dir_free(bw_out_dir *out)
{
    if (!out)
        return;
    if (out->hidden)
        bw_out_old_scrap(out->kind, out->hidden);
    bw_scrap_forget();
    bw_arena_free(out->arena);
    bw_free(out);
}

const char *bw_out_dir_folder(const bw_out_dir *out)
{
    return out->hidden;
}

static bool is_named(const bw_out_kind *kind, const char *name)
{
    const char *const *n = kind->names;
    while (n && *n && strcmp(*n, name) != 0)
        n++;
    return !n || *n;
}

const char *bw_out_dir_path(bw_out_dir *out, const char *name)
{
    assert(is_named(out->kind, name) && out->hidden);
    const char *path = join(out->arena, out->hidden, "/", name);
    if (path)
        bw_scrap_add(path);
    return path;
}

bw_status bw_out_dir_save(bw_out_dir *out, const char *name, const bw_buf *buf,
                          bw_diags *diags)
{
    const char *path = bw_out_dir_path(out, name);
    const char *shown = path ? join(out->arena, out->shown, "/", name) : NULL;
    if (!shown || buf->failed)
        return BW_NOMEM;
    errno = 0;
    bw_status status = bw_buf_save(buf, path);
    return status == BW_IO ? fail(diags, shown, "write it") : status;
}

/* For systems that cannot exchange: aside, in, and back again when the second
 * step fails. The old folder ends up under the hidden name as well. */
static int swap_in_steps(bw_out_dir *out)
{
    char *aside = join(out->arena, out->hidden, ".", "old");
    if (!aside) {
        errno = ENOMEM;
        return -1;
    }
    if (rename(out->dir, aside) != 0)
        return -1;
    if (rename(out->hidden, out->dir) != 0) {
        int why = errno;
        rename(aside, out->dir);
        errno = why;
        return -1;
    }
    rename(aside, out->hidden);
    return 0;
}

static int swap(bw_out_dir *out)
{
    if (renameat2(AT_FDCWD, out->hidden, AT_FDCWD, out->dir, RENAME_EXCHANGE) ==
        0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return swap_in_steps(out);
}

/* Nobody's own file is lost to one of ours that has its name. */
static bw_status keep_theirs(bw_out_dir *out, bw_diags *diags)
{
    const char *clash;
    bw_status status = bw_out_old_clash(out->kind, out->dir, out->old,
                                        out->hidden, &clash, out->arena);
    if (status != BW_OK || !clash)
        return status;
    const char *shown = join(out->arena, out->shown, "/", clash);
    return shown ? refuse(diags, shown,
                          "would be written over, but is none of the files of "
                          "what stands there; move it elsewhere")
                 : BW_NOMEM;
}

/* Another run may have written its folder there while this one worked: the last
 * one wins, as if they had run one after the other. */
static bw_status move_in(bw_out_dir *out, bw_diags *diags)
{
    if (!out->replaces) {
        if (rename(out->hidden, out->dir) == 0)
            return BW_OK;
        if (errno != ENOTEMPTY && errno != EEXIST)
            return fail(diags, out->shown, MOVING);
        out->replaces = true;
    }
    bw_status status = may_replace(out, diags);
    if (status == BW_OK)
        status = keep_theirs(out, diags);
    if (status != BW_OK)
        return status;
    return swap(out) == 0 ? BW_OK : fail(diags, out->shown, MOVING);
}

static bw_status put_in_place(bw_out_dir *out, bw_diags *diags)
{
    bw_status status = move_in(out, diags);
    if (status != BW_OK)
        return status;
    if (out->replaces)
        bw_out_old_remove(out->kind, out->hidden, out->old, out->dir);
    out->hidden = NULL;
    return BW_OK;
}

bw_status bw_out_dir_commit(bw_out_dir *out, bw_diags *diags)
{
    /* Signals wait: for a moment the hidden name holds the earlier plan. */
    bw_interrupt_hold(true);
    bw_status status = put_in_place(out, diags);
    if (status == BW_OK)
        bw_scrap_forget();
    bw_interrupt_hold(false);
    return status;
}
