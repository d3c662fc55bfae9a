/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/instance.h"
#include "office.h"

#define Q(amount) ((int64_t)((amount)*BW_QUANTA))

/* Six accounts of potential 10 .. 60 (T = 210) and three reps. */
static office *three_reps(void)
{
    office *o = office_new(6, 3);
    double *value = office_numbers(o, 6, 0);
    for (int32_t a = 0; a < 6; a++)
        value[a] = 10 * (a + 1);
    o->balance[0] = (bw_balance){.measure = "potential",
                                 .kind = BW_MEASURE_VALUE,
                                 .value = value,
                                 .target = BW_TARGET_EQUAL,
                                 .tolerance = 0.1,
                                 .under_cost = 2,
                                 .over_cost = 3};
    return o;
}

static void expect_band(const office *o, const int64_t *low,
                        const int64_t *high)
{
    bw_instance *instance;
    assert_int_equal(bw_instance_new(&o->problem, NULL, &instance), BW_OK);
    for (int32_t rep = 0; rep < 3; rep++) {
        assert_int_equal(instance->low[rep], low[rep]);
        assert_int_equal(instance->high[rep], high[rep]);
    }
    bw_instance_free(instance);
}

static void equal_targets_follow_fte_and_ramp(void **state)
{
    (void)state;
    office *o = three_reps();
    o->problem.reps.fte[1] = 0.5;
    o->problem.reps.ramp[2] = 0.5; /* F = 1, 0.5, 0.5: 105, 52.5, 52.5 */
    const int64_t low[] = {Q(94.5), Q(47.25), Q(47.25)};
    const int64_t high[] = {Q(115.5), Q(57.75), Q(57.75)};
    expect_band(o, low, high);
    office_free(o);
}

static void share_targets_follow_capacity_too(void **state)
{
    (void)state;
    office *o = three_reps();
    o->balance[0].target = BW_TARGET_SHARE;
    o->problem.reps.capacity[0] = 3000; /* 3 : 1 : 0.5, of 210 */
    o->problem.reps.ramp[2] = 0.5;      /* 140, 46.67, 23.33 */
    const int64_t low[] = {Q(126), Q(42), Q(21)};
    const int64_t high[] = {Q(154), 513333, 256667};
    expect_band(o, low, high);
    office_free(o);
}

static void capacity_targets_are_absolute(void **state)
{
    (void)state;
    office *o = three_reps();
    o->balance[0].target = BW_TARGET_CAPACITY;
    o->problem.reps.capacity[1] = 333.33335;
    o->problem.reps.ramp[2] = 0.5;
    const int64_t low[] = {Q(900), 3000000, Q(450)};
    const int64_t high[] = {Q(1100), 3666667, Q(550)};
    expect_band(o, low, high);
    office_free(o);
}

static void column_targets_come_from_the_reps_file(void **state)
{
    (void)state;
    office *o = three_reps();
    const double target[] = {100, 0, 55};
    o->balance[0].target = BW_TARGET_COLUMN;
    o->balance[0].target_value = target;
    const int64_t low[] = {Q(90), 0, Q(49.5)};
    const int64_t high[] = {Q(110), 0, Q(60.5)};
    expect_band(o, low, high);
    office_free(o);
}

static void absolute_limits_replace_single_sides(void **state)
{
    (void)state;
    office *o = three_reps();
    double none = (double)NAN;
    const double low_from[] = {none, 0, none};
    const double high_from[] = {none, none, 500.00005};
    o->balance[0].low = low_from;
    o->balance[0].high = high_from;
    const int64_t low[] = {Q(63), 0, Q(63)};
    const int64_t high[] = {Q(77), Q(77), 5000001};
    expect_band(o, low, high);
    o->balance[0].target = BW_TARGET_NONE;
    o->balance[0].tolerance = 0;
    const int64_t bare_low[] = {BW_NO_LOW, 0, BW_NO_LOW};
    const int64_t bare_high[] = {BW_NO_HIGH, BW_NO_HIGH, 5000001};
    expect_band(o, bare_low, bare_high);
    office_free(o);
}

static void within_counts_units_whose_reps_all_lie_in_the_group(void **state)
{
    (void)state;
    office *o = three_reps();
    const int32_t group[] = {0, 1, 0};
    const char *names[] = {"East", "West"};
    o->balance[0].group = group;
    o->balance[0].group_name = names;
    o->balance[0].n_groups = 2;
    uint8_t *allowed = office_rule(o, "a rule");
    allowed[0 * 3 + 1] = 0;                      /* 10 is East's */
    allowed[3 * 3 + 1] = 0;                      /* 40 is East's */
    allowed[5 * 3 + 0] = allowed[5 * 3 + 2] = 0; /* 60 is West's */
    const int64_t low[] = {Q(22.5), Q(54), Q(22.5)};
    const int64_t high[] = {Q(27.5), Q(66), Q(27.5)};
    expect_band(o, low, high);
    office_free(o);
}

static void the_total_of_workload_takes_the_shortest_trip_of_each(void **state)
{
    (void)state;
    office *o = office_new(2, 3);
    o->balance[0].low = o->balance[0].high = NULL;
    o->balance[0].target = BW_TARGET_EQUAL;
    for (int32_t a = 0; a < 2; a++)
        for (int32_t r = 0; r < 3; r++)
            office_given(o, a, r)->hours = 6 + 3 * a + r;
    const int64_t low[] = {Q(5), Q(5), Q(5)}; /* (6 + 9) / 3 */
    expect_band(o, low, low);
    office_free(o);
}

static void nobody_with_weight_leaves_targets_of_zero(void **state)
{
    (void)state;
    office *o = three_reps();
    for (int32_t r = 0; r < 3; r++)
        o->problem.reps.ramp[r] = 0;
    const int64_t zero[] = {0, 0, 0};
    expect_band(o, zero, zero);
    office_free(o);
}

static void a_band_upside_down_is_a_fault_of_the_balance(void **state)
{
    (void)state;
    office *o = three_reps();
    double none = (double)NAN;
    const double high_from[] = {none, 10, none};
    bw_instance *instance;
    bw_diags *diags = bw_diags_new();
    o->balance[0].high = high_from;
    assert_int_equal(bw_instance_new(&o->problem, diags, &instance),
                     BW_INVALID);
    assert_null(instance);
    assert_int_equal(bw_diags_count_code(diags, BW_BAND_CROSSED), 1);
    bw_diags_free(diags);
    office_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_targets_follow_fte_and_ramp),
        cmocka_unit_test(share_targets_follow_capacity_too),
        cmocka_unit_test(capacity_targets_are_absolute),
        cmocka_unit_test(column_targets_come_from_the_reps_file),
        cmocka_unit_test(absolute_limits_replace_single_sides),
        cmocka_unit_test(within_counts_units_whose_reps_all_lie_in_the_group),
        cmocka_unit_test(the_total_of_workload_takes_the_shortest_trip_of_each),
        cmocka_unit_test(nobody_with_weight_leaves_targets_of_zero),
        cmocka_unit_test(a_band_upside_down_is_a_fault_of_the_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
