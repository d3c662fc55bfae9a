/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change as tables of 80 columns. */
#include "crm_preview.h"

#include "number.h"
#include "terminal_parts.h"
#include "width.h"

#include <string.h>

enum {
    NAME_COLUMNS = 19,
    USER_COLUMNS = 17,
    SEGMENT_COLUMNS = 18,
    FILE_COLUMNS = 46
};

static const char *further_label(int which)
{
    static const char *const text[BW_CRM_N_FURTHER] = {
        [BW_CRM_LINE_PARKING] = "(keeps vacancies)",
        [BW_CRM_LINE_OTHERS] = "(no reps)",
        [BW_CRM_LINE_NOBODY] = "(nobody)"};
    return text[which];
}

/* As owners are written; "-" for a vacancy. */
static void add_user(const bw_crm_preview *p, int32_t line, bool utf8,
                     bw_buf *out)
{
    const bw_crm_change *change = p->change;
    int32_t user = line < p->n_reps ? change->user_of_rep[line] : BW_CRM_NOBODY;
    for (int32_t a = 0;
         line == p->n_reps + BW_CRM_LINE_PARKING && a < change->n; a++)
        if (change->fate[a] == BW_CRM_PARKED)
            user = change->now[a];
    const char *text =
        user < 0 ? "-"
                 : bw_crm_user_text(bw_crm_users_at(change->users, user),
                                    change->by);
    bw_text_fit(out, text, USER_COLUMNS, utf8);
}

static void show_line(const bw_crm_preview *p, int32_t line, bool utf8,
                      bw_buf *out)
{
    const bw_crm_rep_line *l = &p->rep[line];
    const char *label = line < p->n_reps
                            ? bw_rep_label(p->change->problem, line)
                            : further_label((int)(line - p->n_reps));
    bw_text_fit(out, label, NAME_COLUMNS, utf8);
    bw_buf_text(out, " ");
    add_user(p, line, utf8, out);
    bw_buf_format(
        out, "%8s%8s%10s%10s%7s\n", bw_number_whole(l->in).text,
        bw_number_whole(l->out).text, bw_number_short(l->revenue_in).text,
        bw_number_short(l->revenue_out).text, bw_number_whole(l->held).text);
}

static void show_counts(const bw_crm_preview *p, bw_buf *out)
{
    const bw_crm_change *c = p->change;
    bw_buf_format(out, "%s, owners by %s\n", c->profile->title,
                  bw_crm_by_text(c->by));
    bw_buf_format(out, "%s accounts: %s stay, %s change, %s parked, %s held\n",
                  bw_number_whole(c->n).text,
                  bw_number_whole(c->count[BW_CRM_STAYS]).text,
                  bw_number_whole(c->count[BW_CRM_CHANGES]).text,
                  bw_number_whole(c->count[BW_CRM_PARKED]).text,
                  bw_number_whole(c->count[BW_CRM_HELD]).text);
    if (c->moved_meanwhile)
        bw_buf_format(out,
                      "%s have another owner than when the plan was made\n",
                      bw_number_whole(c->moved_meanwhile).text);
    if (c->not_in_plan)
        bw_buf_format(out, "%s of the CRM's accounts are not in the plan\n",
                      bw_number_whole(c->not_in_plan).text);
    bw_buf_text(out, "\n");
}

static bool has_any(const bw_crm_rep_line *l)
{
    return l->in || l->out || l->held;
}

void bw_crm_show_reps(const bw_crm_preview *p, bool utf8, bw_buf *out)
{
    int32_t shown = 0;
    show_counts(p, out);
    for (int32_t r = 0; r < p->n_reps + BW_CRM_N_FURTHER; r++) {
        if (!has_any(&p->rep[r]))
            continue;
        if (shown++ == 0) {
            bw_text_fit(out, "Rep", NAME_COLUMNS, utf8);
            bw_buf_text(out, " ");
            bw_text_fit(out, "User", USER_COLUMNS, utf8);
            bw_buf_format(out, "%8s%8s%10s%10s%7s\n", "in", "out", "rev. in",
                          "rev. out", "held");
        }
        show_line(p, r, utf8, out);
    }
    if (p->written == 0)
        bw_buf_text(out, shown > 0 ? "\n" : "");
    if (p->written == 0)
        bw_buf_text(out, "Nothing to change: the CRM has the owners that the "
                         "plan gives.\n");
    bw_buf_text(out, "\n");
}

void bw_crm_show_segments(const bw_crm_preview *p, bool utf8, bw_buf *out)
{
    bw_text_fit(out, "Segment", SEGMENT_COLUMNS, utf8);
    bw_buf_format(out, "%11s%11s%11s%10s%10s\n", "accounts", "written",
                  "revenue", "parked", "held");
    for (int32_t s = 0; s < p->n_segments; s++) {
        const bw_crm_segment_line *l = &p->segment[s];
        if (l->accounts == 0)
            continue;
        bw_text_fit(out, *l->name ? l->name : "(none)", SEGMENT_COLUMNS, utf8);
        bw_buf_format(
            out, "%11s%11s%11s%10s%10s\n", bw_number_whole(l->accounts).text,
            bw_number_whole(l->written).text, bw_number_short(l->revenue).text,
            bw_number_whole(l->fate[BW_CRM_PARKED]).text,
            bw_number_whole(l->fate[BW_CRM_HELD]).text);
    }
    bw_buf_text(out, "\n");
}

static void show_companion(const bw_crm_exported *exported, bw_crm_which which,
                           bw_buf *out)
{
    const bw_crm_companion *c = &exported->companion[which];
    if (!c->given)
        return;
    bw_buf_format(out, "%s of %s %s change with their account\n",
                  bw_number_whole(c->changes).text,
                  bw_number_whole(c->rows).text, bw_crm_which_text(which));
}

/* Others have no rows. */
static bool is_table(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ".csv") == 0;
}

void bw_crm_show_files(const bw_crm_exported *exported, bool dry, bw_buf *out)
{
    show_companion(exported, BW_CRM_CONTACTS, out);
    show_companion(exported, BW_CRM_OPPORTUNITIES, out);
    if (exported->not_rolled)
        bw_buf_format(out,
                      "%s change%s cannot be rolled back: the account had no "
                      "owner, or a lost one\n",
                      bw_number_whole(exported->not_rolled).text,
                      exported->not_rolled == 1 ? "" : "s");
    for (int i = 0; !dry && i < exported->n_files; i++) {
        const bw_crm_written *w = &exported->file[i];
        if (is_table(w->path))
            bw_buf_format(out, "%-*s%13s rows\n", FILE_COLUMNS, w->path,
                          bw_number_whole(w->rows).text);
        else
            bw_buf_format(out, "%s\n", w->path);
    }
}
