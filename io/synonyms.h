/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Header names under which CRM systems and people write our fields, as a
 * table. Headers are compared in their plain form. */
#ifndef BW_SYNONYMS_H
#define BW_SYNONYMS_H

#include <stddef.h>

/** What a table holds. */
typedef enum bw_role {
    BW_ROLE_ACCOUNTS,
    BW_ROLE_REPS,
    BW_ROLE_PAIRS,
    BW_ROLE_GAZETTEER
} bw_role;

/** Plain form: ASCII letters in lower case, digits, and what is not ASCII but
 * for blanks and punctuation (no-break spaces, dashes); nothing else. `plain`
 * has room for strlen(header) + 1. */
void bw_header_plain(const char *header, char *plain);

/**
 * How well a header (in plain form) stands for a field of the role: 0 well, 1
 * and 2 where nothing better is there, -1 not at all. The later ranks are for
 * headers that may mean something near it: an owner's name where there may be
 * an id.
 */
int bw_header_rank(bw_role role, const char *field, const char *plain);

/** For tests: the table's lists of headers (plain, separated by blanks) one
 * after the other; NULL after the last. */
const char *bw_synonyms_at(size_t index, bw_role *role);

#endif
