/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Exact numbers: money and measures are counted in quanta of 1/10,000, prices
 * in 1/1,000,000 of money per unit of measure. A product price x measure is
 * therefore counted in 1/10,000,000,000 of money: "fine money", 128 bit. */
#ifndef BW_QUANTUM_H
#define BW_QUANTUM_H

#include <stdint.h>

#define BW_QUANTA     10000   /* quanta in one unit of money or measure */
#define BW_PRICE_UNIT 1000000 /* price units in one unit of money per unit */
/* 1 quantum of money = BW_PRICE_UNIT fine units. */

/** No limit on that side of a band. */
#define BW_NO_LOW  INT64_MIN
#define BW_NO_HIGH INT64_MAX
/** A hard limit: no price buys a deviation. */
#define BW_HARD INT64_MAX

/** Largest magnitude of one value that is accepted from outside: 1e12 units. At
 * a price of 1e12 its product is 1e34 fine units, and 128 bits hold 17,000
 * such. */
#define BW_LARGEST 1e12
/** Largest sum of magnitudes over a column, or of hours or money over a plan: a
 * ninth of what 64 bits of quanta hold. At a price of 1e12 it is 1e36 fine
 * units, of which 128 bits hold 170. */
#define BW_LARGEST_SUM 1e14

__extension__ typedef __int128 bw_wide; /* fine money */

/** Nearest quantum, halves away from zero. |amount| <= BW_LARGEST x 100. */
int64_t bw_quanta(double amount);
/** Nearest price unit; +infinity becomes BW_HARD. */
int64_t bw_price(double money_per_unit);
double bw_from_quanta(int64_t quanta);
double bw_from_price(int64_t price);
/** Fine money as money. Correctly rounded to within one unit in the last
 * place. */
double bw_from_fine(bw_wide fine);
static inline bw_wide bw_fine(int64_t quanta)
{
    return (bw_wide)quanta * BW_PRICE_UNIT;
}

#endif
