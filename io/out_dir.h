/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The folder that a run writes: all of it appears at once, or the earlier one
 * stays as it was. Files are written to a hidden folder beside it, which then
 * takes its name. Every fault is a BW_OUTPUT diagnostic. */
#ifndef BW_OUT_DIR_H
#define BW_OUT_DIR_H

#include "buf.h"
#include "bw/diag.h"
#include "out_old.h"

typedef struct bw_out_dir bw_out_dir;

/**
 * Whether `dir` could be written, now, before minutes go into solving: it is
 * not there, or empty, or an earlier one of the kind; its parent exists and
 * takes new folders; nobody stands inside it. BW_IO: it could not.
 */
bw_status bw_out_dir_check(const bw_out_kind *kind, const char *dir,
                           bw_diags *diags);

/** Makes the hidden folder. */
bw_status bw_out_dir_new(const bw_out_kind *kind, const char *dir,
                         bw_diags *diags, bw_out_dir **out_dir);
/** Removes the hidden folder unless it was committed. NULL is fine. */
void bw_out_dir_free(bw_out_dir *out_dir);

/** The hidden folder's path, until the commit. */
const char *bw_out_dir_folder(const bw_out_dir *out_dir);
/** Path of a file in the hidden folder; NULL when memory is short. The name
 * must be one of the kind's where those are fixed. */
const char *bw_out_dir_path(bw_out_dir *out_dir, const char *name);
/** Writes a file there. BW_NOMEM when the buffer had failed. */
bw_status bw_out_dir_save(bw_out_dir *out_dir, const char *name,
                          const bw_buf *buf, bw_diags *diags);

/** Puts the folder in place: in one step where the system can exchange two
 * names, else in two with a way back. Files in the earlier folder that are
 * not the program's move over to the new one; nobody's notes are lost. Where a
 * new file has the name of one of those, BW_IO, and the earlier folder stays.
 */
bw_status bw_out_dir_commit(bw_out_dir *out_dir, bw_diags *diags);

/** A plan's folder: summary.json marks it. */
extern const bw_out_kind bw_out_plan;
/** Every file name that the program writes into it, NULL last. */
const char *const *bw_out_dir_names(void);

#endif
