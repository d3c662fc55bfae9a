/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Postal codes as people and spreadsheets write them -> one form. */
#ifndef BW_POSTAL_CODE_H
#define BW_POSTAL_CODE_H

#include "country.h"

enum {
    BW_POSTAL_LENGTH = 10 /* of the longest code in normal form */
};

typedef struct bw_postal {
    char text[BW_POSTAL_LENGTH + 1]; /* A-Z, 0-9; "" where there is none */
    uint8_t len;
} bw_postal;

/**
 * The normal form: upper case, without blanks, hyphens and the decimals of a
 * spreadsheet (".0"); where the country's codes are digits of a fixed number,
 * without the letters of a country prefix (D-10115) or CEDEX, and leading zeros
 * restored; in the US and its territories the first five of nine. Text that is
 * no code (nothing left, or too long) gives none.
 */
bw_postal bw_postal_normal(const bw_country *country, const char *text,
                           size_t len);

/**
 * The area that a code in normal form lies in, where the country's codes have
 * one that lists of places may have instead: outward code (GB and its islands),
 * forward sortation area (CA), routing key (IE), the four digits (NL, PT, AR),
 * the locality (MT), the code of the town (BR). None: the code is an area
 * itself, or the country has no areas.
 */
bw_postal bw_postal_area(const bw_country *country, const bw_postal *code);

#endif
