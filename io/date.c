/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is guessed: not the order of day and month, not the century. */
#include "date.h"

#include <stdbool.h>
#include <string.h>

typedef struct part {
    int value, digits;
} part;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static part take_part(const char **at, const char *end, int most)
{
    part p = {0, 0};
    for (; *at < end && is_digit(**at) && p.digits < most; (*at)++, p.digits++)
        p.value = 10 * p.value + (**at - '0');
    return p;
}

/* Bytes of the blank that stands here; 0: none. Before PM it may be one that
 * does not break. */
static size_t blank_at(const char *at, const char *end)
{
    size_t left = (size_t)(end - at);
    if (left > 0 && *at == ' ')
        return 1;
    if (left >= 2 && memcmp(at, "\xC2\xA0", 2) == 0)
        return 2;
    return left >= 3 && memcmp(at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* T14:30:00.000Z, " 2:30 PM", ", 2:30 PM", " 14.30", and nothing */
static bool is_time(const char *at, const char *end)
{
    if (at == end)
        return true;
    at += *at == ',';
    size_t blank = blank_at(at, end);
    if (at == end || (*at != 'T' && !blank))
        return false;
    at += blank ? blank : 1;
    part hour = take_part(&at, end, 2);
    if (!hour.digits || at == end || !strchr(":.", *at))
        return false;
    at++;
    if (take_part(&at, end, 2).digits != 2)
        return false;
    while (at < end) {
        blank = blank_at(at, end);
        if (!blank && !is_digit(*at) && !strchr(":.,+-ZTAPMapm", *at))
            return false;
        at += blank ? blank : 1;
    }
    return true;
}

static bool exists(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1000 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

static bw_date_fault date_of(int year, int month, int day, double *date)
{
    if (!exists(year, month, day))
        return BW_DATE_NONE;
    *date = year * 10000.0 + month * 100 + day;
    return BW_DATE_FINE;
}

/* The year stands last. */
static bw_date_fault year_last(const part p[3], bw_date_order order,
                               double *date)
{
    if (p[0].digits > 2 || p[2].digits == 1 || p[2].digits == 3)
        return BW_DATE_NONE;
    if (p[2].digits == 2)
        return BW_DATE_YEAR;
    if (order == BW_DATES_YMD)
        return exists(p[2].value, p[0].value, p[1].value) ||
                       exists(p[2].value, p[1].value, p[0].value)
                   ? BW_DATE_ORDER
                   : BW_DATE_NONE;
    bool month_first = order == BW_DATES_MDY;
    return date_of(p[2].value, p[month_first ? 0 : 1].value,
                   p[month_first ? 1 : 0].value, date);
}

bw_date_fault bw_field_date(const char *text, size_t len, bw_date_order order,
                            double *date)
{
    const char *at = text, *end = text + len;
    part p[3];
    while (at < end && *at == ' ')
        at++;
    while (end > at && end[-1] == ' ')
        end--;
    p[0] = take_part(&at, end, 8);
    if (p[0].digits == 8 && is_time(at, end))
        return date_of(p[0].value / 10000, p[0].value / 100 % 100,
                       p[0].value % 100, date);
    for (int i = 1; i < 3; i++) {
        if (at == end || !strchr("-/.", *at))
            return BW_DATE_NONE;
        char sign = *at++;
        p[i] = take_part(&at, end, i == 1 ? 2 : 4);
        if (i == 1 && (at == end || *at != sign))
            return BW_DATE_NONE;
    }
    if (!p[0].digits || !p[1].digits || !p[2].digits || !is_time(at, end))
        return BW_DATE_NONE;
    if (p[0].digits == 4 && p[2].digits <= 2)
        return date_of(p[0].value, p[1].value, p[2].value, date);
    return year_last(p, order, date);
}
