/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes in steps, so that somebody can look on. */
#include "digest.h"

#include "bw/alloc.h"
#include "read_file.h"
#include "watch_tell.h"

#include <sha256.h>

enum {
    STEP = 1 << 20, /* bytes a step, so that they stay in the cache */
    DIGEST = 32
};

struct bw_digester {
    SHA256_CTX context;
};

static void finish(SHA256_CTX *context, char hex[BW_DIGEST_ROOM])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[DIGEST];
    SHA256Final(digest, context);
    for (size_t i = 0; i < DIGEST; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * (size_t)DIGEST] = '\0';
}

void bw_digest(const char *bytes, size_t len, const bw_load_watch *watch,
               const char *name, char hex[BW_DIGEST_ROOM])
{
    SHA256_CTX context;
    SHA256Init(&context);
    for (size_t at = 0; at < len;) {
        size_t rest = len - at;
        size_t step = rest < STEP ? rest : STEP;
        SHA256Update(&context, (const uint8_t *)bytes + at, step);
        at += step;
        bw_watch_tell(watch, &(bw_load_progress){"hashing", name, at, len});
    }
    finish(&context, hex);
}

bw_status bw_digest_file(const char *path, char hex[BW_DIGEST_ROOM])
{
    bw_bytes bytes = {NULL, 0, 0};
    bw_status status = bw_file_read(path, path, NULL, NULL, &bytes);
    if (status == BW_OK)
        bw_digest(bytes.data, bytes.len, NULL, path, hex);
    bw_bytes_free(&bytes);
    return status == BW_INVALID ? BW_IO : status;
}

bw_status bw_digester_new(bw_digester **digester)
{
    *digester = bw_alloc(1, sizeof **digester);
    if (!*digester)
        return BW_NOMEM;
    SHA256Init(&(*digester)->context);
    return BW_OK;
}

void bw_digester_free(bw_digester *digester)
{
    bw_free(digester);
}

void bw_digester_add(bw_digester *digester, const char *bytes, size_t len)
{
    SHA256Update(&digester->context, (const uint8_t *)bytes, len);
}

void bw_digester_end(bw_digester *digester, char hex[BW_DIGEST_ROOM])
{
    finish(&digester->context, hex);
    SHA256Init(&digester->context);
}
