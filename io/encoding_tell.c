/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about encodings. */
#include "encoding_tell.h"

#include "file_format.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#define TELL(e, severity, place, ...)                                          \
    bw_diag_add((e)->diags, severity, BW_FILE_ENCODING, place, __VA_ARGS__)

static bool is_declared(const bw_encoding *e)
{
    return e->declared && e->declared->text && !e->only_utf8;
}

void bw_tell_unknown(const bw_encoding *e)
{
    TELL(e, BW_ERROR, e->declared->place,
         "\"%s\" is no encoding that is known here; write %s, or leave "
         "encoding out, so that it is found out",
         e->declared->text, bw_charset_list());
}

void bw_tell_contradiction(const bw_encoding *e, const bw_charset *declared,
                           const bw_charset *marked)
{
    TELL(e, BW_ERROR, e->declared->place,
         "%s begins with the mark of %s, but is declared as %s; correct "
         "encoding, or leave it out",
         e->name, marked->name, declared->name);
}

void bw_tell_narrow(const bw_encoding *e, const bw_charset *declared)
{
    TELL(e, BW_ERROR, e->declared->place,
         "%s has no NUL byte, but is declared as %s, in which there is one in "
         "every digit, separator and line end; correct encoding, or leave it "
         "out",
         e->name, declared->name);
}

void bw_tell_no_iconv(const bw_encoding *e)
{
    TELL(e, BW_ERROR, ((bw_place){e->name, 0, 0}),
         "the file is in %s, which this system's iconv does not know; install "
         "its conversions, or save the file as UTF-8",
         e->charset->name);
}

void bw_tell_nul(const bw_encoding *e, size_t offset)
{
    TELL(e, BW_ERROR, bw_lines_place(&e->lines, offset),
         "a NUL %s stands here; a text file has none, so save the file again "
         "as plain text in UTF-8",
         e->charset->unit == 1 ? "byte" : "character");
}

/* The place of the n-th character. */
static bw_place place_of(const bw_encoding *e, size_t n)
{
    const char *text = e->lines.text;
    size_t at = 0;
    for (; at < e->lines.len && n > 0; n--)
        at += bw_utf8_width(text + at);
    return bw_lines_place(&e->lines, at);
}

static bw_place first_beyond_ascii(const bw_encoding *e)
{
    size_t at = 0;
    while (at < e->lines.len && (unsigned char)e->lines.text[at] < 0x80)
        at++;
    return bw_lines_place(&e->lines, at);
}

void bw_tell_found(const bw_encoding *e, size_t foreign)
{
    if (is_declared(e))
        return;
    if (e->charset == &bw_windows_1252)
        TELL(e, BW_WARNING, place_of(e, foreign),
             "this is not UTF-8, so all of the file is read as "
             "Windows-1252; if this line looks right, add "
             "encoding=\"Windows-1252\", else the right one");
    else if (e->charset == &bw_gb18030 && strcmp(e->reason, "its mark") != 0)
        TELL(e, BW_WARNING, first_beyond_ascii(e),
             "the file is not in UTF-8, but all of it is valid as GB18030 and "
             "reads like Chinese; if this line looks right, add "
             "encoding=\"GB18030\", else the right one");
    else
        TELL(e, BW_NOTE, ((bw_place){e->name, 0, 0}),
             "the file is read as %s, by %s", e->charset->name, e->reason);
}

void bw_tell_controls(const bw_encoding *e)
{
    const char *text = e->lines.text;
    if (e->charset->family != BW_FAMILY_ISO_8859_1)
        return;
    for (const char *at = text; (at = strchr(at, 0xC2)); at++) {
        unsigned byte = (unsigned char)at[1];
        if (byte >= 0xA0)
            continue;
        TELL(e, BW_WARNING, bw_lines_place(&e->lines, (size_t)(at - text)),
             "byte 0x%02X is a control character in ISO-8859-1; it is a letter "
             "or a sign in Windows-1252, so say encoding=\"Windows-1252\" if "
             "one is missing here",
             byte);
        return;
    }
}

/* ------------------------------------------------------------------ UTF-8 */

/* What is read as nothing but UTF-8 is often no text at all: one message then
 * stands for a fault in every line. */
static bool tell_other_format(const bw_encoding *e)
{
    const bw_charset *marked = bw_charset_marked(e->bytes.data, e->bytes.len);
    const bw_file_format *format =
        bw_file_format_of(e->bytes.data, e->bytes.len);
    const char *what = format                         ? format->what
                       : marked && marked != &bw_utf8 ? marked->name
                                                      : NULL;
    if (!e->only_utf8 || !what)
        return false;
    TELL(e, BW_ERROR, ((bw_place){e->name, 1, 0}),
         "the file is %s; it must be plain text in UTF-8, so save or convert "
         "it as that",
         what);
    return true;
}

static void tell_byte(const bw_encoding *e, size_t at)
{
    bw_place place = bw_lines_place(&e->lines, at);
    unsigned byte = (unsigned char)e->lines.text[at];
    if (byte == 0)
        bw_tell_nul(e, at);
    else if (bw_utf8_is_cut(e->lines.text, e->lines.len, at))
        TELL(e, BW_ERROR, place,
             "the file ends in the middle of a character (byte 0x%02X): it was "
             "cut off; fetch or export it again",
             byte);
    else if (e->only_utf8)
        TELL(e, BW_ERROR, place,
             "byte 0x%02X is not valid UTF-8; save the file as UTF-8 (it may "
             "be in Windows-1252 or Latin-1)",
             byte);
    else if (is_declared(e) || e->lines.text > e->bytes.data)
        TELL(e, BW_ERROR, place,
             "byte 0x%02X is not valid UTF-8, as which the file is %s; save it "
             "as UTF-8, or say what it is, for instance "
             "encoding=\"Windows-1252\"",
             byte, is_declared(e) ? "declared" : "marked");
    else
        TELL(e, BW_ERROR, place,
             "byte 0x%02X is not valid UTF-8, which nearly all of the file is; "
             "correct it, or say what the file is, for instance "
             "encoding=\"Windows-1252\"",
             byte);
}

bw_status bw_tell_utf8_faults(const bw_encoding *e)
{
    const bw_lines *l = &e->lines;
    size_t at = bw_utf8_fault(l->text, l->len, 0);
    if (at == l->len)
        return BW_OK;
    if (tell_other_format(e))
        return BW_INVALID;
    while (at < l->len) {
        tell_byte(e, at);
        at = bw_utf8_fault(l->text, l->len, bw_lines_next(l, at));
    }
    return BW_INVALID;
}

/* ---------------------------------------------------------- other encodings */

static const char *cut_where(const bw_encoding *e, const bw_decode_fault *fault)
{
    if (e->charset->unit == 1)
        return "a character";
    if (fault->n < e->charset->unit)
        return e->charset->unit == 2 ? "a UTF-16 unit" : "a UTF-32 unit";
    return "a surrogate pair";
}

static void tell_fault(const bw_encoding *e, const bw_decode_fault *fault,
                       bw_place place)
{
    char hex[32];
    size_t used = 0;
    for (int i = 0; i < fault->n; i++)
        used += (size_t)snprintf(hex + used, sizeof hex - used, "%s0x%02X",
                                 i ? " " : "", (unsigned)fault->byte[i]);
    const char *bytes = fault->n == 1 ? "byte" : "bytes";
    if (fault->cut)
        TELL(e, BW_ERROR, place,
             "the file ends in the middle of %s (%s %s): it was cut off; fetch "
             "or export it again",
             cut_where(e, fault), bytes, hex);
    else if (is_declared(e))
        TELL(e, BW_ERROR, place,
             "%s %s: no character of %s; correct encoding=\"%s\", or the file",
             bytes, hex, e->charset->name, e->declared->text);
    else
        TELL(e, BW_ERROR, place,
             "%s %s: no character of %s, as which the file is read by %s; add "
             "the right encoding, or correct the file",
             bytes, hex, e->charset->name, e->reason);
}

bw_status bw_tell_decode_faults(const bw_encoding *e, const bw_decoded *decoded)
{
    uint32_t last = 0;
    for (size_t i = 0; i < decoded->n_faults; i++) {
        const bw_decode_fault *fault = &decoded->faults[i];
        bw_place place = bw_lines_place(&e->lines, fault->at);
        if (place.line != last || fault->cut)
            tell_fault(e, fault, place);
        last = place.line;
    }
    return decoded->n_faults > 0 ? BW_INVALID : BW_OK;
}
