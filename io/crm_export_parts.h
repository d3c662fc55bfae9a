/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of an export's folder, for crm_export.c alone. */
#ifndef BW_CRM_EXPORT_PARTS_H
#define BW_CRM_EXPORT_PARTS_H

#include "bw/alloc.h"
#include "crm_companions.h"
#include "out_dir.h"

#define BW_CRM_ROLLBACK "rollback" /* the folder, and the role of its files */

/** A folder being written. */
typedef struct bw_crm_writing {
    const bw_crm_change *change;
    bw_crm_companions *companions;
    const bw_crm_territories *territories; /* NULL: owners are written */
    bw_crm_files *files;
    bw_diags *diags;
    bw_arena *arena;
    const char **owner; /* [users] as our own tables name them */
    int64_t *after;     /* [users] accounts of the plan that they have then */
    int64_t nobody_after, others_after; /* and nobody, and who is no user */
    int64_t written, not_rolled;        /* as in bw_crm_exported */
} bw_crm_writing;

/** Names of the users, and the accounts that they will have. BW_NOMEM. */
bw_status bw_crm_export_owners(bw_crm_writing *w);

/** One of the profile's files for accounts. BW_INVALID: told. */
bw_status bw_crm_export_accounts(bw_crm_writing *w, const bw_crm_file *file,
                                 bool rollback);

/** Likewise one for territories, accounts or users in them. */
bw_status bw_crm_export_territories(bw_crm_writing *w, const bw_crm_file *file,
                                    bool rollback);
/** seats.csv, waiting.csv: with territories, instead of what follows. */
bw_status bw_crm_export_seats(bw_crm_writing *w);

/** held.csv, owners.csv, users.csv. */
bw_status bw_crm_export_tables(bw_crm_writing *w);

/** manifest.json, of all files that are written by then. */
bw_status bw_crm_export_manifest(bw_crm_writing *w);

/** LOAD.txt. */
bw_status bw_crm_export_load(bw_crm_writing *w);

/** The rows of all files of a role. */
int64_t bw_crm_export_rows(const bw_crm_files *files, const char *role);

/** Calls `take` for each of the steps as it is said: once, or for each part of
 * its file that has rows. The texts live in `arena`. BW_NOMEM. */
bw_status bw_crm_export_steps(const bw_crm_steps *steps,
                              const bw_crm_files *files, bool rollback,
                              bw_arena *arena,
                              void (*take)(void *data, const char *text),
                              void *data);

/** The folder of an export: its manifest.json lists its files. */
extern const bw_out_kind bw_crm_out;

/** Do the names of the profile's files get in the way of one another, or of
 * ours? BW_INVALID: told. */
bw_status bw_crm_export_names(const bw_crm_profile *profile, bw_diags *diags);

/** Is none of the files that are read one of the earlier export in `dir`, which
 * will go? BW_IO: told. */
bw_status bw_crm_export_spares(const bw_crm_change *change,
                               const bw_crm_companion_order *order,
                               const char *dir, bw_diags *diags);

#endif
