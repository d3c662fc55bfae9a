/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks: accounts that only one rep may serve, by <lock> or because they have
 * no place and stay with their owner. */
#include "load_parts.h"

#include "buf.h"

#include <string.h>

static void add_attr(bw_buf *buf, const char *name, const bw_attr *attr)
{
    if (!attr->text)
        return;
    bool quotes = strchr(attr->text, '"') != NULL;
    const char *mark = quotes && !strchr(attr->text, '\'') ? "'" : "\"";
    bw_buf_text(buf, " ");
    bw_buf_text(buf, name);
    bw_buf_text(buf, "=");
    bw_buf_text(buf, mark);
    for (const char *p = attr->text; *p; p++) {
        if (*p == '&')
            bw_buf_text(buf, "&amp;");
        else if (*p == '<')
            bw_buf_text(buf, "&lt;");
        else if (*p == mark[0])
            bw_buf_text(buf, "&quot;");
        else
            bw_buf_add(buf, p, 1);
    }
    bw_buf_text(buf, mark);
}

const char *bw_rule_text(bw_arena *arena, const bw_rule_spec *rule)
{
    static const char *const name[] = {"<lock", "<require", "<forbid",
                                       "<limit"};
    bw_buf buf = {0};
    bw_buf_text(&buf, name[rule->kind]);
    add_attr(&buf, "where", &rule->where);
    add_attr(&buf, "rep-where", &rule->rep_where);
    add_attr(&buf, "pair", &rule->pair);
    add_attr(&buf, "account", &rule->account);
    add_attr(&buf, "rep", &rule->rep);
    bw_buf_text(&buf, "/>");
    const char *text =
        buf.failed ? NULL : bw_arena_text(arena, buf.text, buf.len);
    bw_buf_free(&buf);
    return text;
}

/* What locks an account: a rule, or the account's missing place. */
typedef struct reason {
    const char *text;
    bw_place place; /* of the rule; line 0: none */
} reason;

typedef struct locks {
    bw_loader *loader;
    int32_t *lock;   /* [accounts] */
    int32_t *by;     /* [accounts] reason, where locked */
    reason *reasons; /* [n_rules + 1] */
    int32_t owner;   /* column of accounts.csv */
} locks;

static bw_place owner_place(const locks *l, int32_t account)
{
    return bw_sheet_place(&l->loader->accounts, l->owner,
                          l->loader->row_of_account[account]);
}

static void set_lock(locks *l, int32_t account, int32_t rep, int32_t by)
{
    const bw_problem *problem = l->loader->problem;
    int32_t other = l->lock[account];
    if (other < 0) {
        l->lock[account] = rep;
        l->by[account] = by;
        return;
    }
    const reason *first = &l->reasons[l->by[account]];
    const reason *second = &l->reasons[by];
    const char *home = l->loader->scenario->path;
    char one[BW_PLACE_TEXT], two[BW_PLACE_TEXT];
    if (other != rep)
        bw_diag_add(l->loader->diags, BW_ERROR, BW_LOCK_CONFLICT,
                    owner_place(l, account),
                    "account \"%.80s\" is locked to rep \"%.60s\" by %.200s "
                    "(%s) and to rep \"%.60s\" by %.200s (%s); exclude it "
                    "from one of them",
                    problem->accounts.id[account], problem->reps.id[other],
                    first->text, bw_place_text(first->place, home, one),
                    problem->reps.id[rep], second->text,
                    bw_place_text(second->place, home, two));
}

static const char *why_no_owner(const locks *l, int32_t account)
{
    const bw_accounts *accounts = &l->loader->problem->accounts;
    if (accounts->owner[account] >= 0)
        return "is leaving";
    const char *text = accounts->owner_text[account];
    int32_t row = bw_load_find_rep(l->loader, text, strlen(text));
    if (row < 0)
        return row == BW_REP_SEVERAL ? "is the name of several reps"
                                     : "is not listed among the reps";
    return "takes no part";
}

static void lock_to_owner(locks *l, int32_t account, int32_t by)
{
    const bw_problem *problem = l->loader->problem;
    int32_t owner = problem->accounts.owner[account];
    const char *id = problem->accounts.id[account];
    const char *text = problem->accounts.owner_text[account];
    if (owner >= 0 && owner < problem->reps.n_serving) {
        set_lock(l, account, owner, by);
        return;
    }
    bw_sheet *sheet = &l->loader->accounts;
    int32_t column = bw_sheet_field(sheet, "owner");
    int64_t row = l->loader->row_of_account[account];
    if (text[0] == '\0')
        bw_flaw_found(sheet, BW_LOCK_OWNERLESS, column, row,
                      "account \"%.80s\" has no owner, but is to stay with it "
                      "by %.300s; fill in the owner, exclude the account, or "
                      "say <quality code=\"lock-ownerless\" do=\"ignore\"/>",
                      id, l->reasons[by].text);
    else
        bw_flaw_found(sheet, BW_LOCK_OWNERLESS, column, row,
                      "account \"%.80s\" is to stay with its owner by %.300s, "
                      "but owner \"%.60s\" %s; name another owner, exclude the "
                      "account, or say <quality code=\"lock-ownerless\" "
                      "do=\"ignore\"/>",
                      id, l->reasons[by].text, text, why_no_owner(l, account));
}

/* The serving rep that a lock names, or -1 after a fault. */
static int32_t find_rep(const locks *l, const bw_attr *rep)
{
    const bw_loader *loader = l->loader;
    const bw_reps *reps = &loader->problem->reps;
    const char *why = "is not listed in";
    int32_t row =
        bw_load_find_id(loader->rep_rows, rep->text, strlen(rep->text));
    int32_t number = row >= 0 ? loader->rep_of_row[row] : -1;
    if (number >= 0 && number < reps->n_serving)
        return number;
    if (row >= 0)
        why = number >= 0 ? "is leaving, says" : "takes no part, says";
    if (!loader->reps.blind)
        bw_diag_add(loader->diags, BW_ERROR, BW_LOCK_REP_UNKNOWN, rep->place,
                    "rep \"%.80s\" %s %s; lock the accounts to one that "
                    "serves in this plan",
                    rep->text, why, loader->reps.spec->file.text);
    return -1;
}

static bw_status apply(locks *l, const bw_rule_spec *spec, int32_t by)
{
    bw_loader *loader = l->loader;
    uint8_t *member;
    int32_t count, rep = -1;
    bw_status status = bw_select_accounts(loader, spec, &member, &count);
    if (spec->rep.text)
        rep = find_rep(l, &spec->rep);
    else if (bw_load_need(&loader->accounts, "owner", spec->place,
                          "<lock> without rep") < 0)
        return bw_fatal(status) ? status : BW_INVALID;
    if (status != BW_OK || loader->reps.blind || loader->accounts.blind)
        return status;
    if (count == 0)
        bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE, spec->place,
                    "no account satisfies this lock's condition, so it does "
                    "nothing; correct it or remove it");
    for (int32_t a = 0; a < loader->problem->accounts.n; a++) {
        if (member[a] && rep >= 0)
            set_lock(l, a, rep, by);
        else if (member[a] && !spec->rep.text)
            lock_to_owner(l, a, by);
    }
    return BW_OK;
}

/* Accounts without a place that stay with their owner. */
static void apply_unplaced(locks *l)
{
    bw_loader *loader = l->loader;
    const bw_accounts *accounts = &loader->problem->accounts;
    int32_t by = loader->scenario->n_rules;
    bool asked = false;
    l->reasons[by].text =
        loader->scenario->unplaced_as_told.text
            ? "unplaced=\"owner\""
            : "<quality code=\"account-unplaced\" do=\"owner\"/>";
    for (int32_t a = 0; a < accounts->n; a++) {
        if (accounts->placing[a] != BW_WITH_OWNER || loader->reps.blind)
            continue;
        if (!asked)
            bw_load_need(&loader->accounts, "owner",
                         loader->scenario->accounts.place, l->reasons[by].text);
        asked = true;
        if (l->owner >= 0)
            lock_to_owner(l, a, by);
    }
}

bw_status bw_load_locks(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    size_t n = (size_t)loader->problem->accounts.n;
    locks l = {.loader = loader};
    l.owner = bw_sheet_field(&loader->accounts, "owner");
    l.lock = bw_arena_alloc(loader->arena, n, sizeof *l.lock);
    l.by = bw_arena_alloc(loader->scratch, n, sizeof *l.by);
    l.reasons = bw_arena_alloc(loader->scratch, (size_t)scenario->n_rules + 1,
                               sizeof *l.reasons);
    if (!l.lock || !l.by || !l.reasons)
        return BW_NOMEM;
    for (size_t a = 0; a < n; a++)
        l.lock[a] = -1;
    loader->problem->lock = l.lock;
    for (int i = 0; i < scenario->n_rules; i++) {
        const bw_rule_spec *spec = &scenario->rules[i];
        if (spec->kind != BW_RULE_LOCK)
            continue;
        l.reasons[i] =
            (reason){bw_rule_text(loader->scratch, spec), spec->place};
        if (!l.reasons[i].text)
            return BW_NOMEM;
        bw_status status = apply(&l, spec, i);
        if (bw_fatal(status))
            return status;
    }
    apply_unplaced(&l);
    return BW_OK;
}
