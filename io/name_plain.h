/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Names of companies made comparable. */
#ifndef BW_NAME_PLAIN_H
#define BW_NAME_PLAIN_H

#include "buf.h"

/** Puts the plain form of the name in place of what `plain` holds: lower case,
 * Latin letters without accents, words separated by one blank, no punctuation,
 * "&" as "and", and without the legal forms at the end (Inc, Ltd, GmbH & Co.
 * KG, S.A.) as long as one word remains. Other scripts stay as they are. */
void bw_name_plain(const char *name, bw_buf *plain);

#endif
