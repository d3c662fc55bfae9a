/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of LOAD.txt. */
#include "bw/alloc.h"
#include "crm_profile_form.h"

#include <string.h>

/* Lines without blanks at their ends, nor blank ones first and last. */
static char *lines_of(bw_crm_reading *r, const char *text)
{
    char *out = bw_arena_text(r->profile->arena, text, strlen(text));
    r->nomem |= !out;
    if (!out)
        return NULL;
    char *to = out;
    bool first = true;
    for (const char *at = out; *at; at += *at == '\n') {
        at += strspn(at, " \t\r");
        size_t len = strcspn(at, "\n");
        const char *next = at + len;
        while (len && strchr(" \t\r", at[len - 1]))
            len--;
        if (!first)
            *to++ = '\n';
        memmove(to, at, len);
        to += len;
        first &= len == 0;
        at = next;
    }
    while (to > out && to[-1] == '\n')
        to--;
    *to = '\0';
    return out;
}

static const char *file_named(const bw_crm_profile *p, const char *name)
{
    for (int i = 0; i < p->n_files; i++)
        if (p->file[i].name && strcmp(p->file[i].name, name) == 0)
            return p->file[i].name;
    return NULL;
}

static void read_step(bw_crm_reading *r, const bw_element *e, bw_crm_step *step)
{
    bw_place at;
    const char *file = bw_crm_attr(r, e, "file", &at);
    step->text = lines_of(r, e->text ? e->text : "");
    if (r->nomem)
        return;
    step->file = file ? file_named(r->profile, file) : NULL;
    bool speaks = strstr(step->text, "{file}") != NULL;
    if (!step->text[0])
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE,
                    bw_crm_place(r, e->place),
                    "the step says nothing; write what is to be done");
    else if (file && !step->file)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "there is no file %s in this profile", file);
    else if (file && !speaks)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "the step is repeated for every part of %s, but does not "
                    "say which: write {file} where its name belongs",
                    file);
    else if (!file && speaks)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE,
                    bw_crm_place(r, e->place),
                    "the step speaks of {file}, but names none; add "
                    "file=\"...\"");
}

static const bw_element *read_part(bw_crm_reading *r, const char *name,
                                   bw_crm_steps *steps)
{
    const bw_element *part = bw_crm_named(bw_element_child(r->root), name);
    if (!part)
        return NULL;
    int n = bw_crm_children(part, "step");
    bw_crm_step *made = bw_crm_items(r, n, sizeof *made);
    if (r->nomem)
        return NULL;
    steps->step = made;
    const bw_element *e = bw_crm_named(bw_element_child(part), "step");
    for (; e && !r->nomem; e = bw_crm_named(bw_element_next(e), "step"))
        read_step(r, e, &made[steps->n++]);
    return part;
}

/* A file of which nobody says how it is loaded would be forgotten. */
static void check_said(bw_crm_reading *r, const bw_element *part,
                       const char *name, const bw_crm_steps *steps)
{
    const bw_crm_profile *p = r->profile;
    for (int f = 0; f < p->n_files; f++) {
        int i = 0;
        while (i < steps->n && steps->step[i].file != p->file[f].name)
            i++;
        if (i == steps->n)
            bw_diag_add(
                r->diags, BW_ERROR, BW_CRM_PROFILE,
                bw_crm_place(r, part ? part->place : r->root->place),
                "no step of <%s> speaks of %s, and it would be forgotten; add "
                "<step file=\"%s\"> ... {file} ... </step>",
                name, p->file[f].name, p->file[f].name);
    }
}

void bw_crm_read_steps(bw_crm_reading *r)
{
    bw_crm_profile *p = r->profile;
    read_part(r, "before", &p->before);
    read_part(r, "after", &p->after);
    const bw_element *load = read_part(r, "load", &p->load);
    const bw_element *undo = read_part(r, "undo", &p->undo);
    if (r->nomem)
        return;
    check_said(r, load, "load", &p->load);
    check_said(r, undo, "undo", &p->undo);
}
