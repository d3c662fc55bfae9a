/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the Universal Postal Union's member countries, as far as they
 * matter for comparing codes. */
#include "postal_code.h"

#include <string.h>

#define PAIR(a, b) ((unsigned)(a) << 8 | (unsigned)(b))

static unsigned pair_of(const bw_country *country)
{
    return PAIR(country->code[0], country->code[1]);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool all_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_digit(text[i]))
            return false;
    return len > 0;
}

/* Letters and digits in upper case; more than the room: none. Ends at a `stop`
 * that follows a digit. */
static size_t take(const char *text, size_t len, char stop, char *out,
                   size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c == stop && n > 0 && is_digit(out[n - 1]))
            break;
        if (!is_digit(c) && !is_letter(c))
            continue;
        if (n == room)
            return 0;
        out[n++] = c;
    }
    return n;
}

/* US, PR and the like: five digits, of which the first may be lost, and four
 * more that say which side of the street. */
static bool has_plus_four(const bw_country *country)
{
    switch (pair_of(country)) {
    case PAIR('U', 'S'):
    case PAIR('P', 'R'):
    case PAIR('V', 'I'):
    case PAIR('G', 'U'):
    case PAIR('A', 'S'):
    case PAIR('M', 'P'):
    case PAIR('M', 'H'):
    case PAIR('F', 'M'):
    case PAIR('P', 'W'):
    case PAIR('U', 'M'):
        return true;
    default:
        return false;
    }
}

static bw_postal make(const char *text, size_t len)
{
    bw_postal code = {.len = 0};
    if (len > BW_POSTAL_LENGTH)
        return code;
    memcpy(code.text, text, len);
    code.len = (uint8_t)len;
    return code;
}

static bw_postal with_zeros(const char *digits, size_t len, size_t full)
{
    char text[BW_POSTAL_LENGTH + 1];
    if (len >= full)
        return make(digits, len);
    memset(text, '0', full - len);
    memcpy(text + (full - len), digits, len);
    return make(text, full);
}

/* Of codes that are digits. Anything else is left as it is, to be told as
 * unknown. */
static bw_postal of_digits(const bw_country *country, const char *text,
                           size_t len)
{
    size_t full = country->digits, start = 0;
    while (start < len && is_letter(text[start]))
        start++;
    const char *digits = text + start;
    size_t n = 0;
    while (start + n < len && is_digit(digits[n]))
        n++;
    size_t rest = len - start - n;
    bool cedex = rest >= 5 && memcmp(digits + n, "CEDEX", 5) == 0;
    /* Letters before too few digits are not a country's but of the code, as in
     * the older ones of Honduras. */
    bool own_letters = start > 3 || (start > 0 && n < full);
    if (own_letters || n == 0 || (rest > 0 && !cedex))
        return make(text, len);
    if (has_plus_four(country) && n > full) {
        bw_postal nine = with_zeros(digits, n, full + 4);
        return make(nine.text, nine.len == full + 4 ? full : nine.len);
    }
    return with_zeros(digits, n, full);
}

/* A spreadsheet's "2139.0", "2139.00" or "2139,0"; three digits would be
 * thousands. */
static size_t without_decimals(const char *text, size_t len)
{
    size_t zeros = 0;
    while (zeros < len && text[len - 1 - zeros] == '0')
        zeros++;
    if (zeros < 1 || zeros > 2 || len < zeros + 2)
        return len;
    size_t before = len - zeros - 1;
    bool point = text[before] == '.' || text[before] == ',';
    return point && all_digits(text, before) ? before : len;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bw_postal bw_postal_normal(const bw_country *country, const char *text,
                           size_t len)
{
    char plain[BW_POSTAL_LENGTH + 22]; /* with prefix or CEDEX and its number */
    bool plus_four = has_plus_four(country);
    for (; len > 0 && is_blank(text[0]); text++)
        len--;
    while (len > 0 && is_blank(text[len - 1]))
        len--;
    len = without_decimals(text, len);
    size_t n = take(text, len, plus_four ? '-' : 0, plain, sizeof plain);
    if (country->digits && pair_of(country) != PAIR('A', 'R'))
        return of_digits(country, plain, n);
    /* C1425 is 1425 with its province; C1425CLA says the block, too. */
    if (pair_of(country) == PAIR('A', 'R') && n == 5 && is_letter(plain[0]) &&
        all_digits(plain + 1, 4))
        return make(plain + 1, 4);
    return make(plain, n);
}

/* Digit and two letters end every code of the UK. */
static size_t outward(const bw_postal *code)
{
    const char *end = code->text + code->len;
    bool full = code->len >= 5 && is_digit(end[-3]) && is_letter(end[-2]) &&
                is_letter(end[-1]);
    return full ? code->len - 3u : 0;
}

static bw_postal prefix(const bw_postal *code, size_t full, size_t area)
{
    return code->len == full ? make(code->text, area) : (bw_postal){.len = 0};
}

bw_postal bw_postal_area(const bw_country *country, const bw_postal *code)
{
    static const bw_postal none = {.len = 0};
    switch (pair_of(country)) {
    case PAIR('G', 'B'):
    case PAIR('I', 'M'):
    case PAIR('J', 'E'):
    case PAIR('G', 'G'):
        return make(code->text, outward(code));
    case PAIR('C', 'A'):
        return prefix(code, 6, 3);
    case PAIR('I', 'E'):
        return prefix(code, 7, 3);
    case PAIR('N', 'L'):
        return prefix(code, 6, 4);
    case PAIR('P', 'T'):
        return prefix(code, 7, 4);
    case PAIR('M', 'T'):
        return prefix(code, 7, 3);
    case PAIR('A', 'R'):
        return code->len == 8 ? make(code->text + 1, 4) : none;
    case PAIR('B', 'R'): {
        if (code->len != 8 || memcmp(code->text + 5, "000", 3) == 0)
            return none;
        bw_postal town = *code;
        memcpy(town.text + 5, "000", 3);
        return town;
    }
    default:
        return none;
    }
}
