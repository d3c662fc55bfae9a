/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Territories of a CRM that keeps them as records of their own (Salesforce):
 * a tree of them, accounts in them, users in them. A plan's reps are positions,
 * each with a territory; a rep without a person has one, too. The records refer
 * to one another by keys that only the CRM gives, so a tree that is not there
 * yet is made level by level, one export after the other. */
#ifndef BW_CRM_TERRITORIES_H
#define BW_CRM_TERRITORIES_H

#include "crm_change.h"

/** Exports of the CRM, and keys for new territories. NULL: not given. */
typedef struct bw_crm_territory_order {
    const char *territories; /* those that the plan governs, with the ones above
                              * them; NULL: there are none yet */
    const char *associations; /* accounts in territories */
    const char *members;      /* users in territories; NULL: they stay as they
                               * are */
    const char *model, *type; /* of territories that are made */
} bw_crm_territory_order;

/** A territory that the plan needs. */
typedef struct bw_crm_node {
    const char *name, *code; /* the code is unique, of letters, digits and
                              * single underscores, and begins with a letter */
    int32_t parent;          /* a node before this one; -1: stands on top */
    int32_t rep;             /* of the problem; -1: a region, or the top */
    int64_t row;             /* in the tree that was read; -1: not there yet */
    const char *key;         /* as read; NULL: not there yet */
    bool wanted; /* false: above territories that are all there, not needed */
} bw_crm_node;

/** What becomes of an account. */
typedef enum bw_crm_seat {
    BW_CRM_SEATED,  /* is in its rep's territory */
    BW_CRM_SEATS,   /* gets into it */
    BW_CRM_WAITS,   /* its territory is not there yet: it stays where it is */
    BW_CRM_NO_SEAT, /* has no rep */
    BW_CRM_N_SEATS
} bw_crm_seat;

/** seated, seats, waits, none. */
const char *bw_crm_seat_text(bw_crm_seat seat);

typedef struct bw_crm_territories {
    const bw_crm_change *change;       /* borrowed */
    bw_crm_table tree, seats, members; /* table NULL: there are none, or not
                                        * given */
    bool joins;                        /* members are given, if only as none */
    bw_crm_node *node;                 /* [n] */
    int32_t n;
    int32_t *node_of_rep; /* [reps] -1: does not serve */
    int32_t *node_of_row; /* [rows of the tree] -1: none of the plan's */
    uint8_t *seat;        /* [accounts] bw_crm_seat */
    int64_t *leave;       /* [n_leave] rows of `seats` that go */
    int64_t n_leave;
    int32_t *join;   /* [n_join] reps whose user gets into their territory */
    int64_t *resign; /* [n_resign] rows of `members` that go */
    int32_t n_join;
    int64_t n_resign;
    /* Counted and left alone: */
    int64_t seats_by_rule; /* a rule of the CRM put the account there */
    int64_t seats_foreign; /* of territories that were not given, or of records
                            * that are no accounts of the plan */
    int64_t members_foreign; /* of people who are no users of the plan's reps,
                              * or of such territories */
    int64_t count[BW_CRM_N_SEATS];
    const char *model, *type; /* of territories that are made, or NULL */
    int32_t to_make, to_wait; /* territories: now, and in a later export */
    void *arena;
} bw_crm_territories;

/** Can the node be made now: what it stands under is there? */
bool bw_crm_node_ready(const bw_crm_territories *t, int32_t node);

/** Reads the tables, finds the plan's territories among those there are, by
 * key, code or name, and decides about accounts and users. BW_INVALID: told. */
bw_status bw_crm_territories_read(const bw_crm_territory_order *order,
                                  const bw_crm_change *change, bw_diags *diags,
                                  bw_crm_territories **territories);
void bw_crm_territories_free(bw_crm_territories *territories);

#endif
