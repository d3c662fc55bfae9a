/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Numbers for people: rounded, with commas between thousands. Never for files
 * that programs read. */
#ifndef BW_NUMBER_H
#define BW_NUMBER_H

#include "bw/quantum.h"

/** Returned by value, so that bw_number_whole(n).text lives through a call. */
typedef struct bw_number {
    char text[56];
} bw_number;

bw_number bw_number_whole(int64_t number);
/** Of quanta, rounded to a whole, halves away from zero. */
bw_number bw_number_quanta(bw_wide quanta);
/** Money: whole from 100 up, cents below; "under 0.01" for less than a cent
 * that is not 0. */
bw_number bw_number_money(bw_wide fine);
/** Of quanta, in little room: 2.41 below 100, 999,999, then 1.23 M, 1.23 G. */
bw_number bw_number_short(bw_wide quanta);
/** Money where there is little room: as bw_number_money below a million, then
 * as bw_number_short. */
bw_number bw_number_price(bw_wide fine);
/** Money read back from a file, |money| < 1e24: as bw_number_money below a
 * milliard, then as bw_number_short. NaN: "-". */
bw_number bw_number_amount(double money);
/** A fraction in per cent: 12.3 %, 0.04 %, 104 %, >999 %. NaN: "-". */
bw_number bw_number_percent(double fraction);

#endif
