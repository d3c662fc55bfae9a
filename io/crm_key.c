/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys are looked at byte by byte: all kinds but free text are plain ASCII. */
#include "crm_key.h"

#include "csv_write.h"

#include "utf8.h"

#include <string.h>

enum {
    SHORT_ID = 15, /* of Salesforce, where capitals and small letters differ */
    LONG_ID = 18,  /* the same and three characters that say which are which */
    SUFFIX = LONG_ID - SHORT_ID,
    BLOCK = 5, /* characters that one of the three speaks for */
    GUID = 36
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

static bool is_hexadecimal(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Each of the three stands for five characters: bit i of its number says that
 * the i-th is a capital. */
void bw_crm_salesforce_suffix(const char *id, char suffix[4])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    for (int block = 0; block < SUFFIX; block++) {
        unsigned number = 0;
        for (int i = 0; i < BLOCK; i++)
            number |= (unsigned)is_capital(id[block * BLOCK + i]) << i;
        suffix[block] = digits[number];
    }
    suffix[SUFFIX] = '\0';
}

/* A key without what stands in front of it in some files. */
typedef struct span {
    const char *text;
    size_t len;
} span;

static bool drop(span *key, const char *front)
{
    size_t len = front ? strlen(front) : 0;
    if (len == 0 || key->len <= len || memcmp(key->text, front, len) != 0)
        return false;
    key->text += len;
    key->len -= len;
    return true;
}

/* What is put in front when keys are written may be met again when they are
 * read. */
static span bare(const bw_crm_form *form, const char *key, size_t len)
{
    span s = {key, len};
    if (!drop(&s, form->strip))
        drop(&s, form->prefix);
    return s;
}

static span without_braces(span key)
{
    if (key.len == GUID + 2 && key.text[0] == '{' && key.text[GUID + 1] == '}')
        return (span){key.text + 1, GUID};
    return key;
}

static bool is_guid(span key)
{
    key = without_braces(key);
    if (key.len != GUID)
        return false;
    for (size_t i = 0; i < GUID; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? key.text[i] != '-' : !is_hexadecimal(key.text[i]))
            return false;
    }
    return true;
}

static bool is_salesforce_id(span key)
{
    if (key.len != SHORT_ID && key.len != LONG_ID)
        return false;
    for (size_t i = 0; i < key.len; i++)
        if (!is_letter(key.text[i]) && !is_digit(key.text[i]))
            return false;
    return true;
}

static bool is_number(span key)
{
    for (size_t i = 0; i < key.len; i++)
        if (!is_digit(key.text[i]))
            return false;
    return key.len > 0;
}

static bool has_shape(bw_crm_kind kind, span key)
{
    switch (kind) {
    case BW_CRM_NUMBER:
        return is_number(key);
    case BW_CRM_GUID:
        return is_guid(key);
    case BW_CRM_SALESFORCE_ID:
        return is_salesforce_id(key);
    case BW_CRM_TEXT:
    default:
        return true;
    }
}

/* Those below the blank, DEL, and U+0080 to U+009F. */
static bool has_control(span key)
{
    for (size_t i = 0; i < key.len; i++) {
        unsigned char c = (unsigned char)key.text[i];
        if (c < ' ' || c == 0x7F)
            return true;
        if (c == 0xC2 && i + 1 < key.len &&
            (unsigned char)key.text[i + 1] < 0xA0)
            return true;
    }
    return false;
}

/* The blank that does not break comes from web pages and is not seen. */
static bool has_blank_end(span key)
{
    const char *end = key.text + key.len;
    return key.text[0] == ' ' || end[-1] == ' ' ||
           (key.len > 1 && (memcmp(key.text, "\xC2\xA0", 2) == 0 ||
                            memcmp(end - 2, "\xC2\xA0", 2) == 0));
}

static int64_t characters(span key)
{
    int64_t n = 0;
    for (size_t i = 0; i < key.len; i++)
        n += !bw_utf8_continues(key.text[i]);
    return n;
}

static bool suffix_differs(span key)
{
    char suffix[4];
    if (key.len != LONG_ID)
        return false;
    bw_crm_salesforce_suffix(key.text, suffix);
    return memcmp(key.text + SHORT_ID, suffix, SUFFIX) != 0;
}

bw_crm_key_fault bw_crm_key_check(const bw_crm_form *form, const char *text,
                                  size_t len)
{
    span key = bare(form, text, len);
    const char *begins = form->begins ? form->begins : "";
    size_t blanks = 0;
    while (blanks < key.len && key.text[blanks] == ' ')
        blanks++;
    if (blanks == key.len)
        return BW_CRM_KEY_BLANK;
    if (bw_is_formula(key.text))
        return BW_CRM_KEY_FORMULA;
    if (has_control(key) || has_blank_end(key))
        return BW_CRM_KEY_CONTROL;
    if (!has_shape(form->kind, key))
        return BW_CRM_KEY_SHAPE;
    if (key.len < strlen(begins) ||
        memcmp(key.text, begins, strlen(begins)) != 0)
        return BW_CRM_KEY_BEGINS;
    if (form->kind == BW_CRM_SALESFORCE_ID && suffix_differs(key))
        return BW_CRM_KEY_SUFFIX;
    if (form->most > 0 && characters(key) > form->most)
        return BW_CRM_KEY_LONG;
    return BW_CRM_KEY_GOOD;
}

/* 1.2E+17 in a column of long numbers. */
static bool is_rounded(span key)
{
    for (size_t i = 1; i < key.len; i++)
        if ((key.text[i] == 'E' || key.text[i] == 'e') &&
            is_digit(key.text[i - 1]) && i + 1 < key.len &&
            (key.text[i + 1] == '+' || is_digit(key.text[i + 1])))
            return is_digit(key.text[0]);
    return false;
}

static void tell_shape(bw_crm_kind kind, span key, bw_buf *out)
{
    if (kind == BW_CRM_GUID)
        bw_buf_text(out, "it is no GUID, which has 8-4-4-4-12 hexadecimal "
                         "digits");
    else if (kind == BW_CRM_SALESFORCE_ID)
        bw_buf_format(out,
                      "it is not 15 or 18 letters and digits, as Salesforce's "
                      "ids are (it has %lld characters)",
                      (long long)characters(key));
    else if (is_rounded(key))
        bw_buf_text(out, "it is not digits only: a spreadsheet has rounded it");
    else
        bw_buf_text(out, "it is not digits only");
}

static void tell_formula(span key, bw_buf *out)
{
    if (strchr("=+-@", key.text[0]))
        bw_buf_format(out,
                      "it begins with \"%c\", which programs that open tables "
                      "take for a formula",
                      key.text[0]);
    else
        bw_buf_text(out, "it begins with a tab or a line's end");
}

static void tell_suffix(span key, bw_buf *out)
{
    char suffix[4];
    bw_crm_salesforce_suffix(key.text, suffix);
    bw_buf_format(out,
                  "its last three characters are not those that the first 15 "
                  "give (%s): the case was changed",
                  suffix);
}

void bw_crm_key_tell(const bw_crm_form *form, const char *text,
                     bw_crm_key_fault fault, bw_buf *out)
{
    span key = bare(form, text, strlen(text));
    switch (fault) {
    case BW_CRM_KEY_BLANK:
        bw_buf_text(out, "it is blank");
        break;
    case BW_CRM_KEY_FORMULA:
        tell_formula(key, out);
        break;
    case BW_CRM_KEY_CONTROL:
        bw_buf_text(out, has_control(key) ? "it holds a control character"
                                          : "it has a blank at an end");
        break;
    case BW_CRM_KEY_SHAPE:
        tell_shape(form->kind, key, out);
        break;
    case BW_CRM_KEY_BEGINS:
        bw_buf_format(out, "it does not begin with \"%s\", as these do",
                      form->begins);
        break;
    case BW_CRM_KEY_SUFFIX:
        tell_suffix(key, out);
        break;
    case BW_CRM_KEY_LONG:
        bw_buf_format(out, "it has more than %d characters", (int)form->most);
        break;
    case BW_CRM_KEY_GOOD:
    default:
        break;
    }
}

size_t bw_crm_key_normal(const bw_crm_form *form, const char *text, size_t len,
                         char *out)
{
    span key = bare(form, text, len);
    bool guid = form->kind == BW_CRM_GUID && is_guid(key);
    if (guid)
        key = without_braces(key);
    else if (form->kind == BW_CRM_SALESFORCE_ID && is_salesforce_id(key) &&
             !suffix_differs(key))
        key.len = SHORT_ID;
    while (form->kind == BW_CRM_NUMBER && key.len > 1 && *key.text == '0' &&
           is_number(key))
        key = (span){key.text + 1, key.len - 1};
    memcpy(out, key.text, key.len);
    for (size_t i = 0; guid && i < key.len; i++)
        if (is_capital(out[i]))
            out[i] = (char)(out[i] - 'A' + 'a');
    out[key.len] = '\0';
    return key.len;
}

void bw_crm_key_write(const bw_crm_form *form, const char *text, bw_buf *out)
{
    span key = bare(form, text, strlen(text));
    char suffix[4];
    if (form->kind == BW_CRM_GUID)
        key = without_braces(key);
    if (form->prefix)
        bw_buf_text(out, form->prefix);
    bw_buf_add(out, key.text, key.len);
    if (form->kind == BW_CRM_SALESFORCE_ID && key.len == SHORT_ID) {
        bw_crm_salesforce_suffix(key.text, suffix);
        bw_buf_text(out, suffix);
    }
}
