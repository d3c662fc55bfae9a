/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json: what was written, for programs. No times of day and no paths
 * of this machine: the same input gives the same bytes. */
#include "crm_export_parts.h"
#include "crm_territories_show.h"

#include <string.h>

enum {
    VERSION = 1
};

int64_t bw_crm_export_rows(const bw_crm_files *files, const char *role)
{
    int64_t rows = 0;
    for (int i = 0; i < bw_crm_files_count(files); i++) {
        const bw_crm_written *w = bw_crm_files_at(files, i);
        if (strcmp(w->role, role) == 0)
            rows += w->rows;
    }
    return rows;
}

static void write_plan(const bw_crm_writing *w, bw_json_out *json)
{
    const bw_crm_change *c = w->change;
    bw_json_object(json, "plan");
    bw_json_text(json, "sha256", c->plan_sha256);
    bw_json_text(json, "scenario", c->scenario->name.text);
    bw_json_text(json, "date", c->scenario->date.text);
    bw_json_end(json);
}

static void write_counts(const bw_crm_writing *w, bw_json_out *json)
{
    const bw_crm_change *c = w->change;
    bw_json_object(json, "counts");
    if (w->territories) {
        bw_crm_json_territories(w->territories, json);
        bw_json_end(json);
        return;
    }
    bw_json_int(json, "accounts", c->n);
    for (int fate = 0; fate < BW_CRM_N_FATES; fate++)
        bw_json_int(json, bw_crm_fate_text((bw_crm_fate)fate), c->count[fate]);
    bw_json_int(json, "written", w->written);
    bw_json_int(json, "not_rolled_back", w->not_rolled);
    bw_json_int(json, "moved_meanwhile", c->moved_meanwhile);
    bw_json_int(json, "not_in_plan", c->not_in_plan);
    for (bw_crm_which t = BW_CRM_CONTACTS; t <= BW_CRM_OPPORTUNITIES; t++)
        bw_json_int(json, bw_crm_which_text(t),
                    bw_crm_companions_count(w->companions, t)->changes);
    bw_json_int(json, "removals", bw_crm_export_rows(w->files, "removal"));
    bw_json_end(json);
}

/* What became of the rows of companions that are given. */
static void write_companions(const bw_crm_writing *w, bw_json_out *json)
{
    bw_json_object(json, "companions");
    for (bw_crm_which t = BW_CRM_CONTACTS; t <= BW_CRM_OPPORTUNITIES; t++) {
        const bw_crm_companion *one = bw_crm_companions_count(w->companions, t);
        if (!one->given)
            continue;
        bw_json_object(json, bw_crm_which_text(t));
        bw_json_int(json, "rows", one->rows);
        bw_json_int(json, "changes", one->changes);
        bw_json_int(json, "unchanged", one->unchanged);
        bw_json_int(json, "already", one->already);
        bw_json_int(json, "other_owner", one->other_owner);
        if (t == BW_CRM_OPPORTUNITIES)
            bw_json_int(json, "closed", one->closed);
        bw_json_int(json, "not_in_plan", one->not_in_plan);
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void write_files(const bw_crm_writing *w, bw_json_out *json)
{
    bw_json_list(json, "files");
    for (int i = 0; i < bw_crm_files_count(w->files); i++) {
        const bw_crm_written *one = bw_crm_files_at(w->files, i);
        bw_json_object(json, NULL);
        bw_json_text(json, "file", one->path);
        bw_json_text(json, "role", one->role);
        if (one->file)
            bw_json_text(json, "table", bw_crm_which_text(one->file->table));
        if (one->rows >= 0)
            bw_json_int(json, "rows", one->rows);
        bw_json_int(json, "bytes", one->bytes);
        bw_json_text(json, "sha256", one->sha256);
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void write_owner(bw_json_out *json, const char *owner, int64_t accounts)
{
    bw_json_object(json, NULL);
    bw_json_text(json, "owner", owner);
    bw_json_int(json, "accounts", accounts);
    bw_json_end(json);
}

/* Every user, those with nothing too: that is to be checked as well. An owner
 * who is no user (held accounts keep theirs) is null, nobody is "". */
static void write_owners(const bw_crm_writing *w, bw_json_out *json)
{
    int32_t n = bw_crm_users_count(w->change->users);
    bw_json_list(json, "owners_after");
    for (int32_t u = 0; u < n; u++)
        write_owner(json, w->owner[u], w->after[u]);
    if (w->nobody_after > 0)
        write_owner(json, "", w->nobody_after);
    if (w->others_after > 0)
        write_owner(json, NULL, w->others_after);
    bw_json_end(json);
}

static void take_check(void *data, const char *text)
{
    bw_json_text(data, NULL, text);
}

static bw_status write_checks(const bw_crm_writing *w, bw_json_out *json)
{
    bw_json_list(json, "check_after");
    bw_status status = bw_crm_export_steps(&w->change->profile->after, w->files,
                                           false, w->arena, take_check, json);
    bw_json_end(json);
    return status;
}

bw_status bw_crm_export_manifest(bw_crm_writing *w)
{
    const bw_crm_profile *p = w->change->profile;
    bw_buf buf = {0};
    bw_json_out json = {.buf = &buf};
    bw_json_object(&json, NULL);
    bw_json_int(&json, "version", VERSION);
    bw_json_text(&json, "profile", p->name);
    bw_json_text(&json, "title", p->title);
    bw_json_text(&json, "owner_by", bw_crm_by_text(w->change->by));
    write_plan(w, &json);
    write_counts(w, &json);
    write_companions(w, &json);
    write_files(w, &json);
    if (!w->territories)
        write_owners(w, &json);
    bw_status status = write_checks(w, &json);
    bw_json_end(&json);
    if (status == BW_OK)
        status = bw_crm_files_save(w->files, "manifest.json", "manifest", &buf);
    bw_buf_free(&buf);
    return status;
}
