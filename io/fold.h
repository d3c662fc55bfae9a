/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Letters made comparable: without case and accents. */
#ifndef BW_FOLD_H
#define BW_FOLD_H

#include <stdbool.h>
#include <stdint.h>

enum {
    BW_FOLD_ROOM = 4
};

/** What stands for a code point from U+0080 on: small letters without accents,
 * ASCII for Latin ones and for the wide forms of ASCII (capitals and signs of
 * which stay), " " for punctuation, "" for a mark that is left out; NULL: it
 * stays as it is. In `room`, or a constant. */
const char *bw_fold(uint32_t letter, char room[BW_FOLD_ROOM]);

#endif
