/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Contacts and opportunities that go along with their account, where the CRM
 * does not move them itself: those of changed accounts that the account's
 * former owner owns. */
#ifndef BW_CRM_COMPANIONS_H
#define BW_CRM_COMPANIONS_H

#include "crm_change.h"
#include "crm_files.h"
#include "crm_territories.h"

/** What goes along with the accounts. NULL: not given. */
typedef struct bw_crm_companion_order {
    const char *contacts, *opportunities; /* tables */
    /* Other files that were read, [n_inputs]: where one of them is a file of
     * the earlier export in the folder, nothing is written. */
    const char *const *inputs;
    int n_inputs;
    const bw_crm_territories *territories; /* are written; NULL: owners are */
} bw_crm_companion_order;

/** The rows of a companion table. */
typedef struct bw_crm_companion {
    bool given;
    int64_t rows;        /* of the table: the sum of those that follow */
    int64_t changes;     /* written */
    int64_t unchanged;   /* their account keeps its owner, or is held */
    int64_t already;     /* have the account's new owner */
    int64_t other_owner; /* not the account's former owner's */
    int64_t closed;      /* opportunities that are closed */
    int64_t not_in_plan; /* their account is not in the plan, or blank */
} bw_crm_companion;

typedef struct bw_crm_companions bw_crm_companions;

/** Reads the tables that are given. BW_INVALID: keys of rows that would be
 * written are not well formed, or stand twice, or the profile has no such file;
 * all is told. *companions is there whatever comes, but for BW_NOMEM. */
bw_status bw_crm_companions_read(const bw_crm_change *change,
                                 const bw_crm_companion_order *order,
                                 bw_diags *diags,
                                 bw_crm_companions **companions);
void bw_crm_companions_free(bw_crm_companions *companions);

const bw_crm_companion *
bw_crm_companions_count(const bw_crm_companions *companions,
                        bw_crm_which which);

/** Writes one of the profile's files: rows of one account in one part; nothing
 * where its table was not given. BW_INVALID: told. */
bw_status bw_crm_companions_write(const bw_crm_companions *companions,
                                  const bw_crm_file *file, bool rollback,
                                  bw_crm_files *files);

#endif
