/* SPDX-License-Identifier: GPL-3.0-or-later */
/** JSON out and in. Written with two blanks of indent, keys in the order in
 * which they are given, numbers as short as they read back exactly. jansson
 * stays inside. */
#ifndef BW_JSON_H
#define BW_JSON_H

#include "buf.h"
#include "bw/diag.h"

enum {
    BW_JSON_DEPTH = 16
};

/** A document being written; start with {buf}. */
typedef struct bw_json_out {
    bw_buf *buf;
    int depth;
    char closing[BW_JSON_DEPTH]; /* of the open objects and lists */
    bool filled[BW_JSON_DEPTH];  /* something stands in it already */
} bw_json_out;

/** `key` is NULL for the outermost value and inside lists. */
void bw_json_object(bw_json_out *out, const char *key);
void bw_json_list(bw_json_out *out, const char *key);
void bw_json_end(bw_json_out *out); /* of the innermost object or list */
/** NULL becomes null; bytes that are no UTF-8 become U+FFFD. */
void bw_json_text(bw_json_out *out, const char *key, const char *text);
void bw_json_bool(bw_json_out *out, const char *key, bool value);
void bw_json_int(bw_json_out *out, const char *key, int64_t value);
void bw_json_unsigned(bw_json_out *out, const char *key, uint64_t value);
/** NaN and infinities become null. */
void bw_json_double(bw_json_out *out, const char *key, double value);
void bw_json_fine(bw_json_out *out, const char *key, bw_wide fine); /* exact */

/** A value that was read; a member belongs to its document. */
typedef struct bw_json bw_json;

/** Faults (no JSON, repeated keys) become one diagnostic of this code with its
 * place: BW_INVALID. */
bw_status bw_json_read(const char *text, size_t len, const char *file,
                       bw_code code, bw_diags *diags, bw_json **json);
void bw_json_free(bw_json *json);

/** NULL where there is no such member or item. `json` NULL: NULL. */
const bw_json *bw_json_member(const bw_json *json, const char *key);
const bw_json *bw_json_item(const bw_json *json, size_t index);
size_t bw_json_size(const bw_json *json); /* items or members */
/** False, and *value unchanged, where it is of another kind. */
bool bw_json_get_double(const bw_json *json, double *value);
bool bw_json_get_int(const bw_json *json, int64_t *value);
/** NULL where it is no text. */
const char *bw_json_get_text(const bw_json *json);

#endif
