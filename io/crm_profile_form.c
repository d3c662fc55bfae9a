/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm_profile_form.h"

#include "bw/alloc.h"
#include "crm_key.h"
#include "csv_write.h"
#include "words.h"

#include <string.h>

bw_place bw_crm_place(const bw_crm_reading *r, bw_place place)
{
    place.file = r->profile->place.file;
    return place;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t trim(const char **text, size_t len)
{
    while (len && is_blank((*text)[len - 1]))
        len--;
    while (len && is_blank(**text)) {
        (*text)++;
        len--;
    }
    return len;
}

const char *bw_crm_attr(bw_crm_reading *r, const bw_element *element,
                        const char *name, bw_place *place)
{
    bw_place at;
    const char *text = bw_element_attr(element, name, &at);
    if (place)
        *place = bw_crm_place(r, at);
    if (!text)
        return NULL;
    size_t len = trim(&text, strlen(text));
    const char *mine = bw_arena_text(r->profile->arena, text, len);
    r->nomem |= !mine;
    return mine;
}

bool bw_crm_attr_is(const bw_element *element, const char *name,
                    const char *value)
{
    const char *text = bw_element_attr(element, name, NULL);
    if (!text)
        return false;
    size_t len = trim(&text, strlen(text));
    return len == strlen(value) && strncmp(text, value, len) == 0;
}

int64_t bw_crm_whole(const bw_element *element, const char *name, int64_t none)
{
    const char *text = bw_element_attr(element, name, NULL);
    if (!text)
        return none;
    int64_t value = 0;
    for (size_t len = trim(&text, strlen(text)); len; len--)
        value = 10 * value + (*text++ - '0');
    return value;
}

void *bw_crm_items(bw_crm_reading *r, int count, size_t size)
{
    void *items = bw_arena_alloc(r->profile->arena, (size_t)count, size);
    r->nomem |= !items;
    return items;
}

const bw_element *bw_crm_named(const bw_element *element, const char *name)
{
    while (element && strcmp(bw_element_name(element), name) != 0)
        element = bw_element_next(element);
    return element;
}

int bw_crm_children(const bw_element *parent, const char *name)
{
    int n = 0;
    const bw_element *e = bw_crm_named(bw_element_child(parent), name);
    for (; e; e = bw_crm_named(bw_element_next(e), name))
        n++;
    return n;
}

bw_crm_which bw_crm_which_of(const bw_element *element, const char *name)
{
    unsigned which = 0;
    while (
        which < BW_CRM_N_TABLES - 1U &&
        !bw_crm_attr_is(element, name, bw_crm_which_text((bw_crm_which)which)))
        which++;
    return (bw_crm_which)which;
}

void bw_crm_check_text(bw_crm_reading *r, bw_place place, const char *what,
                       const char *text)
{
    if (!text)
        return;
    char shown[BW_SHORT];
    const char *at = text;
    while (*at && (unsigned char)*at >= 0x20 && *at != 0x7f)
        at++;
    if (*at)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, place,
                    "%s \"%s\" has a control character in it; take it out",
                    what, bw_words_short(text, shown));
    else if (bw_is_formula(text))
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, place,
                    "%s \"%s\" begins as a formula does, and would be one for "
                    "whoever opens the file as a table; it may not begin "
                    "with = + - @",
                    what, bw_words_short(text, shown));
}

void bw_crm_split(const char *text, char separator, bw_crm_part *part,
                  void *data)
{
    for (const char *end; text; text = end ? end + 1 : NULL) {
        end = strchr(text, separator);
        const char *begin = text;
        size_t len = trim(&begin, end ? (size_t)(end - text) : strlen(text));
        part(data, begin, len);
    }
}
