/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the examples of FIPS 180-4. */
#include "digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char of_nothing[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void examples_of_the_standard(void **state)
{
    (void)state;
    char hex[BW_DIGEST_ROOM];
    bw_digest("", 0, NULL, "x", hex);
    assert_string_equal(hex, of_nothing);
    bw_digest("abc", 3, NULL, "x", hex);
    assert_string_equal(hex, of_abc);
}

static void count(void *data, const bw_load_progress *progress)
{
    size_t *steps = data;
    assert_string_equal(progress->doing, "hashing");
    assert_string_equal(progress->file, "a's");
    (*steps)++;
}

/* A million a's, and some more to have two steps: from sha256sum(1). */
static void many_bytes_are_hashed_in_steps(void **state)
{
    (void)state;
    size_t n = 2000000, steps = 0;
    char *bytes = malloc(n), hex[BW_DIGEST_ROOM];
    assert_non_null(bytes);
    memset(bytes, 'a', n);
    const bw_load_watch watch = {count, &steps};
    bw_digest(bytes, 1000000, NULL, "a's", hex);
    assert_string_equal(
        hex,
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    bw_digest(bytes, n, &watch, "a's", hex);
    assert_int_equal(steps, 2);
    free(bytes);
}

static void a_file_has_the_hash_of_its_bytes(void **state)
{
    (void)state;
    char path[] = "/tmp/bw-digest-XXXXXX", hex[BW_DIGEST_ROOM];
    int file = mkstemp(path);
    assert_int_equal(write(file, "abc", 3), 3);
    close(file);
    assert_int_equal(bw_digest_file(path, hex), BW_OK);
    assert_string_equal(hex, of_abc);
    unlink(path);
    assert_int_equal(bw_digest_file(path, hex), BW_IO);
}

static void bytes_that_come_in_pieces_hash_as_one(void **state)
{
    (void)state;
    bw_digester *digester = NULL;
    char hex[BW_DIGEST_ROOM];
    assert_int_equal(bw_digester_new(&digester), BW_OK);
    bw_digester_add(digester, "a", 1);
    bw_digester_add(digester, "", 0);
    bw_digester_add(digester, "bc", 2);
    bw_digester_end(digester, hex);
    assert_string_equal(hex, of_abc);
    bw_digester_end(digester, hex); /* it began anew */
    assert_string_equal(hex, of_nothing);
    bw_digester_free(digester);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_standard),
        cmocka_unit_test(many_bytes_are_hashed_in_steps),
        cmocka_unit_test(a_file_has_the_hash_of_its_bytes),
        cmocka_unit_test(bytes_that_come_in_pieces_hash_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
