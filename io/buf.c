/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing text. The first failure sticks, so that a writer adds a whole table
 * without looking and asks once, at the end. */
#include "buf.h"

#include "bw/alloc.h"
#include "write_file.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ROOM = 256,
    NUMBER_ROOM = 64,    /* sign, 39 digits of 128 bits, point, NUL */
    QUANTUM_PLACES = 4,  /* BW_QUANTA = 10^4 */
    FINE_PLACES = 10,    /* 4 of the quantum, 6 of the price unit */
    SMALLEST_PLAIN = -5, /* 0.00001 .. 9...e15 are printed without an */
    LARGEST_PLAIN = 15   /* exponent */
};

void bw_buf_free(bw_buf *buf)
{
    if (!buf)
        return;
    bw_free(buf->text);
    *buf = (bw_buf){0};
}

/* Room for `more` bytes and the NUL. */
static bool reserve(bw_buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (more < buf->room - buf->len)
        return true;
    size_t room = buf->room ? buf->room : FIRST_ROOM;
    while (room <= SIZE_MAX / 4 && room - buf->len <= more)
        room *= 2;
    char *grown =
        room - buf->len > more ? bw_realloc(buf->text, room, 1) : NULL;
    if (!grown) {
        buf->failed = true;
        return false;
    }
    buf->text = grown;
    buf->room = room;
    return true;
}

void bw_buf_add(bw_buf *buf, const char *text, size_t len)
{
    if (!reserve(buf, len))
        return;
    if (len)
        memcpy(buf->text + buf->len, text, len);
    buf->len += len;
    buf->text[buf->len] = 0;
}

void bw_buf_text(bw_buf *buf, const char *text)
{
    bw_buf_add(buf, text, strlen(text));
}

void bw_buf_format(bw_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        buf->failed = true;
    if (len < 0 || !reserve(buf, (size_t)len))
        return;
    va_start(args, format);
    vsnprintf(buf->text + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

/* value / 10^places, digit by digit from the right into the end of a block, so
 * that no floating point is near. */
static void add_fixed(bw_buf *buf, bw_wide value, int places)
{
    char text[NUMBER_ROOM];
    size_t at = sizeof text;
    bool printing = false; /* false: still among trailing zeros */
    int place = 0;
    /* Negative remainders: the smallest value has no positive counterpart. */
    for (bw_wide rest = value; rest != 0 || place <= places; place++) {
        int digit = (int)(rest % 10);
        rest /= 10;
        if (place == places) {
            if (printing)
                text[--at] = '.';
            printing = true;
        }
        printing = printing || digit != 0;
        if (printing)
            text[--at] = (char)('0' + (digit < 0 ? -digit : digit));
    }
    if (value < 0)
        text[--at] = '-';
    bw_buf_add(buf, text + at, sizeof text - at);
}

void bw_buf_quanta(bw_buf *buf, int64_t quanta)
{
    add_fixed(buf, quanta, QUANTUM_PLACES);
}

void bw_buf_fine(bw_buf *buf, bw_wide fine)
{
    add_fixed(buf, fine, FINE_PLACES);
}

/* The digits and the power of ten of the fewest digits (15 to 17) that read
 * back as the same double. The locale may print another point than ours: it is
 * the one byte between first and second digit, and is skipped. */
static int shortest(double value, char digits[NUMBER_ROOM])
{
    char text[NUMBER_ROOM];
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, value);
        if (strtod(text, NULL) == value)
            break;
    }
    const char *mark = strchr(text, 'e');
    size_t n = 0;
    for (const char *c = text; c < mark; c++)
        if (*c >= '0' && *c <= '9')
            digits[n++] = *c;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = 0;
    return (int)strtol(mark + 1, NULL, 10);
}

static void add_plain(bw_buf *buf, const char *digits, int exponent)
{
    int n = (int)strlen(digits);
    int whole = exponent + 1; /* digits before the point */
    if (whole <= 0)
        bw_buf_format(buf, "0.%.*s%s", -whole, "00000", digits);
    else if (whole >= n)
        bw_buf_format(buf, "%s%.*s", digits, whole - n, "000000000000000");
    else
        bw_buf_format(buf, "%.*s.%s", whole, digits, digits + whole);
}

void bw_buf_double(bw_buf *buf, double value)
{
    if (isnan(value))
        return;
    if (value < 0)
        bw_buf_text(buf, "-");
    if (isinf(value)) {
        bw_buf_text(buf, "inf");
        return;
    }
    char digits[NUMBER_ROOM] = "0";
    int exponent = shortest(fabs(value), digits);
    if (exponent >= SMALLEST_PLAIN && exponent <= LARGEST_PLAIN)
        add_plain(buf, digits, exponent);
    else if (digits[1])
        bw_buf_format(buf, "%c.%se%d", digits[0], digits + 1, exponent);
    else
        bw_buf_format(buf, "%ce%d", digits[0], exponent);
}

bw_status bw_buf_save(const bw_buf *buf, const char *path)
{
    assert(path);
    if (buf->failed)
        return BW_NOMEM;
    int file = -1;
    if (bw_file_create(path, &file) != BW_OK)
        return BW_IO;
    bool written = bw_file_add(file, buf->text, buf->len) == BW_OK;
    return bw_file_close(file, written);
}
