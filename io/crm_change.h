/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a plan changes in a CRM: for every account the user who owns it there
 * and the one who shall, checked before anything is written. */
#ifndef BW_CRM_CHANGE_H
#define BW_CRM_CHANGE_H

#include "bw/problem.h"
#include "crm_users.h"

typedef enum bw_crm_fate {
    BW_CRM_STAYS,   /* the owner is the right one already */
    BW_CRM_CHANGES, /* to the rep's user */
    BW_CRM_PARKED,  /* to the user who keeps accounts of vacancies; may be the
                     * owner already, then nothing is written */
    BW_CRM_HELD,    /* the rep is a vacancy or a candidate without a user, or
                     * the account has no rep: nothing is written */
    BW_CRM_N_FATES
} bw_crm_fate;

/** stays, changes, parked, held. */
const char *bw_crm_fate_text(bw_crm_fate fate);

/** What the command line says. NULL: not given. */
typedef struct bw_crm_order {
    const char *dir;      /* of the plan */
    const char *users;    /* table; else the scenario's reps are the users */
    const char *accounts; /* a later export: owners as they are now */
    const char *parking;  /* the user who keeps accounts of vacancies */
    int owner_by;         /* bw_crm_by; -1: as the profile says */
    bool lost_owners;     /* a former owner who cannot be written again is a
                           * warning, no error */
    bool quiet;
} bw_crm_order;

/** Accounts are those of the plan, numbered as in the problem. */
typedef struct bw_crm_change {
    const bw_crm_profile *profile; /* borrowed */
    bw_scenario *scenario;
    bw_problem *problem;
    bw_crm_users *users;
    bw_crm_table accounts; /* that was read for keys, owners and copies: of the
                            * scenario or `order.accounts`; table NULL where
                            * the problem alone was enough */
    bw_crm_by by;          /* of owners in files */
    char plan_sha256[65];  /* of assignments.csv */
    int32_t n;             /* accounts */
    const char **key;      /* [n] as the table has it, well formed */
    int64_t *row;          /* [n] in `accounts`; NULL without */
    int32_t *rep;          /* [n] of the problem; -1: none */
    int32_t *was;          /* [n] user; BW_CRM_NOBODY: the account has no owner;
                            * BW_CRM_UNKNOWN: a text that names nobody */
    const char **was_text; /* [n] as the table has it */
    int32_t *now;          /* [n] user; BW_CRM_NOBODY: held */
    uint8_t *fate;         /* [n] bw_crm_fate */
    int32_t *order;        /* [n] accounts in the order in which they are
                            * written: as in the file, families together */
    const char **segment;  /* [n] as assignments.csv has it */
    int32_t *user_of_rep;  /* [reps] BW_CRM_NOBODY: a vacancy */
    int64_t count[BW_CRM_N_FATES];
    int64_t moved_meanwhile; /* owners that are others than when the plan was
                              * made; only with order.accounts */
    int64_t not_in_plan;     /* rows of `accounts` that the plan does not know;
                              * likewise */
    void *arena;
} bw_crm_change;

/** Does the CRM get a row for this account? */
bool bw_crm_is_written(const bw_crm_change *change, int32_t account);

/** May the user be written as an owner: active, and with what files name owners
 * by, well formed and nobody else's? False of BW_CRM_NOBODY and the like. */
bool bw_crm_can_own(const bw_crm_change *change, int32_t user);

/**
 * Reads the plan, its inputs (which must be unchanged) and the tables, and
 * checks every key and owner: all faults, not the first. BW_INVALID: nothing
 * may be written. *change is there whatever comes, for _free.
 */
bw_status bw_crm_change_read(const bw_crm_order *order,
                             const bw_crm_profile *profile, bw_diags *diags,
                             bw_crm_change **change);
void bw_crm_change_free(bw_crm_change *change);

/** The owner as it goes into files, prefix included; nobody: the profile's
 * `clear`, or nothing. */
void bw_crm_owner_write(const bw_crm_change *change, int32_t user, bw_buf *out);

#endif
