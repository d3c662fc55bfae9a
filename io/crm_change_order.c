/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts in the order in which they are written: as in the file, but a
 * family stands together where its first account does. */
#include "crm_change_parts.h"

#include <string.h>

typedef struct chain {
    int32_t *first, *last; /* [families] account, or -1 */
    int32_t *next;         /* [accounts] of the same family, or -1 */
} chain;

static void link_all(const bw_accounts *accounts, chain *ch)
{
    for (int32_t f = 0; f < accounts->n_families; f++)
        ch->first[f] = -1;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t f = accounts->family[a];
        ch->next[a] = -1;
        if (f < 0)
            continue;
        if (ch->first[f] < 0)
            ch->first[f] = a;
        else
            ch->next[ch->last[f]] = a;
        ch->last[f] = a;
    }
}

static void walk(const bw_accounts *accounts, const chain *ch, int32_t *order)
{
    int32_t n = 0;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t f = accounts->family[a];
        if (f >= 0 && ch->first[f] != a)
            continue;
        order[n++] = a;
        for (int32_t b = ch->next[a]; b >= 0; b = ch->next[b])
            order[n++] = b;
    }
}

/* A part must hold the header, too. */
static void check_families(const bw_crm_changing *c, const chain *ch)
{
    const bw_crm_change *change = c->change;
    int64_t most = change->profile->most_rows - 1;
    const bw_accounts *accounts = &change->problem->accounts;
    for (int32_t f = 0; f < accounts->n_families && most >= 0; f++) {
        int64_t rows = 0;
        for (int32_t a = ch->first[f]; a >= 0; a = ch->next[a])
            rows += bw_crm_is_written(change, a);
        if (rows > most)
            bw_diag_add(
                c->diags, BW_ERROR, BW_CRM_FAMILY_LARGE,
                bw_crm_account_place(change, ch->first[f], BW_CRM_KEY),
                "the family of account \"%.80s\" has %lld accounts that "
                "change, and a file of profile \"%.60s\" takes %lld rows below "
                "its header; a family is never cut: take part of it out of "
                "the family, or raise `rows` in a profile of your own",
                accounts->id[ch->first[f]], (long long)rows,
                change->profile->name, (long long)most);
    }
}

bw_status bw_crm_change_order(bw_crm_changing *c)
{
    const bw_accounts *accounts = &c->change->problem->accounts;
    size_t n = (size_t)accounts->n, m = (size_t)accounts->n_families;
    chain ch = {bw_alloc(m, sizeof *ch.first), bw_alloc(m, sizeof *ch.last),
                bw_alloc(n, sizeof *ch.next)};
    bool room = ch.first && ch.last && ch.next;
    if (room) {
        link_all(accounts, &ch);
        walk(accounts, &ch, c->change->order);
        check_families(c, &ch);
    }
    bw_free(ch.first);
    bw_free(ch.last);
    bw_free(ch.next);
    return room ? BW_OK : BW_NOMEM;
}
