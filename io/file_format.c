/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people name by mistake: the workbook itself, the archive that it came
 * in, the page that a server sends instead of the export. */
#include "file_format.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum {
    LOOK = 4096,    /* bytes in which an archive names its first members */
    TAR_MARK = 257, /* where a tar archive says so */
    FORMATS = 10
};

static const bw_file_format workbook = {
    "an .xlsx workbook", "open it, and save the sheet as CSV in UTF-8"};
static const bw_file_format tar = {"a tar archive",
                                   "unpack it, and name the file inside"};
static const bw_file_format page = {
    "a web page (HTML)",
    "a server may have sent its login page instead of the export, so log in "
    "and export again"};
static const bw_file_format sheet = {
    "a table as a web page (HTML), which some systems name .xls",
    "export it as CSV, or open it, and save the sheet as CSV in UTF-8"};
static const bw_file_format json = {"JSON", "export the table as CSV"};
static const bw_file_format xml = {"XML", "export the table as CSV"};

static const struct {
    const char *bytes;
    size_t len;
    bw_file_format format;
} known[FORMATS] = {
    {"PK\x03\x04", 4, {"a ZIP archive", "unpack it, and name the file inside"}},
    {"PK\x05\x06",
     4,
     {"an empty ZIP archive", "pack it again with the file inside"}},
    {"\xD0\xCF\x11\xE0",
     4,
     {"an .xls workbook", "open it, and save the sheet as CSV in UTF-8"}},
    {"%PDF-", 5, {"a PDF document", "export the table as CSV"}},
    {"{\\rtf", 5, {"an RTF document", "export the table as CSV"}},
    {"\x1F\x8B", 2, {"compressed by gzip", "unpack it"}},
    {"BZh", 3, {"compressed by bzip2", "unpack it, or use gzip"}},
    {"\xFD"
     "7zXZ",
     5,
     {"compressed by xz", "unpack it, or use gzip"}},
    {"\x28\xB5\x2F\xFD", 4, {"compressed by zstd", "unpack it, or use gzip"}},
    {"7z\xBC\xAF", 4, {"a 7z archive", "unpack it, and name the file inside"}},
};

static bool contains(const char *bytes, size_t len, const char *what)
{
    size_t n = strlen(what);
    for (size_t at = 0; at + n <= len && at < LOOK; at++)
        if (memcmp(bytes + at, what, n) == 0)
            return true;
    return false;
}

const bw_file_format *bw_file_format_of(const char *bytes, size_t len)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (len < known[i].len ||
            memcmp(bytes, known[i].bytes, known[i].len) != 0)
            continue;
        /* A header may begin like that, but it goes on as text does. */
        if (strcmp(known[i].bytes, "BZh") == 0 &&
            (len < 10 || memcmp(bytes + 4, "1AY&SY", 6) != 0))
            continue;
        bool book = i == 0 && contains(bytes, len, "xl/");
        return book ? &workbook : &known[i].format;
    }
    bool is_tar = len >= 2 * TAR_MARK &&
                  memcmp(bytes + TAR_MARK, "ustar", 5) == 0 &&
                  memchr(bytes, 0, TAR_MARK);
    return is_tar ? &tar : NULL;
}

static bool begins(const char *text, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len >= n && strncasecmp(text, with, n) == 0;
}

/* Login pages have tables too, but a form further up. */
static const bw_file_format *page_of(const char *text, size_t len)
{
    for (size_t at = 0; at < len && at < LOOK; at++) {
        if (begins(text + at, len - at, "<form"))
            return &page;
        if (begins(text + at, len - at, "<table"))
            return &sheet;
    }
    return &page;
}

const bw_file_format *bw_text_format_of(const char *text, size_t len)
{
    while (len > 0 && strchr(" \t\r\n", *text) && *text)
        text++, len--;
    if (begins(text, len, "<html") || begins(text, len, "<!doctype") ||
        begins(text, len, "<head") || begins(text, len, "<script") ||
        begins(text, len, "<table") || begins(text, len, "<meta"))
        return page_of(text, len);
    if (begins(text, len, "[{") || begins(text, len, "{\""))
        return &json;
    return begins(text, len, "<?xml") ? &xml : NULL;
}
