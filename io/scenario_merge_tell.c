/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a file that extends another, in words. */
#include "scenario_keys.h"
#include "scenario_merge.h"
#include "words.h"

#include <string.h>

static const char *tag_of(const bw_element *e, bw_buf *buf)
{
    bw_element_tag_show(e, buf);
    return buf->text ? buf->text : e->name;
}

void bw_merge_tell_twin(const bw_merge *merge, const bw_element *element,
                        int32_t first)
{
    bw_buf tag = {.text = NULL};
    const bw_element *twin = element->parent->child;
    for (; first > 0; first--)
        twin = twin->next;
    bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_DUPLICATE, element->place,
                "%s stands twice in this file (first at line %u), and it is "
                "open which is meant; leave one",
                tag_of(element, &tag), (unsigned)twin->place.line);
    bw_buf_free(&tag);
}

/* A key in memory that outlives the guess. */
static const char *key_of(const bw_merge *merge, const bw_element *e)
{
    bw_buf key = {.text = NULL};
    bw_element_key_show(e, &key);
    const char *text =
        key.text ? bw_arena_text(merge->arena, key.text, key.len) : NULL;
    bw_buf_free(&key);
    return text ? text : "";
}

/* "; did you mean X?; there are: X, Y", or nothing. */
static void add_choices(const bw_merge *merge, const bw_merge_absent *a,
                        bw_buf *out)
{
    bw_list list = {.n = 0};
    const char *own = key_of(merge, a->element);
    bw_guess guess = {.word = a->word ? a->word : own};
    for (int32_t i = 0; i < a->n; i++) {
        const bw_element *e = a->there[i];
        if (!e || strcmp(e->local, a->element->local) != 0)
            continue;
        const char *key = key_of(merge, e);
        if (!*key || strcmp(key, own) == 0)
            continue;
        bw_guess_try(&guess, key);
        bw_list_add(&list, key);
    }
    if (guess.best)
        bw_buf_format(out, "; did you mean \"%s\"?", guess.best);
    bw_buf_format(out, "; there are: %s", bw_list_text(&list));
    bw_list_free(&list);
}

void bw_merge_tell_absent(const bw_merge *merge, const bw_merge_absent *a)
{
    bw_buf tag = {.text = NULL}, there = {.text = NULL};
    const bw_element *e = a->element;
    const bw_element_key *key = bw_element_key_of(e->local);
    const char *name = tag_of(e, &tag);
    bool only = key && key->kind == BW_KEY_ONLY;
    bool keyed = only || bw_element_key_has(e, key ? key->key[0] : "") ||
                 (key && key->other[0]);
    if (keyed && !only && !a->fresh)
        add_choices(merge, a, &there);
    const char *choices = there.text ? there.text : "";
    char shown[BW_SHORT];
    if (a->word)
        bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_UNKNOWN, a->place,
                    "there is no <%s> \"%s\" before which this one could "
                    "stand%s",
                    e->local, bw_words_short(a->word, shown), choices);
    else if (!keyed)
        bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_UNKNOWN, a->place,
                    "which <%s> is meant? say its %s here, and where it is "
                    "written",
                    e->local, key ? key->key[0] : "key");
    else if (a->fresh)
        bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_UNKNOWN, a->place,
                    "%s is not inherited, as what it stands in is new; leave "
                    "action out",
                    name);
    else
        bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_UNKNOWN, a->place,
                    "%s is not inherited from %s%s", name, merge->base,
                    only ? "; leave it, or its action, out" : choices);
    bw_buf_free(&tag);
    bw_buf_free(&there);
}

void bw_merge_check_removal(const bw_merge *merge, const bw_element *e)
{
    bw_buf tag = {.text = NULL};
    const char *name = tag_of(e, &tag);
    for (const bw_xml_attr *a = e->attrs; a; a = a->next)
        if (strcmp(a->name, "action") != 0 && !bw_element_key_has(e, a->name))
            bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_CONFLICT,
                        a->name_place,
                        "%s is taken out, so %s means nothing; leave %s out, "
                        "or say action=\"replace\"",
                        name, a->name, a->name);
    if (e->child)
        bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_CONFLICT,
                    e->child->place,
                    "%s is taken out, so <%s> inside it means nothing; leave "
                    "it out, or say action=\"replace\"",
                    name, e->child->local);
    bw_buf_free(&tag);
}

void bw_merge_check_first(const bw_merge *merge, const bw_element *root)
{
    static const char *const names[] = {"action", "before"};
    for (const bw_element *e = root; e; e = bw_element_walk(root, e)) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            bw_place place;
            const char *value = bw_element_attr(e, names[i], &place);
            if (value)
                bw_diag_add(merge->diags, BW_ERROR, BW_EXTENDS_MISSING, place,
                            "%s=\"%.40s\" is about what is inherited, and this "
                            "file inherits nothing; add extends=\"FILE.xml\" "
                            "to <scenario>, or leave %s out",
                            names[i], value, names[i]);
        }
    }
}
