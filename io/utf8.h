/* SPDX-License-Identifier: GPL-3.0-or-later */
/** UTF-8: where characters end, and where bytes are none. */
#ifndef BW_UTF8_H
#define BW_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** True for a byte that continues a character begun before it. */
static inline bool bw_utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/** Bytes of the character that begins at `text`, 1 to 4; 0: it is not one. A
 * NUL must follow the text: it ends a character that is cut off. */
size_t bw_utf8_length(const char *text);

/** Bytes that count as one column: a character, or a byte that is none. */
static inline size_t bw_utf8_width(const char *text)
{
    size_t length = bw_utf8_length(text);
    return length ? length : 1;
}

/** The code point of a character of `length` bytes, as bw_utf8_length gives
 * them. */
uint32_t bw_utf8_letter(const char *text, size_t length);

/** Offset of the first byte at or after `at` that is NUL or no UTF-8; len when
 * there is none. text[len] must be NUL. */
size_t bw_utf8_fault(const char *text, size_t len, size_t at);

/** Does the text end in the middle of the character that begins at `at`? */
bool bw_utf8_is_cut(const char *text, size_t len, size_t at);

#endif
