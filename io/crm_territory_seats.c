/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts in territories. An account has one seat among the territories that
 * the plan governs, which are those of the tree that was given; seats elsewhere
 * are somebody else's and stay. There is no way to move a seat: one goes, and
 * one comes. None goes before the other can come. */
#include "crm_territories_parts.h"

#include "crm_key.h"
#include "field.h"

#include <string.h>

typedef struct seating {
    bw_crm_seating *s;
    bw_arena *scratch;
    bw_index *accounts; /* normal key -> account */
    bool *seated;       /* [accounts] is in its rep's territory already */
} seating;

const char *bw_crm_seat_text(bw_crm_seat seat)
{
    static const char *const text[] = {"seated", "seats", "waits", "none"};
    return text[seat];
}

/* The node of an account's rep, or -1. */
static int32_t node_of(const bw_crm_territories *t, int32_t account)
{
    int32_t rep = t->change->rep[account];
    return rep < 0 ? -1 : t->node_of_rep[rep];
}

static bw_status index_accounts(seating *w)
{
    const bw_crm_change *change = w->s->t->change;
    const bw_crm_form *form = &change->profile->table[BW_CRM_ACCOUNTS].key;
    bw_status status = bw_index_new(change->n, &w->accounts);
    for (int32_t a = 0; a < change->n && status == BW_OK; a++) {
        int32_t there;
        size_t len = strlen(change->key[a]);
        const char *own =
            bw_crm_territory_normal(w->scratch, form, change->key[a], &len);
        status =
            own ? bw_index_put(w->accounts, own, len, a, &there) : BW_NOMEM;
    }
    return status;
}

static bw_status find_account(const seating *w, const char *key, int32_t *found)
{
    const bw_crm_profile *profile = w->s->t->change->profile;
    size_t len = strlen(key);
    const char *own = bw_crm_territory_normal(
        w->scratch, &profile->table[BW_CRM_ACCOUNTS].key, key, &len);
    *found = own ? bw_index_find(w->accounts, own, len) : -1;
    return own ? BW_OK : BW_NOMEM;
}

/* A rule of the CRM would seat the account there again at once. */
static bool is_by_rule(const bw_crm_table *seats, int64_t row)
{
    const char *cause = bw_crm_table_cell(seats, row, BW_CRM_CAUSE).text;
    size_t len = strlen(cause);
    static const char end[] = "Manual";
    size_t ending = sizeof end - 1;
    return !bw_field_blank(cause) &&
           (len < ending || strcmp(cause + len - ending, end) != 0);
}

static bw_status judge_row(seating *w, int64_t row)
{
    bw_crm_territories *t = w->s->t;
    int32_t account;
    int64_t at;
    bw_cell of = bw_crm_table_cell(&t->seats, row, BW_CRM_ACCOUNT);
    bw_cell in = bw_crm_table_cell(&t->seats, row, BW_CRM_TERRITORY);
    bw_status status = find_account(w, of.text, &account);
    if (status == BW_OK)
        status = bw_crm_territory_find(w->s, w->scratch, in.text, &at);
    if (status != BW_OK)
        return status;
    int32_t node = account < 0 ? -1 : node_of(t, account);
    if (account < 0 || at < 0)
        t->seats_foreign++;
    else if (node >= 0 && t->node[node].row == at)
        w->seated[account] = true;
    else if (node < 0 || t->node[node].row < 0)
        return BW_OK; /* nothing better is there for it yet */
    else if (is_by_rule(&t->seats, row))
        t->seats_by_rule++;
    else if (bw_crm_territory_key(w->s, &t->seats, row))
        t->leave[t->n_leave++] = row;
    return BW_OK;
}

static bw_status judge_rows(seating *w)
{
    bw_crm_territories *t = w->s->t;
    int64_t rows = t->seats.table ? bw_table_rows(t->seats.table) : 0;
    bw_status status = BW_OK;
    t->leave = bw_arena_alloc(w->s->arena, (size_t)rows, sizeof *t->leave);
    if (!t->leave)
        return BW_NOMEM;
    if (rows > 0)
        status = index_accounts(w);
    for (int64_t row = 0; row < rows && status == BW_OK; row++)
        status = judge_row(w, row);
    return status;
}

static void decide(const seating *w, int32_t account)
{
    bw_crm_territories *t = w->s->t;
    int32_t node = node_of(t, account);
    bw_crm_seat seat = node < 0                ? BW_CRM_NO_SEAT
                       : w->seated[account]    ? BW_CRM_SEATED
                       : t->node[node].row < 0 ? BW_CRM_WAITS
                                               : BW_CRM_SEATS;
    t->seat[account] = (uint8_t)seat;
    t->count[seat]++;
}

bw_status bw_crm_territory_seats(bw_crm_seating *s)
{
    bw_crm_territories *t = s->t;
    size_t n = (size_t)t->change->n;
    seating w = {.s = s, .scratch = bw_arena_new()};
    w.seated = bw_alloc(n, sizeof *w.seated);
    t->seat = bw_arena_alloc(s->arena, n, sizeof *t->seat);
    bool room = w.scratch && w.seated && t->seat;
    bw_status status = room ? judge_rows(&w) : BW_NOMEM;
    for (int32_t a = 0; a < t->change->n && status == BW_OK; a++)
        decide(&w, a);
    bw_index_free(w.accounts);
    bw_arena_free(w.scratch);
    bw_free(w.seated);
    return status;
}
