/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Account by account: the rows that the fresh table has for it, each owner
 * there against the one before and the one after. */
#include "crm_against.h"

#include "bw/alloc.h"
#include "crm_key.h"
#include "field.h"
#include "index.h"

#include <string.h>

#define NAME_(kind, name, words)  name,
#define WORDS_(kind, name, words) words,
const char *bw_against_name(bw_against_kind kind)
{
    static const char *const text[] = {BW_AGAINST_LIST(NAME_)};
    return text[kind];
}

const char *bw_against_words(bw_against_kind kind)
{
    static const char *const text[] = {BW_AGAINST_LIST(WORDS_)};
    return text[kind];
}
#undef NAME_
#undef WORDS_

/* What an owner of the fresh table is to the account. */
typedef enum standing {
    AFTER, /* also where the export changes nothing */
    BEFORE,
    BLANK,
    NO_USER,
    ONE_OF_SEVERAL,
    OTHER,
    STANDINGS
} standing;

/* Somebody as a table names him. */
typedef struct named {
    int32_t user; /* or BW_CRM_NOBODY, _UNKNOWN, _AMBIGUOUS */
    const char *text;
} named;

typedef struct judge {
    bw_against *against;
    bw_diags *diags;
    bw_arena *arena;
    bw_index *index; /* keys of owners.csv, then those that are new */
    int32_t *first;  /* [accounts] row of the fresh table, -1: none */
    int32_t *next;   /* [rows] another row of the same account, -1: the last */
    int32_t n_new;
} judge;

/* An account while it is looked at. */
typedef struct looked {
    int32_t account;
    named before, after;
    bool planned;
    int32_t n[STANDINGS];   /* rows of the fresh table */
    int32_t row[STANDINGS]; /* the first of them */
    int32_t user;           /* of the one after, or negative */
    int32_t differs;        /* a row with another owner than the first; -1 */
} looked;

static named written(const bw_against *a, int32_t account, bw_owners_column c)
{
    const char *text = bw_against_cell(a, account, c);
    int32_t user = bw_crm_users_find_by(a->users, a->by, text);
    if (user == BW_CRM_UNKNOWN)
        user = bw_crm_users_find(a->users, text);
    return (named){user, text};
}

static bool same(named a, named b)
{
    if (a.user >= 0 || b.user >= 0 || a.user == BW_CRM_NOBODY)
        return a.user == b.user;
    return strcmp(a.text, b.text) == 0;
}

static standing stands(const bw_against *a, const looked *l, named now)
{
    if (now.user >= a->n_today)
        return NO_USER;
    if (same(now, l->after))
        return AFTER;
    if (same(now, l->before))
        return BEFORE;
    switch (now.user) {
    case BW_CRM_NOBODY:
        return BLANK;
    case BW_CRM_UNKNOWN:
        return NO_USER;
    case BW_CRM_AMBIGUOUS:
        return ONE_OF_SEVERAL;
    default:
        return OTHER;
    }
}

static looked look(const judge *j, int32_t account)
{
    const bw_against *a = j->against;
    looked l = {.account = account,
                .before = written(a, account, BW_OWNERS_BEFORE),
                .after = written(a, account, BW_OWNERS_AFTER),
                .user = -1,
                .differs = -1};
    named first = {0};
    l.planned = !same(l.before, l.after);
    for (int32_t row = j->first[account]; row >= 0; row = j->next[row]) {
        const char *text = bw_against_now(a, row);
        named now = {bw_crm_users_find(a->users, text), text};
        standing s = stands(a, &l, now);
        if (l.n[s]++ == 0)
            l.row[s] = row;
        if (s == AFTER)
            l.user = now.user;
        if (row == j->first[account])
            first = now;
        else if (l.differs < 0 && !same(first, now))
            l.differs = row;
    }
    return l;
}

static bw_status add(judge *j, bw_against_kind kind, int32_t account,
                     int32_t row)
{
    bw_against *a = j->against;
    if (a->n == a->room) {
        int64_t room = a->room ? 2 * a->room : 64;
        bw_against_finding *grown =
            bw_realloc(a->finding, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        a->finding = grown;
        a->room = room;
    }
    a->finding[a->n++] = (bw_against_finding){kind, account, row};
    a->count[kind]++;
    return BW_OK;
}

/* Where the new owner is not there: what is there instead. */
static bw_status add_instead(judge *j, const looked *l)
{
    static const struct {
        standing is;
        bw_against_kind kind;
    } order[] = {{BEFORE, BW_AGAINST_NOT_TAKEN},
                 {NO_USER, BW_AGAINST_UNKNOWN},
                 {OTHER, BW_AGAINST_CHANGED},
                 {ONE_OF_SEVERAL, BW_AGAINST_SEVERAL},
                 {BLANK, BW_AGAINST_NOBODY}};
    bw_status status = BW_OK;
    bool told = false;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        standing is = order[i].is;
        if (l->n[is] == 0 || (told && is != NO_USER))
            continue;
        if (status == BW_OK)
            status = add(j, order[i].kind, l->account, l->row[is]);
        told = true;
    }
    return status;
}

/* Where the new owner is there, and other rows name others: in a CRM that adds
 * owners, those who are neither are nobody's business here. */
static bw_status add_beside(judge *j, const looked *l)
{
    bw_status status = BW_OK;
    if (l->n[BEFORE] > 0 && l->before.user != BW_CRM_NOBODY)
        status = add(j, BW_AGAINST_FORMER, l->account, l->row[BEFORE]);
    if (status == BW_OK && l->n[NO_USER] > 0)
        status = add(j, BW_AGAINST_UNKNOWN, l->account, l->row[NO_USER]);
    return status;
}

static bool is_inactive(const judge *j, const looked *l)
{
    return l->planned && l->user >= 0 &&
           !bw_crm_users_at(j->against->users, l->user)->active;
}

static bool lost_its_name(const judge *j, const looked *l)
{
    const bw_against *a = j->against;
    int32_t row = j->first[l->account];
    return bw_crm_has(&a->fresh, BW_CRM_NAME) &&
           bw_field_blank(
               bw_crm_table_cell(&a->fresh, row, BW_CRM_NAME).text) &&
           !bw_field_blank(bw_against_cell(a, l->account, BW_OWNERS_NAME));
}

static bw_status judge_account(judge *j, int32_t account)
{
    bw_against *a = j->against;
    const looked l = look(j, account);
    int64_t found = a->n;
    bw_status status = BW_OK;
    if (j->first[account] < 0)
        status = add(j, BW_AGAINST_GONE, account, -1);
    else if (!a->adds && l.differs >= 0)
        status = add(j, BW_AGAINST_SEVERAL, account, l.differs);
    else if (l.n[AFTER] == 0)
        status = add_instead(j, &l);
    else
        status = add_beside(j, &l);
    if (status == BW_OK && l.n[AFTER] > 0 && is_inactive(j, &l))
        status = add(j, BW_AGAINST_INACTIVE, account, l.row[AFTER]);
    if (status == BW_OK && j->first[account] >= 0 && lost_its_name(j, &l))
        status = add(j, BW_AGAINST_NAMELESS, account, j->first[account]);
    a->planned += l.planned;
    a->took += l.planned && a->n == found;
    a->kept += !l.planned && a->n == found;
    return status;
}

/* The number of the key's normal form; `new_one` where it is not there yet. */
static bw_status number_of(judge *j, bw_cell key, int32_t new_one,
                           int32_t *number)
{
    const bw_crm_form *form = &j->against->profile->table[BW_CRM_ACCOUNTS].key;
    char *own = bw_arena_alloc(j->arena, key.len + 1, 1);
    if (!own)
        return BW_NOMEM;
    size_t len = bw_crm_key_normal(form, key.text, key.len, own);
    return bw_index_put(j->index, own, len, new_one, number);
}

static bw_status index_accounts(judge *j)
{
    bw_against *a = j->against;
    bw_status status = BW_OK;
    int32_t n = (int32_t)bw_table_rows(a->owners);
    for (int32_t i = 0; status == BW_OK && i < n; i++) {
        int32_t there;
        status = number_of(
            j, bw_table_cell(a->owners, i, a->column[BW_OWNERS_ACCOUNT]), i,
            &there);
        j->first[i] = -1;
    }
    return status;
}

/* A key that a spreadsheet has spoilt would make its account look gone. */
static bool check_key(judge *j, int32_t row)
{
    const bw_crm_table *fresh = &j->against->fresh;
    const bw_crm_form *form = &fresh->spec->key;
    bw_cell key = bw_crm_table_cell(fresh, row, BW_CRM_KEY);
    bw_crm_key_fault fault = bw_crm_key_check(form, key.text, key.len);
    bw_buf why = {0};
    if (fault == BW_CRM_KEY_GOOD)
        return true;
    bw_crm_key_tell(form, key.text, fault, &why);
    bw_diag_add(j->diags, BW_ERROR, BW_CRM_KEY_FORM,
                bw_crm_table_place(fresh, row, BW_CRM_KEY),
                "key \"%.60s\" is not well formed: %s; export the accounts "
                "again, and open them in no spreadsheet",
                key.text, why.text ? why.text : "");
    bw_buf_free(&why);
    return false;
}

/* From the last row to the first, so that each account's first row comes out
 * first. Rows of new accounts are linked to nothing. */
static bw_status link_rows(judge *j)
{
    const bw_crm_table *fresh = &j->against->fresh;
    int32_t n = (int32_t)bw_table_rows(j->against->owners);
    int32_t rows = (int32_t)bw_table_rows(fresh->table);
    bw_status status = BW_OK;
    bool faulty = false;
    for (int32_t row = 0; row < rows; row++)
        faulty |= !check_key(j, row);
    for (int32_t row = rows - 1; row >= 0 && status == BW_OK; row--) {
        int32_t account;
        bw_cell key = bw_crm_table_cell(fresh, row, BW_CRM_KEY);
        status = number_of(j, key, n + j->n_new, &account);
        if (status != BW_OK)
            break;
        if (account >= n) {
            j->next[row] = account == n + j->n_new ? row : -1;
            j->n_new += account == n + j->n_new;
            continue;
        }
        j->next[row] = j->first[account];
        j->first[account] = row;
    }
    return status == BW_OK && faulty ? BW_INVALID : status;
}

static bw_status judge_all(judge *j)
{
    bw_against *a = j->against;
    int32_t n = (int32_t)bw_table_rows(a->owners);
    int32_t rows = (int32_t)bw_table_rows(a->fresh.table);
    bw_status status = BW_OK;
    for (int32_t i = 0; status == BW_OK && i < n; i++)
        status = judge_account(j, i);
    for (int32_t row = 0; status == BW_OK && row < rows; row++)
        if (j->next[row] == row)
            status = add(j, BW_AGAINST_NEW, -1, row);
    return status;
}

static bw_status compare(judge *j)
{
    size_t n = (size_t)bw_table_rows(j->against->owners);
    size_t rows = (size_t)bw_table_rows(j->against->fresh.table);
    j->arena = bw_arena_new();
    j->first = bw_alloc(n, sizeof *j->first);
    j->next = bw_alloc(rows, sizeof *j->next);
    bw_status status = bw_index_new((int64_t)n, &j->index);
    if (!j->arena || !j->first || !j->next)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = index_accounts(j);
    if (status == BW_OK)
        status = link_rows(j);
    if (status == BW_OK)
        status = judge_all(j);
    bw_index_free(j->index);
    bw_free(j->first);
    bw_free(j->next);
    bw_arena_free(j->arena);
    return status;
}

bw_status bw_against_make(const bw_against_order *order, bw_diags *diags,
                          bw_against *against)
{
    *against = (bw_against){0};
    bw_status status = bw_against_read(order, diags, against);
    judge j = {.against = against, .diags = diags};
    return status == BW_OK ? compare(&j) : status;
}

void bw_against_free(bw_against *against)
{
    bw_crm_table_free(&against->fresh);
    bw_table_free(against->owners);
    bw_source_free(against->source);
    bw_crm_users_free(against->users);
    bw_crm_profile_free(against->profile);
    bw_scenario_free(against->scenario);
    bw_free(against->finding);
}

bool bw_against_holds(const bw_against *against)
{
    return against->n == against->count[BW_AGAINST_NEW];
}

const char *bw_against_cell(const bw_against *a, int32_t account,
                            bw_owners_column column)
{
    return account < 0
               ? ""
               : bw_table_cell(a->owners, account, a->column[column]).text;
}

const char *bw_against_now(const bw_against *a, int32_t row)
{
    return row < 0 ? "" : bw_crm_table_cell(&a->fresh, row, BW_CRM_OWNER).text;
}

const char *bw_against_person(const bw_against *a, const char *text,
                              bool as_written)
{
    int32_t user = as_written ? bw_crm_users_find_by(a->users, a->by, text)
                              : bw_crm_users_find(a->users, text);
    if (user < 0)
        return text;
    const bw_crm_user *u = bw_crm_users_at(a->users, user);
    if (*u->name)
        return u->name;
    return *u->login ? u->login : *u->email ? u->email : text;
}
