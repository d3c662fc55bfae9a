/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan to begin with: kept where it is good, survived where it is not. */
#include "bw/solve.h"

#include "bw/alloc.h"
#include "faults.h"
#include "random_rows.h"

#include <string.h>

enum {
    UNITS = 150
};

static double counting_clock(void *calls)
{
    return 1e-6 * (double)++*(long *)calls;
}

static long calls;

static bw_settings settings_with(const int32_t *start)
{
    bw_settings s = bw_settings_default();
    s.gap = 0;
    s.effort = BW_EFFORT_QUICK;
    s.clock = counting_clock;
    s.clock_data = &calls;
    s.start = start;
    calls = 0;
    return s;
}

static bw_plan *solve_with(const bw_instance *instance, bw_settings s)
{
    bw_plan *plan;
    assert_int_equal(bw_solve(instance, &s, &plan), BW_OK);
    assert_true(plan->bound <= plan->objective || !plan->complete);
    return plan;
}

static const random_shape soft = {UNITS, 6, 2, false, true, 0.6, 3, 1, 20};

/* What the engine finds with all its means: hard to come by without them. */
static bw_plan *good_plan(const bw_instance *instance)
{
    bw_plan *plan = solve_with(instance, settings_with(NULL));
    assert_true(plan->complete);
    return plan;
}

static void no_result_is_dearer_than_a_good_start(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        bw_instance *instance = random_instance(soft, seed);
        bw_plan *base = good_plan(instance);
        bw_plan *plan = solve_with(instance, settings_with(base->rep));
        assert_true(plan->complete && plan->objective <= base->objective);
        bw_plan_free(plan);
        bw_plan_free(base);
        bw_instance_free(instance);
    }
}

static void a_good_start_is_kept_without_any_time(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(soft, 5);
    bw_plan *base = good_plan(instance);
    bw_settings s = settings_with(NULL);
    s.effort = BW_EFFORT_UNLIMITED;
    s.seconds = 0;
    bw_plan *cold = solve_with(instance, s);
    assert_true(!cold->complete || cold->objective > base->objective);
    s.start = base->rep;
    bw_plan *warm = solve_with(instance, s);
    assert_true(warm->complete && warm->objective <= base->objective);
    for (int looks = 1; looks < 60; looks += 1 + looks / 8) {
        calls = 0;
        s.seconds = 1e-6 * looks;
        bw_plan *plan = solve_with(instance, s);
        assert_true(plan->complete && plan->objective <= base->objective);
        bw_plan_free(plan);
    }
    bw_plan_free(warm);
    bw_plan_free(cold);
    bw_plan_free(base);
    bw_instance_free(instance);
}

static void a_good_start_is_kept_by_an_interrupt(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(soft, 6);
    bw_plan *base = good_plan(instance);
    atomic_int interrupt;
    atomic_init(&interrupt, 1);
    bw_settings s = settings_with(base->rep);
    s.interrupt = &interrupt;
    bw_plan *plan = solve_with(instance, s);
    assert_int_equal(plan->stopped_by, BW_STOP_INTERRUPT);
    assert_true(plan->complete && plan->objective <= base->objective);
    bw_plan_free(plan);
    bw_plan_free(base);
    bw_instance_free(instance);
}

/* The optimum is found whatever it begins with. */
static void any_start_is_survived(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        bw_instance *instance =
            random_instance((random_shape){8, 3, 2, true, true, 0.8, 25}, seed);
        enumeration e = enumerate_plans(instance);
        int32_t start[4][8] = {{0, 0, 0, 0, 0, 0, 0, 0},
                               {-1, -1, -1, -1, -1, -1, -1, -1},
                               {3, -7, INT32_MAX, INT32_MIN, 2, 1, 0, 99},
                               {2, 1, 0, 2, 1, 0, 2, 1}};
        for (int i = 0; i < 4; i++) {
            bw_plan *plan = solve_with(instance, settings_with(start[i]));
            assert_int_equal(plan->outcome, e.any ? BW_OPTIMAL : BW_IMPOSSIBLE);
            assert_true(!e.any || plan->objective == e.objective);
            bw_plan_free(plan);
        }
        bw_instance_free(instance);
    }
}

static void the_plan_is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(soft, 7);
    bw_plan *base = good_plan(instance);
    for (int32_t unit = 0; unit < UNITS; unit += 9)
        base->rep[unit] = unit % 2 ? -1 : 0;
    bw_settings s = settings_with(base->rep);
    bw_plan *one = solve_with(instance, s);
    s.threads = 2;
    bw_plan *two = solve_with(instance, s);
    assert_memory_equal(one->rep, two->rep, UNITS * sizeof *one->rep);
    assert_true(one->objective == two->objective && one->bound == two->bound);
    bw_plan_free(one);
    bw_plan_free(two);
    bw_plan_free(base);
    bw_instance_free(instance);
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    static const int32_t start[30];
    random_shape shape = {30, 4, 2, false, true, 0.8, 5};
    bw_instance *instance = random_instance(shape, 7);
    long live = bw_alloc_live();
    for (long n = 1; n < 4000; n = n < 60 ? n + 1 : n + n / 7) {
        bw_plan *plan;
        bw_settings s = settings_with(start);
        bw_alloc_fail_at(n);
        bw_status status = bw_solve(instance, &s, &plan);
        bw_alloc_fail_at(0);
        if (status == BW_OK)
            bw_plan_free(plan);
        else
            assert_true(status == BW_NOMEM && !plan);
        assert_int_equal(bw_alloc_live(), live);
    }
    bw_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_result_is_dearer_than_a_good_start),
        cmocka_unit_test(a_good_start_is_kept_without_any_time),
        cmocka_unit_test(a_good_start_is_kept_by_an_interrupt),
        cmocka_unit_test(any_start_is_survived),
        cmocka_unit_test(the_plan_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
