/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile's files for accounts. Each says one owner of an account: the new
 * one, or the former one where it removes; in rollback/ it is the other way
 * round. */
#include "crm_change_parts.h"
#include "crm_export_parts.h"
#include "crm_record.h"
#include "csv_write.h"
#include "field.h"

/* A family that no part can hold. */
static void tell_large(const bw_crm_writing *w, const bw_crm_file *file,
                       int32_t account)
{
    bool alone = w->change->problem->accounts.family[account] < 0;
    bw_buf limits = {0};
    bw_crm_add_limits(w->change->profile, &limits);
    bw_diag_add(w->diags, BW_ERROR, BW_CRM_FAMILY_LARGE,
                bw_crm_account_place(w->change, account, BW_CRM_KEY),
                "%s \"%.80s\" is more than a part of %s may hold, %s; give the "
                "profile a larger limit%s",
                alone ? "the row of account" : "the family of account",
                w->change->key[account], file->name,
                limits.text ? limits.text : "",
                alone ? "" : ", or plan its members apart");
    bw_buf_free(&limits);
}

/* A former owner who is nobody, or nobody any more, has no row where a row
 * gives the account an owner or takes one away from it; only a file that
 * replaces owners can say that there is none. Somebody who may own nothing any
 * more (he left) gets nothing back, but can be taken away. New owners have been
 * checked. */
static bool has_row(const bw_crm_writing *w, const bw_crm_file *file,
                    bool former, int32_t owner)
{
    if (owner == BW_CRM_NOBODY && file->does != BW_CRM_REPLACES)
        return false;
    if (former && owner >= 0 && file->does != BW_CRM_REMOVES)
        return bw_crm_can_own(w->change, owner);
    return bw_crm_can_write(w->change, owner);
}

static void count(bw_crm_writing *w, const bw_crm_file *file, bool rollback,
                  int32_t owner)
{
    bool nothing_to_do =
        owner == BW_CRM_NOBODY && file->does != BW_CRM_REPLACES;
    if (rollback && file->does != BW_CRM_REMOVES && !nothing_to_do)
        w->not_rolled++;
}

static bool has_names(const bw_crm_file *file)
{
    for (int i = 0; i < file->n_columns; i++)
        if (file->column[i].value == BW_CRM_IS_NAME)
            return true;
    return false;
}

/* A name stands in a file because the importer wants one. It goes as it is, or
 * not at all: altered it would rename the record. */
static bool check_name(const bw_crm_writing *w, const bw_crm_file *file,
                       const bw_crm_record *record, int32_t account)
{
    bw_buf name = {0};
    bw_buf_add(&name, "", 0);
    if (record->name)
        bw_buf_text(&name, record->name);
    else
        bw_crm_table_name(&w->change->accounts, record->row, &name);
    const char *text = name.text ? name.text : "";
    bool blank = bw_field_blank(text), fit = !blank && !bw_is_formula(text);
    if (!fit && !name.failed)
        bw_diag_add(w->diags, BW_ERROR, blank ? BW_FIELD_BLANK : BW_CRM_FORMULA,
                    bw_crm_account_place(w->change, account, BW_CRM_NAME),
                    "account \"%.80s\" has %s, and %s holds names; give it "
                    "another one in the CRM, and export the accounts again",
                    w->change->key[account],
                    blank ? "no name" : "a name that begins as a formula does",
                    file->name);
    bw_buf_free(&name);
    return fit;
}

/* The name of the table that is read: a later export may have another one. */
static const char *planned_name(const bw_crm_change *c, int32_t account)
{
    bool there =
        c->row && c->row[account] >= 0 && bw_crm_has(&c->accounts, BW_CRM_NAME);
    return there ? NULL : c->problem->accounts.name[account];
}

static bw_status write_rows(bw_crm_writing *w, bw_crm_layout *layout,
                            bool rollback)
{
    const bw_crm_change *c = w->change;
    const bw_crm_file *file = layout->file;
    const bw_accounts *accounts = &c->problem->accounts;
    bool former = (file->does == BW_CRM_REMOVES) != rollback, faulty = false;
    bool names = !rollback && has_names(file);
    for (int32_t i = 0; i < c->n; i++) {
        int32_t a = c->order[i];
        if (!bw_crm_is_written(c, a))
            continue;
        int32_t owner = former ? c->was[a] : c->now[a];
        if (!has_row(w, file, former, owner)) {
            count(w, file, rollback, owner);
            continue;
        }
        const bw_crm_record record = {c->key[a], planned_name(c, a),
                                      c->row ? c->row[a] : -1, owner,
                                      accounts->family[a]};
        if (names && !check_name(w, file, &record, a))
            faulty = true;
        bw_status status = bw_crm_layout_write(layout, &record, w->files);
        if (status != BW_OK && status != BW_INVALID)
            return status;
        if (status == BW_INVALID)
            tell_large(w, file, a);
        faulty |= status == BW_INVALID;
    }
    bw_status status = bw_crm_files_end(w->files);
    return status == BW_OK && faulty ? BW_INVALID : status;
}

bw_status bw_crm_export_accounts(bw_crm_writing *w, const bw_crm_file *file,
                                 bool rollback)
{
    const char *role = rollback                       ? BW_CRM_ROLLBACK
                       : file->does == BW_CRM_REMOVES ? "removal"
                                                      : "change";
    bw_crm_layout layout;
    bw_status status = bw_crm_layout_open(w->change, file, &w->change->accounts,
                                          w->diags, &layout);
    if (status == BW_OK)
        status = bw_crm_files_begin(w->files, file,
                                    rollback ? BW_CRM_ROLLBACK : NULL, role,
                                    layout.left_out);
    if (status == BW_OK)
        status = write_rows(w, &layout, rollback);
    bw_crm_layout_close(&layout);
    return status;
}
