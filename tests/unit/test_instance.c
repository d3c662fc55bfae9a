/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "bw/alloc.h"
#include "tiny.h"

#define MONEY(amount) ((bw_wide)Q(amount) * BW_PRICE_UNIT)

static void rows_come_back_as_given(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    bw_pair buffer[2], pair;
    bw_row row = bw_instance_row(instance, 1, buffer);
    assert_int_equal(row.n, 2);
    assert_int_equal(row.pair[1].rep, 1);
    assert_int_equal(row.pair[1].cost, Q(6));
    assert_int_equal(instance->n_pairs, 6);
    assert_true(bw_instance_pair(instance, 2, 0, &pair));
    assert_int_equal(pair.cost, Q(1));
    assert_false(bw_instance_pair(instance, 2, 2, &pair));
    assert_string_equal(instance->measure[0].name, "beds");
    assert_true(instance->measure[0].tightens);
    bw_instance_free(instance);
}

static void deviation_is_priced_below_and_above_the_band(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    int64_t outside = 7;
    assert_true(bw_instance_deviation(instance, 0, 0, Q(4.5), &outside) ==
                MONEY(1));
    assert_int_equal(outside, 0);
    assert_true(bw_instance_deviation(instance, 0, 0, Q(5), &outside) == 0);
    assert_true(bw_instance_deviation(instance, 1, 0, Q(7), &outside) == 0);
    assert_true(bw_instance_deviation(instance, 1, 0, Q(9), &outside) ==
                MONEY(6));
    bw_instance_free(instance);
    instance = tiny_instance(BW_HARD, BW_HARD);
    assert_true(bw_instance_deviation(instance, 0, 0, Q(4), &outside) == 0);
    assert_int_equal(outside, Q(1));
    assert_true(bw_instance_deviation(instance, 0, 0, Q(9), &outside) == 0);
    assert_int_equal(outside, Q(2));
    assert_false(instance->measure[0].tightens);
    bw_instance_free(instance);
}

static bw_instance *one_unit(int64_t amount, int64_t high, bool as_work)
{
    int64_t first[] = {0, 1};
    bw_pair pair[] = {{0, Q(10), as_work ? amount : 0}};
    bw_instance_measure measure = {"workload", 0, P(3), false};
    int64_t base[] = {amount}, low[] = {BW_NO_LOW};
    bw_instance_rows rows = {.n_units = 1,
                             .n_reps = 1,
                             .n_measures = 1,
                             .workload = as_work ? 0 : -1,
                             .measure = &measure,
                             .base = base,
                             .low = low,
                             .high = &high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    bw_instance_from_rows(&rows, &instance);
    return instance;
}

static void what_surely_exceeds_the_band_belongs_to_the_pair(void **state)
{
    (void)state;
    const struct {
        int64_t amount, high;
        bool as_work, tightens;
        bw_wide cost;
    } cases[] = {
        {Q(12), Q(8), false, true, MONEY(22)},
        {Q(12), Q(8), true, true, MONEY(22)},
        {Q(8), Q(8), true, true, MONEY(10)},
        {Q(12), BW_NO_HIGH, false, true, MONEY(10)},
        {Q(12), Q(-1), false, true, MONEY(10)}, /* high must be >= 0 */
        {Q(-2), Q(8), true, false, MONEY(10)},  /* all q must be >= 0 */
        {Q(-2), Q(8), false, false, MONEY(10)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bw_instance *instance =
            one_unit(cases[i].amount, cases[i].high, cases[i].as_work);
        bw_pair pair;
        assert_int_equal(instance->measure[0].tightens, cases[i].tightens);
        assert_true(bw_instance_pair(instance, 0, 0, &pair));
        assert_true(bw_pair_cost_tightened(instance, 0, &pair) ==
                    cases[i].cost);
        assert_true(instance->bound_zero == cases[i].cost);
        bw_instance_free(instance);
    }
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    long live = bw_alloc_live();
    bw_instance *instance = NULL;
    long n = 0;
    while (!instance) {
        bw_alloc_fail_at(++n);
        instance = tiny_instance(P(2), P(3));
        assert_true(instance || bw_alloc_live() == live);
    }
    bw_alloc_fail_at(0);
    assert_true(n > 3);
    bw_instance_free(instance);
    assert_int_equal(bw_alloc_live(), live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_as_given),
        cmocka_unit_test(deviation_is_priced_below_and_above_the_band),
        cmocka_unit_test(what_surely_exceeds_the_band_belongs_to_the_pair),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
