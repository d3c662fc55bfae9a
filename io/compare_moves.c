/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans against the base's plan, account by account. No more than two of them
 * are in memory. */
#include "assigned.h"
#include "compare.h"

#include <string.h>

static void compare_rows(const bw_assigned *base, const bw_assigned *other,
                         bw_moved *moved)
{
    for (int64_t row = 0; row < bw_assigned_rows(other); row++) {
        bw_cell id = bw_assigned_account(other, row);
        int64_t there = bw_assigned_find(base, id.text, id.len);
        if (there < 0)
            continue;
        bw_cell now = bw_assigned_rep(other, row);
        bw_cell before = bw_assigned_rep(base, there);
        moved->accounts++;
        if (now.len == before.len &&
            memcmp(now.text, before.text, now.len) == 0)
            continue;
        moved->moved++;
        moved->revenue += bw_assigned_revenue(other, row);
    }
    moved->known = true;
}

static bw_status compare_one(const bw_assigned *base, bw_contender *contender)
{
    bw_assigned *other = NULL;
    bw_status status = bw_assigned_read(contender->folder, false, &other);
    if (status == BW_OK)
        compare_rows(base, other, &contender->from_base);
    bw_assigned_free(other);
    return status == BW_NOMEM ? BW_NOMEM : BW_OK;
}

bw_status bw_compare_moves(bw_compare *compare)
{
    bw_assigned *base = NULL;
    if (!bw_contender_has_plan(&compare->contender[0]))
        return BW_OK;
    bw_status status =
        bw_assigned_read(compare->contender[0].folder, true, &base);
    for (int i = 1; status == BW_OK && i < compare->n; i++)
        if (bw_contender_has_plan(&compare->contender[i]))
            status = compare_one(base, &compare->contender[i]);
    bw_assigned_free(base);
    return status == BW_NOMEM ? BW_NOMEM : BW_OK;
}
