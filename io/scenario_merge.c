/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file over another, level by level. */
#include "scenario_merge.h"

#include "index.h"
#include "scenario_keys.h"
#include "words.h"

#include <string.h>

typedef enum action {
    OVERLAY,
    REPLACE,
    REMOVE
} action;

/* The children of one element, while those of another are laid over them. */
typedef struct level {
    const bw_merge *merge;
    bw_element *into;
    bw_element **kept; /* [n_kept] inherited; NULL once taken out */
    int32_t n_kept;
    bool fresh;          /* `into` was not there before this file */
    bw_index *inherited; /* key -> its number in kept */
    bw_index *seen;      /* key -> number of the child in this file */
} level;

static bw_status lay_children(const bw_merge *m, bw_element *into,
                              const bw_element *from, bool fresh);

/* They say how files are laid over each other, and are no part of the result.
 */
static bool is_control(const char *attr)
{
    return strcmp(attr, "action") == 0 || strcmp(attr, "before") == 0 ||
           strcmp(attr, "extends") == 0;
}

/* The schema allows no other words. */
static action action_of(const bw_element *e)
{
    size_t len;
    const char *text = bw_attr_trimmed(e, "action", &len);
    if (!text)
        return OVERLAY;
    return strncmp(text, "remove", strlen("remove")) == 0 ? REMOVE : REPLACE;
}

/* -------------------------------------------------------------- attributes */

static bw_xml_attr *find_attr(const bw_element *e, const char *name)
{
    bw_xml_attr *a = e->attrs;
    while (a && strcmp(a->name, name) != 0)
        a = a->next;
    return a;
}

/* An attribute that `e` has keeps its rank. */
static bw_status put_attr(const bw_merge *m, bw_element *e,
                          const bw_xml_attr *given)
{
    bw_xml_attr *a = find_attr(e, given->name), **end = &e->attrs;
    if (!a) {
        a = bw_arena_alloc(m->arena, 1, sizeof *a);
        if (!a)
            return BW_NOMEM;
        while (*end)
            end = &(*end)->next;
        *end = a;
    }
    bw_xml_attr *next = a->next;
    *a = *given;
    a->next = next;
    return BW_OK;
}

/* What an attribute of `over` that is new leaves open about an inherited one.
 */
static void check_clashes(const bw_merge *m, const bw_element *e,
                          const bw_element *over)
{
    for (const bw_xml_attr *g = over->attrs; g; g = g->next) {
        if (find_attr(e, g->name))
            continue;
        for (const bw_xml_attr *i = e->attrs; i; i = i->next)
            if (!find_attr(over, i->name) &&
                bw_attr_clashes(e->local, g->name, i->name))
                bw_diag_add(m->diags, BW_ERROR, BW_EXTENDS_CONFLICT,
                            g->name_place,
                            "%s is new here, and %s is inherited (%s:%u): both "
                            "together, or %s instead? repeat %s for both, or "
                            "say action=\"replace\" and all that is to hold",
                            g->name, i->name, i->place.file,
                            (unsigned)i->place.line, g->name, i->name);
    }
}

static bool is_displaced(const bw_element *over, const char *attr)
{
    for (const bw_xml_attr *g = over->attrs; g; g = g->next)
        if (bw_attr_displaces(over, g->name, attr))
            return true;
    return false;
}

/* A key that agrees is where it was said first. */
static bool is_same_key(const bw_element *e, const char *attr)
{
    return bw_element_key_has(e, attr) && find_attr(e, attr);
}

static bw_status lay_attrs(const bw_merge *m, bw_element *e,
                           const bw_element *over)
{
    check_clashes(m, e, over);
    for (bw_xml_attr **a = &e->attrs; *a;)
        if (!find_attr(over, (*a)->name) && is_displaced(over, (*a)->name))
            *a = (*a)->next;
        else
            a = &(*a)->next;
    bw_status status = BW_OK;
    for (const bw_xml_attr *a = over->attrs; a && status == BW_OK; a = a->next)
        if (!is_control(a->name) && !is_same_key(e, a->name))
            status = put_attr(m, e, a);
    return status;
}

/* ---------------------------------------------------------------- elements */

void bw_merge_unlink(bw_element *child)
{
    bw_element **at = &child->parent->child;
    while (*at != child)
        at = &(*at)->next;
    *at = child->next;
    child->next = NULL;
}

/* `e` becomes what `from` says, whatever it was; parent and next stay. */
static bw_status become(const bw_merge *m, bw_element *e,
                        const bw_element *from)
{
    bw_element *parent = e->parent, *next = e->next;
    *e = *from;
    e->parent = parent;
    e->next = next;
    e->child = NULL;
    e->attrs = NULL;
    bw_status status = lay_attrs(m, e, from);
    return status == BW_OK ? lay_children(m, e, from, true) : status;
}

static bw_status append(const bw_merge *m, bw_element *into,
                        const bw_element *from, bw_element **end)
{
    bw_element *e = bw_arena_alloc(m->arena, 1, sizeof *e);
    if (!e)
        return BW_NOMEM;
    e->parent = into;
    if (*end)
        (*end)->next = e;
    else
        into->child = e;
    *end = e;
    return become(m, e, from);
}

static void tell_absent(const level *l, const bw_element *e)
{
    bw_merge_absent absent = {
        .element = e, .there = l->kept, .n = l->n_kept, .fresh = l->fresh};
    bw_element_attr(e, "action", &absent.place);
    bw_merge_tell_absent(l->merge, &absent);
}

/* number -1: none that is inherited is the same. */
static bw_status lay_child(level *l, const bw_element *e, int32_t number,
                           bw_element **end)
{
    const bw_merge *m = l->merge;
    action what = m->base ? action_of(e) : OVERLAY;
    bw_element *same = number >= 0 ? l->kept[number] : NULL;
    if (what != OVERLAY && !same) {
        tell_absent(l, e);
        return BW_OK;
    }
    if (!same)
        return append(m, l->into, e, end);
    if (what == REPLACE)
        return become(m, same, e);
    if (what == OVERLAY) {
        bw_status status = lay_attrs(m, same, e);
        return status == BW_OK ? lay_children(m, same, e, false) : status;
    }
    bw_merge_check_removal(m, e);
    bw_merge_unlink(same);
    l->kept[number] = NULL;
    return BW_OK;
}

/* The end of the list, found anew where it may have been taken out. */
static bw_element *last_child(const bw_element *e)
{
    bw_element *last = e->child;
    while (last && last->next)
        last = last->next;
    return last;
}

static bw_status lay_each(level *l, const bw_element *from)
{
    int32_t n = 0;
    bool single = l->merge->base || l->merge->extended;
    bw_element *end = last_child(l->into);
    for (const bw_element *e = from->child; e; e = e->next, n++) {
        const char *key;
        int32_t twin = n, number = -1;
        bw_status status = bw_element_key_text(e, l->merge->arena, &key);
        if (status == BW_OK && key && single)
            status = bw_index_put(l->seen, key, strlen(key), n, &twin);
        if (status != BW_OK)
            return status;
        if (twin != n) {
            bw_merge_tell_twin(l->merge, e, twin);
            continue;
        }
        if (key && l->n_kept > 0)
            number = bw_index_find(l->inherited, key, strlen(key));
        status = lay_child(l, e, number, &end);
        if (status != BW_OK)
            return status;
        if (action_of(e) == REMOVE)
            end = last_child(l->into);
    }
    return BW_OK;
}

static bw_status list_kept(level *l)
{
    bw_arena *arena = l->merge->arena;
    int32_t n = 0, there;
    for (const bw_element *e = l->into->child; e; e = e->next)
        n++;
    l->kept = bw_arena_alloc(arena, (size_t)n, sizeof(bw_element *));
    bw_status status = l->kept ? bw_index_new(n, &l->inherited) : BW_NOMEM;
    for (bw_element *e = l->into->child; e && status == BW_OK; e = e->next) {
        const char *key;
        status = bw_element_key_text(e, arena, &key);
        if (status == BW_OK && key)
            status =
                bw_index_put(l->inherited, key, strlen(key), l->n_kept, &there);
        l->kept[l->n_kept++] = e;
    }
    return status;
}

static bw_status lay_children(const bw_merge *m, bw_element *into,
                              const bw_element *from, bool fresh)
{
    level l = {.merge = m, .into = into, .fresh = fresh};
    if (!from->child)
        return BW_OK;
    bw_status status = list_kept(&l);
    if (status == BW_OK)
        status = bw_index_new(16, &l.seen);
    if (status == BW_OK)
        status = lay_each(&l, from);
    if (status == BW_OK && m->base)
        status = bw_merge_order(m, into, from);
    bw_index_free(l.inherited);
    bw_index_free(l.seen);
    return status;
}

/* ------------------------------------------------------------- whole files */

bw_status bw_merge_first(const bw_merge *merge, const bw_element *root,
                         bw_element **flat)
{
    bw_element *e = bw_arena_alloc(merge->arena, 1, sizeof *e);
    if (!e)
        return BW_NOMEM;
    *flat = e;
    bw_merge_check_first(merge, root);
    return become(merge, e, root);
}

bw_status bw_merge_over(const bw_merge *merge, bw_element *flat,
                        const bw_element *root)
{
    flat->place = root->place;
    if (!find_attr(root, "name"))
        bw_diag_add(merge->diags, BW_ERROR, BW_XML_SCHEMA, root->place,
                    "<scenario> extends another and lacks a name of its own; "
                    "add name=\"...\"");
    bw_status status = lay_attrs(merge, flat, root);
    return status == BW_OK ? lay_children(merge, flat, root, false) : status;
}

static void check_needs(const bw_merge *m, const bw_element *e)
{
    const bw_element_key *k = bw_element_key_of(e->local);
    bw_list list = {.n = 0};
    for (int i = 0; k && i < BW_NEEDS && k->needs[i]; i++)
        if (!find_attr(e, k->needs[i]))
            bw_list_add(&list, k->needs[i]);
    if (list.n > 0)
        bw_diag_add(m->diags, BW_ERROR, BW_XML_SCHEMA, e->place,
                    "<%s> lacks the attribute %s; add it", e->name,
                    bw_list_text(&list));
    bw_list_free(&list);
    const bw_element *inside = e->child;
    while (inside && k && k->holds && strcmp(inside->local, k->holds) != 0)
        inside = inside->next;
    if (k && k->holds && !inside)
        bw_diag_add(m->diags, BW_ERROR, BW_XML_SCHEMA, e->place,
                    "<%s> lacks an element; inside it there must be: %s",
                    e->name, k->holds);
}

/* Ids of reps are no ids of rules. */
static bool is_rule_with_id(const bw_element *e)
{
    return bw_element_key_has(e, "id") && bw_element_attr(e, "id", NULL);
}

static bw_place place_of_id(const bw_element *flat, int32_t number)
{
    bw_place place = flat->place;
    const bw_element *e = flat;
    for (; e && number >= 0; e = bw_element_walk(flat, e))
        if (is_rule_with_id(e)) {
            bw_element_attr(e, "id", &place);
            number--;
        }
    return place;
}

/* `ids`: every id so far -> its number among them. */
static bw_status check_id(const bw_merge *m, const bw_element *flat,
                          const bw_element *e, bw_index *ids, int32_t *n)
{
    size_t len;
    bw_place place;
    int32_t first;
    const char *id = bw_attr_trimmed(e, "id", &len);
    if (!id || !is_rule_with_id(e))
        return BW_OK;
    bw_status status = bw_index_put(ids, id, len, *n, &first);
    if (status != BW_OK || first == (*n)++)
        return status;
    bw_place twin = place_of_id(flat, first);
    bw_element_attr(e, "id", &place);
    bw_diag_add(
        m->diags, BW_ERROR, BW_EXTENDS_DUPLICATE, place,
        "two rules have the id \"%.*s\" (the first at %s:%u); give this "
        "one another",
        (int)(len < 80 ? len : 80), id, twin.file, (unsigned)twin.line);
    return BW_OK;
}

bw_status bw_merge_finish(const bw_merge *merge, const bw_element *flat)
{
    bw_index *ids;
    int32_t n = 0;
    bw_status status = bw_index_new(16, &ids);
    const bw_element *e = flat;
    for (; e && status == BW_OK; e = bw_element_walk(flat, e)) {
        check_needs(merge, e);
        status = check_id(merge, flat, e, ids, &n);
    }
    bw_index_free(ids);
    return status;
}
