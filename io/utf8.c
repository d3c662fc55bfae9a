/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The well-formed sequences are those of Unicode 15, table 3-7: no overlong
 * forms, no surrogates, nothing above U+10FFFF. */
#include "utf8.h"

#include <stdint.h>
#include <string.h>

size_t bw_utf8_length(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        return bw_utf8_continues(text[1]) ? 2 : 0;
    if ((s[0] & 0xF0) == 0xE0) {
        unsigned char low = s[0] == 0xE0 ? 0xA0 : 0x80;
        unsigned char high = s[0] == 0xED ? 0x9F : 0xBF;
        return s[1] >= low && s[1] <= high && bw_utf8_continues(text[2]) ? 3
                                                                         : 0;
    }
    if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        unsigned char low = s[0] == 0xF0 ? 0x90 : 0x80;
        unsigned char high = s[0] == 0xF4 ? 0x8F : 0xBF;
        if (s[1] < low || s[1] > high)
            return 0;
        return bw_utf8_continues(text[2]) && bw_utf8_continues(text[3]) ? 4 : 0;
    }
    return 0;
}

uint32_t bw_utf8_letter(const char *text, size_t length)
{
    uint32_t first = (unsigned char)text[0];
    uint32_t letter = length > 1 ? first & (0xFFU >> (length + 1)) : first;
    for (size_t i = 1; i < length; i++)
        letter = letter << 6 | ((unsigned char)text[i] & 0x3FU);
    return letter;
}

/* Plain text goes eight bytes at a time. */
size_t bw_utf8_fault(const char *text, size_t len, size_t at)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    while (at < len) {
        uint64_t word;
        if (len - at >= sizeof word) {
            memcpy(&word, text + at, sizeof word);
            if (!((word | (word - ones)) & tops)) { /* no NUL, all ASCII */
                at += sizeof word;
                continue;
            }
        }
        size_t length = text[at] ? bw_utf8_length(text + at) : 0;
        if (length == 0)
            return at;
        at += length;
    }
    return len;
}

bool bw_utf8_is_cut(const char *text, size_t len, size_t at)
{
    unsigned char first = (unsigned char)text[at];
    size_t want = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, n = 1;
    if (first < 0xC2 || first > 0xF4)
        return false;
    while (at + n < len && bw_utf8_continues(text[at + n]))
        n++;
    return at + n == len && n < want;
}
