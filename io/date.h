/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Dates as files have them. */
#ifndef BW_DATE_H
#define BW_DATE_H

#include "bw/scenario.h"

#include <stddef.h>

typedef enum bw_date_fault {
    BW_DATE_FINE,
    BW_DATE_NONE,  /* no date, or a day that no month has */
    BW_DATE_ORDER, /* 3/4/2027, and nobody said which is the month */
    BW_DATE_YEAR   /* a year of two digits: of which century? */
} bw_date_fault;

/**
 * 2027-03-31 (also with / or ., or without any, 20270331) always; with an order
 * told also 3/31/2027 or 31.3.2027 with / . or -. A time after a blank, a comma
 * and a blank, or T is let go. *date is 20270331 then. Years are 1000 .. 9999.
 */
bw_date_fault bw_field_date(const char *text, size_t len, bw_date_order order,
                            double *date);

#endif
