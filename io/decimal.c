/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads decimals without ever passing through floating point. */
#include "decimal.h"

enum {
    WHOLE_DIGITS = 28,
    PLACES = 10
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from *at on into *value, at most `most`; false: there are more that
 * are not 0. Returns through *n how many there were. */
static bool read_digits(const char **at, const char *end, int most,
                        bw_wide *value, int *n)
{
    *n = 0;
    bool fits = true;
    for (; *at < end && is_digit(**at); ++*at) {
        if (*n < most)
            *value = *value * 10 + (**at - '0');
        else
            fits &= **at == '0';
        ++*n;
    }
    return fits;
}

bool bw_decimal_fine(const char *text, size_t len, bw_wide *fine)
{
    const char *at = text, *end = text + len;
    bool negative = at < end && *at == '-';
    at += negative;
    bw_wide value = 0;
    int whole, places = 0;
    bool fits = read_digits(&at, end, WHOLE_DIGITS, &value, &whole);
    if (!fits || whole > WHOLE_DIGITS)
        return false;
    if (at < end && *at == '.') {
        at++;
        if (!read_digits(&at, end, PLACES, &value, &places) || places == 0)
            return false;
    }
    if (at < end || whole == 0)
        return false;
    for (int i = places; i < PLACES; i++)
        value *= 10;
    *fine = negative ? -value : value;
    return true;
}
