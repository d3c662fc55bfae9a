/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are read without the locale: the digits are taken out of the text
 * and, where doubles cannot do it exactly, put before strtod() as a whole
 * number with an exponent, which holds no decimal point to misread. */
#include "field.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* No double, nor the middle between two, has more significant decimal
     * digits than 768: whatever follows these only says "a bit more". */
    DIGITS_KEPT = 800,
    LARGEST_EXPONENT = 100000, /* far beyond any double, far from overflow */
    EXACT_POWERS = 22          /* 10^22 is the last power exact in a double */
};

bool bw_field_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A decimal number taken apart: digits x 10^exponent. */
typedef struct decimal {
    int64_t exponent;
    int n_digits;
    bool negative, plus, leading_zero; /* as written */
    char digits[DIGITS_KEPT + 1];      /* [n_digits] without leading zeros */
} decimal;

static void take_digit(decimal *number, char digit)
{
    if (number->n_digits == 0 && digit == '0')
        return;
    if (number->n_digits < DIGITS_KEPT) {
        number->digits[number->n_digits++] = digit;
        return;
    }
    number->exponent++; /* dropped */
    if (digit != '0')
        number->digits[DIGITS_KEPT - 1] = '1'; /* "a bit more"; see above */
}

/* Whole part, point, fraction; gives the text after them, NULL where there is
 * no digit at all. */
static const char *take_mantissa(decimal *number, const char *at,
                                 const char *end)
{
    const char *start = at;
    for (; at < end && is_digit(*at); at++)
        take_digit(number, *at);
    int64_t n = at - start;
    number->leading_zero = n > 1 && *start == '0';
    if (at < end && *at == '.') {
        start = ++at;
        for (; at < end && is_digit(*at); at++) {
            take_digit(number, *at);
            number->exponent--;
        }
        n += at - start;
    }
    return n > 0 ? at : NULL;
}

/* The exponent, which must end the text. */
static bool take_exponent(decimal *number, const char *at, const char *end)
{
    if (at == end)
        return true;
    if (*at != 'e' && *at != 'E')
        return false;
    at++;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return false;
    int64_t value = 0;
    for (; at < end && is_digit(*at); at++)
        if (value < INT64_MAX / 100)
            value = 10 * value + (*at - '0');
    number->exponent += negative ? -value : value;
    return at == end;
}

static bool take_apart(const char *text, size_t len, decimal *number)
{
    const char *at = text, *end = text + len;
    /* Not as a whole: clearing 800 digits would cost more than the rest. */
    number->exponent = 0;
    number->n_digits = 0;
    number->negative = len > 0 && *at == '-';
    number->plus = len > 0 && *at == '+';
    if (number->negative || number->plus)
        at++;
    at = take_mantissa(number, at, end);
    return at && take_exponent(number, at, end);
}

/* The value where whole number and power of ten are both exact in a double:
 * then one operation rounds once, which is correct rounding (W. D. Clinger,
 * "How to read floating point numbers accurately", 1990). Nearly every field
 * of a real file comes this way. */
static bool exactly(const decimal *number, double *value)
{
    static const double power[EXACT_POWERS + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number->n_digits > 15 || number->exponent < -EXACT_POWERS ||
        number->exponent > EXACT_POWERS)
        return false;
    int64_t whole = 0;
    for (int i = 0; i < number->n_digits; i++)
        whole = 10 * whole + (number->digits[i] - '0');
    int shift = (int)number->exponent;
    *value = shift < 0 ? (double)whole / power[-shift]
                       : (double)whole * power[shift];
    return true;
}

static double by_strtod(decimal *number)
{
    if (number->n_digits == 0)
        return 0;
    int64_t exponent = number->exponent;
    if (exponent > LARGEST_EXPONENT)
        exponent = LARGEST_EXPONENT;
    if (exponent < -LARGEST_EXPONENT)
        exponent = -LARGEST_EXPONENT;
    char text[DIGITS_KEPT + 16];
    number->digits[number->n_digits] = 0;
    snprintf(text, sizeof text, "%se%d", number->digits, (int)exponent);
    return strtod(text, NULL);
}

static double value_of(decimal *number)
{
    double value;
    if (!exactly(number, &value))
        value = by_strtod(number);
    return number->negative ? -value : value;
}

bool bw_field_number(const char *text, size_t len, double *value)
{
    decimal number;
    if (!take_apart(text, len, &number))
        return false;
    *value = value_of(&number);
    return isfinite(*value);
}

bool bw_field_looks_numeric(const char *text, size_t len)
{
    decimal number;
    return take_apart(text, len, &number) && !number.leading_zero &&
           !number.plus && isfinite(value_of(&number));
}

static bool is_word(const char *text, size_t len, const char *word)
{
    if (len != strlen(word))
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[i])
            return false;
    }
    return true;
}

bool bw_field_yes_no(const char *text, size_t len, bool *value)
{
    static const char *const words[][2] = {{"no", "yes"}, {"false", "true"},
                                           {"0", "1"},    {"n", "y"},
                                           {"f", "t"},    {"off", "on"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int truth = 0; truth <= 1; truth++)
            if (is_word(text, len, words[i][truth])) {
                *value = truth;
                return true;
            }
    return false;
}
