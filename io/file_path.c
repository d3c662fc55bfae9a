/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file_path.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the writer's path that are its folder. */
static size_t folder_of(const char *writer, const char *file)
{
    const char *slash = writer ? strrchr(writer, '/') : NULL;
    return slash && file[0] != '/' ? (size_t)(slash - writer) + 1 : 0;
}

void bw_file_add_beside(bw_buf *out, const char *writer, const char *file)
{
    size_t folder = folder_of(writer, file);
    if (folder)
        bw_buf_add(out, writer, folder);
    bw_buf_text(out, file);
}

char *bw_file_beside(bw_arena *arena, const char *writer, const char *file)
{
    size_t folder = folder_of(writer, file);
    size_t room = folder + strlen(file) + 1;
    char *path = bw_arena_alloc(arena, room, 1);
    if (path)
        snprintf(path, room, "%.*s%s", (int)folder, folder ? writer : "", file);
    return path;
}

char *bw_file_inside(bw_arena *arena, const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = bw_arena_alloc(arena, room, 1);
    if (path)
        snprintf(path, room, "%s/%s", folder, name);
    return path;
}

void bw_file_fold(char *path)
{
    char *start = path + (*path == '/'), *to = start, *floor = start;
    const char *from = start;
    for (bool more = *from; more;) {
        size_t len = strcspn(from, "/");
        bool up = len == 2 && from[0] == '.' && from[1] == '.';
        more = from[len] == '/'; /* asked before `to` comes there */
        if (up && to > floor) {
            for (to--; to > floor && to[-1] != '/';)
                to--;
        } else if (len > 0 && !(len == 1 && from[0] == '.')) {
            memmove(to, from, len);
            to += len;
            *to++ = '/';
            floor = up ? to : floor;
        }
        from += len + more;
    }
    if (to > start)
        to--;
    *to = '\0';
}

/* Bytes that two absolute paths have in common, in whole components. */
static size_t common(const char *a, const char *b)
{
    size_t last = 0, i = 0;
    for (; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            last = i + 1;
    if ((!a[i] || a[i] == '/') && (!b[i] || b[i] == '/'))
        last = i + (a[i] == '/' && b[i] == '/');
    return last;
}

void bw_file_add_relative(bw_buf *out, const char *folder, const char *file)
{
    size_t shared = common(folder, file);
    const char *up = folder + shared;
    const char *down = file + shared;
    while (*up == '/')
        up++;
    while (*down == '/')
        down++;
    while (*up) {
        bw_buf_text(out, "../");
        up += strcspn(up, "/");
        up += *up == '/';
    }
    bw_buf_text(out, down);
}
