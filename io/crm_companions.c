/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table is gone through once: its rows are told apart by what becomes of
 * them, and those that are written are sorted as their accounts are. */
#include "crm_companions.h"

#include "bw/alloc.h"
#include "crm_key.h"
#include "crm_record.h"
#include "index.h"

#include <stdlib.h>
#include <string.h>

/* A row that is written. */
typedef struct pick {
    int32_t rank; /* of its account in the change's order */
    int32_t account;
    int64_t row;
} pick;

typedef struct companion {
    bw_crm_table table;
    bw_crm_companion count;
    pick *pick;    /* [count.changes] */
    int32_t *twin; /* [rows] another row with the same key, or -1 */
} companion;

struct bw_crm_companions {
    const bw_crm_change *change;
    bw_diags *diags;
    bw_arena *arena;
    bw_index *accounts; /* normal form of a key -> account */
    int32_t *rank;      /* [accounts] */
    companion of[BW_CRM_N_TABLES];
    bool faulty;
};

const bw_crm_companion *bw_crm_companions_count(const bw_crm_companions *c,
                                                bw_crm_which which)
{
    return &c->of[which].count;
}

void bw_crm_companions_free(bw_crm_companions *c)
{
    if (!c)
        return;
    for (int t = 0; t < BW_CRM_N_TABLES; t++)
        bw_crm_table_free(&c->of[t].table);
    bw_index_free(c->accounts);
    bw_arena_free(c->arena);
    bw_free(c);
}

/* In the arena; NULL when memory is short. */
static const char *normal(bw_crm_companions *c, bw_crm_which which,
                          const char *key, size_t len)
{
    const bw_crm_form *form = &c->change->profile->table[which].key;
    char *text = bw_arena_alloc(c->arena, len + 1, 1);
    if (text)
        bw_crm_key_normal(form, key, len, text);
    return text;
}

static bw_status know_accounts(bw_crm_companions *c)
{
    const bw_crm_change *change = c->change;
    bw_status status = bw_index_new(change->n, &c->accounts);
    c->rank = bw_arena_alloc(c->arena, (size_t)change->n, sizeof *c->rank);
    if (!c->rank)
        return BW_NOMEM;
    for (int32_t i = 0; i < change->n && status == BW_OK; i++) {
        int32_t account = change->order[i], there;
        const char *key = change->key[account];
        const char *text = normal(c, BW_CRM_ACCOUNTS, key, strlen(key));
        c->rank[account] = i;
        status = text ? bw_index_put(c->accounts, text, strlen(text), account,
                                     &there)
                      : BW_NOMEM;
    }
    return status;
}

/* Which rows have the same key as another? */
static bw_status find_twins(bw_crm_companions *c, companion *one)
{
    int64_t n = one->count.rows;
    bw_index *rows = NULL;
    bw_status status = bw_index_new(n, &rows);
    one->twin = bw_arena_alloc(c->arena, (size_t)n, sizeof *one->twin);
    if (!one->twin)
        status = BW_NOMEM;
    for (int64_t row = 0; row < n && status == BW_OK; row++) {
        bw_cell key = bw_crm_table_cell(&one->table, row, BW_CRM_KEY);
        const char *text = normal(c, one->table.which, key.text, key.len);
        int32_t there = (int32_t)row;
        status =
            text ? bw_index_put(rows, text, strlen(text), (int32_t)row, &there)
                 : BW_NOMEM;
        one->twin[row] = there == (int32_t)row ? -1 : there;
        if (status == BW_OK && there != (int32_t)row && one->twin[there] < 0)
            one->twin[there] = (int32_t)row;
    }
    bw_index_free(rows);
    return status;
}

static void refuse(bw_crm_companions *c, const companion *one, int64_t row,
                   bw_code code, const char *text)
{
    bw_cell key = bw_crm_table_cell(&one->table, row, BW_CRM_KEY);
    c->faulty = true;
    bw_diag_add(c->diags, BW_ERROR, code,
                bw_crm_table_place(&one->table, row, BW_CRM_KEY),
                "the key \"%.80s\" of the %s %s; correct it in the CRM's "
                "export, or leave the row out",
                key.text, bw_crm_which_text(one->table.which), text);
}

/* Of a row that is written. */
static bw_status check_key(bw_crm_companions *c, const companion *one,
                           int64_t row)
{
    const bw_crm_form *form = &one->table.spec->key;
    bw_cell key = bw_crm_table_cell(&one->table, row, BW_CRM_KEY);
    bw_crm_key_fault fault = bw_crm_key_check(form, key.text, key.len);
    bw_buf text = {0};
    if (fault != BW_CRM_KEY_GOOD) {
        bw_crm_key_tell(form, key.text, fault, &text);
        refuse(c, one, row,
               fault == BW_CRM_KEY_FORMULA ? BW_CRM_FORMULA : BW_CRM_KEY_FORM,
               text.text ? text.text : "is not well formed");
    } else if (one->twin[row] >= 0) {
        char where[BW_PLACE_TEXT];
        bw_place place = bw_crm_table_place(&one->table, row, BW_CRM_KEY);
        bw_place other =
            bw_crm_table_place(&one->table, one->twin[row], BW_CRM_KEY);
        bw_buf_format(&text, "stands in %s, too, so that it names no one row",
                      bw_place_text(other, place.file, where));
        refuse(c, one, row, BW_CRM_KEY_AMBIGUOUS, text.text ? text.text : "");
    }
    bool failed = text.failed;
    bw_buf_free(&text);
    return failed ? BW_NOMEM : BW_OK;
}

/* The account, or -1. */
static int32_t account_of(const bw_crm_companions *c, const companion *one,
                          int64_t row, bw_buf *text)
{
    bw_cell key = bw_crm_table_cell(&one->table, row, BW_CRM_ACCOUNT);
    text->len = 0;
    bw_buf_add(text, key.text, key.len);
    if (text->failed)
        return -1;
    size_t len =
        bw_crm_key_normal(&c->change->profile->table[BW_CRM_ACCOUNTS].key,
                          key.text, key.len, text->text);
    return bw_index_find(c->accounts, text->text, len);
}

/* Its account may be one that changes: not to follow it would go unseen. */
static void tell_changed_case(bw_crm_companions *c, const companion *one,
                              int64_t row)
{
    const bw_crm_form *form = &c->change->profile->table[BW_CRM_ACCOUNTS].key;
    bw_cell key = bw_crm_table_cell(&one->table, row, BW_CRM_ACCOUNT);
    bw_buf clause = {0};
    if (bw_crm_key_check(form, key.text, key.len) != BW_CRM_KEY_SUFFIX)
        return;
    bw_crm_key_tell(form, key.text, BW_CRM_KEY_SUFFIX, &clause);
    c->faulty = true;
    bw_diag_add(c->diags, BW_ERROR, BW_CRM_KEY_FORM,
                bw_crm_table_place(&one->table, row, BW_CRM_ACCOUNT),
                "the account \"%.80s\" of the %s is none: %s; export them "
                "again, and do not save the file with another program",
                key.text, bw_crm_which_text(one->table.which),
                clause.text ? clause.text : "");
    bw_buf_free(&clause);
}

static bool is_closed(bw_crm_companions *c, const companion *one, int64_t row)
{
    if (one->table.which != BW_CRM_OPPORTUNITIES)
        return false;
    bw_cell cell = bw_crm_table_cell(&one->table, row, BW_CRM_CLOSED);
    int closed = cell.len > 0 ? bw_crm_yes_no(cell.text) : 0;
    if (closed >= 0)
        return closed > 0;
    c->faulty = true;
    bw_diag_add(c->diags, BW_ERROR, BW_FIELD_CHOICE,
                bw_crm_table_place(&one->table, row, BW_CRM_CLOSED),
                "\"%.80s\" says neither that the opportunity is closed nor "
                "that it is open; write yes or no",
                cell.text);
    return true;
}

/* What becomes of the row: the counter that it belongs to. */
static int64_t *sort_out(bw_crm_companions *c, companion *one, int64_t row,
                         int32_t account)
{
    const bw_crm_change *change = c->change;
    bw_crm_companion *count = &one->count;
    if (account < 0)
        return &count->not_in_plan;
    if (!bw_crm_is_written(change, account))
        return &count->unchanged;
    if (is_closed(c, one, row))
        return &count->closed;
    bw_cell owner = bw_crm_table_cell(&one->table, row, BW_CRM_OWNER);
    int32_t user = bw_crm_users_find(change->users, owner.text);
    if (user >= 0 && user == change->now[account])
        return &count->already;
    return user >= 0 && user == change->was[account] ? &count->changes
                                                     : &count->other_owner;
}

static int by_rank(const void *left, const void *right)
{
    const pick *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static bw_status choose(bw_crm_companions *c, companion *one)
{
    bw_buf text = {0};
    bw_status status = BW_OK;
    int64_t n = one->count.rows;
    one->pick = bw_arena_alloc(c->arena, (size_t)n, sizeof *one->pick);
    if (!one->pick)
        return BW_NOMEM;
    for (int64_t row = 0; row < n && status == BW_OK; row++) {
        int32_t account = account_of(c, one, row, &text);
        if (account < 0)
            tell_changed_case(c, one, row);
        int64_t *counter = sort_out(c, one, row, account);
        if (counter == &one->count.changes) {
            one->pick[*counter] = (pick){c->rank[account], account, row};
            status = check_key(c, one, row);
        }
        ++*counter;
    }
    if (text.failed)
        status = BW_NOMEM;
    bw_buf_free(&text);
    if (status == BW_OK)
        qsort(one->pick, (size_t)one->count.changes, sizeof *one->pick,
              by_rank);
    return status;
}

/* A column with names of accounts, not keys, would give empty files. */
static void warn_if_strange(bw_crm_companions *c, const companion *one)
{
    if (one->count.rows == 0 || one->count.not_in_plan < one->count.rows)
        return;
    bw_cell first = bw_crm_table_cell(&one->table, 0, BW_CRM_ACCOUNT);
    bw_diag_add(c->diags, BW_WARNING, BW_CRM_KEY_UNKNOWN,
                bw_crm_table_place(&one->table, 0, BW_CRM_ACCOUNT),
                "none of the %s is of an account of the plan: \"%.80s\" and "
                "the others are no keys of accounts; export the accounts' keys "
                "with them",
                bw_crm_which_text(one->table.which), first.text);
}

static bool has_file(const bw_crm_profile *profile, bw_crm_which which)
{
    for (int i = 0; i < profile->n_files; i++)
        if (profile->file[i].table == which)
            return profile->table[which].given;
    return false;
}

static bw_status read_one(bw_crm_companions *c, bw_crm_which which,
                          const char *path)
{
    const bw_crm_profile *profile = c->change->profile;
    companion *one = &c->of[which];
    if (!has_file(profile, which)) {
        c->faulty = true;
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_PROFILE, profile->place,
                    "the profile %s writes no %s; leave out --%s",
                    profile->name, bw_crm_which_text(which),
                    bw_crm_which_text(which));
        return BW_OK;
    }
    unsigned needed =
        1U << BW_CRM_KEY | 1U << BW_CRM_ACCOUNT | 1U << BW_CRM_OWNER;
    if (which == BW_CRM_OPPORTUNITIES)
        needed |= 1U << BW_CRM_CLOSED;
    bw_status status =
        bw_crm_table_read(path, which, profile, needed, c->diags, &one->table);
    if (status != BW_OK) {
        c->faulty |= status == BW_INVALID;
        return status == BW_INVALID ? BW_OK : status;
    }
    one->count.given = true;
    one->count.rows = bw_table_rows(one->table.table);
    status = find_twins(c, one);
    if (status == BW_OK)
        status = choose(c, one);
    if (status == BW_OK)
        warn_if_strange(c, one);
    return status;
}

bw_status bw_crm_companions_read(const bw_crm_change *change,
                                 const bw_crm_companion_order *order,
                                 bw_diags *diags,
                                 bw_crm_companions **companions)
{
    bw_crm_companions *c = *companions = bw_alloc(1, sizeof *c);
    if (!c)
        return BW_NOMEM;
    c->change = change;
    c->diags = diags;
    c->arena = bw_arena_new();
    if (!c->arena)
        return BW_NOMEM;
    bool any = order && (order->contacts || order->opportunities);
    bw_status status = any ? know_accounts(c) : BW_OK;
    if (any && status == BW_OK && order->contacts)
        status = read_one(c, BW_CRM_CONTACTS, order->contacts);
    if (any && status == BW_OK && order->opportunities)
        status = read_one(c, BW_CRM_OPPORTUNITIES, order->opportunities);
    return status == BW_OK && c->faulty ? BW_INVALID : status;
}

/* Rows of one account are over a part's limit. */
static void tell_large(const bw_crm_companions *c, const companion *one,
                       const pick *p, const bw_crm_file *file)
{
    bw_buf limits = {0};
    bw_crm_add_limits(c->change->profile, &limits);
    bw_diag_add(c->diags, BW_ERROR, BW_CRM_FAMILY_LARGE,
                bw_crm_table_place(&one->table, p->row, BW_CRM_ACCOUNT),
                "the %s of account \"%.80s\" are more than a part of %s may "
                "hold, %s; give the profile a larger limit",
                bw_crm_which_text(file->table), c->change->key[p->account],
                file->name, limits.text ? limits.text : "");
    bw_buf_free(&limits);
}

static bw_status write_picks(const bw_crm_companions *c, bw_crm_layout *layout,
                             bool former, bw_crm_files *files)
{
    const bw_crm_change *change = c->change;
    const companion *one = &c->of[layout->file->table];
    bw_status status = BW_OK;
    bool large = false;
    for (int64_t i = 0; i < one->count.changes; i++) {
        const pick *p = &one->pick[i];
        int32_t owner =
            former ? change->was[p->account] : change->now[p->account];
        if (former && owner >= 0 ? !bw_crm_can_own(change, owner)
                                 : !bw_crm_can_write(change, owner))
            continue;
        bw_cell key = bw_crm_table_cell(&one->table, p->row, BW_CRM_KEY);
        const bw_crm_record record = {key.text, NULL, p->row, owner,
                                      p->account};
        status = bw_crm_layout_write(layout, &record, files);
        if (status == BW_INVALID) {
            tell_large(c, one, p, layout->file);
            large = true;
        } else if (status != BW_OK) {
            return status;
        }
    }
    status = bw_crm_files_end(files);
    return status == BW_OK && large ? BW_INVALID : status;
}

bw_status bw_crm_companions_write(const bw_crm_companions *c,
                                  const bw_crm_file *file, bool rollback,
                                  bw_crm_files *files)
{
    const companion *one = &c->of[file->table];
    if (!one->count.given)
        return BW_OK;
    bw_crm_layout layout;
    bw_status status =
        bw_crm_layout_open(c->change, file, &one->table, c->diags, &layout);
    if (status == BW_OK)
        status = bw_crm_files_begin(files, file, rollback ? "rollback" : NULL,
                                    rollback ? "rollback" : "companion",
                                    layout.left_out);
    if (status == BW_OK)
        status = write_picks(c, &layout,
                             (file->does == BW_CRM_REMOVES) != rollback, files);
    bw_crm_layout_close(&layout);
    return status;
}
