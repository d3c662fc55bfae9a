/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where a value stands in the text of a JSON file: its reader forgets. */
#ifndef BW_JSON_PLACE_H
#define BW_JSON_PLACE_H

#include "buf.h"

#include <stdint.h>

/** key, key.member, key.member.part, key[item].member. */
typedef struct bw_json_path {
    const char *key, *member, *part; /* member, part: NULL where it ends */
    int32_t item; /* of the list at key, from 1; 0: it is no list */
} bw_json_path;

/** The value there is text[*at, *end). False: there is none. The text must be
 * one that the reader took, an object, and end with a NUL; keys that are
 * written with escapes are not found. */
bool bw_json_find(const char *text, const bw_json_path *path, size_t *at,
                  size_t *end);

/** Adds the path as people write it: budgets[1].limit. */
void bw_json_path_text(const bw_json_path *path, bw_buf *buf);

#endif
