/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The steps of reading a change, in the order in which crm_change_read.c calls
 * them. Each tells all faults that it finds and returns BW_OK all the same:
 * errors are counted at the end. Only what ends the reading is returned. */
#ifndef BW_CRM_CHANGE_PARTS_H
#define BW_CRM_CHANGE_PARTS_H

#include "bw/alloc.h"
#include "crm_change.h"

/** assignments.csv, which takes as long to read as the accounts: it is read
 * beside them. */
typedef struct bw_crm_assignments {
    const char *dir;
    bw_diags *diags; /* of its reading */
    bw_source *source;
    bw_table *table;
} bw_crm_assignments;

typedef struct bw_crm_changing {
    const bw_crm_order *order;
    bw_crm_change *change;
    bw_diags *diags;
    bw_arena *arena; /* the change's */
    bw_crm_assignments plan;
    int32_t parking; /* a user; BW_CRM_NOBODY: none was named, or he was told */
    const char **planned_owner; /* [n] the owner when the plan was made, as the
                                 * accounts file has it; NULL: as was_text */
} bw_crm_changing;

/** crm_change_plan.c: fits bw_aside; `data` is the bw_crm_assignments. */
bw_status bw_crm_assignments_read(void *data);
void bw_crm_assignments_free(bw_crm_assignments *plan);
/** Of a table that was read: rep, segment, plan_sha256. */
bw_status bw_crm_change_plan(bw_crm_changing *c);
/** crm_change_users.c: users, user_of_rep, parking. */
bw_status bw_crm_change_users(bw_crm_changing *c);
/** crm_change_keys.c: accounts, key, row, was_text. */
bw_status bw_crm_change_keys(bw_crm_changing *c);
/** crm_change_fates.c: was, now, fate, counts. */
bw_status bw_crm_change_fates(bw_crm_changing *c);
/** crm_change_owners.c: may the new owners be written, and the former ones? */
bw_status bw_crm_change_owners(bw_crm_changing *c);
/** crm_change_order.c: order, and families that are too large. */
bw_status bw_crm_change_order(bw_crm_changing *c);

/** Where a message about the account points: `field` of the table that was
 * read for it, else its line in the plan's accounts file. */
bw_place bw_crm_account_place(const bw_crm_change *change, int32_t account,
                              bw_crm_field field);
/** Its line in the plan's accounts file. */
bw_place bw_crm_planned_place(const bw_crm_change *change, int32_t account);
bw_place bw_crm_rep_place(const bw_crm_change *change, int32_t rep);

#endif
