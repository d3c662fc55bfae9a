/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which encoding bytes have that neither say so nor are UTF-8. */
#ifndef BW_DETECT_H
#define BW_DETECT_H

#include "charset.h"

/**
 * UTF-16 without a mark: bw_utf16le or bw_utf16be; NULL: it is not. A table is
 * full of characters below U+0100 (digits, separators, line ends), and in each
 * of them one byte is NUL, always on the same side: it is UTF-16 where at least
 * a tenth of the units have NUL on one side, and four times as many as have it
 * on the other (there it is U+4E00 and the like). And lines end in it: plain
 * text with some NUL bytes has its line ends among other bytes.
 */
const bw_charset *bw_detect_utf16(const char *bytes, size_t len);

/** Of a text in units of 2 or 4 bytes: does the high byte, which is NUL more
 * often, come first? */
bool bw_detect_big_end(const char *bytes, size_t len, size_t unit);

/**
 * Is this UTF-8 text, converted as if from GB18030, Chinese? Much Western text
 * is valid as GB18030 too, as is Big5, Korean and Cyrillic, but becomes rare
 * characters. In real Chinese a few hundred characters make up most of the
 * text, names and addresses included: it is Chinese where at least a fifth of
 * the Chinese characters are among them.
 */
bool bw_detect_chinese(const char *text, size_t len);

#endif
