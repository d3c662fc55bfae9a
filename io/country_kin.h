/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Countries whose postal codes are of one system: Puerto Rico has ZIP codes.
 * Tables of accounts and gazetteers often say the other country. */
#ifndef BW_COUNTRY_KIN_H
#define BW_COUNTRY_KIN_H

#include <stdint.h>

enum {
    BW_KIN_MOST = 12 /* others of one system */
};

/** The other countries of the system, in kin[0 .. n-1]; 0: there is none. */
int32_t bw_country_kin(int32_t country, int16_t kin[BW_KIN_MOST]);

#endif
