/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records with one key would both be written, or one for the other. */
#include "crm_change_match.h"

#include "crm_key.h"
#include "field.h"
#include "index.h"

#include <string.h>

/* Normal forms live until the index is gone. */
typedef struct forms {
    const bw_crm_form *form;
    bw_arena *scratch;
    bw_index *index;
} forms;

static bw_status forms_new(const bw_crm_changing *c, int64_t expected, forms *f)
{
    f->form = &c->change->profile->table[BW_CRM_ACCOUNTS].key;
    f->index = NULL;
    f->scratch = bw_arena_new();
    return f->scratch ? bw_index_new(expected, &f->index) : BW_NOMEM;
}

static void forms_free(forms *f)
{
    bw_index_free(f->index);
    bw_arena_free(f->scratch);
}

/* A key that is in its normal form already needs no copy. */
static bool is_normal(const bw_crm_form *form)
{
    return (form->kind == BW_CRM_TEXT || form->kind == BW_CRM_NUMBER) &&
           !form->strip && !form->prefix;
}

/* NULL when memory is short. */
static const char *normal(const forms *f, const char *key, size_t *len)
{
    if (is_normal(f->form))
        return key;
    char *own = bw_arena_alloc(f->scratch, *len + 1, 1);
    if (own)
        *len = bw_crm_key_normal(f->form, key, *len, own);
    return own;
}

static bw_status put(const forms *f, const char *key, size_t len,
                     int32_t number, int32_t *there)
{
    const char *own = normal(f, key, &len);
    return own ? bw_index_put(f->index, own, len, number, there) : BW_NOMEM;
}

/* A million keys that are ids are different already. */
bw_status bw_crm_check_unique(bw_crm_changing *c)
{
    forms f;
    const bw_crm_change *change = c->change;
    if (!change->row && is_normal(&change->profile->table[BW_CRM_ACCOUNTS].key))
        return BW_OK;
    bw_status status = forms_new(c, change->n, &f);
    for (int32_t a = 0; a < change->n && status == BW_OK; a++) {
        int32_t there = a;
        const char *key = change->key[a];
        char text[BW_PLACE_TEXT];
        status = put(&f, key, strlen(key), a, &there);
        if (status != BW_OK || there == a)
            continue;
        bw_place place = bw_crm_account_place(change, a, BW_CRM_KEY);
        bw_place first = bw_crm_account_place(change, there, BW_CRM_KEY);
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS, place,
                    "accounts \"%.80s\" and \"%.80s\" have one key, \"%.80s\" "
                    "(first at %s): the CRM knows one record of it; take one "
                    "of them out",
                    change->problem->accounts.id[there],
                    change->problem->accounts.id[a], key,
                    bw_place_text(first, place.file, text));
    }
    forms_free(&f);
    return status;
}

typedef struct match {
    bw_crm_changing *c;
    const bw_crm_table *table;
    forms forms;
    int32_t *again; /* [rows] a further row of the same key + 1; 0: none */
    int32_t *taken; /* [rows] the account that it is + 1; 0: none */
} match;

/* Such a key finds no account, and the row may be of one that is missed: why
 * is better told than that. */
static void tell_changed_case(const match *m, int64_t row, bw_cell key)
{
    const bw_crm_form *form = m->forms.form;
    bw_buf clause = {0};
    if (bw_crm_key_check(form, key.text, key.len) != BW_CRM_KEY_SUFFIX)
        return;
    bw_crm_key_tell(form, key.text, BW_CRM_KEY_SUFFIX, &clause);
    bw_diag_add(m->c->diags, BW_ERROR, BW_CRM_KEY_FORM,
                bw_crm_table_place(m->table, row, BW_CRM_KEY),
                "the key \"%.80s\" names no account: %s; export the accounts "
                "again, and do not save the file with another program",
                key.text, clause.text ? clause.text : "");
    bw_buf_free(&clause);
}

static bw_status index_rows(match *m)
{
    bw_status status = BW_OK;
    int64_t rows = bw_table_rows(m->table->table);
    for (int64_t i = 0; i < rows && status == BW_OK; i++) {
        int32_t there = (int32_t)i;
        bw_cell key = bw_crm_table_cell(m->table, i, BW_CRM_KEY);
        if (bw_field_blank(key.text))
            continue;
        m->c->change->not_in_plan++;
        tell_changed_case(m, i, key);
        status = put(&m->forms, key.text, key.len, (int32_t)i, &there);
        if (there != i && !m->again[there])
            m->again[there] = (int32_t)i + 1;
    }
    return status;
}

static void tell_twice(const match *m, int32_t account, int64_t row)
{
    char text[BW_PLACE_TEXT];
    bw_place first = bw_crm_table_place(m->table, row, BW_CRM_KEY);
    bw_place place =
        bw_crm_table_place(m->table, m->again[row] - 1, BW_CRM_KEY);
    bw_diag_add(m->c->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS, place,
                "key \"%.80s\" stands here again (first at %s): it is not "
                "known which row is account \"%.80s\"; keep one of them",
                bw_crm_table_cell(m->table, row, BW_CRM_KEY).text,
                bw_place_text(first, place.file, text),
                m->c->change->problem->accounts.id[account]);
}

static void tell_unknown(const match *m, int32_t account)
{
    const bw_crm_change *change = m->c->change;
    bw_diag_add(m->c->diags, BW_ERROR, BW_CRM_KEY_UNKNOWN,
                bw_crm_planned_place(change, account),
                "account \"%.80s\" of the plan is not in %.200s (key "
                "\"%.80s\"); export all accounts again, or plan without it",
                change->problem->accounts.id[account], m->c->order->accounts,
                change->key[account]);
}

static void tell_two(const match *m, int32_t account, int64_t row)
{
    const bw_crm_change *change = m->c->change;
    bw_diag_add(m->c->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS,
                bw_crm_planned_place(change, account),
                "accounts \"%.80s\" and \"%.80s\" of the plan are one record, "
                "\"%.80s\"; take one of them out",
                change->problem->accounts.id[m->taken[row] - 1],
                change->problem->accounts.id[account],
                bw_crm_table_cell(m->table, row, BW_CRM_KEY).text);
}

static bw_status find(match *m, int32_t account, int64_t *row)
{
    const char *key = m->c->change->key[account];
    size_t len = strlen(key);
    const char *own = normal(&m->forms, key, &len);
    if (!own)
        return BW_NOMEM;
    *row = bw_index_find(m->forms.index, own, len);
    if (*row < 0)
        tell_unknown(m, account);
    else if (m->taken[*row])
        tell_two(m, account, *row);
    else if (m->again[*row])
        tell_twice(m, account, *row);
    if (*row >= 0 && !m->taken[*row]) {
        m->taken[*row] = account + 1;
        m->c->change->not_in_plan--;
    }
    return BW_OK;
}

bw_status bw_crm_match(bw_crm_changing *c, const bw_crm_table *table,
                       int64_t *row)
{
    size_t rows = (size_t)bw_table_rows(table->table);
    match m = {.c = c, .table = table};
    m.again = bw_alloc(rows, sizeof *m.again);
    m.taken = bw_alloc(rows, sizeof *m.taken);
    bw_status status = forms_new(c, (int64_t)rows, &m.forms);
    if (!m.again || !m.taken)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = index_rows(&m);
    for (int32_t a = 0; a < c->change->n && status == BW_OK; a++)
        status = find(&m, a, &row[a]);
    forms_free(&m.forms);
    bw_free(m.again);
    bw_free(m.taken);
    return status;
}
