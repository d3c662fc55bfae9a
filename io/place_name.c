/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings of names are levelled letter by letter and word by word. */
#include "place_name.h"

#include "fold.h"
#include "utf8.h"

#include <stdbool.h>
#include <string.h>

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

static void put_ascii(folded *f, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        put(f, &c, 1);
}

/* One character, or a byte that is none; returns how many bytes it took. */
static size_t fold_one(folded *f, const char *at)
{
    char room[BW_FOLD_ROOM];
    size_t taken = bw_utf8_width(at);
    if ((unsigned char)*at < 0x80) {
        put_ascii(f, *at);
        return taken;
    }
    const char *stands =
        taken > 1 ? bw_fold(bw_utf8_letter(at, taken), room) : NULL;
    if (!stands)
        put(f, at, taken);
    for (; stands && *stands; stands++) {
        if ((unsigned char)*stands < 0x80)
            put_ascii(f, *stands);
        else
            put(f, stands, 1);
    }
    return taken;
}

size_t bw_place_fold(const char *text, size_t len, char *out, size_t room)
{
    folded f = {out, 0, room};
    for (size_t i = 0; i < len && f.n <= room;)
        i += fold_one(&f, text + i);
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
