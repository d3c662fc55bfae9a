/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same as JSON. */
#include "crm_preview.h"

#include "json.h"

static bw_wide fine(bw_wide quanta)
{
    return quanta * BW_PRICE_UNIT;
}

static void write_rep(const bw_crm_preview *p, int32_t line, bw_json_out *json)
{
    const bw_crm_change *change = p->change;
    const bw_crm_rep_line *l = &p->rep[line];
    bool is_rep = line < p->n_reps;
    int32_t user = is_rep ? change->user_of_rep[line] : BW_CRM_NOBODY;
    static const char *const further[] = {"parking", "others", "nobody"};
    bw_json_object(json, NULL);
    bw_json_text(json, "rep", is_rep ? change->problem->reps.id[line] : NULL);
    bw_json_text(json, "name",
                 is_rep ? change->problem->reps.name[line] : NULL);
    bw_json_text(json, "kind", is_rep ? "rep" : further[line - p->n_reps]);
    bw_json_text(json, "user",
                 user < 0
                     ? NULL
                     : bw_crm_user_text(bw_crm_users_at(change->users, user),
                                        change->by));
    bw_json_int(json, "accounts_in", l->in);
    bw_json_int(json, "accounts_out", l->out);
    bw_json_fine(json, "revenue_in", fine(l->revenue_in));
    bw_json_fine(json, "revenue_out", fine(l->revenue_out));
    bw_json_int(json, "held", l->held);
    bw_json_end(json);
}

static void write_segment(const bw_crm_segment_line *l, bw_json_out *json)
{
    bw_json_object(json, NULL);
    bw_json_text(json, "segment", *l->name ? l->name : NULL);
    bw_json_int(json, "accounts", l->accounts);
    for (int f = 0; f < BW_CRM_N_FATES; f++)
        bw_json_int(json, bw_crm_fate_text((bw_crm_fate)f), l->fate[f]);
    bw_json_int(json, "written", l->written);
    bw_json_fine(json, "revenue", fine(l->revenue));
    bw_json_end(json);
}

static void write_companion(const bw_crm_exported *exported, bw_crm_which which,
                            bw_json_out *json)
{
    const bw_crm_companion *c = &exported->companion[which];
    if (!c->given)
        return;
    bw_json_object(json, bw_crm_which_text(which));
    bw_json_int(json, "rows", c->rows);
    bw_json_int(json, "changes", c->changes);
    bw_json_int(json, "unchanged", c->unchanged);
    bw_json_int(json, "already", c->already);
    bw_json_int(json, "other_owner", c->other_owner);
    bw_json_int(json, "closed", c->closed);
    bw_json_int(json, "not_in_plan", c->not_in_plan);
    bw_json_end(json);
}

static void write_counts(const bw_crm_preview *p,
                         const bw_crm_exported *exported, bw_json_out *json)
{
    const bw_crm_change *change = p->change;
    bw_json_object(json, "counts");
    bw_json_int(json, "accounts", change->n);
    for (int f = 0; f < BW_CRM_N_FATES; f++)
        bw_json_int(json, bw_crm_fate_text((bw_crm_fate)f), change->count[f]);
    bw_json_int(json, "written", p->written);
    bw_json_int(json, "moved_meanwhile", change->moved_meanwhile);
    bw_json_int(json, "not_in_plan", change->not_in_plan);
    bw_json_int(json, "not_rolled", exported->not_rolled);
    bw_json_end(json);
}

static void write_files(const bw_crm_exported *exported, bw_json_out *json)
{
    bw_json_list(json, "files");
    for (int i = 0; i < exported->n_files; i++) {
        const bw_crm_written *w = &exported->file[i];
        bw_json_object(json, NULL);
        bw_json_text(json, "file", w->path);
        bw_json_text(json, "role", w->role);
        bw_json_int(json, "rows", w->rows);
        bw_json_end(json);
    }
    bw_json_end(json);
}

void bw_crm_preview_json(const bw_crm_preview *p,
                         const bw_crm_exported *exported, const char *dir,
                         bw_buf *out)
{
    bw_json_out json = {.buf = out};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "profile", p->change->profile->name);
    bw_json_text(&json, "owner_by", bw_crm_by_text(p->change->by));
    bw_json_text(&json, "folder", dir);
    write_counts(p, exported, &json);
    bw_json_list(&json, "reps");
    for (int32_t r = 0; r < p->n_reps + BW_CRM_N_FURTHER; r++)
        write_rep(p, r, &json);
    bw_json_end(&json);
    bw_json_list(&json, "segments");
    for (int32_t s = 0; s < p->n_segments; s++)
        if (p->segment[s].accounts > 0)
            write_segment(&p->segment[s], &json);
    bw_json_end(&json);
    write_companion(exported, BW_CRM_CONTACTS, &json);
    write_companion(exported, BW_CRM_OPPORTUNITIES, &json);
    if (dir)
        write_files(exported, &json);
    bw_json_end(&json);
}
