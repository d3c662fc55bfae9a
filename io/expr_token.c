/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexical rules of XPath 1.0, section 3.7. A byte above 127 counts as a
 * letter of a name: headers in any script can be named, and libxml2 never sees
 * the names (expr_parse.h). */
#include "expr_token.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool goes_on_name(char c)
{
    return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}

/* Bytes of a QName; 0: none starts here. */
static size_t name_len(const char *text)
{
    size_t n = 0;
    if (!starts_name(text[0]))
        return 0;
    while (goes_on_name(text[n]))
        n++;
    if (text[n] != ':' || !starts_name(text[n + 1]))
        return n;
    do
        n++;
    while (goes_on_name(text[n]));
    return n;
}

bool bw_token_is_name(const char *text)
{
    size_t n = name_len(text);
    return n > 0 && text[n] == '\0';
}

static size_t number_len(const char *text)
{
    size_t n = strspn(text, "0123456789");
    if (text[n] != '.')
        return n;
    size_t fraction = strspn(text + n + 1, "0123456789");
    return n + fraction > 0 ? n + 1 + fraction : 0;
}

/* 0: no sign. */
static size_t sign_len(const char *text)
{
    static const char two[][3] = {"!=", "<=", ">="};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (strncmp(text, two[i], 2) == 0)
            return 2;
    return *text && strchr("=<>+-*(),", *text) ? 1 : 0;
}

static size_t path_len(const char *text)
{
    static const char two[][3] = {"//", "..", "::"};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (strncmp(text, two[i], 2) == 0)
            return 2;
    return *text && strchr("/.@[]|", *text) ? 1 : 0;
}

static bw_token literal(const char *text, size_t at)
{
    bw_token token = {BW_TOKEN_LITERAL, at, 1};
    while (text[at + token.len] && text[at + token.len] != text[at])
        token.len++;
    if (text[at + token.len])
        token.len++;
    else
        token.kind = BW_TOKEN_OPEN;
    return token;
}

/* Bytes of the UTF-8 character. */
static size_t char_len(const char *text)
{
    size_t n = 1;
    while (((unsigned char)text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

bw_token bw_token_next(const char *text, size_t at)
{
    while (is_blank(text[at]))
        at++;
    const char *here = text + at;
    size_t len;
    if (!*here)
        return (bw_token){BW_TOKEN_END, at, 0};
    if (*here == '\'' || *here == '"')
        return literal(text, at);
    if ((len = number_len(here)) > 0)
        return (bw_token){BW_TOKEN_NUMBER, at, len};
    if (*here == '$' && (len = name_len(here + 1)) > 0)
        return (bw_token){BW_TOKEN_VARIABLE, at, len + 1};
    if ((len = name_len(here)) > 0)
        return (bw_token){BW_TOKEN_NAME, at, len};
    if ((len = sign_len(here)) > 0)
        return (bw_token){BW_TOKEN_SIGN, at, len};
    if ((len = path_len(here)) > 0)
        return (bw_token){BW_TOKEN_PATH, at, len};
    return (bw_token){BW_TOKEN_STRANGE, at, char_len(here)};
}

/* One character of the file's text: how many bytes it has there, and whether
 * a line ends with it. CR LF is one, as in XML. */
static size_t raw_len(const char *raw, bool *line_end)
{
    *line_end = *raw == '\n' || *raw == '\r';
    if (raw[0] == '\r' && raw[1] == '\n')
        return 2;
    const char *end = *raw == '&' ? strchr(raw, ';') : NULL;
    return end ? (size_t)(end - raw) + 1 : char_len(raw);
}

bw_place bw_token_place(const bw_attr *attr, size_t offset)
{
    bw_place place = attr->place;
    const char *raw = attr->raw ? attr->raw : attr->text;
    for (size_t at = 0; at < offset && *raw && attr->text[at];) {
        bool line_end, reference = attr->raw && *raw == '&';
        size_t len = attr->raw ? raw_len(raw, &line_end) : char_len(raw);
        if (attr->raw && line_end) {
            place.line++;
            place.column = 1;
        } else {
            place.column += reference ? (uint32_t)len : 1;
        }
        raw += len;
        at += char_len(attr->text + at);
    }
    return place;
}
