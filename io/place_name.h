/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Names of cities, states and countries, so that two spellings of one name
 * compare equal. */
#ifndef BW_PLACE_NAME_H
#define BW_PLACE_NAME_H

#include <stddef.h>

/**
 * The name in lower case, without accents (as fold.h has them: of Latin, Greek
 * and Cyrillic letters, in one character with them or not), blanks and
 * punctuation; what else there is stays. text[len] must be there, as the NUL or
 * the separator is that ends a cell. The result is not NUL-terminated. Returns
 * its length, at most `room`; 0: nothing is left, or it does not fit.
 */
size_t bw_place_fold(const char *text, size_t len, char *out, size_t room);

/**
 * Likewise, and of cities word by word: words of digits ("10117 Berlin",
 * "Paris 08") and "cedex" go, and "saint", "sainte", "fort", "mount" become
 * "st", "ste", "ft", "mt"; ae, oe, ue become a, o, u, as Duesseldorf has no
 * accent where Düsseldorf has.
 */
size_t bw_place_city(const char *text, size_t len, char *out, size_t room);

#endif
