/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversions between exact counts and floating point. */
#include "bw/quantum.h"

#include <math.h>

int64_t bw_quanta(double amount)
{
    return (int64_t)llround(amount * BW_QUANTA);
}

int64_t bw_price(double money_per_unit)
{
    if (isinf(money_per_unit))
        return BW_HARD;
    return (int64_t)llround(money_per_unit * BW_PRICE_UNIT);
}

double bw_from_quanta(int64_t quanta)
{
    return (double)quanta / BW_QUANTA;
}

double bw_from_price(int64_t price)
{
    return price == BW_HARD ? (double)INFINITY : (double)price / BW_PRICE_UNIT;
}

double bw_from_fine(bw_wide fine)
{
    return (double)fine / ((double)BW_QUANTA * BW_PRICE_UNIT);
}
