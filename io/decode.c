/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one user of iconv. What is no character becomes U+FFFD, so that columns
 * stay what they are in the file, and is remembered. */
#include "decode.h"

#include "bw/alloc.h"
#include "watch_tell.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
    STEP = 1 << 18, /* bytes a call, so that they stay in the cache */
    STEPS_TOLD = 4, /* of them between two reports */
    MOST_BYTES = 3  /* of UTF-8 for one byte of any encoding here */
};

typedef struct decoder {
    iconv_t iconv;
    const bw_charset *charset;
    const char *bytes;
    size_t len, at; /* at: how far it is */
    bool strict;
    bw_decoded *out;
} decoder;

void bw_decoded_free(bw_decoded *decoded)
{
    bw_bytes_free(&decoded->text);
    bw_free(decoded->faults);
    *decoded = (bw_decoded){.faults = NULL};
}

static bool is_new_line(const bw_decoded *out)
{
    if (out->n_faults == 0)
        return true;
    size_t last = out->faults[out->n_faults - 1].at;
    const char *since = out->text.data + last;
    size_t len = out->text.len - last;
    return memchr(since, '\n', len) || memchr(since, '\r', len);
}

static bw_status remember(decoder *d, size_t n, bool cut)
{
    bw_decoded *out = d->out;
    if (!cut && !is_new_line(out))
        return BW_OK;
    if (out->n_faults == out->faults_room) {
        size_t room = out->faults_room ? 2 * out->faults_room : 16;
        bw_decode_fault *grown =
            out->faults ? bw_realloc(out->faults, room, sizeof *grown)
                        : bw_alloc(room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        out->faults = grown;
        out->faults_room = room;
    }
    bw_decode_fault *fault = &out->faults[out->n_faults++];
    *fault = (bw_decode_fault){.at = out->text.len, .cut = cut};
    fault->n = (uint8_t)(n < sizeof fault->byte ? n : sizeof fault->byte);
    memcpy(fault->byte, d->bytes + d->at, fault->n);
    return BW_OK;
}

/* Puts U+FFFD in the place of the n bytes that come next. */
static bw_status replace(decoder *d, size_t n, bool cut)
{
    bw_bytes *text = &d->out->text;
    bw_status status = bw_bytes_grow(text, 3);
    if (status == BW_OK)
        status = remember(d, n, cut);
    if (status != BW_OK)
        return status;
    memcpy(text->data + text->len, "\xEF\xBF\xBD", 3);
    text->len += 3;
    text->data[text->len] = 0;
    d->at += n;
    (void)iconv(d->iconv, NULL, NULL, NULL, NULL);
    return BW_OK;
}

/* Of the bytes that are no character, those that are passed over together. */
static size_t faulty_bytes(const decoder *d)
{
    size_t rest = d->len - d->at;
    return rest < d->charset->unit ? rest : d->charset->unit;
}

/* Converts up to a step; *error says why it ended, 0: all of it was. */
static bw_status convert(decoder *d, int *error)
{
    bw_bytes *text = &d->out->text;
    size_t step = d->len - d->at < STEP ? d->len - d->at : STEP;
    bw_status status = bw_bytes_grow(text, MOST_BYTES * step + MOST_BYTES);
    if (status != BW_OK)
        return status;
    /* iconv does not write there, but its type does not say so. */
    char *in = (char *)(uintptr_t)(d->bytes + d->at);
    char *out = text->data + text->len;
    size_t in_left = step, out_left = text->room - text->len - 1;
    *error = iconv(d->iconv, &in, &in_left, &out, &out_left) == (size_t)-1
                 ? errno
                 : 0;
    text->len = (size_t)(out - text->data);
    text->data[text->len] = 0;
    d->at += step - in_left;
    return BW_OK;
}

/* What stopped the conversion: bytes that are no character, or an end in the
 * middle of one: of the step only, or of the file. */
static bw_status handle(decoder *d, int error, size_t from, bool *stop)
{
    if (error == 0)
        return BW_OK;
    if (error == EINVAL && d->len - from > STEP)
        return BW_OK;
    if (error == EINVAL)
        return replace(d, d->len - d->at, true);
    if (error != EILSEQ)
        return BW_INTERNAL;
    *stop = d->strict;
    return replace(d, faulty_bytes(d), false);
}

static bw_status decode_all(decoder *d, const char *name,
                            const bw_load_watch *watch)
{
    bool stop = false;
    for (int step = 1; d->at < d->len && !stop; step++) {
        int error;
        size_t from = d->at;
        bw_status status = convert(d, &error);
        if (status == BW_OK)
            status = handle(d, error, from, &stop);
        if (status != BW_OK)
            return status;
        if (step % STEPS_TOLD == 0)
            bw_watch_tell(watch,
                          &(bw_load_progress){"decoding", name, d->at, d->len});
    }
    return BW_OK;
}

static bw_status run(decoder *d, const char *name, const bw_load_watch *watch)
{
    assert(d->charset->family != BW_FAMILY_UTF8);
    d->iconv = iconv_open("UTF-8", d->charset->name);
    if (d->iconv == (iconv_t)-1)
        return errno == ENOMEM ? BW_NOMEM : BW_INTERNAL;
    /* ASCII stays as long as it is, or becomes a half or a quarter. */
    bw_status status =
        bw_bytes_grow(&d->out->text, d->len / d->charset->unit + MOST_BYTES);
    if (status == BW_OK)
        status = decode_all(d, name, watch);
    iconv_close(d->iconv);
    return status;
}

bw_status bw_decode(const bw_charset *charset, const char *bytes, size_t len,
                    const char *name, const bw_load_watch *watch,
                    bw_decoded *decoded)
{
    decoder d = {.charset = charset, .bytes = bytes, .len = len};
    d.out = decoded;
    return run(&d, name, watch);
}

bw_status bw_decode_strictly(const bw_charset *charset, const char *bytes,
                             size_t len, bw_decoded *decoded)
{
    decoder d = {.charset = charset, .bytes = bytes, .len = len};
    d.out = decoded;
    d.strict = true;
    return run(&d, NULL, NULL);
}
