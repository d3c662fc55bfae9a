/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing text, its numbers, and saving it. */
#include "buf.h"
#include "faults.h"

#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void text_grows_and_stays_terminated(void **state)
{
    (void)state;
    bw_buf buf = {0};
    assert_null(buf.text);
    char want[5020] = "";
    for (int i = 0; i < 1000; i++) {
        bw_buf_format(&buf, "%04d", i);
        bw_buf_text(&buf, ",");
        snprintf(want + 5 * i, 20, "%04d,", i);
    }
    assert_int_equal(buf.len, 5000);
    assert_string_equal(buf.text, want);
    bw_buf_add(&buf, "a\0b", 3);
    assert_int_equal(buf.len, 5003);
    assert_memory_equal(buf.text + 5000, "a\0b", 4);
    bw_buf_free(&buf);
    assert_null(buf.text);
    bw_buf_free(NULL);
}

static void adding_nothing_makes_a_text(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_buf_add(&buf, NULL, 0);
    assert_string_equal(buf.text, "");
    bw_buf_free(&buf);
}

static void assert_quanta(int64_t quanta, const char *want)
{
    bw_buf buf = {0};
    bw_buf_quanta(&buf, quanta);
    assert_string_equal(buf.text, want);
    bw_buf_free(&buf);
}

static void quanta_are_exact_decimals(void **state)
{
    (void)state;
    assert_quanta(0, "0");
    assert_quanta(125000, "12.5");
    assert_quanta(-30000, "-3");
    assert_quanta(1, "0.0001");
    assert_quanta(-1, "-0.0001");
    assert_quanta(10010, "1.001");
    assert_quanta(1000000, "100");
    assert_quanta(INT64_MAX, "922337203685477.5807");
    assert_quanta(INT64_MIN, "-922337203685477.5808");
}

static void assert_fine(bw_wide fine, const char *want)
{
    bw_buf buf = {0};
    bw_buf_fine(&buf, fine);
    assert_string_equal(buf.text, want);
    bw_buf_free(&buf);
}

static void fine_money_is_exact_beyond_64_bits(void **state)
{
    (void)state;
    assert_fine(0, "0");
    assert_fine(1, "0.0000000001");
    assert_fine(bw_fine(125000), "12.5");
    assert_fine(-bw_fine(125000) - 1, "-12.5000000001");
    bw_wide top = (bw_wide)1 << 126;
    assert_fine(top + (top - 1), "17014118346046923173168730371.5884105727");
    assert_fine(-top - top, "-17014118346046923173168730371.5884105728");
}

static void assert_double(double value, const char *want)
{
    bw_buf buf = {0};
    bw_buf_double(&buf, value);
    assert_string_equal(buf.text ? buf.text : "", want);
    bw_buf_free(&buf);
}

static void doubles_are_short_and_plain(void **state)
{
    (void)state;
    assert_double(0, "0");
    assert_double(-0.0, "0");
    assert_double(0.1, "0.1");
    assert_double(-2.5, "-2.5");
    assert_double(100, "100");
    assert_double(1.0 / 3, "0.3333333333333333");
    assert_double(0.1 + 0.2, "0.30000000000000004");
    assert_double(0.00001, "0.00001");
    assert_double(0.000012, "0.000012");
    assert_double(0.000009, "9e-6");
    assert_double(1e15, "1000000000000000");
    assert_double(9007199254740993.0, "9007199254740992");
    assert_double(1e16, "1e16");
    assert_double(1.5e300, "1.5e300");
    assert_double(DBL_MIN, "2.2250738585072014e-308");
    assert_double(INFINITY, "inf");
    assert_double(-INFINITY, "-inf");
    assert_double(NAN, "");
}

static void assert_reads_back(double value)
{
    bw_buf buf = {0};
    bw_buf_double(&buf, value);
    char *end;
    double again = strtod(buf.text, &end);
    assert_int_equal(*end, 0);
    assert_true(again == value);
    bw_buf_free(&buf);
}

static void every_double_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int i = 0; i < 50000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ (seed >> 31);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_reads_back(value);
        assert_reads_back((double)(int64_t)bits / 1e6);
        assert_reads_back(ldexp((double)(bits >> 11), -60));
    }
}

static void the_locale_does_not_matter(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8"))
        skip();
    assert_double(0.1, "0.1");
    assert_double(1234567.25, "1234567.25");
    setlocale(LC_NUMERIC, "C");
}

static void a_failure_sticks(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_buf_text(&buf, "before");
    char big[1000];
    memset(big, 'x', sizeof big);
    bw_alloc_fail_at(1);
    bw_buf_add(&buf, big, sizeof big);
    bw_alloc_fail_at(0);
    assert_true(buf.failed);
    bw_buf_text(&buf, "after");
    bw_buf_format(&buf, "%d", 5);
    assert_string_equal(buf.text, "before");
    assert_int_equal(bw_buf_save(&buf, "/tmp/never-written"), BW_NOMEM);
    assert_int_not_equal(access("/tmp/never-written", F_OK), 0);
    bw_buf_free(&buf);
}

static bw_status build(void *data)
{
    (void)data;
    bw_buf buf = {0};
    for (int i = 0; i < 500; i++) {
        bw_buf_double(&buf, i / 7.0);
        bw_buf_quanta(&buf, i);
    }
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    bw_buf_free(&buf);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    assert_true(survives_lack_of_memory(build, NULL, BW_OK) >= 5);
}

static void a_saved_file_holds_every_byte(void **state)
{
    (void)state;
    char path[] = "/tmp/bw-buf-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "much longer than what follows", 29), 29);
    close(file);
    bw_buf buf = {0};
    bw_buf_add(&buf, "a\0\nb", 4);
    assert_int_equal(bw_buf_save(&buf, path), BW_OK);
    char got[10];
    FILE *in = fopen(path, "rb");
    assert_int_equal(fread(got, 1, sizeof got, in), 4);
    assert_memory_equal(got, "a\0\nb", 4);
    fclose(in);
    unlink(path);
    bw_buf_free(&buf);
}

static void an_empty_text_makes_an_empty_file(void **state)
{
    (void)state;
    char path[] = "/tmp/bw-buf-XXXXXX";
    close(mkstemp(path));
    bw_buf buf = {0};
    assert_int_equal(bw_buf_save(&buf, path), BW_OK);
    assert_int_equal(unlink(path), 0);
}

static void a_full_disk_is_an_error_that_says_so(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    bw_buf buf = {0};
    bw_buf_text(&buf, "x");
    assert_int_equal(bw_buf_save(&buf, "/dev/full"), BW_IO);
    assert_int_equal(errno, ENOSPC);
    bw_buf_free(&buf);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_buf_text(&buf, "x");
    assert_int_equal(bw_buf_save(&buf, "/nowhere/at/all"), BW_IO);
    assert_int_equal(errno, ENOENT);
    bw_buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_and_stays_terminated),
        cmocka_unit_test(adding_nothing_makes_a_text),
        cmocka_unit_test(quanta_are_exact_decimals),
        cmocka_unit_test(fine_money_is_exact_beyond_64_bits),
        cmocka_unit_test(doubles_are_short_and_plain),
        cmocka_unit_test(every_double_reads_back),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(a_failure_sticks),
        cmocka_unit_test(lack_of_memory_is_survived),
        cmocka_unit_test(a_saved_file_holds_every_byte),
        cmocka_unit_test(an_empty_text_makes_an_empty_file),
        cmocka_unit_test(a_full_disk_is_an_error_that_says_so),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
