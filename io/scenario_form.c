/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes as values. */
#include "scenario_form.h"

#include "bw/alloc.h"
#include "bw/quantum.h"
#include "field.h"
#include "words.h"

#include <math.h>
#include <string.h>

const bw_range bw_range_any = {-BW_LARGEST, BW_LARGEST, false, BW_FIELD_RANGE,
                               "between -1e12 and 1e12"};
const bw_range bw_range_not_negative = {0, BW_LARGEST, false, BW_FIELD_RANGE,
                                        "between 0 and 1e12"};
const bw_range bw_range_positive = {0, BW_LARGEST, true, BW_FIELD_RANGE,
                                    "above 0, and at most 1e12"};
const bw_range bw_range_share = {0, 1, false, BW_FIELD_RANGE,
                                 "between 0% and 100%"};

void *bw_form_alloc(bw_form *form, int count, size_t size)
{
    void *items = bw_arena_alloc(form->scenario->arena, (size_t)count, size);
    form->nomem |= !items;
    return items;
}

/* The file's name dies with its source; the scenario has the same text. */
static bw_place own(const bw_form *form, bw_place place)
{
    const bw_scenario *s = form->scenario;
    int i = s->n_files - 1;
    while (i > 0 && strcmp(s->files[i], place.file) != 0)
        i--;
    place.file = s->files[i];
    return place;
}

bw_place bw_form_place(const bw_form *form, const bw_element *element)
{
    return own(form, bw_element_place(element));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *copy(bw_form *form, const char *text)
{
    size_t len = strlen(text);
    while (len && is_blank(text[len - 1]))
        len--;
    const char *mine = bw_arena_text(form->scenario->arena, text, len);
    form->nomem |= !mine;
    return mine;
}

bw_attr bw_form_attr(bw_form *form, const bw_element *element, const char *name)
{
    bw_attr attr = {.text = NULL};
    const char *text = bw_element_attr(element, name, &attr.place);
    const char *raw = bw_element_raw(element, name);
    attr.place = own(form, attr.place);
    if (!text || !raw)
        return attr;
    /* Only blanks that stand as such in the file, so that text and raw stay
     * in step; a line break would need another line. */
    while (*text == ' ' && *raw == ' ') {
        text++;
        raw++;
        attr.place.column++;
    }
    attr.text = copy(form, text);
    attr.raw = copy(form, raw);
    return attr;
}

bool bw_form_is(const bw_element *element, const char *name, const char *value)
{
    const char *text = bw_element_attr(element, name, NULL);
    if (!text)
        return false;
    while (is_blank(*text))
        text++;
    size_t len = strlen(value);
    if (strncmp(text, value, len) != 0)
        return false;
    for (text += len; is_blank(*text); text++)
        ;
    return *text == '\0';
}

/* "15%", "0.15" -> 0.15. NaN: none. */
static double parse(const char *text, bool *percent)
{
    double value;
    size_t len = strlen(text), at = 0;
    *percent = len > 0 && text[len - 1] == '%';
    len -= *percent;
    while (len && is_blank(text[len - 1]))
        len--;
    while (at < len && is_blank(text[at]))
        at++;
    if (!bw_field_number(text + at, len - at, &value))
        return NAN;
    return *percent ? value / 100 : value;
}

bw_attr_number bw_form_number(bw_form *form, const bw_element *element,
                              const char *name, double fallback,
                              const bw_range *range)
{
    bw_attr attr = bw_form_attr(form, element, name);
    bw_attr_number number = {.value = fallback, .place = attr.place};
    if (!attr.text)
        return number;
    char shown[BW_SHORT];
    bw_words_short(attr.text, shown);
    number.given = true;
    number.value = parse(attr.text, &number.percent);
    double v = number.value;
    if (isnan(v)) {
        bw_diag_add(form->diags, BW_ERROR, BW_VALUE_SYNTAX, attr.place,
                    "%s=\"%s\" of <%s> is no number that can be used; write "
                    "one such as 1250 or 0.5",
                    name, shown, bw_element_name(element));
    } else if (v < range->low || v > range->high ||
               (range->above && v <= range->low)) {
        bw_diag_add(form->diags, BW_ERROR, range->code, attr.place,
                    "%s=\"%s\" of <%s> is out of range; it must be %s", name,
                    shown, bw_element_name(element), range->rule);
        number.value = NAN;
    }
    return number;
}

int bw_form_count(const bw_element *parent, const char *name)
{
    int n = 0;
    const bw_element *e = parent ? bw_element_child(parent) : NULL;
    for (; e; e = bw_element_next(e))
        n += strcmp(bw_element_name(e), name) == 0;
    return n;
}
