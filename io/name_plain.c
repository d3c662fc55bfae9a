/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain form of names. Accents are folded by a table over U+00C0..U+017F,
 * which holds the letters of the languages of Europe; normalisation in the
 * sense of Unicode would need its tables and find no more companies. */
#include "name_plain.h"

#include "utf8.h"

#include <string.h>

/* U+00C0 .. U+017F; "." stands for what is no letter. */
static const char *const folded[] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e", "e", "e",  "e", "i", "i",
    "i", "i", "d",  "n",  "o", "o", "o",  "o",  "o", ".", "o",  "u", "u", "u",
    "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e",
    "e", "e", "i",  "i",  "i", "i", "d",  "n",  "o", "o", "o",  "o", "o", ".",
    "o", "u", "u",  "u",  "u", "y", "th", "y",  "a", "a", "a",  "a", "a", "a",
    "c", "c", "c",  "c",  "c", "c", "c",  "c",  "d", "d", "d",  "d", "e", "e",
    "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g", "g", "g",
    "g", "g", "h",  "h",  "h", "h", "i",  "i",  "i", "i", "i",  "i", "i", "i",
    "i", "i", "ij", "ij", "j", "j", "k",  "k",  "k", "l", "l",  "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n", "n", "n",  "n", "n", "n",
    "o", "o", "o",  "o",  "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r",
    "s", "s", "s",  "s",  "s", "s", "s",  "s",  "t", "t", "t",  "t", "t", "t",
    "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u", "w", "w",
    "y", "y", "y",  "z",  "z", "z", "z",  "z",  "z", "s"};

enum {
    FOLD_FIRST = 0xC0,
    FOLD_END = FOLD_FIRST + sizeof folded / sizeof *folded
};

static const char *const forms[] = {
    "inc",     "incorporated", "corp", "corporation", "co",  "company", "ltd",
    "limited", "llc",          "llp",  "lp",          "plc", "gmbh",    "mbh",
    "ag",      "kg",           "kgaa", "ohg",         "ug",  "ev",      "sa",
    "sas",     "sarl",         "srl",  "spa",         "snc", "bv",      "nv",
    "ab",      "as",           "asa",  "oy",          "oyj", "aps",     "pty",
    "pte",     "kk",           "sl",   "slu",         "sau", "sprl",    "bvba",
    "ltda",    "cv",           "doo",  "sro",         "zoo", "kft",     "pvt"};

static bool is_form(const char *word)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(word, forms[i]) == 0)
            return true;
    return false;
}

static void end_word(bw_buf *plain)
{
    if (plain->len > 0 && plain->text[plain->len - 1] != ' ')
        bw_buf_add(plain, " ", 1);
}

/* Points and apostrophes stand inside words: S.A. is SA. */
static void add_ascii(bw_buf *plain, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter)
        bw_buf_add(plain, &c, 1);
    else if (c == '&') {
        end_word(plain);
        bw_buf_text(plain, "and ");
    } else if (c != '.' && c != '\'')
        end_word(plain);
}

static void add_wide(bw_buf *plain, const char *text, size_t len)
{
    const unsigned char *byte = (const unsigned char *)text;
    unsigned code = len == 2 ? (byte[0] & 0x1FU) << 6 | (byte[1] & 0x3FU) : 0;
    bool punctuation = len == 3 && byte[0] == 0xE2 && byte[1] == 0x80;
    if (code >= FOLD_FIRST && code < FOLD_END) {
        const char *letters = folded[code - FOLD_FIRST];
        if (letters[0] == '.')
            end_word(plain);
        else
            bw_buf_text(plain, letters);
    } else if (punctuation || (len == 2 && code < FOLD_FIRST)) {
        /* typographic quotes, dashes, no-break blanks, signs */
        bool apostrophe = punctuation && (byte[2] == 0x98 || byte[2] == 0x99);
        if (!apostrophe)
            end_word(plain);
    } else
        bw_buf_add(plain, text, len);
}

/* Takes the last word off where it is a legal form, or an "and" that a form
 * has left behind, and is not all there is. */
static bool cut_form(bw_buf *plain, bool after_form)
{
    char *blank = plain->len > 0 ? strrchr(plain->text, ' ') : NULL;
    if (!blank)
        return false;
    bool left = after_form && strcmp(blank + 1, "and") == 0;
    if (!left && !is_form(blank + 1))
        return false;
    *blank = '\0';
    plain->len = (size_t)(blank - plain->text);
    return true;
}

void bw_name_plain(const char *name, bw_buf *plain)
{
    plain->len = 0;
    bw_buf_add(plain, "", 0);
    if (!plain->text)
        return;
    plain->text[0] = '\0';
    for (size_t len; *name; name += len) {
        len = bw_utf8_length(name);
        len = len ? len : 1;
        if (len == 1)
            add_ascii(plain, *name);
        else
            add_wide(plain, name, len);
    }
    if (plain->len > 0 && plain->text[plain->len - 1] == ' ')
        plain->text[--plain->len] = '\0';
    for (bool cut = false; cut_form(plain, cut);)
        cut = true;
}
