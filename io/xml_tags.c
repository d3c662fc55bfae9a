/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans XML text for start tags. Never reads past the end, whatever the text;
 * right only where the text is well-formed. */
#include "xml_tags.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool starts(const bw_tags *tags, const char *with)
{
    size_t n = strlen(with);
    return tags->len - tags->at >= n &&
           memcmp(tags->text + tags->at, with, n) == 0;
}

/* Behind the next `mark`, or to the end. */
static void skip_past(bw_tags *tags, const char *mark)
{
    while (tags->at < tags->len && !starts(tags, mark))
        tags->at++;
    tags->at += tags->at < tags->len ? strlen(mark) : 0;
}

static void skip_blanks(bw_tags *tags)
{
    while (tags->at < tags->len && is_blank(tags->text[tags->at]))
        tags->at++;
}

static bw_span take_name(bw_tags *tags)
{
    bw_span name = {.at = tags->at};
    while (tags->at < tags->len && !is_blank(tags->text[tags->at]) &&
           !strchr("=/><\"'", tags->text[tags->at]))
        tags->at++;
    name.len = tags->at - name.at;
    return name;
}

/* At a `<` that opens no element: comment, instruction, CDATA, end tag. */
static bool skip_other(bw_tags *tags)
{
    if (starts(tags, "<!--")) {
        tags->at += 4; /* "<!-->" does not close itself */
        skip_past(tags, "-->");
    } else if (starts(tags, "<?"))
        skip_past(tags, "?>");
    else if (starts(tags, "<![CDATA["))
        skip_past(tags, "]]>");
    else if (starts(tags, "</") || starts(tags, "<!"))
        skip_past(tags, ">");
    else
        return false;
    return true;
}

bool bw_tags_next(bw_tags *tags, bw_span *name)
{
    while (tags->at < tags->len) {
        if (tags->text[tags->at] != '<') {
            tags->at++;
            continue;
        }
        if (skip_other(tags))
            continue;
        tags->at++;
        *name = take_name(tags);
        return name->len > 0;
    }
    return false;
}

bool bw_tags_attr(bw_tags *tags, bw_span *name, bw_span *value)
{
    skip_blanks(tags);
    *name = take_name(tags);
    if (name->len == 0)
        return false;
    skip_blanks(tags);
    if (!starts(tags, "="))
        return false;
    tags->at++;
    skip_blanks(tags);
    if (tags->at >= tags->len)
        return false;
    char quote[2] = {tags->text[tags->at++], '\0'};
    value->at = tags->at;
    skip_past(tags, quote);
    value->len = tags->at - value->at - (tags->at > value->at);
    return true;
}

/* From a start tag's `<` behind its `>`; true where an end tag must follow. */
static bool skip_start_tag(bw_tags *tags)
{
    bw_span name, value;
    tags->at++;
    take_name(tags);
    while (bw_tags_attr(tags, &name, &value))
        ;
    bool open = !starts(tags, "/");
    skip_past(tags, ">");
    return open;
}

size_t bw_tags_stray(const char *text, size_t len, size_t start)
{
    bw_tags tags = {text, len, start};
    long depth = skip_start_tag(&tags) ? 1 : 0;
    while (depth > 0 && tags.at < len) {
        if (text[tags.at] != '<') {
            if (depth == 1 && !is_blank(text[tags.at]))
                return tags.at;
            tags.at++;
            continue;
        }
        if (depth == 1 && starts(&tags, "<![CDATA["))
            return tags.at;
        if (starts(&tags, "</"))
            depth--;
        if (!skip_other(&tags))
            depth += skip_start_tag(&tags);
    }
    return start;
}

bool bw_tags_doctype(const char *text, size_t len, size_t *at)
{
    bw_tags tags = {text, len, 0};
    for (;;) {
        skip_blanks(&tags);
        if (starts(&tags, "<!DOCTYPE")) {
            *at = tags.at;
            return true;
        }
        if (!starts(&tags, "<?") && !starts(&tags, "<!--"))
            return false;
        skip_other(&tags);
    }
}

bool bw_tags_encoding(const char *text, size_t len, bw_span *value)
{
    bw_tags tags = {text, len, 0};
    if (!starts(&tags, "<?xml") || len < 6 || !is_blank(text[5]))
        return false;
    tags.at = 5;
    bw_span name;
    while (bw_tags_attr(&tags, &name, value))
        if (name.len == 8 && memcmp(text + name.at, "encoding", 8) == 0)
            return true;
    return false;
}
