/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over text that is known to be JSON. */
#include "json_place.h"

#include <string.h>

static const char *skip_blank(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* One past the quote that closes the string which begins here. */
static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        at += *at == '\\' && at[1];
    return *at ? at + 1 : at;
}

/* One past the value that begins here. */
static const char *skip_value(const char *at)
{
    int depth = 0;
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        bool scalar = depth == 0 && !strchr("{}[]", *at);
        at += scalar ? strcspn(at, ",}] \t\r\n") : 1;
    } while (*at && depth > 0);
    return at;
}

/* The value of the key in the object that begins here; NULL: none. */
static const char *find_member(const char *at, const char *key)
{
    size_t len = strlen(key);
    if (*at != '{')
        return NULL;
    for (at = skip_blank(at + 1); *at == '"'; at = skip_blank(at)) {
        const char *name = at + 1, *end = skip_string(at);
        bool is_it = (size_t)(end - name) == len + 1 && !memcmp(name, key, len);
        at = skip_blank(end);
        at = skip_blank(at + (*at == ':'));
        if (is_it)
            return at;
        at = skip_blank(skip_value(at));
        at = skip_blank(at + (*at == ','));
    }
    return NULL;
}

/* The item of this number, from 1, of the list that begins here. */
static const char *find_item(const char *at, int32_t number)
{
    if (*at != '[')
        return NULL;
    at = skip_blank(at + 1);
    for (; number > 1 && *at && *at != ']'; number--) {
        at = skip_blank(skip_value(at));
        at = skip_blank(at + (*at == ','));
    }
    return *at && *at != ']' ? at : NULL;
}

bool bw_json_find(const char *text, const bw_json_path *path, size_t *at,
                  size_t *end)
{
    const char *value = find_member(skip_blank(text), path->key);
    if (value && path->item > 0)
        value = find_item(value, path->item);
    if (value && path->member)
        value = find_member(value, path->member);
    if (value && path->part)
        value = find_member(value, path->part);
    if (!value)
        return false;
    *at = (size_t)(value - text);
    *end = (size_t)(skip_value(value) - text);
    return true;
}

void bw_json_path_text(const bw_json_path *path, bw_buf *buf)
{
    bw_buf_text(buf, path->key);
    if (path->item > 0)
        bw_buf_format(buf, "[%d]", (int)path->item);
    if (path->member)
        bw_buf_format(buf, ".%s", path->member);
    if (path->part)
        bw_buf_format(buf, ".%s", path->part);
}
