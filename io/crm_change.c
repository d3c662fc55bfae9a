/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a change that was read. */
#include "crm_change.h"

#include "bw/alloc.h"
#include "crm_key.h"

const char *bw_crm_fate_text(bw_crm_fate fate)
{
    static const char *const text[] = {"stays", "changes", "parked", "held"};
    return text[fate];
}

bool bw_crm_is_written(const bw_crm_change *change, int32_t account)
{
    uint8_t fate = change->fate[account];
    return (fate == BW_CRM_CHANGES || fate == BW_CRM_PARKED) &&
           change->was[account] != change->now[account];
}

void bw_crm_owner_write(const bw_crm_change *change, int32_t user, bw_buf *out)
{
    const bw_crm_profile *profile = change->profile;
    if (user < 0) {
        bw_buf_text(out, profile->clear ? profile->clear : "");
        return;
    }
    const char *text =
        bw_crm_user_text(bw_crm_users_at(change->users, user), change->by);
    if (change->by == BW_CRM_BY_KEY)
        bw_crm_key_write(&profile->table[BW_CRM_USERS].key, text, out);
    else
        bw_buf_text(out, text);
}

void bw_crm_change_free(bw_crm_change *change)
{
    if (!change)
        return;
    bw_crm_table_free(&change->accounts);
    bw_crm_users_free(change->users);
    bw_problem_free(change->problem);
    bw_scenario_free(change->scenario);
    bw_arena_free(change->arena);
}
