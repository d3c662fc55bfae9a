/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile's files for territories, and a table of who gets where. Records
 * are known by keys that the CRM gives, so what was put in cannot be taken out
 * again by a file that is written before: rollback/ puts back what goes. */
#include "crm_change_parts.h"
#include "crm_export_parts.h"
#include "crm_key.h"

#include <string.h>

/* What the cells of a row are made of; NULL: blank. */
typedef struct row {
    const char *key, *account, *territory, *user; /* as read */
    const bw_crm_node *node;                      /* of territories */
    int64_t group;
} row;

static void add_text(bw_crm_writing *w, const char *text)
{
    bw_crm_files_cell(w->files, text ? text : "", text ? strlen(text) : 0);
}

/* Keys of the CRM's own tables: 18 characters also where 15 were read. */
static bw_status add_key(bw_crm_writing *w, bw_crm_which which, const char *key)
{
    const bw_crm_form *form = &w->change->profile->table[which].key;
    bw_buf text = {0};
    if (key && bw_crm_key_check(form, key, strlen(key)) == BW_CRM_KEY_GOOD)
        bw_crm_key_write(form, key, &text);
    else
        bw_buf_text(&text, key ? key : "");
    add_text(w, text.text);
    bw_status status = text.failed ? BW_NOMEM : BW_OK;
    bw_buf_free(&text);
    return status;
}

static const char *parent_of(const bw_crm_writing *w, const row *r)
{
    int32_t parent = r->node ? r->node->parent : -1;
    return parent < 0 ? NULL : w->territories->node[parent].key;
}

static bw_status add_cell(bw_crm_writing *w, const bw_crm_file *file,
                          const bw_crm_column *column, const row *r)
{
    const char *date = w->change->scenario->date.text;
    switch (column->value) {
    case BW_CRM_IS_KEY:
        return add_key(w, file->table, r->key);
    case BW_CRM_IS_ACCOUNT:
        return add_key(w, BW_CRM_ACCOUNTS, r->account);
    case BW_CRM_IS_TERRITORY:
        return add_key(w, BW_CRM_TERRITORIES, r->territory);
    case BW_CRM_IS_PARENT:
        return add_key(w, BW_CRM_TERRITORIES, parent_of(w, r));
    case BW_CRM_IS_USER:
    case BW_CRM_IS_OWNER:
        return add_key(w, BW_CRM_USERS, r->user);
    case BW_CRM_IS_NAME:
        add_text(w, r->node ? r->node->name : NULL);
        break;
    case BW_CRM_IS_CODE:
        add_text(w, r->node ? r->node->code : NULL);
        break;
    case BW_CRM_IS_MODEL:
        add_text(w, w->territories->model);
        break;
    case BW_CRM_IS_TYPE:
        add_text(w, w->territories->type);
        break;
    case BW_CRM_IS_DATE:
        add_text(w, date);
        break;
    case BW_CRM_IS_TEXT:
    case BW_CRM_IS_COPY:
        add_text(w, column->text);
        break;
    }
    return BW_OK;
}

static bw_status add_row(bw_crm_writing *w, const bw_crm_file *file,
                         const row *r)
{
    bw_status status = BW_OK;
    for (int i = 0; i < file->n_columns && status == BW_OK; i++)
        status = add_cell(w, file, &file->column[i], r);
    if (status == BW_OK)
        status = bw_crm_files_row(w->files, r->group);
    return status;
}

static void tell_large(const bw_crm_writing *w, const bw_crm_file *file,
                       int32_t account)
{
    bw_diag_add(w->diags, BW_ERROR, BW_CRM_FAMILY_LARGE,
                bw_crm_account_place(w->change, account, BW_CRM_KEY),
                "the family of account \"%.80s\" is more than a part of %s may "
                "hold; give the profile a larger limit, or plan its members "
                "apart",
                w->change->key[account], file->name);
}

/* --- accounts --- */

static bw_status write_seats(bw_crm_writing *w, const bw_crm_file *file)
{
    const bw_crm_territories *t = w->territories;
    const bw_crm_change *c = w->change;
    bool large = false;
    for (int32_t i = 0; i < c->n; i++) {
        int32_t a = c->order[i];
        if (t->seat[a] != BW_CRM_SEATS)
            continue;
        const row r = {.account = c->key[a],
                       .territory = t->node[t->node_of_rep[c->rep[a]]].key,
                       .group = c->problem->accounts.family[a]};
        bw_status status = add_row(w, file, &r);
        if (status != BW_OK && status != BW_INVALID)
            return status;
        if (status == BW_INVALID)
            tell_large(w, file, a);
        large |= status == BW_INVALID;
    }
    return large ? BW_INVALID : BW_OK;
}

static bw_status write_rows(bw_crm_writing *w, const bw_crm_file *file,
                            const bw_crm_table *table, const int64_t *list,
                            int64_t n)
{
    bw_status status = BW_OK;
    for (int64_t i = 0; i < n && status == BW_OK; i++) {
        const row r = {
            .key = bw_crm_table_cell(table, list[i], BW_CRM_KEY).text,
            .account = bw_crm_table_cell(table, list[i], BW_CRM_ACCOUNT).text,
            .territory =
                bw_crm_table_cell(table, list[i], BW_CRM_TERRITORY).text,
            .user = bw_crm_table_cell(table, list[i], BW_CRM_USER).text,
            .group = -1};
        status = add_row(w, file, &r);
    }
    return status;
}

/* --- territories, users --- */

static bw_status write_nodes(bw_crm_writing *w, const bw_crm_file *file)
{
    const bw_crm_territories *t = w->territories;
    bw_status status = BW_OK;
    for (int32_t i = 0; i < t->n && status == BW_OK; i++) {
        const row r = {.node = &t->node[i], .group = -1};
        if (r.node->wanted && r.node->row < 0 && bw_crm_node_ready(t, i))
            status = add_row(w, file, &r);
    }
    return status;
}

static bw_status write_joins(bw_crm_writing *w, const bw_crm_file *file)
{
    const bw_crm_territories *t = w->territories;
    const bw_crm_change *c = w->change;
    bw_status status = BW_OK;
    for (int32_t i = 0; i < t->n_join && status == BW_OK; i++) {
        int32_t rep = t->join[i];
        const row r = {.user =
                           bw_crm_users_at(c->users, c->user_of_rep[rep])->key,
                       .territory = t->node[t->node_of_rep[rep]].key,
                       .group = -1};
        status = add_row(w, file, &r);
    }
    return status;
}

/* What a file adds is removed where the load is rolled back, and the other way
 * round; of what was added no key is known yet. */
static bw_status write_body(bw_crm_writing *w, const bw_crm_file *file,
                            bool rollback)
{
    const bw_crm_territories *t = w->territories;
    bool removes = file->does == BW_CRM_REMOVES;
    if (file->table == BW_CRM_TERRITORIES)
        return rollback ? BW_OK : write_nodes(w, file);
    if (removes && rollback)
        return BW_OK;
    if (file->table == BW_CRM_ASSOCIATIONS)
        return removes || rollback
                   ? write_rows(w, file, &t->seats, t->leave, t->n_leave)
                   : write_seats(w, file);
    return removes || rollback
               ? write_rows(w, file, &t->members, t->resign, t->n_resign)
               : write_joins(w, file);
}

bw_status bw_crm_export_territories(bw_crm_writing *w, const bw_crm_file *file,
                                    bool rollback)
{
    const char *role = rollback                       ? BW_CRM_ROLLBACK
                       : file->does == BW_CRM_REMOVES ? "removal"
                                                      : "change";
    bw_status status = bw_crm_files_begin(
        w->files, file, rollback ? BW_CRM_ROLLBACK : NULL, role, NULL);
    if (status != BW_OK)
        return status;
    bw_status rows = write_body(w, file, rollback);
    if (rows != BW_OK && rows != BW_INVALID)
        return rows;
    status = bw_crm_files_end(w->files);
    return status == BW_OK ? rows : status;
}

/* --- seats.csv, waiting.csv --- */

static bw_status write_account(bw_crm_writing *w, int32_t a)
{
    const bw_crm_territories *t = w->territories;
    const bw_crm_change *c = w->change;
    const bw_reps *reps = &c->problem->reps;
    int32_t rep = c->rep[a];
    const bw_crm_node *node = rep < 0 || t->node_of_rep[rep] < 0
                                  ? NULL
                                  : &t->node[t->node_of_rep[rep]];
    bw_status status = add_key(w, BW_CRM_ACCOUNTS, c->key[a]);
    add_text(w, c->problem->accounts.name[a]);
    add_text(w, rep < 0 ? NULL : reps->id[rep]);
    add_text(w, rep < 0 ? NULL : reps->name[rep]);
    if (status == BW_OK)
        status = add_key(w, BW_CRM_TERRITORIES, node ? node->key : NULL);
    add_text(w, node ? node->code : NULL);
    add_text(w, bw_crm_seat_text((bw_crm_seat)t->seat[a]));
    return status == BW_OK ? bw_crm_files_row(w->files, -1) : status;
}

static bw_status write_waiting(bw_crm_writing *w)
{
    const bw_crm_territories *t = w->territories;
    bw_status status = BW_OK;
    for (int32_t i = 0; i < t->n && status == BW_OK; i++) {
        const bw_crm_node *node = &t->node[i];
        if (!node->wanted || node->row >= 0 || bw_crm_node_ready(t, i))
            continue;
        add_text(w, node->name);
        add_text(w, node->code);
        add_text(w, t->node[node->parent].code);
        status = bw_crm_files_row(w->files, -1);
    }
    return status == BW_OK ? bw_crm_files_end(w->files) : status;
}

bw_status bw_crm_export_seats(bw_crm_writing *w)
{
    static const char *const seats[] = {
        "account",   "account_name",   "rep_id", "rep_name",
        "territory", "territory_code", "fate"};
    static const char *const waiting[] = {"name", "code", "parent_code"};
    const bw_crm_change *c = w->change;
    bw_status status =
        bw_crm_files_begin_own(w->files, "seats.csv", "seats", seats, 7);
    for (int32_t i = 0; i < c->n && status == BW_OK; i++)
        status = write_account(w, c->order[i]);
    if (status == BW_OK)
        status = bw_crm_files_end(w->files);
    if (status == BW_OK)
        status = bw_crm_files_begin_own(w->files, "waiting.csv", "waiting",
                                        waiting, 3);
    return status == BW_OK ? write_waiting(w) : status;
}
