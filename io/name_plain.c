/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain form of names, word by word. */
#include "name_plain.h"

#include "fold.h"
#include "utf8.h"

#include <string.h>

/* As they stand in plain form. Those of several words come first, as the last
 * of these is a form, too, or says nothing by itself. Points stand inside
 * words, so that S.A. is "sa", but A/S is "a s". */
/* clang-format off */
static const char *const forms[] = {
    "sp z oo", "de cv", "a s", "s a", "s r l", "s p a", "s l", "s de rl",
    "de rl", "ltd sti", "inc", "corp", "co", "company", "ltd", "limited",
    "llc", "llp", "lp", "plc", "pllc", "gmbh", "mbh", "gesmbh", "ag", "kg",
    "kgaa", "ohg", "ug", "ev", "ek", "se", "sa", "sas", "sarl", "srl", "spa",
    "snc", "sca", "bv", "nv", "ab", "as", "asa", "oy", "oyj", "aps", "ou",
    "uab", "sia", "pty", "pte", "kk", "sl", "slu", "sau", "sprl", "bvba",
    "lda", "ltda", "cv", "doo", "dd", "sro", "zoo", "kft", "zrt", "nyrt",
    "eood", "ood", "bhd", "sdn", "tbk", "pvt", "jsc", "pjsc", "ae",
    "incorporated", "corporation",
    "\xCE\xB1\xCE\xB5", /* Greek: AE */
    "\xCE\xB5\xCF\x80\xCE\xB5", /* EPE */
    "\xCE\xB9\xCE\xBA\xCE\xB5", /* IKE */
};
/* clang-format on */

/* Before the name, in small letters: OOO, ZAO, OAO, PAO, AO, TOV, TOO. */
static const char *const leading[] = {
    "\xD0\xBE\xD0\xBE\xD0\xBE", "\xD0\xB7\xD0\xB0\xD0\xBE",
    "\xD0\xBE\xD0\xB0\xD0\xBE", "\xD0\xBF\xD0\xB0\xD0\xBE",
    "\xD0\xB0\xD0\xBE",         "\xD1\x82\xD0\xBE\xD0\xB2",
    "\xD1\x82\xD0\xBE\xD0\xBE"};

/* Joined to the name, at its end or before it: share company, limited company
 * and so on of China and Japan. The longer ones come first. */
static const char *const joined[] = {
    "\xE8\x82\xA1\xE4\xBB\xBD\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",
    "\xE6\x9C\x89\xE9\x99\x90\xE8\xB4\xA3\xE4\xBB\xBB\xE5\x85\xAC\xE5\x8F\xB8",
    "\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",
    "\xE6\xA0\xAA\xE5\xBC\x8F\xE4\xBC\x9A\xE7\xA4\xBE",
    "\xE6\x9C\x89\xE9\x99\x90\xE4\xBC\x9A\xE7\xA4\xBE",
    "\xE5\x90\x88\xE5\x90\x8C\xE4\xBC\x9A\xE7\xA4\xBE"};

#define N(list) (sizeof(list) / sizeof *(list))

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
    char room[BW_FOLD_ROOM];
    const char *stands = bw_fold(bw_utf8_letter(text, len), room);
    if (!stands)
        bw_buf_add(plain, text, len);
    for (; stands && *stands; stands++) {
        if ((unsigned char)*stands < 0x80)
            add_ascii(plain, *stands);
        else
            bw_buf_add(plain, stands, 1);
    }
}

static void cut_end(bw_buf *plain, size_t len)
{
    plain->len = len;
    plain->text[len] = '\0';
}

/* How many bytes of the end are a form with the blank before it; 0: none, or
 * nothing would remain. */
static size_t form_at_end(const bw_buf *plain)
{
    for (size_t i = 0; i < N(forms); i++) {
        size_t len = strlen(forms[i]);
        if (plain->len > len + 1 && plain->text[plain->len - len - 1] == ' ' &&
            memcmp(plain->text + plain->len - len, forms[i], len) == 0)
            return len + 1;
    }
    return 0;
}

/* Takes off a legal form, or an "and" that one has left behind. */
static bool cut_form(bw_buf *plain, bool after_form)
{
    size_t len = form_at_end(plain);
    if (len == 0 && after_form && plain->len > 4 &&
        strcmp(plain->text + plain->len - 4, " and") == 0)
        len = 4;
    if (len > 0)
        cut_end(plain, plain->len - len);
    return len > 0;
}

static void cut_front(bw_buf *plain, size_t len)
{
    memmove(plain->text, plain->text + len, plain->len - len + 1);
    plain->len -= len;
}

static void cut_leading(bw_buf *plain)
{
    for (size_t i = 0; i < N(leading); i++) {
        size_t len = strlen(leading[i]);
        if (plain->len > len + 1 && plain->text[len] == ' ' &&
            memcmp(plain->text, leading[i], len) == 0) {
            cut_front(plain, len + 1);
            return;
        }
    }
}

static void trim(bw_buf *plain)
{
    if (plain->len > 0 && plain->text[plain->len - 1] == ' ')
        cut_end(plain, plain->len - 1);
    if (plain->text[0] == ' ')
        cut_front(plain, 1);
}

static void cut_joined(bw_buf *plain)
{
    for (size_t i = 0; i < N(joined); i++) {
        size_t len = strlen(joined[i]);
        if (plain->len <= len)
            continue;
        if (memcmp(plain->text + plain->len - len, joined[i], len) == 0)
            cut_end(plain, plain->len - len);
        else if (memcmp(plain->text, joined[i], len) == 0)
            cut_front(plain, len);
        else
            continue;
        trim(plain);
        return;
    }
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
        if (len > 1)
            add_wide(plain, name, len);
        else
            add_ascii(plain, *name);
        len = len ? len : 1;
    }
    trim(plain);
    for (bool cut = false; cut_form(plain, cut);)
        cut = true;
    cut_leading(plain);
    cut_joined(plain);
}
