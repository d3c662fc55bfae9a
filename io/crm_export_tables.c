/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for people and for reading back, in our own style. */
#include "crm_export_parts.h"
#include "crm_key.h"
#include "crm_record.h"

#include <string.h>

static const char *plain_owner(bw_crm_writing *w, const bw_crm_user *user)
{
    bw_buf text = {0};
    if (w->change->by == BW_CRM_BY_KEY)
        bw_crm_key_plain(&w->change->profile->table[BW_CRM_USERS].key,
                         user->key, &text);
    else
        bw_buf_text(&text, bw_crm_user_text(user, w->change->by));
    const char *copy =
        text.failed
            ? NULL
            : bw_arena_text(w->arena, text.text ? text.text : "", text.len);
    bw_buf_free(&text);
    return copy;
}

/* Who has the account when all is loaded; who keeps it, if it is held. */
static int32_t owner_after(const bw_crm_change *c, int32_t account)
{
    return c->now[account] == BW_CRM_NOBODY ? c->was[account] : c->now[account];
}

bw_status bw_crm_export_owners(bw_crm_writing *w)
{
    const bw_crm_change *c = w->change;
    size_t n = (size_t)bw_crm_users_count(c->users);
    w->owner = bw_arena_alloc(w->arena, n, sizeof *w->owner);
    w->after = bw_arena_alloc(w->arena, n, sizeof *w->after);
    if (!w->owner || !w->after)
        return BW_NOMEM;
    for (size_t u = 0; u < n; u++) {
        w->owner[u] = plain_owner(w, bw_crm_users_at(c->users, (int32_t)u));
        if (!w->owner[u])
            return BW_NOMEM;
    }
    for (int32_t a = 0; a < c->n; a++) {
        int32_t owner = owner_after(c, a);
        int64_t *count = owner >= 0               ? &w->after[owner]
                         : owner == BW_CRM_NOBODY ? &w->nobody_after
                                                  : &w->others_after;
        ++*count;
        w->written += bw_crm_is_written(c, a);
    }
    return BW_OK;
}

static void add_text(bw_crm_writing *w, const char *text)
{
    bw_crm_files_cell(w->files, text, strlen(text));
}

static void add_account(bw_crm_writing *w, int32_t a, bw_buf *key)
{
    key->len = 0;
    bw_crm_key_plain(&w->change->profile->table[BW_CRM_ACCOUNTS].key,
                     w->change->key[a], key);
    bw_crm_files_cell(w->files, key->text ? key->text : "", key->len);
    add_text(w, w->change->problem->accounts.name[a]);
}

/* A user as owners are written, else the text that names nobody. */
static void add_owner(bw_crm_writing *w, int32_t account, int32_t owner)
{
    bool known = owner >= 0 && *w->owner[owner];
    const char *was = w->change->was_text[account];
    add_text(w, known ? w->owner[owner] : was ? was : "");
}

static const char *why_held(const bw_crm_change *c, int32_t rep)
{
    if (rep < 0)
        return "no rep";
    return c->problem->reps.status[rep] == BW_CANDIDATE
               ? "candidate without a user"
               : "vacancy without a user";
}

static void held_row(bw_crm_writing *w, int32_t a, bw_buf *key)
{
    const bw_crm_change *c = w->change;
    const bw_reps *reps = &c->problem->reps;
    int32_t rep = c->rep[a];
    add_account(w, a, key);
    add_text(w, rep >= 0 ? reps->id[rep] : "");
    add_text(w, rep >= 0 ? reps->name[rep] : "");
    add_text(w, why_held(c, rep));
    add_owner(w, a, c->was[a]);
    bw_csv_quanta(bw_crm_files_csv(w->files),
                  bw_quanta(c->problem->accounts.revenue[a]));
}

static void owners_row(bw_crm_writing *w, int32_t a, bw_buf *key)
{
    const bw_crm_change *c = w->change;
    int32_t rep = c->rep[a];
    add_account(w, a, key);
    add_text(w, rep >= 0 ? c->problem->reps.id[rep] : "");
    add_owner(w, a, c->was[a]);
    add_owner(w, a, owner_after(c, a));
    add_text(w, bw_crm_fate_text((bw_crm_fate)c->fate[a]));
}

static bw_status write_accounts(bw_crm_writing *w, bool held)
{
    const bw_crm_change *c = w->change;
    bw_buf key = {0};
    bw_status status = BW_OK;
    for (int32_t i = 0; i < c->n && status == BW_OK; i++) {
        int32_t a = c->order[i];
        if (held && c->fate[a] != BW_CRM_HELD)
            continue;
        (held ? held_row : owners_row)(w, a, &key);
        status = key.failed ? BW_NOMEM : bw_crm_files_row(w->files, -1);
    }
    bw_buf_free(&key);
    return status == BW_OK ? bw_crm_files_end(w->files) : status;
}

static bw_status write_users(bw_crm_writing *w)
{
    int32_t n = bw_crm_users_count(w->change->users);
    bw_status status = BW_OK;
    for (int32_t u = 0; u < n && status == BW_OK; u++) {
        const bw_crm_user *user = bw_crm_users_at(w->change->users, u);
        add_text(w, user->key);
        add_text(w, user->login);
        add_text(w, user->email);
        add_text(w, user->name);
        add_text(w, user->active ? "yes" : "no");
        status = bw_crm_files_row(w->files, -1);
    }
    return status == BW_OK ? bw_crm_files_end(w->files) : status;
}

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

bw_status bw_crm_export_tables(bw_crm_writing *w)
{
    static const char *const held[] = {"account",  "account_name", "rep_id",
                                       "rep_name", "reason",       "owner",
                                       "revenue"};
    static const char *const owners[] = {"account",     "account_name",
                                         "rep_id",      "owner_before",
                                         "owner_after", "fate"};
    static const char *const users[] = {"id", "login", "email", "name",
                                        "active"};
    bw_status status =
        bw_crm_files_begin_own(w->files, "held.csv", "held", held, COUNT(held));
    if (status == BW_OK)
        status = write_accounts(w, true);
    if (status == BW_OK)
        status = bw_crm_files_begin_own(w->files, "owners.csv", "owners",
                                        owners, COUNT(owners));
    if (status == BW_OK)
        status = write_accounts(w, false);
    if (status == BW_OK)
        status = bw_crm_files_begin_own(w->files, "users.csv", "users", users,
                                        COUNT(users));
    return status == BW_OK ? write_users(w) : status;
}
