/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm_export.h"

#include "crm_export_parts.h"

#include <errno.h>
#include <string.h>

bw_status bw_crm_export_check(const char *dir, bw_diags *diags)
{
    return bw_out_dir_check(&bw_crm_out, dir, diags);
}

/* The profile's files of a table that is written here. Those of territories
 * are no rows of the change. */
static bw_status write_file(bw_crm_writing *w, const bw_crm_file *file,
                            bool rollback)
{
    if (file->table == BW_CRM_ACCOUNTS)
        return bw_crm_export_accounts(w, file, rollback);
    if (file->table == BW_CRM_CONTACTS || file->table == BW_CRM_OPPORTUNITIES)
        return bw_crm_companions_write(w->companions, file, rollback, w->files);
    return w->territories ? bw_crm_export_territories(w, file, rollback)
                          : BW_OK;
}

/* All of them, though one is faulty: so that all faults are told. */
static bw_status write_round(bw_crm_writing *w, bool rollback)
{
    const bw_crm_profile *p = w->change->profile;
    bw_status all = BW_OK;
    for (int i = 0; i < p->n_files; i++) {
        bw_status status = write_file(w, &p->file[i], rollback);
        if (status != BW_OK && status != BW_INVALID)
            return status;
        all = status == BW_INVALID ? status : all;
    }
    return all;
}

static bw_status save_profile(bw_crm_writing *w)
{
    const bw_crm_profile *p = w->change->profile;
    bw_buf text = {0};
    bw_buf_add(&text, p->xml, p->xml_len);
    bw_status status =
        bw_crm_files_save(w->files, "profile.xml", "profile", &text);
    bw_buf_free(&text);
    return status;
}

/* What is said of the files comes after them, and the manifest last of all:
 * it lists LOAD.txt, too. */
static bw_status write_all(bw_crm_writing *w)
{
    bw_status status = write_round(w, false);
    if (status == BW_OK)
        status = write_round(w, true);
    if (status == BW_OK)
        status =
            w->territories ? bw_crm_export_seats(w) : bw_crm_export_tables(w);
    if (status == BW_OK)
        status = save_profile(w);
    if (status == BW_OK)
        status = bw_crm_export_load(w);
    if (status == BW_OK)
        status = bw_crm_export_manifest(w);
    return status;
}

static void tell_failed(const bw_crm_writing *w, const char *dir,
                        bw_status status)
{
    const char *why = strerror(errno);
    bw_buf path = {0};
    if (status != BW_IO || !dir)
        return;
    const char *name = bw_crm_files_current(w->files);
    bw_buf_format(&path, "%s/%s", dir, name ? name : "");
    bw_diag_add(w->diags, BW_ERROR, BW_OUTPUT,
                (bw_place){path.text ? path.text : dir, 0, 0},
                "cannot write it: %s", why);
    bw_buf_free(&path);
}

/* Nothing goes to disk where something was found already: what is left to be
 * found is told, and that is all. */
static bw_status write_folder(bw_crm_writing *w, const char *folder,
                              const char *dir, bool faulty)
{
    bw_status status =
        bw_crm_files_new(w->change->profile, faulty ? NULL : folder, &w->files);
    if (status == BW_OK && !w->territories)
        status = bw_crm_export_owners(w);
    if (status == BW_OK)
        status = write_all(w);
    tell_failed(w, dir, status);
    return status == BW_OK && faulty ? BW_INVALID : status;
}

static bw_status take_list(const bw_crm_writing *w, bw_crm_exported *e)
{
    int n = bw_crm_files_count(w->files);
    bw_crm_written *list = bw_arena_alloc(e->arena, (size_t)n, sizeof *list);
    if (!list)
        return BW_NOMEM;
    for (int i = 0; i < n; i++) {
        list[i] = *bw_crm_files_at(w->files, i);
        list[i].path =
            bw_arena_text(e->arena, list[i].path, strlen(list[i].path));
        if (!list[i].path)
            return BW_NOMEM;
    }
    e->file = list;
    e->n_files = n;
    return BW_OK;
}

static bw_status take_result(const bw_crm_writing *w, bw_crm_exported **result)
{
    bw_crm_exported *e = bw_alloc(1, sizeof *e);
    if (!e)
        return BW_NOMEM;
    *result = e;
    e->arena = bw_arena_new();
    e->written = w->written;
    e->not_rolled = w->not_rolled;
    for (bw_crm_which t = 0; t < BW_CRM_N_TABLES; t++)
        e->companion[t] = *bw_crm_companions_count(w->companions, t);
    return e->arena ? take_list(w, e) : BW_NOMEM;
}

void bw_crm_exported_free(bw_crm_exported *exported)
{
    if (!exported)
        return;
    bw_arena_free(exported->arena);
    bw_free(exported);
}

static bw_status write_to(bw_crm_writing *w, const char *dir, bool faulty,
                          bw_crm_exported **exported)
{
    bw_out_dir *out = NULL;
    bw_status status =
        dir ? bw_out_dir_new(&bw_crm_out, dir, w->diags, &out) : BW_OK;
    if (status == BW_OK)
        status =
            write_folder(w, out ? bw_out_dir_folder(out) : NULL, dir, faulty);
    if (status == BW_OK)
        status = take_result(w, exported);
    if (status == BW_OK && out)
        status = bw_out_dir_commit(out, w->diags);
    bw_out_dir_free(out);
    return status;
}

bw_status bw_crm_export_write(const bw_crm_change *change,
                              const bw_crm_companion_order *companions,
                              const char *dir, bw_diags *diags,
                              bw_crm_exported **exported)
{
    bw_crm_writing w = {
        .change = change, .diags = diags, .arena = bw_arena_new()};
    w.territories = companions ? companions->territories : NULL;
    *exported = NULL;
    bw_status status = w.arena ? BW_OK : BW_NOMEM;
    bw_status names = bw_crm_export_names(change->profile, diags);
    if (status == BW_OK && dir)
        status = bw_crm_export_spares(change, companions, dir, diags);
    if (status == BW_OK)
        status =
            bw_crm_companions_read(change, companions, diags, &w.companions);
    bool faulty = status == BW_INVALID || names != BW_OK;
    if (status == BW_OK || status == BW_INVALID)
        status = write_to(&w, dir, faulty, exported);
    if (status != BW_OK) {
        bw_crm_exported_free(*exported);
        *exported = NULL;
    }
    bw_crm_files_free(w.files);
    bw_crm_companions_free(w.companions);
    bw_arena_free(w.arena);
    return status;
}
