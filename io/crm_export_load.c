/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LOAD.txt: what a person does with the folder, in order. */
#include "crm_export_parts.h"
#include "crm_territories_show.h"
#include "number.h"

#include <string.h>

typedef struct text {
    bw_buf *buf;
    int number; /* of the next step */
} text;

static void add_rule(bw_buf *buf, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bw_buf_text(buf, "=");
    bw_buf_text(buf, "\n\n");
}

/* Characters, not bytes: what goes on in a character begins with 10. */
static size_t width(const char *line)
{
    size_t n = 0;
    for (; *line; line++)
        n += ((unsigned char)*line & 0xC0) != 0x80;
    return n;
}

static void add_plan(const bw_crm_writing *w, bw_buf *buf)
{
    const bw_crm_change *c = w->change;
    const char *name = c->scenario->name.text, *date = c->scenario->date.text;
    bw_buf_text(buf, c->profile->title);
    bw_buf_text(buf, "\n");
    add_rule(buf, width(c->profile->title));
    bw_buf_format(buf,
                  "The plan %s%s%s.\nIts assignments.csv has the SHA-256 "
                  "%.12s...\n",
                  name ? name : "", date ? ", in effect from " : "",
                  date ? date : "", c->plan_sha256);
    if (!w->territories)
        bw_buf_format(buf, "Owners are written by their %s.\n",
                      c->by == BW_CRM_BY_EMAIL ? "e-mail"
                                               : bw_crm_by_text(c->by));
    bw_buf_text(buf, "\n");
}

static void add_count(bw_buf *buf, int64_t n, const char *what)
{
    bw_buf_format(buf, "%12s  %s\n", bw_number_whole(n).text, what);
}

static void add_some(bw_buf *buf, int64_t n, const char *what)
{
    if (n > 0)
        add_count(buf, n, what);
}

static void add_companions(const bw_crm_writing *w, bw_buf *buf)
{
    const bw_crm_companion *contacts =
        bw_crm_companions_count(w->companions, BW_CRM_CONTACTS);
    const bw_crm_companion *deals =
        bw_crm_companions_count(w->companions, BW_CRM_OPPORTUNITIES);
    if (contacts->given) {
        add_count(buf, contacts->changes, "contacts go with their account");
        add_some(buf, contacts->other_owner,
                 "contacts of these accounts have another owner and keep it");
    }
    if (deals->given) {
        add_count(buf, deals->changes,
                  "open opportunities go with their account");
        add_some(buf, deals->other_owner,
                 "opportunities of these accounts have another owner and keep "
                 "it");
        add_some(buf, deals->closed,
                 "opportunities of these accounts are closed and stay");
    }
}

static void add_counts(const bw_crm_writing *w, bw_buf *buf)
{
    const bw_crm_change *c = w->change;
    if (w->territories) {
        bw_crm_show_territories(w->territories, buf);
        bw_buf_text(buf, "\n");
        return;
    }
    add_count(buf, c->n, "accounts are in the plan");
    add_count(buf, c->count[BW_CRM_STAYS], "have the right owner already");
    add_count(buf, c->count[BW_CRM_CHANGES], "get another owner");
    add_some(buf, c->count[BW_CRM_PARKED],
             "are of vacancies, for the user who keeps such accounts");
    add_some(buf, c->count[BW_CRM_HELD],
             "are held and keep their owner: see held.csv");
    add_some(buf, c->moved_meanwhile,
             "have another owner now than when the plan was made");
    add_some(buf, c->not_in_plan,
             "accounts of the CRM are not in the plan and stay as they are");
    add_companions(w, buf);
    bw_buf_text(buf, "\n");
}

static void add_files(const bw_crm_writing *w, bw_buf *buf)
{
    bw_buf_text(buf, "Files for the importer\n\n");
    for (int i = 0; i < bw_crm_files_count(w->files); i++) {
        const bw_crm_written *one = bw_crm_files_at(w->files, i);
        if (one->file)
            bw_buf_format(buf, "  %-40s %11s rows %14s bytes\n", one->path,
                          bw_number_whole(one->rows).text,
                          bw_number_whole(one->bytes).text);
    }
    bw_buf_text(buf, "\n");
}

/* Lines of a step stand below one another; nothing is broken: commands must be
 * copied whole. */
static void take_step(void *data, const char *step)
{
    text *t = data;
    bw_buf_format(t->buf, "%3d. ", t->number++);
    for (;;) {
        size_t len = strcspn(step, "\n");
        bw_buf_add(t->buf, step, len);
        bw_buf_text(t->buf, "\n");
        step += len;
        if (*step++ == '\0')
            break;
        bw_buf_text(t->buf, "     ");
    }
}

static bw_status add_steps(const bw_crm_writing *w, const char *title,
                           const bw_crm_steps *steps, bool rollback, text *t)
{
    bw_buf_format(t->buf, "%s\n\n", title);
    int first = t->number;
    bw_status status =
        bw_crm_export_steps(steps, w->files, rollback, w->arena, take_step, t);
    if (t->number == first)
        bw_buf_text(t->buf, "     Nothing.\n");
    bw_buf_text(t->buf, "\n");
    return status;
}

static void add_not_rolled(const bw_crm_writing *w, bw_buf *buf)
{
    if (w->not_rolled > 0)
        bw_buf_format(buf,
                      "%s of the accounts are not in the rollback: they had no "
                      "owner\nand this importer takes none away, or the one "
                      "they had can be written\nno more. owners.csv says who "
                      "it was.\n\n",
                      bw_number_whole(w->not_rolled).text);
}

static void add_audit(text *t)
{
    take_step(t, "The command for that, in this folder, FRESH.csv being the "
                 "export of after\nthe load:\n"
                 "bailiwick audit --against . --accounts FRESH.csv");
    bw_buf_text(t->buf, "\n");
}

static bool anything(const bw_crm_writing *w)
{
    for (int i = 0; i < bw_crm_files_count(w->files); i++) {
        const bw_crm_written *one = bw_crm_files_at(w->files, i);
        if (one->file && one->rows > 0)
            return true;
    }
    return false;
}

static bw_status add_all_steps(bw_crm_writing *w, bw_buf *buf)
{
    const bw_crm_profile *p = w->change->profile;
    text t = {buf, 1};
    bw_status status = add_steps(w, "Before", &p->before, false, &t);
    if (status == BW_OK)
        status = add_steps(w, "Load", &p->load, false, &t);
    if (status == BW_OK)
        status = add_steps(w, "Check afterwards", &p->after, false, &t);
    buf->len -= buf->len > 0; /* its blank line: one more step follows */
    if (!w->territories)
        add_audit(&t);
    t.number = 1;
    if (status == BW_OK)
        status = add_steps(w, "Roll back, if the load must be undone", &p->undo,
                           true, &t);
    add_not_rolled(w, buf);
    return status;
}

bw_status bw_crm_export_load(bw_crm_writing *w)
{
    bw_buf buf = {0};
    add_plan(w, &buf);
    add_counts(w, &buf);
    add_files(w, &buf);
    bw_status status = BW_OK;
    if (anything(w))
        status = add_all_steps(w, &buf);
    else
        bw_buf_text(&buf, "There is nothing to load: the CRM has what the plan "
                          "says.\n\n");
    if (buf.len > 0)
        buf.len--; /* the last blank line */
    if (status == BW_OK)
        status = bw_crm_files_save(w->files, "LOAD.txt", "load", &buf);
    bw_buf_free(&buf);
    return status;
}
