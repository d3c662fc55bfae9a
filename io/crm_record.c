/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm_record.h"

#include "bw/alloc.h"
#include "crm_key.h"
#include "header_list.h"

#include <string.h>

/* A copy may be of a column that the table lacks only if it is optional. */
static bw_status find_copy(bw_crm_layout *l, int i, bw_diags *diags)
{
    const bw_crm_column *column = &l->file->column[i];
    const bw_table *table = l->table ? l->table->table : NULL;
    l->column[i] = table ? bw_table_find(table, column->header) : -1;
    l->left_out[i] = l->column[i] < 0 && column->optional;
    if (l->column[i] >= 0 || column->optional)
        return BW_OK;
    bw_buf there = {0};
    if (table)
        bw_add_headers(&there, table);
    bw_diag_add(diags, BW_ERROR, BW_COLUMN_MISSING,
                table ? bw_table_header_place(table, 0) : l->file->place,
                "%s copies the column \"%s\" of the %s, which has none; give "
                "an export with it: the columns are %s",
                l->file->name, column->header,
                bw_crm_which_text(l->file->table),
                there.text ? there.text : "none");
    bw_buf_free(&there);
    return BW_INVALID;
}

bw_status bw_crm_layout_open(const bw_crm_change *change,
                             const bw_crm_file *file, const bw_crm_table *table,
                             bw_diags *diags, bw_crm_layout *l)
{
    bool read = table && table->table;
    size_t n = (size_t)file->n_columns;
    *l = (bw_crm_layout){.change = change,
                         .file = file,
                         .table = read ? table : NULL,
                         .left_out = bw_alloc(n, sizeof *l->left_out),
                         .column = bw_alloc(n, sizeof *l->column)};
    bw_status status = l->left_out && l->column ? BW_OK : BW_NOMEM;
    /* A blank date would clear the CRM's, or be refused. */
    for (int i = 0; i < file->n_columns && status != BW_NOMEM; i++) {
        if (file->column[i].value == BW_CRM_IS_DATE)
            l->left_out[i] = !change->scenario->date.text;
        else if (file->column[i].value == BW_CRM_IS_COPY &&
                 find_copy(l, i, diags) != BW_OK)
            status = BW_INVALID;
    }
    return status;
}

void bw_crm_layout_close(bw_crm_layout *l)
{
    bw_free(l->left_out);
    bw_free(l->column);
    bw_buf_free(&l->cell);
}

bool bw_crm_can_write(const bw_crm_change *change, int32_t user)
{
    const bw_crm_profile *p = change->profile;
    if (user == BW_CRM_NOBODY)
        return p->clear || p->blank == BW_CRM_BLANK_CLEARS;
    return user >= 0 &&
           *bw_crm_user_text(bw_crm_users_at(change->users, user), change->by);
}

void bw_crm_add_limits(const bw_crm_profile *profile, bw_buf *out)
{
    if (profile->most_rows > 0)
        bw_buf_format(out, "%lld rows with the header%s",
                      (long long)profile->most_rows,
                      profile->most_bytes > 0 ? " and " : "");
    if (profile->most_bytes > 0)
        bw_buf_format(out, "%lld bytes", (long long)profile->most_bytes);
}

void bw_crm_key_plain(const bw_crm_form *form, const char *key, bw_buf *out)
{
    bw_crm_form bare = *form;
    size_t len = form->prefix ? strlen(form->prefix) : 0;
    /* Keys that were read with the prefix lose it, too. */
    if (len > 0 && strncmp(key, form->prefix, len) == 0)
        key += len;
    bare.prefix = NULL;
    bw_crm_key_write(&bare, key, out);
}

static void add_name(bw_crm_layout *l, const bw_crm_record *record)
{
    if (record->name)
        bw_buf_text(&l->cell, record->name);
    else if (l->table && record->row >= 0)
        bw_crm_table_name(l->table, record->row, &l->cell);
}

static void add_user_key(bw_crm_layout *l, int32_t user)
{
    const bw_crm_change *c = l->change;
    if (user >= 0)
        bw_crm_key_write(&c->profile->table[BW_CRM_USERS].key,
                         bw_crm_users_at(c->users, user)->key, &l->cell);
}

/* Into l->cell. Values of territories are blank in files of accounts. */
static void add_value(bw_crm_layout *l, const bw_crm_column *column,
                      const bw_crm_record *record)
{
    const bw_crm_profile *p = l->change->profile;
    const char *date = l->change->scenario->date.text;
    if (column->value == BW_CRM_IS_KEY)
        bw_crm_key_write(&p->table[l->file->table].key, record->key, &l->cell);
    else if (column->value == BW_CRM_IS_OWNER)
        bw_crm_owner_write(l->change, record->owner, &l->cell);
    else if (column->value == BW_CRM_IS_NAME)
        add_name(l, record);
    else if (column->value == BW_CRM_IS_DATE)
        bw_buf_text(&l->cell, date ? date : "");
    else if (column->value == BW_CRM_IS_TEXT)
        bw_buf_text(&l->cell, column->text);
    else if (column->value == BW_CRM_IS_USER)
        add_user_key(l, record->owner);
}

bw_status bw_crm_layout_write(bw_crm_layout *l, const bw_crm_record *record,
                              bw_crm_files *files)
{
    for (int i = 0; i < l->file->n_columns; i++) {
        const bw_crm_column *column = &l->file->column[i];
        bw_cell copy = {"", 0};
        if (l->left_out[i])
            continue;
        l->cell.len = 0;
        if (column->value == BW_CRM_IS_COPY && record->row >= 0)
            copy = bw_table_cell(l->table->table, record->row, l->column[i]);
        else
            add_value(l, column, record);
        if (l->cell.len > 0)
            copy = (bw_cell){l->cell.text, l->cell.len};
        bw_crm_files_cell(files, copy.text, copy.len);
    }
    bw_status status = bw_crm_files_row(files, record->group);
    return l->cell.failed ? BW_NOMEM : status;
}
