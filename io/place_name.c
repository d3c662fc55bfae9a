/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings of names are levelled letter by letter and word by word. */
#include "place_name.h"

#include <stdbool.h>
#include <string.h>

/* U+00C0 .. U+017F without their accents; '-' for what is no letter. Letters
 * that two others stand for (ae, ss) are dealt with before. */
static const char base[] = "aaaaaaaceeeeiiii" /* U+00C0 */
                           "dnooooo-ouuuuyts" /* U+00D0 */
                           "aaaaaaaceeeeiiii" /* U+00E0 */
                           "dnooooo-ouuuuyty" /* U+00F0 */
                           "aaaaaaccccccccdd" /* U+0100 */
                           "ddeeeeeeeeeegggg" /* U+0110 */
                           "gggghhhhiiiiiiii" /* U+0120 */
                           "iiiijjkkklllllll" /* U+0130 */
                           "lllnnnnnnnnnoooo" /* U+0140 */
                           "oooorrrrrrssssss" /* U+0150 */
                           "ssttttttuuuuuuuu" /* U+0160 */
                           "uuuuwwyyyzzzzzzs" /* U+0170 */;

/* Letters of two, as written without accents. */
static const char *two_letters(unsigned letter)
{
    switch (letter) {
    case 0xC6:
    case 0xE6:
        return "ae";
    case 0xDF:
        return "ss";
    case 0x152:
    case 0x153:
        return "oe";
    default:
        return NULL;
    }
}

typedef struct folded {
    char *out;
    size_t n, room; /* n beyond room: it does not fit */
} folded;

static void put(folded *f, const char *text, size_t len)
{
    if (f->n + len <= f->room)
        memcpy(f->out + f->n, text, len);
    else
        len = f->room + 1 - f->n;
    f->n += len;
}

/* One character of at least one byte; returns how many it took. */
static size_t fold_one(folded *f, const unsigned char *at, size_t left)
{
    unsigned char c = at[0];
    if (c >= 'A' && c <= 'Z')
        put(f, &(char){(char)(c - 'A' + 'a')}, 1);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        put(f, (const char *)at, 1);
    if (c < 0x80)
        return 1;
    if (c >= 0xC3 && c <= 0xC5 && left >= 2) {
        unsigned letter = ((c & 0x1Fu) << 6) | (at[1] & 0x3Fu);
        const char *two = two_letters(letter);
        if (two)
            put(f, two, 2);
        else if (base[letter - 0xC0] != '-')
            put(f, &base[letter - 0xC0], 1);
        return 2;
    }
    /* U+00A0 .. U+00BF, and U+2000 .. U+203F: blanks, dashes, quotes. */
    if (c == 0xC2 && left >= 2)
        return 2;
    if (left >= 3 && c == 0xE2 && at[1] == 0x80)
        return 3;
    put(f, (const char *)at, 1);
    return 1;
}

size_t bw_place_fold(const char *text, size_t len, char *out, size_t room)
{
    folded f = {out, 0, room};
    for (size_t i = 0; i < len && f.n <= room;)
        i += fold_one(&f, (const unsigned char *)text + i, len - i);
    return f.n <= room ? f.n : 0;
}

static bool all_digits(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (word[i] < '0' || word[i] > '9')
            return false;
    return true;
}

/* What a folded word becomes; *len its new length. */
static const char *short_form(const char *word, size_t *len)
{
    static const struct {
        const char *word, *becomes;
    } forms[] = {{"saint", "st"},
                 {"sainte", "ste"},
                 {"fort", "ft"},
                 {"mount", "mt"},
                 {"cedex", ""}};
    if (all_digits(word, *len))
        *len = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (*len == strlen(forms[i].word) &&
            memcmp(word, forms[i].word, *len) == 0) {
            *len = strlen(forms[i].becomes);
            return forms[i].becomes;
        }
    return word;
}

/* Where accents cannot be typed, German writes ue for u with two dots; names
 * that differ in nothing else are taken for one. */
static size_t level_vowels(char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char before = n > 0 ? text[n - 1] : 0;
        bool drop =
            text[i] == 'e' && (before == 'a' || before == 'o' || before == 'u');
        if (!drop)
            text[n++] = text[i];
    }
    return n;
}

static bool parts_words(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == ',' || c == '/' ||
           c == '(' || c == ')' || c == '\t';
}

size_t bw_place_city(const char *text, size_t len, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        size_t end = i;
        while (end < len && !parts_words(text[end]))
            end++;
        if (2 * (end - i) > room - n) /* each byte may become two letters */
            return 0;
        size_t word = bw_place_fold(text + i, end - i, out + n, room - n);
        const char *form = short_form(out + n, &word);
        memmove(out + n, form, word);
        n += word;
        i = end + 1;
    }
    return level_vowels(out, n);
}
