/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers as people and CRM systems write them: with marks of thousands, signs
 * of currency, minus signs behind, or in brackets for negative ones. */
#ifndef BW_AMOUNT_H
#define BW_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * A plain number as in field.h, or one with
 * - marks of thousands: a comma (a point where `comma`), blanks of any kind,
 *   apostrophes; one kind, groups of three, or of two before the last three as
 *   in India; none after a first group of 0, which would be a decimal mark;
 * - a sign or code of currency before or after it ($, EUR ...);
 * - minus before or after it, or brackets around it.
 * `comma`: the decimal mark is a comma, and a point marks thousands only.
 * False: it is none, or too large for a double.
 */
bool bw_field_amount(const char *text, size_t len, bool comma, double *value);

/** bw_field_looks_numeric where `comma` is the decimal mark. */
bool bw_field_looks_numeric_comma(const char *text, size_t len);

/** NULL, N/A, #N/A, None, nil ...: a text that programs write for nothing. */
bool bw_field_says_nothing(const char *text, size_t len);

#endif
