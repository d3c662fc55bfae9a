/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver against full enumeration, on degenerate input, and its promises:
 * stops, progress, the same plan for any number of threads. */
#include "bw/solve.h"

#include "bw/alloc.h"
#include "random_rows.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Seconds are calls of the clock: nothing here depends on the machine. */
static double counting_clock(void *calls)
{
    return 1e-6 * (double)++*(long *)calls;
}

static long calls;

static bw_settings settings_with(int threads)
{
    bw_settings s = bw_settings_default();
    s.gap = 0;
    s.effort = BW_EFFORT_QUICK;
    s.threads = threads;
    s.clock = counting_clock;
    s.clock_data = &calls;
    return s;
}

static bw_plan *solve_with(const bw_instance *instance, bw_settings s)
{
    bw_plan *plan;
    assert_int_equal(bw_solve(instance, &s, &plan), BW_OK);
    assert_true(plan->bound <= plan->objective || !plan->complete);
    assert_true(plan->bound >= plan->bound_certified);
    return plan;
}

static void compare_with_enumeration(random_shape shape, uint64_t seeds)
{
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        bw_instance *instance = random_instance(shape, seed);
        enumeration e = enumerate_plans(instance);
        bw_plan *plan = solve_with(instance, settings_with(1));
        if (!e.any) {
            assert_int_equal(plan->outcome, BW_IMPOSSIBLE);
        } else {
            assert_int_equal(plan->outcome, BW_OPTIMAL);
            assert_true(plan->objective == e.objective);
            assert_true(plan->bound <= e.objective);
            assert_int_equal(plan->outside, 0);
        }
        bw_plan_free(plan);
        bw_instance_free(instance);
    }
}

static void soft_bands_agree_with_enumeration(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){8, 3, 2, false, true, 0.7, 15}, 60);
    compare_with_enumeration((random_shape){7, 3, 3, false, true, 1, 1}, 30);
}

static void hard_capacities_agree_with_enumeration(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){8, 3, 1, true, false, 0.8, 20}, 60);
}

static void hard_two_sided_bands_agree_with_enumeration(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){8, 3, 2, true, true, 0.9, 25}, 60);
}

static void bands_of_no_width_agree_with_enumeration(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){7, 3, 2, false, true, 0.9, 0}, 30);
}

static void more_reps_than_units_agree_with_enumeration(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){3, 7, 2, false, true, 0.8, 20}, 20);
}

static void budgets_agree_with_enumeration(void **state)
{
    (void)state;
    for (int32_t percent = 0; percent <= 60; percent += 15) {
        compare_with_enumeration(
            (random_shape){8, 3, 2, false, true, 0.9, 15, 1, percent}, 15);
        compare_with_enumeration(
            (random_shape){8, 3, 1, true, false, 0.9, 20, 2, percent}, 15);
        compare_with_enumeration(
            (random_shape){9, 3, 0, false, false, 1, 0, 3, percent}, 10);
    }
}

static void single_units_and_reps_are_solved(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){1, 1, 1, false, true, 1, 10}, 5);
    compare_with_enumeration((random_shape){1, 4, 2, false, true, 1, 10}, 5);
    compare_with_enumeration((random_shape){6, 1, 2, false, true, 1, 10}, 5);
}

static void units_with_one_rep_each_are_solved(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){8, 3, 2, false, true, 0, 10}, 10);
}

static void without_measures_the_cheapest_pair_wins(void **state)
{
    (void)state;
    compare_with_enumeration((random_shape){9, 3, 0, false, false, 1, 0}, 5);
}

static void the_plan_is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    random_shape shape = {150, 6, 2, false, true, 0.6, 3, 1, 20};
    bw_instance *instance = random_instance(shape, 5);
    bw_settings s = settings_with(1);
    bw_plan *one = solve_with(instance, s);
    s.threads = 3;
    bw_plan *three = solve_with(instance, s);
    assert_memory_equal(one->rep, three->rep, 150 * sizeof *one->rep);
    assert_true(one->objective == three->objective);
    assert_true(one->bound == three->bound);
    assert_int_equal(one->outcome, three->outcome);
    bw_plan_free(one);
    bw_plan_free(three);
    bw_instance_free(instance);
}

static void an_interrupt_gives_the_best_plan_so_far(void **state)
{
    (void)state;
    random_shape shape = {400, 12, 2, false, true, 0.6, 2};
    bw_instance *instance = random_instance(shape, 2);
    atomic_int interrupt;
    atomic_init(&interrupt, 1);
    bw_settings s = settings_with(2);
    s.effort = BW_EFFORT_UNLIMITED;
    s.interrupt = &interrupt;
    bw_plan *plan = solve_with(instance, s);
    assert_int_equal(plan->stopped_by, BW_STOP_INTERRUPT);
    assert_int_equal(plan->outcome, BW_FEASIBLE);
    assert_true(plan->complete);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void time_stops_the_search(void **state)
{
    (void)state;
    random_shape shape = {400, 12, 2, false, true, 0.6, 2};
    bw_instance *instance = random_instance(shape, 3);
    bw_settings s = settings_with(2);
    s.effort = BW_EFFORT_UNLIMITED;
    s.seconds = 20e-6;
    bw_plan *plan = solve_with(instance, s);
    assert_int_equal(plan->stopped_by, BW_STOP_TIME);
    assert_true(plan->complete);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

/* Time is up before the first look at the pairs: nothing is left to chance. */
static void no_time_gives_a_whole_plan_at_once(void **state)
{
    (void)state;
    bw_instance *instance =
        random_instance((random_shape){300, 12, 2, false, true, 1, 10}, 3);
    bw_plan *first = NULL;
    for (int threads = 1; threads <= 3; threads++) {
        bw_settings s = settings_with(threads);
        s.effort = BW_EFFORT_UNLIMITED;
        s.seconds = 0;
        calls = 0;
        bw_plan *plan = solve_with(instance, s);
        assert_true(plan->complete);
        assert_int_equal(plan->stopped_by, BW_STOP_TIME);
        assert_true(plan->bound_certified == instance->bound_zero);
        for (int64_t i = 0; i < bw_instance_prices(instance); i++)
            assert_true(plan->certificate.price[i] == 0);
        assert_true(calls < 100); /* looks at the clock */
        if (first) {
            assert_memory_equal(plan->rep, first->rep, 300 * sizeof *plan->rep);
            bw_plan_free(plan);
        } else {
            first = plan;
        }
    }
    bw_plan_free(first);
    bw_instance_free(instance);
}

/* However many looks at the clock a run is given, what it ends with is whole
 * and proven, and it ends soon after. */
static void time_may_be_up_at_any_look(void **state)
{
    (void)state;
    bw_instance *instance =
        random_instance((random_shape){300, 12, 2, false, true, 1, 10}, 3);
    for (int looks = 1; looks < 60; looks += 1 + looks / 8) {
        bw_settings s = settings_with(2);
        s.effort = BW_EFFORT_UNLIMITED;
        s.seconds = 1e-6 * looks;
        calls = 0;
        bw_plan *plan = solve_with(instance, s);
        assert_true(plan->complete);
        assert_true(plan->bound_certified >= instance->bound_zero);
        assert_true(calls < 3 * looks + 200);
        bw_plan_free(plan);
    }
    bw_instance_free(instance);
}

static void a_wide_gap_stops_at_once(void **state)
{
    (void)state;
    random_shape shape = {200, 6, 2, false, true, 0.6, 10};
    bw_instance *instance = random_instance(shape, 4);
    bw_settings s = settings_with(1);
    s.gap = 0.9;
    bw_plan *plan = solve_with(instance, s);
    assert_int_equal(plan->stopped_by, BW_STOP_GAP);
    assert_int_equal(plan->outcome, BW_WITHIN_GAP);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

typedef struct seen {
    int reports;
    double objective, bound;
    bool search;
} seen;

static void note_progress(void *data, const bw_progress *p)
{
    seen *s = data;
    s->reports++;
    assert_true(p->bound >= s->bound - 1e-6);
    if (p->has_plan)
        assert_true(p->objective <= s->objective);
    s->bound = p->bound;
    if (p->has_plan)
        s->objective = p->objective;
    s->search |= strcmp(p->phase, "search") == 0;
}

static void progress_shows_plans_that_get_better(void **state)
{
    (void)state;
    random_shape shape = {150, 6, 2, false, true, 0.6, 3};
    bw_instance *instance = random_instance(shape, 6);
    seen s = {0, (double)INFINITY, -(double)INFINITY, false};
    bw_settings settings = settings_with(2);
    settings.progress = note_progress;
    settings.progress_data = &s;
    bw_plan *plan = solve_with(instance, settings);
    assert_true(s.reports > 3);
    assert_true(s.search);
    assert_true(fabs(s.objective - bw_from_fine(plan->objective)) < 1e-6);
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    random_shape shape = {30, 4, 2, false, true, 0.8, 5};
    bw_instance *instance = random_instance(shape, 7);
    long live = bw_alloc_live();
    for (long n = 1; n < 4000; n = n < 60 ? n + 1 : n + n / 7) {
        bw_plan *plan;
        bw_settings s = settings_with(1);
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
        cmocka_unit_test(soft_bands_agree_with_enumeration),
        cmocka_unit_test(hard_capacities_agree_with_enumeration),
        cmocka_unit_test(hard_two_sided_bands_agree_with_enumeration),
        cmocka_unit_test(bands_of_no_width_agree_with_enumeration),
        cmocka_unit_test(more_reps_than_units_agree_with_enumeration),
        cmocka_unit_test(budgets_agree_with_enumeration),
        cmocka_unit_test(single_units_and_reps_are_solved),
        cmocka_unit_test(units_with_one_rep_each_are_solved),
        cmocka_unit_test(without_measures_the_cheapest_pair_wins),
        cmocka_unit_test(the_plan_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(an_interrupt_gives_the_best_plan_so_far),
        cmocka_unit_test(time_stops_the_search),
        cmocka_unit_test(no_time_gives_a_whole_plan_at_once),
        cmocka_unit_test(time_may_be_up_at_any_look),
        cmocka_unit_test(a_wide_gap_stops_at_once),
        cmocka_unit_test(progress_shows_plans_that_get_better),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
