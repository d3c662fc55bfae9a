/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Names of companies made comparable. */
#ifndef BW_NAME_PLAIN_H
#define BW_NAME_PLAIN_H

#include "buf.h"

/** Puts the plain form of the name in place of what `plain` holds: small
 * letters without accents (Latin, Greek, Cyrillic; wide forms as ASCII), words
 * separated by one blank, no punctuation, "&" as "and", and without the legal
 * forms at the end (Inc, Ltd, GmbH & Co. KG, S.A., Sp. z o.o.), before Russian
 * names, or joined to Chinese and Japanese ones, as long as something remains.
 * What else there is stays. */
void bw_name_plain(const char *name, bw_buf *plain);

#endif
