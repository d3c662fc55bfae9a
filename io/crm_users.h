/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The users of a CRM, found by whatever names them: key, login, e-mail, name,
 * in this order. Logins and e-mails are compared without case, names as they
 * are. A text of more than 1,023 bytes names nobody. */
#ifndef BW_CRM_USERS_H
#define BW_CRM_USERS_H

#include "crm_table.h"

typedef struct bw_crm_user {
    const char *key, *login, *email, *name; /* "" where blank or unknown */
    bool active;
    bw_place place; /* of its row */
} bw_crm_user;

typedef struct bw_crm_users bw_crm_users;

enum {
    BW_CRM_NOBODY = -1,   /* the text is blank */
    BW_CRM_UNKNOWN = -2,  /* nobody is called so */
    BW_CRM_AMBIGUOUS = -3 /* several are */
};

/** An empty set; keys have the form of the profile's users. */
bw_status bw_crm_users_new(const bw_crm_profile *profile, bw_crm_users **users);
/** Texts are copied, that of the place too. A user whose key is there already
 * is one and the same if all else is equal; else told as crm-owner-ambiguous,
 * and BW_INVALID. */
bw_status bw_crm_users_add(bw_crm_users *users, const bw_crm_user *user,
                           bw_diags *diags);
/** Every row of the table that is not blank. Without a column for it all are
 * active. BW_INVALID: told of some; the others are there. */
bw_status bw_crm_users_add_table(bw_crm_users *users, const bw_crm_table *table,
                                 bw_diags *diags);
void bw_crm_users_free(bw_crm_users *users);

int32_t bw_crm_users_count(const bw_crm_users *users);
const bw_crm_user *bw_crm_users_at(const bw_crm_users *users, int32_t index);

/** The user whom the text names: by key, else by login, else by e-mail, else by
 * name. An index, or one of the three above. */
int32_t bw_crm_users_find(const bw_crm_users *users, const char *text);
/** Only by one of them. */
int32_t bw_crm_users_find_by(const bw_crm_users *users, bw_crm_by by,
                             const char *text);

/** What names the user in files, without the key's prefix: "" where the user
 * has no such thing. */
const char *bw_crm_user_text(const bw_crm_user *user, bw_crm_by by);

#endif
