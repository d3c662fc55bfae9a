/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between exact counts and floating point. */
#include <stdarg.h>
#include <stddef.h>

#include <setjmp.h>

#include <cmocka.h>

#include "bw/quantum.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static void amounts_go_to_the_nearest_quantum(void **state)
{
    (void)state;
    assert_int_equal(bw_quanta(0), 0);
    assert_int_equal(bw_quanta(12.5), 125000);
    assert_int_equal(bw_quanta(0.1), 1000);
    assert_int_equal(bw_quanta(1234567.8901), 12345678901);
    assert_int_equal(bw_quanta(0.00004), 0);
    assert_int_equal(bw_quanta(0.00006), 1);
    assert_int_equal(bw_quanta(-0.00006), -1);
}

/* Exact in binary: 2^-5 is 312.5 quanta. */
static void halves_go_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(bw_quanta(0.03125), 313);
    assert_int_equal(bw_quanta(-0.03125), -313);
    assert_int_equal(bw_quanta(0.09375), 938);
    assert_int_equal(bw_price(ldexp(1, -7)), 7813); /* 7812.5 */
}

static void the_largest_amounts_fit(void **state)
{
    (void)state;
    assert_true(bw_quanta(BW_LARGEST) == 10000000000000000);
    assert_true(bw_quanta(-BW_LARGEST * 100) == -1000000000000000000);
    assert_true(bw_price(BW_LARGEST) == 1000000000000000000);
    assert_true(bw_price(BW_LARGEST) < BW_HARD);
}

static void an_infinite_price_is_a_hard_limit(void **state)
{
    (void)state;
    assert_true(bw_price((double)INFINITY) == BW_HARD);
    assert_true(isinf(bw_from_price(BW_HARD)));
    assert_true(bw_from_price(bw_price(0.05)) == 0.05);
    assert_true(bw_from_price(-1250000) == -1.25);
}

static void whole_hundredths_come_back(void **state)
{
    (void)state;
    for (int64_t cents = -100000; cents <= 100000; cents += 7)
        assert_true(bw_from_quanta(bw_quanta((double)cents / 100)) ==
                    (double)cents / 100);
}

static void a_quantum_is_a_price_unit_of_fine_money(void **state)
{
    (void)state;
    assert_true(bw_fine(1) == BW_PRICE_UNIT);
    assert_true(bw_from_fine(bw_fine(125000)) == 12.5);
    assert_true(bw_from_fine((bw_wide)bw_quanta(4) * bw_price(2.5)) == 10);
    assert_true(bw_from_fine(-1) == -1e-10);
}

static void ten_thousand_of_the_largest_products_fit_128_bits(void **state)
{
    (void)state;
    bw_wide one = (bw_wide)bw_quanta(BW_LARGEST) * bw_price(BW_LARGEST);
    bw_wide limit = ((bw_wide)1 << 126) - 1 + ((bw_wide)1 << 126);
    assert_true(one > 0);
    assert_true(limit / one > 10000);
    double found = bw_from_fine(one * 10000);
    assert_true(fabs(found / 1e28 - 1) <= DBL_EPSILON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_go_to_the_nearest_quantum),
        cmocka_unit_test(halves_go_away_from_zero),
        cmocka_unit_test(the_largest_amounts_fit),
        cmocka_unit_test(an_infinite_price_is_a_hard_limit),
        cmocka_unit_test(whole_hundredths_come_back),
        cmocka_unit_test(a_quantum_is_a_price_unit_of_fine_money),
        cmocka_unit_test(ten_thousand_of_the_largest_products_fit_128_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
