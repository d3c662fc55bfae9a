/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals in, exact. */
#include "buf.h"
#include "decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool reads(const char *text, bw_wide *fine)
{
    return bw_decimal_fine(text, strlen(text), fine);
}

static void decimals_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t fine;
    } cases[] = {{"0", 0},
                 {"-0.5", -5000000000},
                 {"12.5", 125000000000},
                 {"0.0000000001", 1},
                 {"-123456789.0123456789", -1234567890123456789},
                 {"1.00000000000000", 10000000000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bw_wide fine;
        assert_true(reads(cases[i].text, &fine));
        assert_true(fine == cases[i].fine);
    }
    /* As long as 128 bits hold: 28 digits before the point. */
    bw_wide fine, large = (bw_wide)1000000000000000000 * 1000000000000000000;
    assert_true(reads("2000000000000000000000000000.5", &fine));
    assert_true(fine == 20 * large + 5000000000);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    bw_wide largest = (bw_wide)INT64_MAX * INT64_MAX / 1000000;
    for (bw_wide fine = 1; fine < largest; fine = fine * 7 + 3) {
        bw_buf buf = {0};
        bw_wide read;
        bw_buf_fine(&buf, -fine);
        assert_true(reads(buf.text, &read));
        assert_true(read == -fine);
        bw_buf_free(&buf);
    }
}

static void what_is_no_exact_decimal_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "-",
                                        ".5",
                                        "1.",
                                        "1e3",
                                        "+1",
                                        "1,5",
                                        "0x1",
                                        "1 ",
                                        "nan",
                                        "--",
                                        "1.2.3",
                                        "0.00000000001",
                                        "10000000000000000000000000000"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bw_wide fine;
        assert_false(reads(texts[i], &fine));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read_exactly),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(what_is_no_exact_decimal_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
