/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rows of a CRM's files: which cell stands in which of a profile's columns. */
#ifndef BW_CRM_RECORD_H
#define BW_CRM_RECORD_H

#include "crm_change.h"
#include "crm_files.h"

/** A record that the CRM shall change. */
typedef struct bw_crm_record {
    const char *key;  /* well formed */
    const char *name; /* NULL: the table's */
    int64_t row;      /* of the table; -1: it has none */
    int32_t owner;    /* a user, or BW_CRM_NOBODY */
    int64_t group;    /* as in bw_crm_files_row */
} bw_crm_record;

/** The columns of one file. Start zeroed. */
typedef struct bw_crm_layout {
    const bw_crm_change *change;
    const bw_crm_file *file;
    const bw_crm_table *table; /* NULL: none was read */
    bool *left_out;            /* [n_columns] */
    int32_t *column;           /* [n_columns] of the table, for copies */
    bw_buf cell;
} bw_crm_layout;

/** BW_INVALID: the table has no such column that is copied (told). */
bw_status bw_crm_layout_open(const bw_crm_change *change,
                             const bw_crm_file *file, const bw_crm_table *table,
                             bw_diags *diags, bw_crm_layout *layout);
void bw_crm_layout_close(bw_crm_layout *layout);

/** The row; the status is that of bw_crm_files_row. */
bw_status bw_crm_layout_write(bw_crm_layout *layout,
                              const bw_crm_record *record, bw_crm_files *files);

/** Can the owner stand in a row: a user who has what files name owners by, in
 * whatever state, or nobody where the CRM takes owners away. */
bool bw_crm_can_write(const bw_crm_change *change, int32_t user);

/** What a part may hold, for messages: "3 rows with the header and 20 bytes".
 */
void bw_crm_add_limits(const bw_crm_profile *profile, bw_buf *out);

/** The key as files have it, without the form's prefix. */
void bw_crm_key_plain(const bw_crm_form *form, const char *key, bw_buf *out);

#endif
