/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder and, at most, one folder in it are gone through the same way. Names
 * are kept as seen from the outer one: rollback/x.csv. */
#include "out_old.h"

#include "file_path.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NAME_ROOM = 256 /* bytes of a name in a folder, and a NUL */
};

bw_status bw_out_old_names(const bw_out_kind *kind, const char *dir,
                           bw_arena *arena, const char *const **names)
{
    *names = NULL;
    if (!kind->names)
        return kind->listed(dir, arena, names);
    const char *marker = bw_file_inside(arena, dir, kind->marker);
    if (marker && access(marker, F_OK) == 0)
        *names = kind->names;
    return marker ? BW_OK : BW_NOMEM;
}

/* A folder being gone through: both that which goes and that which stays, the
 * outer ones or the ones in them. */
typedef struct going {
    const char *const *names; /* NULL: all are the program's */
    const char *within;       /* the subfolder; NULL: outside */
    const char *subfolder;    /* that stands here; NULL: none */
    DIR *list;
    int from, to; /* descriptors; to: -1 where there is no such folder */
} going;

static bool open_at(going *g, int from, int to, const char *name)
{
    g->from = openat(from, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int twin = g->from < 0 ? -1 : dup(g->from);
    g->list = twin < 0 ? NULL : fdopendir(twin);
    if (!g->list && twin >= 0)
        close(twin);
    g->to = to < 0 ? -1 : openat(to, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return g->list != NULL;
}

static void close_both(going *g)
{
    if (g->list)
        closedir(g->list);
    if (g->from >= 0)
        close(g->from);
    if (g->to >= 0)
        close(g->to);
}

static bool is_ours(const going *g, const char *name)
{
    size_t before = g->within ? strlen(g->within) + 1 : 0;
    if (!g->names)
        return true;
    for (const char *const *n = g->names; *n; n++) {
        if (before && (strncmp(*n, g->within, before - 1) != 0 ||
                       (*n)[before - 1] != '/'))
            continue;
        if (strcmp(*n + before, name) == 0)
            return true;
    }
    return false;
}

/* The next entry, and whether it is the subfolder. */
static const char *next_entry(going *g, bool *folder)
{
    struct dirent *e;
    do
        e = readdir(g->list);
    while (e && (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0));
    struct stat what;
    *folder = e && g->subfolder && strcmp(e->d_name, g->subfolder) == 0 &&
              fstatat(g->from, e->d_name, &what, AT_SYMLINK_NOFOLLOW) == 0 &&
              S_ISDIR(what.st_mode);
    return e ? e->d_name : NULL;
}

/* What is in the way of a name stays, and so does the one that has it. */
static void move_over(const going *g, const char *name)
{
    struct stat there;
    if (g->to >= 0 && fstatat(g->to, name, &there, AT_SYMLINK_NOFOLLOW) != 0)
        renameat(g->from, name, g->to, name);
}

static void empty_out(going *g)
{
    bool folder;
    const char *name;
    while ((name = next_entry(g, &folder))) {
        if (folder) {
            going in = {g->names, name, NULL, NULL, -1, -1};
            if (open_at(&in, g->from, g->to, name))
                empty_out(&in);
            close_both(&in);
            if (unlinkat(g->from, name, AT_REMOVEDIR) != 0)
                move_over(g, name);
        } else if (is_ours(g, name)) {
            unlinkat(g->from, name, 0);
        } else {
            move_over(g, name);
        }
    }
}

void bw_out_old_remove(const bw_out_kind *kind, const char *dir,
                       const char *const *names, const char *next)
{
    going g = {names, NULL, kind->subfolder, NULL, -1, -1};
    if (open_at(&g, AT_FDCWD, -1, dir)) {
        g.to = next ? open(next, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
        empty_out(&g);
    }
    close_both(&g);
    rmdir(dir);
}

void bw_out_old_scrap(const bw_out_kind *kind, const char *dir)
{
    bw_out_old_remove(kind, dir, NULL, NULL);
}

/* Into `name`: the first that is in the way. */
static bool clashes(going *g, char name[NAME_ROOM], bool *within)
{
    bool folder, found = false;
    const char *entry;
    struct stat there;
    while (!found && (entry = next_entry(g, &folder))) {
        if (folder) {
            going in = {g->names, entry, NULL, NULL, -1, -1};
            if (open_at(&in, g->from, g->to, entry))
                found = *within = clashes(&in, name, within);
            close_both(&in);
        } else if (g->to >= 0 && !is_ours(g, entry) &&
                   fstatat(g->to, entry, &there, AT_SYMLINK_NOFOLLOW) == 0) {
            found = true;
            snprintf(name, NAME_ROOM, "%s", entry);
        }
    }
    return found;
}

bw_status bw_out_old_clash(const bw_out_kind *kind, const char *dir,
                           const char *const *names, const char *next,
                           const char **clash, bw_arena *arena)
{
    char name[NAME_ROOM];
    bool within = false, found = false;
    going g = {names, NULL, kind->subfolder, NULL, -1, -1};
    if (open_at(&g, AT_FDCWD, -1, dir)) {
        g.to = open(next, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        found = clashes(&g, name, &within);
    }
    close_both(&g);
    *clash = NULL;
    if (!found)
        return BW_OK;
    *clash = within ? bw_file_inside(arena, kind->subfolder, name)
                    : bw_arena_text(arena, name, strlen(name));
    return *clash ? BW_OK : BW_NOMEM;
}
