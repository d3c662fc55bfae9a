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

/* Likewise, but for '-' letters stay as they are: U+01A0 .. U+0233 (Romanian,
 * romanized Chinese) and U+1E00 .. U+1EFF (Vietnamese and others). */
static const char rare[] = "oo-------------u" /* U+01A0 */
                           "u---------------" /* U+01B0 */
                           "-------------aai" /* U+01C0 */
                           "ioouuuuuuuuuu-aa" /* U+01D0 */
                           "aa----ggkkoooo--" /* U+01E0 */
                           "j---gg--nnaa----" /* U+01F0 */
                           "aaaaeeeeiiiioooo" /* U+0200 */
                           "rrrruuuusstt--hh" /* U+0210 */
                           "------aaeeoooooo" /* U+0220 */
                           "ooyy" /* U+0230 */;
static const char additional[] = "aabbbbbbccdddddd" /* U+1E00 */
                                 "ddddeeeeeeeeeeff" /* U+1E10 */
                                 "gghhhhhhhhhhiiii" /* U+1E20 */
                                 "kkkkkkllllllllmm" /* U+1E30 */
                                 "mmmmnnnnnnnnoooo" /* U+1E40 */
                                 "oooopppprrrrrrrr" /* U+1E50 */
                                 "sssssssssstttttt" /* U+1E60 */
                                 "ttuuuuuuuuuuvvvv" /* U+1E70 */
                                 "wwwwwwwwwwxxxxyy" /* U+1E80 */
                                 "zzzzzzhtwy-s----" /* U+1E90 */
                                 "aaaaaaaaaaaaaaaa" /* U+1EA0 */
                                 "aaaaaaaaeeeeeeee" /* U+1EB0 */
                                 "eeeeeeeeiiiioooo" /* U+1EC0 */
                                 "oooooooooooooooo" /* U+1ED0 */
                                 "oooouuuuuuuuuuuu" /* U+1EE0 */
                                 "uuyyyyyyyy------" /* U+1EF0 */;

/* Letters of two, as written without accents. */
static const char *two_letters(unsigned letter)
{
    switch (letter) {
    case 0xC6:
    case 0xE6:
        return "ae";
    case 0xDF:
    case 0x1E9E:
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

/* A character of two or three bytes; 0: it is none, or has more. */
static unsigned decode(const unsigned char *at, size_t left, size_t *taken)
{
    *taken = at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] >= 0xF0 || left < *taken)
        return 0;
    unsigned last = at[*taken - 1] & 0x3Fu;
    return *taken == 2 ? (at[0] & 0x1Fu) << 6 | last
                       : (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | last;
}

/* '-': no letter, nothing remains of it; 0: it stays as it is. */
static char base_of(unsigned letter)
{
    if (letter >= 0xC0 && letter < 0x180)
        return base[letter - 0xC0];
    /* Blanks, dashes, quotes; accents of their own. */
    if ((letter >= 0x80 && letter < 0xC0) ||
        (letter >= 0x2000 && letter < 0x2040) ||
        (letter >= 0x300 && letter < 0x370))
        return '-';
    char found = '-';
    if (letter >= 0x1A0 && letter < 0x234)
        found = rare[letter - 0x1A0];
    else if (letter >= 0x1E00 && letter < 0x1F00)
        found = additional[letter - 0x1E00];
    return found == '-' ? '\0' : found;
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
    size_t taken;
    unsigned letter = decode(at, left, &taken);
    const char *two = two_letters(letter);
    char one = base_of(letter);
    if (two)
        put(f, two, 2);
    else if (one && one != '-')
        put(f, &one, 1);
    if (two || one)
        return taken;
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
