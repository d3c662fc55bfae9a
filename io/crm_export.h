/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The folder that goes to a CRM: the profile's files, what rolls them back,
 * tables for people and programs, a manifest, and LOAD.txt. It appears as a
 * whole or not at all. */
#ifndef BW_CRM_EXPORT_H
#define BW_CRM_EXPORT_H

#include "crm_companions.h"

/** What was written, for the command to print. */
typedef struct bw_crm_exported {
    const bw_crm_written *file; /* [n_files] in the order in which they load:
                                 * changes, rollback, then our own */
    int n_files;
    int64_t written;    /* accounts for which the CRM gets a row */
    int64_t not_rolled; /* of them: those whose former owner cannot be
                         * written again, or that had none and the CRM takes
                         * none away; rollback/ leaves them out */
    bw_crm_companion companion[BW_CRM_N_TABLES]; /* contacts, opportunities */
    void *arena;
} bw_crm_exported;

/**
 * Reads the companions, checks their keys and owners, and writes the folder:
 * all faults are told, and any of them leaves what stands there as it was.
 * `dir` is not there, or empty, or an earlier export, whose files go; files in
 * it that are nobody's but the user's stay. `dir` NULL: nothing is written, but
 * all is checked and counted. `companions` NULL: none.
 *
 * BW_INVALID: a check failed (also a family that no part can hold); BW_IO: the
 * folder or a file cannot be written. *exported is NULL then.
 */
bw_status bw_crm_export_write(const bw_crm_change *change,
                              const bw_crm_companion_order *companions,
                              const char *dir, bw_diags *diags,
                              bw_crm_exported **exported);
void bw_crm_exported_free(bw_crm_exported *exported);

/** Whether `dir` could be written, before anything is read: as
 * bw_out_dir_check, for exports. */
bw_status bw_crm_export_check(const char *dir, bw_diags *diags);

#endif
