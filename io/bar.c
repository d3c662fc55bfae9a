/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars of characters. */
#include "bar.h"

#include <math.h>

enum {
    BELOW = 4,
    INSIDE = 5,
    ABOVE = 4,
    CELLS = BELOW + INSIDE + ABOVE
};

/* "At least nothing" is no band with a middle. */
static bool has_floor(const bw_fit *fit)
{
    return fit->low != BW_NO_LOW &&
           (fit->low > 0 || fit->high == BW_NO_HIGH || fit->high <= 0);
}

double bw_fit_share(const bw_fit *fit)
{
    double middle = NAN;
    if (has_floor(fit) && fit->high != BW_NO_HIGH)
        middle = ((double)fit->low + (double)fit->high) / 2;
    else if (fit->high != BW_NO_HIGH)
        middle = (double)fit->high;
    else if (has_floor(fit))
        middle = (double)fit->low;
    return middle > 0 ? (double)fit->load / middle : NAN;
}

/* How many of `cells` are filled at `part` of their range. */
static int cells_at(double part, int cells)
{
    if (part <= 0)
        return 0;
    return (int)fmin(ceil(part * cells), cells);
}

/* With an upper limit alone, nine cells go from nothing to the limit. */
static int filled_below_limit(double load, double high)
{
    double width = fmax(fabs(high) / 10, 1);
    if (load > high)
        return BELOW + INSIDE + cells_at((load - high) / width, ABOVE);
    return high > 0 ? cells_at(load / high, BELOW + INSIDE) : 0;
}

/* With a lower limit or both: four cells up to it, five inside. */
static int filled_in_band(const bw_fit *fit)
{
    bool has_high = fit->high != BW_NO_HIGH;
    double load = (double)fit->load, low = (double)fit->low;
    double size = fmax(fabs(low) / 10, 1);
    double high = has_high ? (double)fit->high : low + size;
    double width = high > low ? high - low : size;
    if (load < low) /* never looks as if it were inside */
        return (int)fmin(cells_at((load - low) / width + 1, BELOW), BELOW - 1);
    if (has_high && load > high)
        return BELOW + INSIDE + cells_at((load - high) / width, ABOVE);
    return BELOW + (int)fmax(cells_at((load - low) / width, INSIDE), 1);
}

/* Filled cells of the thirteen. */
static int filled(const bw_fit *fit)
{
    if (has_floor(fit))
        return filled_in_band(fit);
    if (fit->high != BW_NO_HIGH)
        return filled_below_limit((double)fit->load, (double)fit->high);
    return 0;
}

void bw_bar(bw_buf *buf, const bw_fit *fit, bool utf8)
{
    const char *full = utf8 ? "\xE2\x96\x88" : "#"; /* full block */
    const char *empty = utf8 ? "\xC2\xB7" : ".";    /* middle dot */
    const char *edge = utf8 ? "\xE2\x94\x82" : "|"; /* vertical line */
    int n = filled(fit);
    for (int cell = 0; cell < CELLS; cell++) {
        if (cell == BELOW)
            bw_buf_text(buf, has_floor(fit) ? edge : " ");
        if (cell == BELOW + INSIDE)
            bw_buf_text(buf, fit->high == BW_NO_HIGH ? " " : edge);
        bw_buf_text(buf, cell < n ? full : empty);
    }
}
