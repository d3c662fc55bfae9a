/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bytes in any known encoding into UTF-8. */
#ifndef BW_DECODE_H
#define BW_DECODE_H

#include "bw/watch.h"
#include "bytes.h"
#include "charset.h"

#include <stdint.h>

/** Something that is no character. */
typedef struct bw_decode_fault {
    size_t at;             /* offset in the text of the U+FFFD that stands for
                            * it */
    unsigned char byte[4]; /* [n] */
    uint8_t n;
    bool cut; /* the bytes end in the middle of a character */
} bw_decode_fault;

/** Start zeroed. */
typedef struct bw_decoded {
    bw_bytes text;           /* UTF-8 throughout; it may hold NUL */
    bw_decode_fault *faults; /* [n_faults], the first of each line */
    size_t n_faults, faults_room;
} bw_decoded;

/** Appends the text. `charset` is not UTF-8 and has an end. The file's name is
 * for the one who looks on. BW_OK, faults or not; BW_NOMEM; BW_INTERNAL: this
 * system's iconv does not know the encoding. */
bw_status bw_decode(const bw_charset *charset, const char *bytes, size_t len,
                    const char *name, const bw_load_watch *watch,
                    bw_decoded *decoded);
/** The same, but stops at the first fault that is not the end cut off. */
bw_status bw_decode_strictly(const bw_charset *charset, const char *bytes,
                             size_t len, bw_decoded *decoded);
void bw_decoded_free(bw_decoded *decoded);

#endif
