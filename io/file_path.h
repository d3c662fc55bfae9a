/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Names of files that stand in files. */
#ifndef BW_FILE_PATH_H
#define BW_FILE_PATH_H

#include "buf.h"
#include "bw/alloc.h"

/** Where the file is that is named inside the file `writer` (a path; NULL: none
 * is known): relative names start in the writer's folder. NULL when memory is
 * short. */
char *bw_file_beside(bw_arena *arena, const char *writer, const char *file);
void bw_file_add_beside(bw_buf *out, const char *writer, const char *file);

/** A file in a folder: FOLDER/NAME. NULL when memory is short. */
char *bw_file_inside(bw_arena *arena, const char *folder, const char *name);

/** Takes `x/..` and `.` out of a path, in place. Where x is a link, it then
 * leads elsewhere. */
void bw_file_fold(char *path);

/** From a folder to a file, both absolute and without `..` in them. */
void bw_file_add_relative(bw_buf *out, const char *folder, const char *file);

#endif
