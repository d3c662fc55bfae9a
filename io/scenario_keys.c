/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "scenario_keys.h"

#include "file_path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const bw_element_key keys[] = {
    {.element = "scenario", .kind = BW_KEY_ONLY},
    {.element = "accounts",
     .kind = BW_KEY_ONLY,
     .path = "file",
     .needs = {"file"}},
    {.element = "reps", .kind = BW_KEY_ONLY, .path = "file", .needs = {"file"}},
    {.element = "pairs",
     .kind = BW_KEY_ONLY,
     .path = "file",
     .needs = {"file"}},
    {.element = "gazetteer",
     .kind = BW_KEY_ATTR,
     .key = {"file"},
     .path = "file"},
    {.element = "column", .kind = BW_KEY_ATTR, .key = {"name"}},
    {.element = "quality",
     .kind = BW_KEY_ATTR,
     .key = {"code"},
     .needs = {"do"}},
    {.element = "segments", .kind = BW_KEY_ONLY, .holds = "segment"},
    {.element = "segment", .kind = BW_KEY_ATTR, .key = {"name"}},
    {.element = "coverage", .kind = BW_KEY_ONLY},
    {.element = "travel", .kind = BW_KEY_ONLY},
    {.element = "handover", .kind = BW_KEY_ONLY},
    {.element = "balance", .kind = BW_KEY_ATTR, .key = {"measure"}},
    {.element = "rules", .kind = BW_KEY_ONLY},
    {.element = "families", .kind = BW_KEY_ONLY, .needs = {"keep"}},
    {.element = "lock", .kind = BW_KEY_ATTR, .key = {"id"}},
    {.element = "require", .kind = BW_KEY_ATTR, .key = {"id"}},
    {.element = "forbid", .kind = BW_KEY_ATTR, .key = {"id"}},
    {.element = "limit", .kind = BW_KEY_ATTR, .key = {"measure"}},
    {.element = "moved",
     .kind = BW_KEY_ATTR,
     .key = {"name"},
     .other = {"measure", "where"},
     .needs = {"measure", "max"}},
    {.element = "solve", .kind = BW_KEY_ONLY},
    {.element = "positions",
     .kind = BW_KEY_ONLY,
     .path = "candidates",
     .no_path = "auto"},
    {.element = "change", .kind = BW_KEY_ADDED},
    {.element = "remove-rep", .kind = BW_KEY_ADDED},
    {.element = "add-rep", .kind = BW_KEY_ADDED},
    {.element = "change-rep", .kind = BW_KEY_ADDED},
    {.element = "close-region", .kind = BW_KEY_ADDED},
    {.element = "set", .kind = BW_KEY_ADDED},
    {.element = "scale", .kind = BW_KEY_ADDED},
    {.element = "add", .kind = BW_KEY_ADDED},
    {.element = "grow", .kind = BW_KEY_ADDED},
    {.element = "add-accounts", .kind = BW_KEY_ADDED, .path = "file"},
    {.element = "drop-accounts", .kind = BW_KEY_ADDED},
    {.element = "frontier",
     .kind = BW_KEY_ONLY,
     .needs = {"over", "from", "to"}},
    {.element = "repair",
     .kind = BW_KEY_ONLY,
     .path = "from",
     .needs = {"from"}},
};

/* Who says one of two says that the other does not count. `is`: only with this
 * value; `is_not`: only with another. */
static const struct {
    const char *element, *given, *gone, *is, *is_not;
} displaced[] = {
    {"accounts", "file", "sha256", NULL, NULL},
    {"reps", "file", "sha256", NULL, NULL},
    {"pairs", "file", "sha256", NULL, NULL},
    {"column", "from", "value", NULL, NULL},
    {"column", "value", "from", NULL, NULL},
    {"column", "value", "as", NULL, NULL},
    {"quality", "do", "value", NULL, "value"},
    {"repair", "from", "sha256", NULL, NULL},
    {"positions", "candidates", "sha256", NULL, NULL},
    {"positions", "choose", "total", NULL, NULL},
    {"positions", "total", "choose", NULL, NULL},
    {"balance", "low", "low-from", NULL, NULL},
    {"balance", "low-from", "low", NULL, NULL},
    {"balance", "high", "high-from", NULL, NULL},
    {"balance", "high-from", "high", NULL, NULL},
    {"balance", "hard", "over-cost", "yes", NULL},
    {"balance", "hard", "under-cost", "yes", NULL},
    {"balance", "over-cost", "hard", NULL, NULL},
    {"balance", "under-cost", "hard", NULL, NULL},
};

/* Both may stand together, and mean something else than either alone. */
static const struct {
    const char *element, *given, *kept;
} clashes[] = {
    {"segment", "share", "where"},     {"segment", "where", "share"},
    {"balance", "target", "low"},      {"balance", "target", "high"},
    {"balance", "target", "low-from"}, {"balance", "target", "high-from"},
    {"lock", "account", "where"},      {"lock", "where", "account"},
    {"require", "account", "where"},   {"require", "where", "account"},
    {"require", "rep", "rep-where"},   {"require", "rep-where", "rep"},
    {"forbid", "account", "where"},    {"forbid", "where", "account"},
    {"forbid", "rep", "rep-where"},    {"forbid", "rep-where", "rep"},
};

#define LENGTH(table) (sizeof(table) / sizeof(table)[0])

const bw_element_key *bw_element_key_of(const char *element)
{
    for (size_t i = 0; i < LENGTH(keys); i++)
        if (strcmp(keys[i].element, element) == 0)
            return &keys[i];
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *bw_attr_trimmed(const bw_element *element, const char *name,
                            size_t *len)
{
    const char *text = bw_element_attr(element, name, NULL);
    *len = 0;
    if (!text)
        return NULL;
    while (is_blank(*text))
        text++;
    *len = strlen(text);
    while (*len && is_blank(text[*len - 1]))
        --*len;
    return text;
}

/* The attributes that make up the key of this element, or NULL. */
static const char *const *key_names(const bw_element *element)
{
    const bw_element_key *k = bw_element_key_of(bw_element_name(element));
    if (!k || k->kind != BW_KEY_ATTR)
        return NULL;
    if (bw_element_attr(element, k->key[0], NULL))
        return k->key;
    return k->other[0] ? k->other : NULL;
}

/* The file itself, however it is written; where there is none, its name
 * without detours. */
static void add_file(const bw_element *element, const char *name,
                     bw_arena *arena, bw_buf *out)
{
    char real[PATH_MAX];
    size_t len;
    bw_place place;
    bw_element_attr(element, name, &place);
    const char *text = bw_attr_trimmed(element, name, &len);
    const char *file = bw_arena_text(arena, text, len);
    char *path = file ? bw_file_beside(arena, place.file, file) : NULL;
    out->failed |= !path;
    if (!path)
        return;
    bool there = realpath(path, real) != NULL;
    if (!there)
        bw_file_fold(path);
    bw_buf_text(out, there ? real : path);
}

bw_status bw_element_key_text(const bw_element *element, bw_arena *arena,
                              const char **key)
{
    const bw_element_key *k = bw_element_key_of(bw_element_name(element));
    const char *const *name = key_names(element);
    bw_buf out = {.text = NULL};
    *key = NULL;
    if (!name && (!k || k->kind != BW_KEY_ONLY))
        return BW_OK;
    bw_buf_text(&out, bw_element_name(element));
    for (int i = 0; name && i < 2 && name[i]; i++) {
        size_t len;
        const char *text = bw_attr_trimmed(element, name[i], &len);
        bw_buf_format(&out, "\n%s\n", name[i]);
        if (text && k->path && strcmp(k->path, name[i]) == 0)
            add_file(element, name[i], arena, &out);
        else if (text)
            bw_buf_add(&out, text, len);
    }
    if (!out.failed)
        *key = bw_arena_text(arena, out.text, out.len);
    bw_buf_free(&out);
    return *key ? BW_OK : BW_NOMEM;
}

void bw_element_key_show(const bw_element *element, bw_buf *out)
{
    const char *const *name = key_names(element);
    for (int i = 0; name && i < 2 && name[i]; i++) {
        size_t len;
        const char *text = bw_attr_trimmed(element, name[i], &len);
        if (text && i > 0)
            bw_buf_format(out, ", %s ", name[i]);
        bw_buf_add(out, text ? text : "", len);
    }
}

void bw_element_tag_show(const bw_element *element, bw_buf *out)
{
    const char *const *name = key_names(element);
    bw_buf_format(out, "<%s", bw_element_name(element));
    for (int i = 0; name && i < 2 && name[i]; i++) {
        size_t len;
        const char *text = bw_attr_trimmed(element, name[i], &len);
        if (text)
            bw_buf_format(out, " %s=\"%.*s\"", name[i],
                          (int)(len < 200 ? len : 200), text);
    }
    bw_buf_text(out, ">");
}

bool bw_element_key_has(const bw_element *element, const char *attr)
{
    const char *const *name = key_names(element);
    for (int i = 0; name && i < 2 && name[i]; i++)
        if (strcmp(name[i], attr) == 0)
            return true;
    return false;
}

static bool is(const bw_element *element, const char *name, const char *value)
{
    size_t len;
    const char *text = bw_attr_trimmed(element, name, &len);
    return text && strlen(value) == len && strncmp(text, value, len) == 0;
}

bool bw_attr_displaces(const bw_element *over, const char *given,
                       const char *attr)
{
    for (size_t i = 0; i < LENGTH(displaced); i++)
        if (strcmp(displaced[i].element, bw_element_name(over)) == 0 &&
            strcmp(displaced[i].given, given) == 0 &&
            strcmp(displaced[i].gone, attr) == 0 &&
            (!displaced[i].is || is(over, given, displaced[i].is)) &&
            !(displaced[i].is_not && is(over, given, displaced[i].is_not)))
            return true;
    return false;
}

bool bw_attr_clashes(const char *element, const char *given, const char *attr)
{
    for (size_t i = 0; i < LENGTH(clashes); i++)
        if (strcmp(clashes[i].element, element) == 0 &&
            strcmp(clashes[i].given, given) == 0 &&
            strcmp(clashes[i].kept, attr) == 0)
            return true;
    return false;
}
