/* SPDX-License-Identifier: GPL-3.0-or-later */
/* before="NAME". Each is put just before the one it names, in the order of the
 * file. That may put one before another that was to follow it, so this is
 * repeated with those that do not stand right; where they do not contradict
 * each other, no more rounds are needed than there are of them. */
#include "scenario_keys.h"
#include "scenario_merge.h"

#include <string.h>

typedef struct wish {
    const bw_element *said; /* as the file has it */
    bw_element *self, *target;
} wish;

/* The child of this name whose key is the text. */
static bw_element *find(const bw_element *parent, const char *name,
                        const char *text, size_t len)
{
    const bw_element_key *k = bw_element_key_of(name);
    for (bw_element *e = parent->child; e && k; e = e->next) {
        size_t n;
        const char *key = bw_attr_trimmed(e, k->key[0], &n);
        if (strcmp(e->local, name) == 0 && key && n == len &&
            strncmp(key, text, len) == 0)
            return e;
    }
    return NULL;
}

static bool stands_before(const bw_element *e, const bw_element *target)
{
    while (e && e != target)
        e = e->next;
    return e != NULL;
}

static void put_before(bw_element *e, bw_element *target)
{
    bw_merge_unlink(e);
    bw_element **at = &target->parent->child;
    while (*at != target)
        at = &(*at)->next;
    e->next = target;
    *at = e;
}

static void tell_contradiction(const bw_merge *m, const bw_element *said)
{
    bw_place place;
    const char *before = bw_element_attr(said, "before", &place);
    bw_diag_add(m->diags, BW_ERROR, BW_EXTENDS_CONFLICT, place,
                "before=\"%.80s\" cannot hold together with what the others "
                "here say of their order; take one out",
                before);
}

static bw_status tell_unknown(const bw_merge *m, const bw_element *into,
                              const bw_element *said, const char *word)
{
    int32_t n = 0;
    for (const bw_element *e = into->child; e; e = e->next)
        n++;
    bw_element **there =
        bw_arena_alloc(m->arena, (size_t)n, sizeof(bw_element *));
    if (!there)
        return BW_NOMEM;
    bw_merge_absent absent = {.element = said, .word = word, .there = there};
    for (bw_element *e = into->child; e; e = e->next)
        there[absent.n++] = e;
    bw_element_attr(said, "before", &absent.place);
    bw_merge_tell_absent(m, &absent);
    return BW_OK;
}

/* self NULL: there is nothing to be done. */
static bw_status read_wish(const bw_merge *m, const bw_element *into,
                           const bw_element *e, wish *w)
{
    size_t len, own_len;
    const bw_element_key *k = bw_element_key_of(e->local);
    const char *before = bw_attr_trimmed(e, "before", &len);
    const char *own = k ? bw_attr_trimmed(e, k->key[0], &own_len) : NULL;
    *w = (wish){.said = e};
    if (!before || !own)
        return BW_OK;
    w->target = find(into, e->local, before, len);
    const char *word = bw_arena_text(m->arena, before, len);
    if (!w->target)
        return word ? tell_unknown(m, into, e, word) : BW_NOMEM;
    w->self = find(into, e->local, own, own_len);
    if (w->self != w->target)
        return BW_OK;
    tell_contradiction(m, e);
    w->self = NULL;
    return BW_OK;
}

static void fulfil(const bw_merge *m, const wish *wishes, int32_t n)
{
    const bw_element *open = NULL;
    for (int32_t i = 0; i < n; i++)
        put_before(wishes[i].self, wishes[i].target);
    int32_t round = 0;
    do {
        open = NULL;
        for (int32_t i = 0; i < n; i++) {
            if (stands_before(wishes[i].self, wishes[i].target))
                continue;
            put_before(wishes[i].self, wishes[i].target);
            open = open ? open : wishes[i].said;
        }
        if (!open)
            return;
    } while (round++ < n);
    tell_contradiction(m, open);
}

bw_status bw_merge_order(const bw_merge *merge, bw_element *into,
                         const bw_element *from)
{
    int32_t most = 0, n = 0;
    for (const bw_element *e = from->child; e; e = e->next)
        most += bw_element_attr(e, "before", NULL) != NULL;
    if (most == 0)
        return BW_OK;
    wish *wishes = bw_arena_alloc(merge->arena, (size_t)most, sizeof *wishes);
    if (!wishes)
        return BW_NOMEM;
    for (const bw_element *e = from->child; e; e = e->next) {
        bw_status status = read_wish(merge, into, e, &wishes[n]);
        if (status != BW_OK)
            return status;
        n += wishes[n].self != NULL;
    }
    fulfil(merge, wishes, n);
    return BW_OK;
}
