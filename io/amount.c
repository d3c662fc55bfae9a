/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number is freed of what stands around it, then written anew as a plain
 * one, which field.c reads. Plain numbers do not come here first. */
#include "amount.h"

#include "field.h"

#include <string.h>
#include <strings.h>

enum {
    LONGEST = 100 /* bytes of a number with marks */
};

/* What is left of the text. */
typedef struct rest {
    const char *at, *end;
} rest;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_front(rest *r, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

static bool take_back(rest *r, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(r->end - r->at) < len || memcmp(r->end - len, word, len) != 0)
        return false;
    r->end -= len;
    return true;
}

typedef bool take(rest *r, const char *word);

static bool take_one(rest *r, take *from, const char *const *words)
{
    for (; *words; words++)
        if (from(r, *words))
            return true;
    return false;
}

#define NO_BREAK "\xC2\xA0"
#define THIN     "\xE2\x80\x89"
#define NARROW   "\xE2\x80\xAF"
static const char *const blanks[] = {" ",      "\t", "\r",   "\n",
                                     NO_BREAK, THIN, NARROW, NULL};
static const char *const minus[] = {"-", "\xE2\x88\x92", NULL};
/* Longer ones before those they begin with. */
static const char *const currencies[] = {"US$",
                                         "R$",
                                         "C$",
                                         "A$",
                                         "HK$",
                                         "NT$",
                                         "NZ$",
                                         "MX$",
                                         "S$",
                                         "$",
                                         "\xE2\x82\xAC" /* euro */,
                                         "\xC2\xA3" /* pound */,
                                         "\xC2\xA5" /* yen */,
                                         "\xE2\x82\xB9" /* rupee */,
                                         "\xE2\x82\xBD" /* rouble */,
                                         "\xE2\x82\xA9" /* won */,
                                         "\xE2\x82\xBA" /* lira */,
                                         "\xE2\x82\xAA" /* shekel */,
                                         "z\xC5\x82",
                                         "K\xC4\x8D",
                                         "kr.",
                                         "kr",
                                         "Rs.",
                                         "Rs",
                                         "USD",
                                         "EUR",
                                         "GBP",
                                         "JPY",
                                         "CHF",
                                         "CAD",
                                         "AUD",
                                         "NZD",
                                         "CNY",
                                         "INR",
                                         "SEK",
                                         "NOK",
                                         "DKK",
                                         "PLN",
                                         "CZK",
                                         "HUF",
                                         "RON",
                                         "BRL",
                                         "MXN",
                                         "ZAR",
                                         "RUB",
                                         "TRY",
                                         "KRW",
                                         "SGD",
                                         "HKD",
                                         "TWD",
                                         "THB",
                                         "ILS",
                                         "AED",
                                         "SAR",
                                         NULL};

/* Takes off what stands around the digits; each at most once. */
static bool undress(rest *r, bool *negative)
{
    bool money = false, sign = false, open = false, closed = false;
    *negative = false;
    for (bool more = true; more && r->at < r->end;) {
        more = take_one(r, take_front, blanks);
        if (!money && take_one(r, take_front, currencies))
            money = more = true;
        else if (!sign && take_one(r, take_front, minus))
            sign = *negative = more = true;
        else if (!sign && take_front(r, "+"))
            sign = more = true;
        else if (!open && take_front(r, "("))
            open = more = true;
    }
    for (bool more = true; more && r->at < r->end;) {
        more = take_one(r, take_back, blanks);
        if (!money && take_one(r, take_back, currencies))
            money = more = true;
        else if (!sign && !open && take_one(r, take_back, minus))
            sign = *negative = more = true;
        else if (open && !closed && take_back(r, ")"))
            closed = more = true;
    }
    if (open && (sign || !closed))
        return false;
    *negative = *negative || open;
    return r->at < r->end;
}

/* The mark of thousands that stands here; NULL: none. */
static const char *group_mark(const rest *r, bool comma)
{
    static const char *const marks[] = {" ",    NO_BREAK, THIN,
                                        NARROW, "'",      "\xE2\x80\x99"};
    rest probe = *r;
    const char *own = comma ? "." : ",";
    if (take_front(&probe, own))
        return own;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (take_front(&probe, marks[i]))
            return marks[i];
    return NULL;
}

static size_t take_digits(rest *r, char *plain, size_t n)
{
    while (r->at < r->end && is_digit(*r->at) && n < LONGEST)
        plain[n++] = *r->at++;
    return n;
}

/* Are all groups after the first of three digits? Or, as in India, of two with
 * three in the last one? `sizes`: digits of each group. */
static bool groups_fit(const size_t *sizes, size_t n)
{
    size_t twos = 0;
    for (size_t i = 1; i + 1 < n; i++)
        twos += sizes[i] == 2;
    bool india = n > 2 && twos == n - 2;
    for (size_t i = 1; i < n; i++)
        if (sizes[i] != (india && i + 1 < n ? 2 : 3))
            return false;
    return sizes[0] >= 1 && sizes[0] <= (india ? 2 : 3);
}

/* The whole part, into plain[0 .. *n-1]; false: it is none. */
static bool take_whole(rest *r, bool comma, char *plain, size_t *n,
                       bool *grouped)
{
    size_t sizes[LONGEST + 1], n_groups = 0;
    *n = take_digits(r, plain, 0);
    const char *mark = group_mark(r, comma);
    *grouped = mark != NULL;
    if (*n == 0) /* ",5", as databases write it */
        return r->at < r->end && *r->at == (comma ? ',' : '.');
    sizes[n_groups++] = *n;
    while (mark && *n < LONGEST && take_front(r, mark)) {
        size_t before = *n;
        *n = take_digits(r, plain, *n);
        if (*n == before)
            return false;
        sizes[n_groups++] = *n - before;
    }
    return !mark || (plain[0] != '0' && groups_fit(sizes, n_groups));
}

/* Decimal mark and exponent with what follows them, which field.c judges;
 * false: more than that stands here. Nobody writes a number with thousands
 * marked and an exponent. */
static bool take_fraction(rest *r, bool comma, bool grouped, char *plain,
                          size_t *n)
{
    if (take_front(r, comma ? "," : ".")) {
        plain[(*n)++] = '.';
        *n = take_digits(r, plain, *n);
    }
    if (!grouped && (take_front(r, "E") || take_front(r, "e"))) {
        size_t left = (size_t)(r->end - r->at);
        if (left > LONGEST - *n)
            return false;
        plain[(*n)++] = 'e';
        memcpy(plain + *n, r->at, left);
        *n += left;
        r->at = r->end;
    }
    return r->at == r->end;
}

bool bw_field_amount(const char *text, size_t len, bool comma, double *value)
{
    /* "1.234" is plain, but means another number where points mark thousands */
    bool other = comma && memchr(text, '.', len);
    if (!other && bw_field_number(text, len, value))
        return true;
    rest r = {text, text + len};
    char plain[LONGEST + 3] = "";
    bool negative, grouped;
    if (!undress(&r, &negative))
        return false;
    size_t n;
    bool fine = take_whole(&r, comma, plain, &n, &grouped) && n < LONGEST &&
                take_fraction(&r, comma, grouped, plain, &n) &&
                bw_field_number(plain, n, value);
    if (fine && negative)
        *value = -*value;
    return fine;
}

bool bw_field_looks_numeric_comma(const char *text, size_t len)
{
    char plain[LONGEST];
    if (len > sizeof plain || memchr(text, '.', len))
        return false;
    for (size_t i = 0; i < len; i++)
        plain[i] = text[i] == ',' ? '.' : text[i];
    return bw_field_looks_numeric(plain, len);
}

bool bw_field_says_nothing(const char *text, size_t len)
{
    static const char *const words[] = {
        "null",    "n/a",    "#n/a",   "na", "none",    "nil",
        "nan",     "-",      "--",     "?",  "unknown", "not available",
        "(blank)", "(null)", "<null>", "\\N"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
            return true;
    return false;
}
