/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Countries: codes, English names, and what is fixed about postal codes. */
#ifndef BW_COUNTRY_H
#define BW_COUNTRY_H

#include "bw/alloc.h"
#include "index.h"

#include <stdbool.h>

typedef struct bw_country {
    char code[3], alpha3[4]; /* ISO 3166-1, upper case */
    uint8_t digits;    /* postal codes are that many digits, no more and no
                        * fewer; 0: they have letters, or vary, or are none */
    const char *names; /* English, separated by |; the usual one first */
} bw_country;

/** Countries are numbered 0 .. count-1. */
int32_t bw_country_count(void);
const bw_country *bw_country_at(int32_t country);

/** Every code and name -> number. Keys live in the arena. BW_NOMEM: *index may
 * be there all the same and is to be freed. */
bw_status bw_country_index(bw_arena *arena, bw_index **index);
/** By code or name, without case, accents, punctuation and "the", with & for
 * "and" and St. for "saint"; -1: none. */
int32_t bw_country_find(const bw_index *index, const char *text, size_t len);

#endif
