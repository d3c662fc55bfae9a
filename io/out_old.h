/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Folders of runs: which files in one are the program's, and how they go while
 * everybody else's stay. */
#ifndef BW_OUT_OLD_H
#define BW_OUT_OLD_H

#include "bw/alloc.h"
#include "bw/status.h"

/** A kind of folder. */
typedef struct bw_out_kind {
    const char *what;      /* "plan", for messages */
    const char *marker;    /* the file that every such folder has */
    const char *subfolder; /* that the program makes in it; NULL: none */
    /* Files that the program writes there, NULL last, as seen from the folder:
     * always the same ones, or NULL and */
    const char *const *names;
    /* those that are listed in the folder: *names NULL where it is no folder of
     * the kind. In `arena`. BW_NOMEM. */
    bw_status (*listed)(const char *dir, bw_arena *arena,
                        const char *const **names);
} bw_out_kind;

/** The program's files in a folder, NULL last; NULL: it is none of the kind.
 * BW_NOMEM. */
bw_status bw_out_old_names(const bw_out_kind *kind, const char *dir,
                           bw_arena *arena, const char *const **names);

/** A file in `dir` that is none of `names` and would lose its place to one in
 * `next`, as seen from the folder; NULL: there is none. BW_NOMEM. */
bw_status bw_out_old_clash(const bw_out_kind *kind, const char *dir,
                           const char *const *names, const char *next,
                           const char **clash, bw_arena *arena);

/** Removes the files from a folder, then the folder. What is none of them goes
 * to `next`. */
void bw_out_old_remove(const bw_out_kind *kind, const char *dir,
                       const char *const *names, const char *next);

/** Removes a folder that the program alone has filled. */
void bw_out_old_scrap(const bw_out_kind *kind, const char *dir);

#endif
