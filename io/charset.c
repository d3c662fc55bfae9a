/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of encodings. GB2312 and GBK are parts of GB18030, and files that say
 * so often hold more. */
#include "charset.h"

#include <ctype.h>
#include <string.h>

const bw_charset bw_utf8 = {"UTF-8", BW_FAMILY_UTF8, 1, "\xEF\xBB\xBF", 3};
const bw_charset bw_utf16le = {"UTF-16LE", BW_FAMILY_UTF16, 2, "\xFF\xFE", 2};
const bw_charset bw_utf16be = {"UTF-16BE", BW_FAMILY_UTF16, 2, "\xFE\xFF", 2};
const bw_charset bw_utf32le = {"UTF-32LE", BW_FAMILY_UTF32, 4, "\xFF\xFE\0", 4};
const bw_charset bw_utf32be = {"UTF-32BE", BW_FAMILY_UTF32, 4, "\0\0\xFE\xFF",
                               4};
const bw_charset bw_windows_1252 = {"Windows-1252", BW_FAMILY_WINDOWS_1252, 1,
                                    NULL, 0};
const bw_charset bw_gb18030 = {"GB18030", BW_FAMILY_GB18030, 1,
                               "\x84\x31\x95\x33", 4};
static const bw_charset utf16 = {"UTF-16", BW_FAMILY_UTF16, 2, NULL, 0};
static const bw_charset utf32 = {"UTF-32", BW_FAMILY_UTF32, 4, NULL, 0};
static const bw_charset iso_8859_1 = {"ISO-8859-1", BW_FAMILY_ISO_8859_1, 1,
                                      NULL, 0};

/* Small letters, without - and _. */
static const struct {
    const char *name;
    const bw_charset *charset;
} names[] = {
    {"utf8", &bw_utf8},
    {"utf8sig", &bw_utf8},
    {"ascii", &bw_utf8},
    {"usascii", &bw_utf8},
    {"utf16", &utf16},
    {"ucs2", &utf16},
    {"utf16le", &bw_utf16le},
    {"ucs2le", &bw_utf16le},
    {"utf16be", &bw_utf16be},
    {"ucs2be", &bw_utf16be},
    {"utf32", &utf32},
    {"ucs4", &utf32},
    {"utf32le", &bw_utf32le},
    {"utf32be", &bw_utf32be},
    {"windows1252", &bw_windows_1252},
    {"cp1252", &bw_windows_1252},
    {"win1252", &bw_windows_1252},
    {"xcp1252", &bw_windows_1252},
    {"ansi", &bw_windows_1252},
    {"iso88591", &iso_8859_1},
    {"latin1", &iso_8859_1},
    {"l1", &iso_8859_1},
    {"gb18030", &bw_gb18030},
    {"gbk", &bw_gb18030},
    {"gb2312", &bw_gb18030},
    {"cp936", &bw_gb18030},
    {"windows936", &bw_gb18030},
    {"euccn", &bw_gb18030},
};

const char *bw_charset_list(void)
{
    return "UTF-8, UTF-16, UTF-16LE, UTF-16BE, UTF-32, UTF-32LE, UTF-32BE, "
           "Windows-1252, ISO-8859-1 or GB18030";
}

const bw_charset *bw_charset_named(const char *name)
{
    char plain[16];
    size_t len = 0;
    for (; *name; name++) {
        if (*name == '-' || *name == '_')
            continue;
        if (len + 1 == sizeof plain)
            return NULL;
        plain[len++] = (char)tolower((unsigned char)*name);
    }
    plain[len] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, plain) == 0)
            return names[i].charset;
    return NULL;
}

/* UTF-32LE goes first: its mark begins with that of UTF-16LE, and no text
 * begins with NUL. */
const bw_charset *bw_charset_marked(const char *bytes, size_t len)
{
    static const bw_charset *const marked[] = {
        &bw_utf8,    &bw_utf32le, &bw_utf32be, &bw_utf16le,
        &bw_utf16be, &bw_gb18030, NULL};
    for (const bw_charset *const *at = marked; *at; at++) {
        const bw_charset *c = *at;
        if (len >= c->mark_len && memcmp(bytes, c->mark, c->mark_len) == 0)
            return c;
    }
    return NULL;
}

bool bw_charset_allows(const bw_charset *declared, const bw_charset *marked)
{
    return declared == marked || (!declared->mark && declared->unit > 1 &&
                                  declared->family == marked->family);
}
