/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mark of a file decides, else what the scenario declares, else what the
 * bytes look like: valid UTF-8 is UTF-8; NUL bytes may say UTF-16; what is
 * nearly all UTF-8 is that, damaged; what is valid as GB18030 and reads like
 * Chinese is that; anything else counts as Windows-1252, in which nearly every
 * byte is a character. */
#include "encoding.h"

#include "csv_form.h"
#include "decode.h"
#include "detect.h"
#include "encoding_tell.h"
#include "utf8.h"

#include <string.h>

enum {
    UTF8_SHARE = 2 /* so many times more characters beyond ASCII that are
                    * UTF-8 than bytes that are not: it is UTF-8, damaged */
};

static bw_status choose_declared(bw_encoding *e, const bw_charset *declared,
                                 const bw_charset *marked)
{
    if (marked && !bw_charset_allows(declared, marked)) {
        bw_tell_contradiction(e, declared, marked);
        return BW_INVALID;
    }
    e->charset = marked ? marked : declared;
    e->reason = "declared";
    if (!marked && declared->unit > 1 &&
        !memchr(e->bytes.data, 0, e->bytes.len)) {
        bw_tell_narrow(e, declared);
        return BW_INVALID;
    }
    if (marked || declared->mark || declared->unit == 1)
        return BW_OK;
    /* UTF-16 or UTF-32 of either end. */
    bool big = bw_detect_big_end(e->bytes.data, e->bytes.len, declared->unit);
    if (declared->family == BW_FAMILY_UTF32)
        e->charset = big ? &bw_utf32be : &bw_utf32le;
    else
        e->charset = big ? &bw_utf16be : &bw_utf16le;
    return BW_OK;
}

/* Offset of the first byte that is no UTF-8, NUL aside; len: none is. */
static size_t first_foreign(const char *bytes, size_t len)
{
    size_t at = bw_utf8_fault(bytes, len, 0);
    while (at < len && bytes[at] == 0)
        at = bw_utf8_fault(bytes, len, at + 1);
    return at;
}

/* One byte damaged or cut off must not turn all the other letters of a UTF-8
 * file into pairs of signs. */
static bool mostly_utf8(const char *bytes, size_t len, size_t first)
{
    size_t characters = 0, foreign = 0;
    for (size_t at = 0; at < len;) {
        size_t length = bw_utf8_length(bytes + at);
        characters += length > 1;
        foreign += length == 0 && bytes[at] != 0;
        at += length ? length : 1;
    }
    return characters > UTF8_SHARE * foreign ||
           (characters > 0 && bw_utf8_is_cut(bytes, len, first));
}

/* Is it valid as GB18030, and Chinese? The text is kept then. */
static bw_status try_chinese(const bw_encoding *e, bw_decoded *decoded,
                             bool *is)
{
    bw_status status =
        bw_decode_strictly(&bw_gb18030, e->bytes.data, e->bytes.len, decoded);
    *is = status == BW_OK &&
          (decoded->n_faults == 0 || decoded->faults[0].cut) &&
          bw_detect_chinese(decoded->text.data, decoded->text.len);
    if (!*is)
        bw_decoded_free(decoded);
    return status == BW_INTERNAL ? BW_OK : status;
}

/* Neither mark nor word. `foreign`: offset of the first byte that is no
 * UTF-8. */
static bw_status detect(bw_encoding *e, bw_decoded *decoded, size_t *foreign)
{
    bool chinese = false;
    const char *bytes = e->bytes.data;
    size_t len = e->bytes.len;
    e->charset = &bw_utf8;
    e->reason = "its bytes";
    e->valid = bw_utf8_fault(bytes, len, 0) == len;
    if (e->valid)
        return BW_OK;
    *foreign = first_foreign(bytes, len);
    bool nul = memchr(bytes, 0, len) != NULL;
    e->charset = nul ? bw_detect_utf16(bytes, len) : NULL;
    e->reason = "its NUL bytes";
    if (e->charset)
        return BW_OK;
    if (*foreign == len || mostly_utf8(bytes, len, *foreign)) {
        e->charset = &bw_utf8;
        e->reason = "its bytes";
        return BW_OK;
    }
    bw_status status = try_chinese(e, decoded, &chinese);
    e->charset = chinese ? &bw_gb18030 : &bw_windows_1252;
    e->reason = chinese ? "a guess: it is valid, and reads like Chinese"
                        : "a guess: it is no UTF-8";
    return status;
}

static size_t mark_of(const bw_encoding *e)
{
    const bw_charset *c = e->charset;
    bool has = c->mark && e->bytes.len >= c->mark_len &&
               memcmp(e->bytes.data, c->mark, c->mark_len) == 0;
    return has ? c->mark_len : 0;
}

static bw_status map_lines(bw_encoding *e, size_t skip)
{
    const char *text = e->bytes.data + skip;
    size_t len = e->bytes.len - skip;
    bool returns = !e->only_utf8 && bw_csv_returns(text, len);
    return bw_lines_map(e->name, text, len, returns, &e->lines);
}

static bw_status read_utf8(bw_encoding *e)
{
    bw_status status = map_lines(e, mark_of(e));
    if (status != BW_OK || e->lenient || e->valid)
        return status;
    return bw_tell_utf8_faults(e);
}

/* NUL in a text that was converted, every line once. */
static bw_status check_nul(bw_encoding *e)
{
    bw_lines *l = &e->lines;
    bool found = false;
    for (size_t at = 0; at < l->len;) {
        const char *nul = memchr(l->text + at, 0, l->len - at);
        if (!nul)
            break;
        bw_tell_nul(e, (size_t)(nul - l->text));
        found = true;
        at = bw_lines_next(l, (size_t)(nul - l->text));
    }
    return found ? BW_INVALID : BW_OK;
}

/* Everything else becomes UTF-8, unless detecting has done that already. */
static bw_status read_other(bw_encoding *e, bw_decoded *decoded, size_t foreign)
{
    size_t skip = mark_of(e);
    bw_status status = BW_OK;
    if (!decoded->text.data)
        status = bw_decode(e->charset, e->bytes.data + skip,
                           e->bytes.len - skip, e->name, e->watch, decoded);
    if (status == BW_INTERNAL && !e->lenient) {
        bw_tell_no_iconv(e);
        return BW_INVALID;
    }
    if (status != BW_OK)
        return status;
    bw_bytes_free(&e->bytes);
    e->bytes = decoded->text;
    decoded->text = (bw_bytes){NULL, 0, 0};
    status = map_lines(e, 0);
    if (status != BW_OK || e->lenient)
        return status;
    bw_tell_found(e, foreign);
    bw_tell_controls(e);
    bw_status faults = bw_tell_decode_faults(e, decoded);
    status = check_nul(e);
    return faults != BW_OK ? faults : status;
}

bw_status bw_encoding_settle(bw_encoding *e)
{
    const bw_charset *declared = NULL;
    bool has = !e->only_utf8 && e->declared && e->declared->text;
    if (has && !(declared = bw_charset_named(e->declared->text))) {
        bw_tell_unknown(e);
        return BW_INVALID;
    }
    const bw_charset *marked = bw_charset_marked(e->bytes.data, e->bytes.len);
    size_t foreign = 0;
    bw_decoded decoded = {.faults = NULL};
    bw_status status = BW_OK;
    e->charset = e->only_utf8 ? &bw_utf8 : marked;
    e->reason = "its mark";
    if (declared)
        status = choose_declared(e, declared, marked);
    else if (!e->charset)
        status = detect(e, &decoded, &foreign);
    if (status == BW_OK)
        status = e->charset == &bw_utf8 ? read_utf8(e)
                                        : read_other(e, &decoded, foreign);
    bw_decoded_free(&decoded);
    return status;
}
