/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Text of a field -> number, yes/no. Locale-free. */
#ifndef BW_FIELD_H
#define BW_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/** True when the text is empty or only blanks. */
bool bw_field_blank(const char *text);

/** A plain decimal number: sign, digits, point, digits, exponent; nothing
 * else (no nan, inf, hex). Correctly rounded. False: it is not one, or too
 * large for a double; *value is then of no use. */
bool bw_field_number(const char *text, size_t len, double *value);

/** Plain as above and without leading zeros ("0", "0.5" are fine, "007" is
 * not) or a plus sign (a telephone number): what makes an undeclared column
 * numeric. */
bool bw_field_looks_numeric(const char *text, size_t len);

/** yes/no, true/false, 1/0, y/n, t/f, on/off without case. False: neither. */
bool bw_field_yes_no(const char *text, size_t len, bool *value);

#endif
