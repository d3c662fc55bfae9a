/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who owns each account, and who shall. */
#include "crm_change_parts.h"

#include "field.h"
#include "index.h"

#include <string.h>

/* Owners are few, accounts many: what each text means is looked up once. */
typedef struct texts {
    const bw_crm_users *users;
    bw_index *index;
    int32_t *user; /* [n] */
    int32_t n, room;
} texts;

static bw_status look_up(texts *t, const char *text, int32_t *user)
{
    int32_t k;
    *user = BW_CRM_NOBODY;
    if (bw_field_blank(text))
        return BW_OK;
    bw_status status = bw_index_put(t->index, text, strlen(text), t->n, &k);
    if (status != BW_OK)
        return status;
    if (k == t->n && t->n == t->room) {
        int32_t room = t->room ? 2 * t->room : 64;
        int32_t *grown = bw_realloc(t->user, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        t->user = grown;
        t->room = room;
    }
    if (k == t->n)
        t->user[t->n++] = bw_crm_users_find(t->users, text);
    *user = t->user[k];
    return BW_OK;
}

/* A rep of whom no user is known, though he should be one, is told later; until
 * then his accounts change. */
static void decide(bw_crm_changing *c, int32_t account)
{
    bw_crm_change *change = c->change;
    int32_t rep = change->rep[account];
    int32_t user = rep < 0 ? BW_CRM_NOBODY : change->user_of_rep[rep];
    bw_crm_fate fate = BW_CRM_CHANGES;
    if (user == BW_CRM_NOBODY) {
        user = rep < 0 ? BW_CRM_NOBODY : c->parking;
        fate = user < 0 ? BW_CRM_HELD : BW_CRM_PARKED;
    } else if (user >= 0 && user == change->was[account])
        fate = BW_CRM_STAYS;
    change->now[account] = user < 0 ? BW_CRM_NOBODY : user;
    change->fate[account] = (uint8_t)fate;
    change->count[fate]++;
}

static bool is_other(int32_t was, int32_t planned, const char *was_text,
                     const char *planned_text)
{
    return was != planned || (was < 0 && strcmp(was_text, planned_text) != 0);
}

bw_status bw_crm_change_fates(bw_crm_changing *c)
{
    bw_crm_change *change = c->change;
    texts t = {.users = change->users};
    bw_status status = bw_index_new(256, &t.index);
    for (int32_t a = 0; a < change->n && status == BW_OK; a++) {
        int32_t planned;
        status = look_up(&t, change->was_text[a], &change->was[a]);
        if (status == BW_OK && c->planned_owner) {
            status = look_up(&t, c->planned_owner[a], &planned);
            change->moved_meanwhile +=
                status == BW_OK &&
                is_other(change->was[a], planned, change->was_text[a],
                         c->planned_owner[a]);
        }
        if (status == BW_OK)
            decide(c, a);
    }
    bw_index_free(t.index);
    bw_free(t.user);
    return status;
}
