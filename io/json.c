/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON. Reading is jansson's; writing is ours, because it would put down 0.1 as
 * 0.10000000000000001 and cannot take the exact decimals that we have. */
#include "json.h"

#include "bw/alloc.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

/* Length of the well-formed UTF-8 sequence at text, 0 where there is none. */
static size_t sequence_length(const unsigned char *text)
{
    if (text[0] < 0x80)
        return 1;
    size_t len = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (text[0] < 0xC2 || text[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    unsigned second = text[1];
    bool bad = (text[0] == 0xE0 && second < 0xA0) ||
               (text[0] == 0xED && second > 0x9F) ||
               (text[0] == 0xF0 && second < 0x90) ||
               (text[0] == 0xF4 && second > 0x8F);
    return bad ? 0 : len;
}

static void quoted(bw_buf *buf, const char *text)
{
    bw_buf_text(buf, "\"");
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        size_t len = sequence_length(at);
        if (len == 0)
            bw_buf_text(buf, "\xEF\xBF\xBD"); /* U+FFFD */
        else if (*at == '"' || *at == '\\')
            bw_buf_format(buf, "\\%c", *at);
        else if (*at < 0x20 || *at == 0x7F)
            bw_buf_format(buf, "\\u%04x", *at);
        else
            bw_buf_add(buf, (const char *)at, len);
        at += len ? len : 1;
    }
    bw_buf_text(buf, "\"");
}

static void new_line(bw_json_out *out)
{
    bw_buf_format(out->buf, "\n%*s", 2 * out->depth, "");
}

/* What stands before a value: comma, line, key. */
static void lead(bw_json_out *out, const char *key)
{
    if (out->depth == 0)
        return;
    if (out->filled[out->depth - 1])
        bw_buf_text(out->buf, ",");
    out->filled[out->depth - 1] = true;
    new_line(out);
    if (!key)
        return;
    quoted(out->buf, key);
    bw_buf_text(out->buf, ": ");
}

static void begin(bw_json_out *out, const char *key, const char *brackets)
{
    lead(out, key);
    assert(out->depth < BW_JSON_DEPTH);
    bw_buf_add(out->buf, brackets, 1);
    out->closing[out->depth] = brackets[1];
    out->filled[out->depth] = false;
    out->depth++;
}

void bw_json_object(bw_json_out *out, const char *key)
{
    begin(out, key, "{}");
}

void bw_json_list(bw_json_out *out, const char *key)
{
    begin(out, key, "[]");
}

void bw_json_end(bw_json_out *out)
{
    assert(out->depth > 0);
    out->depth--;
    if (out->filled[out->depth])
        new_line(out);
    bw_buf_add(out->buf, &out->closing[out->depth], 1);
    if (out->depth == 0)
        bw_buf_text(out->buf, "\n");
}

void bw_json_text(bw_json_out *out, const char *key, const char *text)
{
    lead(out, key);
    if (text)
        quoted(out->buf, text);
    else
        bw_buf_text(out->buf, "null");
}

void bw_json_bool(bw_json_out *out, const char *key, bool value)
{
    lead(out, key);
    bw_buf_text(out->buf, value ? "true" : "false");
}

void bw_json_int(bw_json_out *out, const char *key, int64_t value)
{
    lead(out, key);
    bw_buf_format(out->buf, "%lld", (long long)value);
}

void bw_json_unsigned(bw_json_out *out, const char *key, uint64_t value)
{
    lead(out, key);
    bw_buf_format(out->buf, "%llu", (unsigned long long)value);
}

void bw_json_double(bw_json_out *out, const char *key, double value)
{
    lead(out, key);
    if (isfinite(value))
        bw_buf_double(out->buf, value);
    else
        bw_buf_text(out->buf, "null");
}

void bw_json_fine(bw_json_out *out, const char *key, bw_wide fine)
{
    lead(out, key);
    bw_buf_fine(out->buf, fine);
}

static void *take(size_t size)
{
    return bw_alloc(1, size);
}

/* Where memory runs out inside a token, jansson calls it a fault of the text,
 * so room for the whole text is asked for once more. */
static bool is_starved(const json_error_t *error, size_t len)
{
    void *probe = bw_alloc(len, 1);
    bw_free(probe);
    return !probe || json_error_code(error) == json_error_out_of_memory;
}

bw_status bw_json_read(const char *text, size_t len, const char *file,
                       bw_code code, bw_diags *diags, bw_json **json)
{
    json_error_t error;
    json_set_alloc_funcs(take, bw_free);
    json_t *read = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    *json = (bw_json *)read;
    if (read)
        return BW_OK;
    if (is_starved(&error, len))
        return BW_NOMEM;
    bw_place place = {file, error.line > 0 ? (uint32_t)error.line : 0,
                      error.column > 0 ? (uint32_t)error.column : 0};
    bw_diag_add(diags, BW_ERROR, code, place, "not valid JSON: %s", error.text);
    return BW_INVALID;
}

void bw_json_free(bw_json *json)
{
    json_decref((json_t *)json);
}

const bw_json *bw_json_member(const bw_json *json, const char *key)
{
    return (const bw_json *)json_object_get((const json_t *)json, key);
}

const bw_json *bw_json_item(const bw_json *json, size_t index)
{
    return (const bw_json *)json_array_get((const json_t *)json, index);
}

size_t bw_json_size(const bw_json *json)
{
    const json_t *value = (const json_t *)json;
    return json_is_array(value) ? json_array_size(value)
                                : json_object_size(value);
}

bool bw_json_get_double(const bw_json *json, double *value)
{
    if (!json_is_number((const json_t *)json))
        return false;
    *value = json_number_value((const json_t *)json);
    return true;
}

bool bw_json_get_int(const bw_json *json, int64_t *value)
{
    if (!json_is_integer((const json_t *)json))
        return false;
    *value = json_integer_value((const json_t *)json);
    return true;
}

const char *bw_json_get_text(const bw_json *json)
{
    return json_string_value((const json_t *)json);
}
