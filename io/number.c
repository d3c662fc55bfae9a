/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for people. */
#include "number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* number / divisor, halves away from zero. */
static bw_wide rounded(bw_wide number, bw_wide divisor)
{
    bw_wide half = divisor / 2;
    return (number < 0 ? number - half : number + half) / divisor;
}

static bw_number whole(bw_wide number)
{
    char digits[56];
    size_t at = sizeof digits;
    bw_wide left = number < 0 ? -number : number;
    int n = 0;
    digits[--at] = '\0';
    do {
        if (n > 0 && n % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + (int)(left % 10));
        left /= 10;
        n++;
    } while (left > 0);
    if (number < 0)
        digits[--at] = '-';
    bw_number result;
    memcpy(result.text, digits + at, sizeof digits - at);
    return result;
}

bw_number bw_number_whole(int64_t number)
{
    return whole(number);
}

bw_number bw_number_quanta(bw_wide quanta)
{
    return whole(rounded(quanta, BW_QUANTA));
}

bw_number bw_number_money(bw_wide fine)
{
    const bw_wide one = bw_fine(BW_QUANTA);
    bw_wide size = fine < 0 ? -fine : fine;
    bw_wide cents = rounded(size, one / 100);
    if (cents >= 100 * 100)
        return whole(rounded(fine, one));
    bw_number result;
    const char *sign = fine < 0 ? "-" : "";
    if (cents == 0 && fine != 0)
        snprintf(result.text, sizeof result.text, "under 0.01");
    else if (cents % 100 == 0)
        snprintf(result.text, sizeof result.text, "%s%d", sign,
                 (int)(cents / 100));
    else
        snprintf(result.text, sizeof result.text, "%s%d.%02d", sign,
                 (int)(cents / 100), (int)(cents % 100));
    return result;
}

bw_number bw_number_short(bw_wide quanta)
{
    static const char *const suffix[] = {"M", "G", "T", "P"};
    bw_wide size = quanta < 0 ? -quanta : quanta;
    bw_wide units = rounded(size, BW_QUANTA);
    if (units < 100)
        return bw_number_money(quanta * BW_PRICE_UNIT);
    if (units < 1000000)
        return bw_number_quanta(quanta);
    int step = 0;
    double value = (double)units / 1e6;
    while (step < 3 && value >= 999.5) {
        value /= 1000;
        step++;
    }
    int places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    bw_number result;
    snprintf(result.text, sizeof result.text, "%s%.*f %s",
             quanta < 0 ? "-" : "", places, value, suffix[step]);
    return result;
}

bw_number bw_number_price(bw_wide fine)
{
    bw_wide size = fine < 0 ? -fine : fine;
    bw_wide quanta = rounded(fine, BW_PRICE_UNIT);
    return size < bw_fine(1000000) * BW_QUANTA ? bw_number_money(fine)
                                               : bw_number_short(quanta);
}

bw_number bw_number_amount(double money)
{
    const double quanta = BW_QUANTA, fine = BW_PRICE_UNIT;
    if (isnan(money))
        return (bw_number){"-"};
    return fabs(money) < 1e9
               ? bw_number_money((bw_wide)round(money * quanta * fine))
               : bw_number_short((bw_wide)round(money * quanta));
}

bw_number bw_number_percent(double fraction)
{
    bw_number result;
    double percent = 100 * fraction, size = fabs(percent);
    if (isnan(fraction)) {
        snprintf(result.text, sizeof result.text, "-");
        return result;
    }
    if (size >= 999.5) {
        snprintf(result.text, sizeof result.text, "%s999 %%",
                 percent < 0 ? "<-" : ">");
        return result;
    }
    int places = size >= 99.95 || size == 0 ? 0 : size >= 0.995 ? 1 : 2;
    if (size > 0 && size < 0.00995)
        places = 4;
    snprintf(result.text, sizeof result.text, "%.*f %%", places, percent);
    return result;
}
