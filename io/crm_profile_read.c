/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile's XML -> bw_crm_profile. What the schema guarantees (which elements
 * and attributes there are, the form of numbers and choices) is relied on;
 * what it cannot say is checked here and in the files beside. */
#include "bw/alloc.h"
#include "crm_builtin.h"
#include "crm_profile_form.h"
#include "source.h"
#include "words.h"
#include "xml_read.h"

#include <string.h>

/* The only child of this name; a second one is a fault. */
static const bw_element *only(bw_crm_reading *r, const char *name)
{
    const bw_element *first = bw_crm_named(bw_element_child(r->root), name);
    const bw_element *e = first;
    while (e && (e = bw_crm_named(bw_element_next(e), name)))
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE,
                    bw_crm_place(r, bw_element_place(e)),
                    "<%s> stands twice (first at line %u); leave one", name,
                    bw_element_place(first).line);
    return first;
}

static void read_written(bw_crm_reading *r)
{
    bw_crm_profile *p = r->profile;
    const bw_element *e = only(r, "files");
    r->files = e;
    p->separator = ',';
    if (!e)
        return;
    p->mark = bw_crm_attr_is(e, "mark", "yes");
    p->crlf = bw_crm_attr_is(e, "line-end", "CRLF");
    p->quote_all = bw_crm_attr_is(e, "quote", "all");
    if (bw_crm_attr_is(e, "separator", "tab"))
        p->separator = '\t';
    else if (bw_crm_attr_is(e, "separator", ";"))
        p->separator = ';';
    else if (bw_crm_attr_is(e, "separator", "|"))
        p->separator = '|';
    p->most_rows = bw_crm_whole(e, "rows", 0);
    p->most_bytes = bw_crm_whole(e, "bytes", 0);
}

typedef struct forms {
    bw_crm_reading *r;
    bw_place place;
} forms;

static void add_form(void *data, const char *text, size_t len)
{
    forms *f = data;
    for (int by = 0; by < BW_CRM_N_BY; by++) {
        const char *name = bw_crm_by_text((bw_crm_by)by);
        if (strlen(name) != len || strncmp(name, text, len) != 0)
            continue;
        if (f->r->profile->may_by & 1u << by)
            bw_diag_add(f->r->diags, BW_ERROR, BW_CRM_PROFILE, f->place,
                        "may names %s twice; leave one", name);
        f->r->profile->may_by |= (uint8_t)(1u << by);
    }
}

static void read_owner(bw_crm_reading *r)
{
    bw_crm_profile *p = r->profile;
    const bw_element *e = only(r, "owner");
    r->owner = e;
    p->blank = BW_CRM_BLANK_REFUSED;
    if (!e)
        return;
    for (int by = 0; by < BW_CRM_N_BY; by++)
        if (bw_crm_attr_is(e, "write", bw_crm_by_text((bw_crm_by)by)))
            p->by = (bw_crm_by)by;
    if (bw_crm_attr_is(e, "blank", "ignored"))
        p->blank = BW_CRM_BLANK_IGNORED;
    else if (bw_crm_attr_is(e, "blank", "clears"))
        p->blank = BW_CRM_BLANK_CLEARS;
    p->clear = bw_crm_attr(r, e, "clear", NULL);
    forms f = {.r = r};
    const char *may = bw_crm_attr(r, e, "may", &f.place);
    if (may)
        bw_crm_split(may, '|', add_form, &f);
    else
        p->may_by = (uint8_t)(1u << p->by);
}

static void read_root(bw_crm_reading *r)
{
    bw_crm_profile *p = r->profile;
    p->place = bw_crm_place(r, bw_element_place(r->root));
    p->name = bw_crm_attr(r, r->root, "name", NULL);
    p->title = bw_crm_attr(r, r->root, "title", NULL);
    p->territories = bw_crm_attr_is(r->root, "writes", "territories");
    only(r, "before");
    only(r, "load");
    only(r, "after");
    only(r, "undo");
    read_written(r);
    read_owner(r);
    bw_crm_read_tables(r);
    if (!r->nomem)
        bw_crm_read_files(r);
    if (!r->nomem)
        bw_crm_read_steps(r);
    if (!r->nomem)
        bw_crm_read_meaning(r);
}

static bw_crm_profile *new_profile(const bw_source *source)
{
    bw_arena *arena = bw_arena_new();
    bw_crm_profile *p = arena ? bw_arena_alloc(arena, 1, sizeof *p) : NULL;
    const char *name = bw_source_name(source);
    const char *text = bw_source_text(source, p ? &p->xml_len : &(size_t){0});
    if (p) {
        p->arena = arena;
        p->place.file = bw_arena_text(arena, name, strlen(name));
        p->xml = bw_arena_text(arena, text, p->xml_len);
    }
    if (p && p->place.file && p->xml)
        return p;
    bw_arena_free(arena);
    return NULL;
}

/* Errors of this profile, whatever was in diags before. */
static bw_status fill(const bw_source *source, const bw_element *root,
                      bw_diags *diags, bw_crm_profile **profile)
{
    size_t before = bw_diags_count(diags, BW_ERROR);
    bw_crm_reading r = {
        .profile = new_profile(source), .diags = diags, .root = root};
    if (!r.profile)
        return BW_NOMEM;
    read_root(&r);
    bw_status status = BW_OK;
    if (r.nomem)
        status = BW_NOMEM;
    else if (bw_diags_count(diags, BW_ERROR) > before)
        status = BW_INVALID;
    if (status == BW_OK)
        *profile = r.profile;
    else
        bw_crm_profile_free(r.profile);
    return status;
}

static bw_status from_source(const bw_source *source, bw_diags *diags,
                             bw_crm_profile **profile)
{
    bw_xml *xml;
    bw_status status = bw_xml_read(source, (const char *)bw_crm_xsd,
                                   bw_crm_xsd_len, diags, &xml);
    if (status == BW_OK)
        status = fill(source, bw_xml_root(xml), diags, profile);
    bw_xml_free(xml);
    return status;
}

static bw_status unknown(const char *name, bw_diags *diags)
{
    char shown[BW_SHORT];
    bw_guess guess = {.word = name};
    bw_list list = {.n = 0};
    for (const char *const *one = bw_crm_builtin_names(); *one; one++) {
        bw_list_add(&list, *one);
        bw_guess_try(&guess, *one);
    }
    bw_diag_add(diags, BW_ERROR, BW_CRM_PROFILE, (bw_place){NULL, 0, 0},
                "no profile \"%s\" is built in%s%s%s; there are: %s; a file of "
                "your own is given by --profile",
                bw_words_short(name, shown),
                guess.best ? "; did you mean " : "",
                guess.best ? guess.best : "", guess.best ? "?" : "",
                bw_list_text(&list));
    bw_list_free(&list);
    return BW_INVALID;
}

bw_status bw_crm_profile_named(const char *name, bw_diags *diags,
                               bw_crm_profile **profile)
{
    *profile = NULL;
    size_t len;
    const char *xml = bw_crm_builtin(name, &len);
    if (!xml)
        return unknown(name, diags);
    bw_source *source;
    bw_status status = bw_source_from(xml, len, name, diags, &source);
    if (status == BW_OK)
        status = from_source(source, diags, profile);
    bw_source_free(source);
    return status;
}

bw_status bw_crm_profile_read(const char *path, bw_diags *diags,
                              bw_crm_profile **profile)
{
    *profile = NULL;
    bw_source *source;
    bw_status status = bw_source_open(path, path, diags, &source);
    if (status == BW_OK)
        status = from_source(source, diags, profile);
    bw_source_free(source);
    return status;
}

void bw_crm_profile_free(bw_crm_profile *profile)
{
    if (profile)
        bw_arena_free(profile->arena);
}
