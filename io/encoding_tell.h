/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What is said about the encoding of a file. */
#ifndef BW_ENCODING_TELL_H
#define BW_ENCODING_TELL_H

#include "decode.h"
#include "encoding_state.h"

/** encoding= names none that is known. */
void bw_tell_unknown(const bw_encoding *e);
void bw_tell_contradiction(const bw_encoding *e, const bw_charset *declared,
                           const bw_charset *marked);
/** Declared as an encoding of wide units, of which the file has none. */
void bw_tell_narrow(const bw_encoding *e, const bw_charset *declared);
void bw_tell_no_iconv(const bw_encoding *e);
void bw_tell_nul(const bw_encoding *e, size_t offset);

/** What was found out, once: a note where it is certain, a warning where it is
 * a guess, with the place of the first byte that is no UTF-8 (its offset in
 * the file, `foreign`). Nothing where it was declared. */
void bw_tell_found(const bw_encoding *e, size_t foreign);

/** Declared as ISO-8859-1, but with bytes that only Windows-1252 gives a
 * meaning: a warning at the first one. */
void bw_tell_controls(const bw_encoding *e);

/** Each faulty line once. BW_OK: there is none; else BW_INVALID. */
bw_status bw_tell_utf8_faults(const bw_encoding *e);
bw_status bw_tell_decode_faults(const bw_encoding *e,
                                const bw_decoded *decoded);

#endif
