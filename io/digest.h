/* SPDX-License-Identifier: GPL-3.0-or-later */
/** SHA-256 of bytes and files, in hexadecimal. libmd stays inside. */
#ifndef BW_DIGEST_H
#define BW_DIGEST_H

#include "bw/watch.h"
#include "bytes.h"

enum {
    BW_DIGEST_ROOM = 65 /* 64 digits and a NUL */
};

/** `watch` (NULL: nobody) is told how far it is, as "hashing" of `name`. */
void bw_digest(const char *bytes, size_t len, const bw_load_watch *watch,
               const char *name, char hex[BW_DIGEST_ROOM]);

/** Of a file's bytes. BW_IO: it is not there, cannot be read, or changes;
 * nothing is told. */
bw_status bw_digest_file(const char *path, char hex[BW_DIGEST_ROOM]);

/** The same of bytes that come one after the other. */
typedef struct bw_digester bw_digester;

bw_status bw_digester_new(bw_digester **digester);
void bw_digester_free(bw_digester *digester); /* NULL is fine */
void bw_digester_add(bw_digester *digester, const char *bytes, size_t len);
/** Of all that was added; from now on it hashes something else. */
void bw_digester_end(bw_digester *digester, char hex[BW_DIGEST_ROOM]);

#endif
