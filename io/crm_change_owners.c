/* SPDX-License-Identifier: GPL-3.0-or-later */
/* May the owners be written? The new ones to the CRM, the former ones again
 * should the load be rolled back. Only accounts that are written count; each
 * owner is told once, with how many accounts it is about. */
#include "crm_change_parts.h"

#include "crm_key.h"
#include "field.h"
#include "index.h"

#include <string.h>

static const char *user_file(const bw_crm_changing *c)
{
    return c->order->users ? c->order->users
                           : c->change->problem->inputs[1].path;
}

/* What a message calls him: not every CRM's users have all of these. */
static const char *called(const bw_crm_change *change, int32_t user)
{
    const bw_crm_user *u = bw_crm_users_at(change->users, user);
    return *u->key     ? u->key
           : *u->login ? u->login
           : *u->email ? u->email
                       : u->name;
}

/* Why the user cannot be written as an owner; nothing where he can be. */
static bw_code find_fault(const bw_crm_change *change, int32_t user,
                          bw_buf *why)
{
    const bw_crm_user *u = bw_crm_users_at(change->users, user);
    const char *text = bw_crm_user_text(u, change->by);
    const char *by = bw_crm_by_text(change->by);
    size_t len = strlen(text);
    why->len = 0;
    if (!u->active) {
        bw_buf_text(why, "is not active in the CRM");
        return BW_CRM_OWNER_INACTIVE;
    }
    if (bw_field_blank(text)) {
        bw_buf_format(why, "has no %s, and owners are written by it", by);
        return BW_CRM_OWNER_FORM;
    }
    bw_crm_key_fault fault = BW_CRM_KEY_GOOD;
    static const bw_crm_form plain = {0};
    const bw_crm_form *form = change->by == BW_CRM_BY_KEY
                                  ? &change->profile->table[BW_CRM_USERS].key
                                  : &plain;
    fault = bw_crm_key_check(form, text, len);
    if (fault != BW_CRM_KEY_GOOD) {
        bw_buf_format(why, "has the %s \"%.80s\", and ", by, text);
        bw_crm_key_tell(form, text, fault, why);
        return fault == BW_CRM_KEY_FORMULA ? BW_CRM_FORMULA : BW_CRM_OWNER_FORM;
    }
    if (bw_crm_users_find_by(change->users, change->by, text) != user) {
        bw_buf_format(why, "shares the %s \"%.80s\" with another user", by,
                      text);
        return BW_CRM_OWNER_AMBIGUOUS;
    }
    return BW_N_CODES;
}

bool bw_crm_can_own(const bw_crm_change *change, int32_t user)
{
    bw_buf why = {0};
    bool can = user >= 0 && find_fault(change, user, &why) == BW_N_CODES;
    bw_buf_free(&why);
    return can;
}

static const char *advice_for(bw_code code)
{
    switch ((int)code) {
    case BW_CRM_OWNER_INACTIVE:
        return "make the user active, or plan without the rep";
    case BW_CRM_OWNER_AMBIGUOUS:
        return "write owners by something else with --owner-by";
    default:
        return "correct it where the users come from";
    }
}

/* Accounts that would be written with this rep's user, or that nobody knows a
 * user for. */
static bw_status count_by_rep(const bw_crm_change *change, int64_t **result)
{
    size_t m = (size_t)change->problem->reps.n;
    int64_t *count = bw_alloc(m, sizeof *count);
    *result = count;
    if (!count)
        return BW_NOMEM;
    for (int32_t a = 0; a < change->n; a++)
        if (change->rep[a] >= 0 && change->fate[a] == BW_CRM_CHANGES)
            count[change->rep[a]]++;
    return BW_OK;
}

static void check_rep(const bw_crm_changing *c, int32_t rep, int64_t accounts,
                      bw_buf *why)
{
    const bw_crm_change *change = c->change;
    const bw_reps *reps = &change->problem->reps;
    int32_t user = change->user_of_rep[rep];
    bw_place place = bw_crm_rep_place(change, rep);
    const char *id = reps->id[rep], *name = reps->name[rep];
    const char *s = accounts == 1 ? "" : "s";
    if (user == BW_CRM_AMBIGUOUS)
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_OWNER_AMBIGUOUS, place,
                    "rep \"%.80s\" (%.80s), who gets %lld account%s, may be "
                    "more than one user of %.200s by id, login, e-mail and "
                    "name; give the rep the user's key as id",
                    id, name, (long long)accounts, s, user_file(c));
    else if (user < 0)
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_OWNER_UNKNOWN, place,
                    "rep \"%.80s\" (%.80s), who gets %lld account%s, is no "
                    "user of %.200s by id, login, e-mail or name; add "
                    "%s, or give the rep the user's key as id",
                    id, name, (long long)accounts, s, user_file(c),
                    c->order->users ? "the user"
                                    : "the CRM's users with --users");
    if (user < 0)
        return;
    bw_code code = find_fault(change, user, why);
    if (code != BW_N_CODES)
        bw_diag_add(c->diags, BW_ERROR, code,
                    bw_crm_users_at(change->users, user)->place,
                    "user \"%.80s\", who gets %lld account%s as rep \"%.80s\", "
                    "%s; %s",
                    called(change, user), (long long)accounts, s, id,
                    why->text ? why->text : "", advice_for(code));
}

static void check_parking(const bw_crm_changing *c, bw_buf *why)
{
    const bw_crm_change *change = c->change;
    if (c->parking < 0)
        return;
    bw_code code = find_fault(change, c->parking, why);
    if (code != BW_N_CODES)
        bw_diag_add(c->diags, BW_ERROR, code,
                    (bw_place){"--parking-owner", 0, 0},
                    "user \"%.80s\", who is to keep the accounts of vacancies, "
                    "%s; name another one",
                    c->order->parking, why->text ? why->text : "");
}

/* A former owner of accounts that are written. */
typedef struct former {
    int32_t first; /* account */
    int64_t accounts;
} former;

typedef struct formers {
    bw_index *index; /* by the text in the accounts' table */
    former *list;    /* [n] */
    int32_t n, room;
} formers;

static bw_status add_former(formers *all, int32_t account)
{
    if (all->n == all->room) {
        int32_t room = all->room ? 2 * all->room : 64;
        former *grown = bw_realloc(all->list, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        all->list = grown;
        all->room = room;
    }
    all->list[all->n++] = (former){account, 0};
    return BW_OK;
}

static bw_status gather(const bw_crm_change *change, formers *all)
{
    bw_status status = bw_index_new(256, &all->index);
    for (int32_t a = 0; a < change->n && status == BW_OK; a++) {
        int32_t k;
        const char *text = change->was_text[a];
        if (change->was[a] == BW_CRM_NOBODY || !bw_crm_is_written(change, a))
            continue;
        status = bw_index_put(all->index, text, strlen(text), all->n, &k);
        if (status == BW_OK && k == all->n)
            status = add_former(all, a);
        if (status == BW_OK)
            all->list[k].accounts++;
    }
    return status;
}

static void check_former(const bw_crm_changing *c, const former *f, bw_buf *why)
{
    const bw_crm_change *change = c->change;
    int32_t user = change->was[f->first];
    bw_code code = BW_CRM_OWNER_LOST;
    why->len = 0;
    if (user == BW_CRM_AMBIGUOUS) {
        code = BW_CRM_OWNER_AMBIGUOUS;
        bw_buf_format(why, "is what several users of %.200s are called",
                      user_file(c));
    } else if (user < 0)
        bw_buf_format(why, "is no user of %.200s", user_file(c));
    else if (find_fault(change, user, why) == BW_N_CODES)
        return;
    bw_diag_add(
        c->diags, c->order->lost_owners ? BW_WARNING : BW_ERROR, code,
        bw_crm_account_place(change, f->first, BW_CRM_OWNER),
        "\"%.80s\", the former owner of %lld account%s, %s: a rollback cannot "
        "give %s back; %s",
        change->was_text[f->first], (long long)f->accounts,
        f->accounts == 1 ? "" : "s", why->text ? why->text : "",
        f->accounts == 1 ? "it" : "them",
        c->order->lost_owners
            ? "rollback/ leaves that out, as --lost-owners says"
            : "correct the users, or go on without that with --lost-owners");
}

static bw_status check_formers(const bw_crm_changing *c, bw_buf *why)
{
    formers all = {0};
    bw_status status = gather(c->change, &all);
    for (int32_t k = 0; k < all.n && status == BW_OK; k++)
        check_former(c, &all.list[k], why);
    bw_index_free(all.index);
    bw_free(all.list);
    return status;
}

/* Several are nobody to whoever writes the files. */
static void forget_ambiguous(bw_crm_change *change)
{
    for (int32_t a = 0; a < change->n; a++)
        if (change->was[a] == BW_CRM_AMBIGUOUS)
            change->was[a] = BW_CRM_UNKNOWN;
}

bw_status bw_crm_change_owners(bw_crm_changing *c)
{
    int64_t *count = NULL;
    bw_buf why = {0};
    bw_status status = count_by_rep(c->change, &count);
    for (int32_t r = 0; r < c->change->problem->reps.n && status == BW_OK; r++)
        if (count[r] > 0)
            check_rep(c, r, count[r], &why);
    if (status == BW_OK)
        check_parking(c, &why);
    if (status == BW_OK)
        status = check_formers(c, &why);
    if (status == BW_OK && why.failed)
        status = BW_NOMEM;
    forget_ambiguous(c->change);
    bw_free(count);
    bw_buf_free(&why);
    return status;
}
