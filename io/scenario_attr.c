/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario_attr.h"

#include "field.h"

#include <math.h>
#include <string.h>

/* Some characters an attribute's value cannot hold as they are; line breaks
 * and tabs would come back as blanks. */
void bw_write_escaped(bw_buf *out, const char *text)
{
    for (; *text; text++) {
        size_t plain = strcspn(text, "&<\"\t\n\r");
        bw_buf_add(out, text, plain);
        text += plain;
        if (!*text)
            return;
        if (*text == '&')
            bw_buf_text(out, "&amp;");
        else if (*text == '<')
            bw_buf_text(out, "&lt;");
        else if (*text == '"')
            bw_buf_text(out, "&quot;");
        else
            bw_buf_format(out, "&#%d;", *text);
    }
}

void bw_write_text(bw_buf *out, const char *name, const char *text)
{
    bw_buf_format(out, " %s=\"", name);
    bw_write_escaped(out, text);
    bw_buf_text(out, "\"");
}

void bw_write_attr(bw_buf *out, const char *name, const bw_attr *attr)
{
    if (attr->text)
        bw_write_text(out, name, attr->text);
}

bool bw_write_percent(bw_buf *out, double value)
{
    bw_buf text = {.text = NULL};
    double back;
    bw_buf_double(&text, round(value * 1e12) / 1e10);
    bool same = text.text && bw_field_number(text.text, text.len, &back) &&
                back / 100 == value;
    if (same)
        bw_buf_format(out, "%s%%", text.text);
    out->failed |= text.failed;
    bw_buf_free(&text);
    return same;
}

void bw_write_most(bw_buf *out, const char *name, const bw_attr_number *number)
{
    bw_buf_format(out, " %s=\"", name);
    if (!number->percent || !bw_write_percent(out, number->value)) {
        bw_buf_double(out, (number->percent ? 100 : 1) * number->value);
        bw_buf_text(out, number->percent ? "%" : "");
    }
    bw_buf_text(out, "\"");
}

void bw_write_value(bw_buf *out, const char *name, const bw_attr_number *number)
{
    bw_buf_format(out, " %s=\"", name);
    if (!number->percent || !bw_write_percent(out, number->value))
        bw_buf_double(out, number->value);
    bw_buf_text(out, "\"");
}

void bw_write_number(bw_buf *out, const char *name,
                     const bw_attr_number *number)
{
    if (number->given)
        bw_write_value(out, name, number);
}
