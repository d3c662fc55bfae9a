/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "bw/plan.h"
#include "tiny.h"

#define MONEY(amount) ((bw_wide)Q(amount) * BW_PRICE_UNIT)

static void objective_is_cost_plus_priced_deviations(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    bw_plan *plan;
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    assert_false(plan->complete);
    assert_int_equal(plan->rep[1], -1);
    assert_true(plan->bound == MONEY(3)); /* three units at c = 1 */

    const int32_t two_and_one[] = {0, 0, 1};
    assert_int_equal(bw_plan_assign(plan, two_and_one), BW_OK);
    /* cost 1 + 1 + 6; rep 0 holds 8, 1 beyond: 3; rep 1 holds 4, 1 short: 2 */
    assert_true(plan->cost == MONEY(8));
    assert_true(plan->imbalance == MONEY(5));
    assert_true(plan->objective == MONEY(13));
    assert_int_equal(plan->load[0], Q(8));
    assert_int_equal(plan->outside, 0);
    assert_true(plan->complete);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void next_rep_costs_exactly_what_the_move_changes(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    bw_plan *plan, *moved;
    bw_plan_new(instance, &plan);
    bw_plan_new(instance, &moved);
    for (int32_t mask = 0; mask < 8; mask++)
        for (int32_t unit = 0; unit < 3; unit++) {
            int32_t rep[3] = {mask & 1, mask >> 1 & 1, mask >> 2 & 1};
            bw_pair buffer[2];
            int32_t next;
            bw_wide extra;
            bw_plan_assign(plan, rep);
            bw_plan_next_rep(plan, unit, buffer, &next, &extra);
            rep[unit] = 1 - rep[unit];
            bw_plan_assign(moved, rep);
            assert_int_equal(next, rep[unit]);
            assert_true(extra == moved->objective - plan->objective);
        }
    bw_plan_free(moved);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void hard_limits_are_counted_not_priced(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), BW_HARD);
    bw_plan *plan;
    bw_plan_new(instance, &plan);
    const int32_t two_and_one[] = {0, 0, 1};
    bw_plan_assign(plan, two_and_one);
    assert_int_equal(plan->outside, Q(1));
    assert_true(plan->imbalance == MONEY(2));
    bw_plan_free(plan);
    bw_instance_free(instance);
}

/* One unit may go to rep 1 cheaply but breaks its hard limit, or to rep 2 at a
 * price. */
static bw_instance *three_reps(const bw_pair *pair, int32_t n)
{
    int64_t first[] = {0, n};
    bw_instance_measure measure = {"beds", 0, BW_HARD, false};
    int64_t base[] = {Q(4)};
    int64_t low[] = {BW_NO_LOW, BW_NO_LOW, BW_NO_LOW};
    int64_t high[] = {Q(9), Q(3), Q(9)};
    bw_instance_rows rows = {.n_units = 1,
                             .n_reps = 3,
                             .n_measures = 1,
                             .workload = -1,
                             .measure = &measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    bw_instance_from_rows(&rows, &instance);
    return instance;
}

static void a_move_that_breaks_a_hard_limit_comes_last(void **state)
{
    (void)state;
    const bw_pair pair[] = {{0, Q(5), 0}, {1, Q(1), 0}, {2, Q(7), 0}};
    const int32_t start[] = {0};
    for (int32_t n = 1; n <= 3; n++) {
        bw_instance *instance = three_reps(pair, n);
        bw_plan *plan;
        bw_pair buffer[3];
        int32_t rep;
        bw_wide extra;
        bw_plan_new(instance, &plan);
        bw_plan_assign(plan, start);
        bw_plan_next_rep(plan, 0, buffer, &rep, &extra);
        assert_int_equal(rep, n == 1 ? -1 : n == 2 ? 1 : 2);
        assert_true(extra == (n == 1 ? 0 : n == 2 ? MONEY(-4) : MONEY(2)));
        bw_plan_free(plan);
        bw_instance_free(instance);
    }
}

static void a_pair_that_is_not_allowed_is_refused_and_nothing_changes(void **s)
{
    (void)s;
    const bw_pair pair[] = {{0, Q(5), 0}, {2, Q(1), 0}};
    bw_instance *instance = three_reps(pair, 2);
    bw_plan *plan;
    bw_plan_new(instance, &plan);
    const int32_t good[] = {2}, bad[] = {1};
    assert_int_equal(bw_plan_assign(plan, good), BW_OK);
    assert_int_equal(bw_plan_assign(plan, bad), BW_INTERNAL);
    assert_int_equal(plan->rep[0], 2);
    assert_true(plan->objective == MONEY(1));
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void the_gap_is_relative_to_at_least_one_unit_of_money(void **state)
{
    (void)state;
    assert_true(bw_gap(MONEY(200), MONEY(150)) == 0.25);
    assert_true(bw_gap(MONEY(-200), MONEY(-250)) == 0.25);
    assert_true(bw_gap(MONEY(0.5), MONEY(0.25)) == 0.25);
    assert_true(bw_gap(0, 0) == 0);
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    long live = bw_alloc_live();
    bw_plan *plan = NULL;
    long n = 0;
    bw_status status;
    do {
        bw_alloc_fail_at(++n);
        status = bw_plan_new(instance, &plan);
        assert_true(status == BW_OK ? plan != NULL : plan == NULL);
        assert_true(status == BW_OK || bw_alloc_live() == live);
    } while (status == BW_NOMEM);
    bw_alloc_fail_at(0);
    assert_true(n > 2);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objective_is_cost_plus_priced_deviations),
        cmocka_unit_test(next_rep_costs_exactly_what_the_move_changes),
        cmocka_unit_test(hard_limits_are_counted_not_priced),
        cmocka_unit_test(a_move_that_breaks_a_hard_limit_comes_last),
        cmocka_unit_test(
            a_pair_that_is_not_allowed_is_refused_and_nothing_changes),
        cmocka_unit_test(the_gap_is_relative_to_at_least_one_unit_of_money),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
