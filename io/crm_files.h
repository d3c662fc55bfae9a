/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Files for a CRM's importer, written as its profile says: cut into parts at
 * its limits and never inside a group, counted and hashed while they are
 * written, in constant memory. */
#ifndef BW_CRM_FILES_H
#define BW_CRM_FILES_H

#include "buf.h"
#include "crm_profile.h"
#include "csv_write.h"
#include "digest.h"

typedef struct bw_crm_files bw_crm_files;

/** A file that was written, a part of one where it was cut. */
typedef struct bw_crm_written {
    const char *path;        /* as seen from the folder: rollback/x.csv */
    const bw_crm_file *file; /* NULL: none of the profile's */
    const char *role;        /* change, companion, removal, rollback ... */
    int64_t rows, bytes;     /* rows without the header; -1: it is no table */
    char sha256[BW_DIGEST_ROOM];
} bw_crm_written;

/** Files go to a folder that is there; NULL: nowhere, they are only counted,
 * and have no hash. */
bw_status bw_crm_files_new(const bw_crm_profile *profile, const char *folder,
                           bw_crm_files **files);
void bw_crm_files_free(bw_crm_files *files);

/** Begins a file of the profile: its header is not written before there is a
 * row. `subfolder` NULL: none; it is made where it is not there. `left_out`
 * ([n_columns], NULL: none) says which of the columns are not written. */
bw_status bw_crm_files_begin(bw_crm_files *files, const bw_crm_file *file,
                             const char *subfolder, const char *role,
                             const bool *left_out);
/** Begins one of our own tables, which people open, as bw_csv_spreadsheet has
 * it (no text is a formula; a mark, by which bw_own_table_read knows it),
 * without limits: owners.csv. */
bw_status bw_crm_files_begin_own(bw_crm_files *files, const char *name,
                                 const char *role, const char *const *headers,
                                 int n_headers);
/** A cell of the row that is being put together; then the row's end. Rows with
 * the same group (>= 0) that follow one another stay in one part; of a file
 * with limits they are kept in memory until the group is over. BW_INVALID, once
 * for such a group: it alone is over the limit, its rows are passed over; the
 * caller tells. BW_IO: errno says why. */
void bw_crm_files_cell(bw_crm_files *files, const char *text, size_t len);
/** The row that is being put together, for cells that are no plain text. */
bw_csv *bw_crm_files_csv(bw_crm_files *files);
bw_status bw_crm_files_row(bw_crm_files *files, int64_t group);
/** Ends the file; a file without rows is written with its header alone. */
bw_status bw_crm_files_end(bw_crm_files *files);

/** Adds a file of our own, whole: held.csv, manifest.json. */
bw_status bw_crm_files_save(bw_crm_files *files, const char *name,
                            const char *role, const bw_buf *buf);

/** The file at hand, for messages: as seen from the folder. */
const char *bw_crm_files_current(const bw_crm_files *files);

/** In the order in which they were ended; as long as `files` lives and no
 * other file is begun. */
int bw_crm_files_count(const bw_crm_files *files);
const bw_crm_written *bw_crm_files_at(const bw_crm_files *files, int index);

#endif
