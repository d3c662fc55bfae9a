/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Files for a CRM's importer, written as its profile says: cut into parts at
 * its limits and never inside a group, counted and hashed while they are
 * written, in constant memory. */
#ifndef BW_CRM_FILES_H
#define BW_CRM_FILES_H

#include "buf.h"
#include "crm_profile.h"
#include "digest.h"

typedef struct bw_crm_files bw_crm_files;

/** A file that was written, a part of one where it was cut. */
typedef struct bw_crm_written {
    const char *path;        /* as seen from the folder: rollback/x.csv */
    const bw_crm_file *file; /* NULL: none of the profile's */
    const char *role;        /* change, companion, removal, rollback ... */
    int64_t rows, bytes;     /* rows without the header */
    char sha256[BW_DIGEST_ROOM];
} bw_crm_written;

/** Files go to a folder that is there. */
bw_status bw_crm_files_new(const bw_crm_profile *profile, const char *folder,
                           bw_crm_files **files);
void bw_crm_files_free(bw_crm_files *files);

/** Begins a file of the profile: its header is not written before there is a
 * row. `subfolder` NULL: none. `columns` (n_columns of the file, or those that
 * are left of the optional ones). */
bw_status bw_crm_files_begin(bw_crm_files *files, const bw_crm_file *file,
                             const char *subfolder, const char *role,
                             const bool *left_out);
/** A cell of the row that is being put together; then the row's end. Rows with
 * the same group (>= 0) that follow one another stay in one part. BW_INVALID:
 * the group alone is over the limit; the caller tells. */
void bw_crm_files_cell(bw_crm_files *files, const char *text, size_t len);
bw_status bw_crm_files_row(bw_crm_files *files, int64_t group);
/** Ends the file; a file without rows is written with its header alone. */
bw_status bw_crm_files_end(bw_crm_files *files);

/** Adds a file of our own, whole: held.csv, manifest.json. */
bw_status bw_crm_files_save(bw_crm_files *files, const char *name,
                            const char *role, const bw_buf *buf);

int bw_crm_files_count(const bw_crm_files *files);
const bw_crm_written *bw_crm_files_at(const bw_crm_files *files, int index);

#endif
