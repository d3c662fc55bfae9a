/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "office.h"
#include "segment.h"

#define Q(amount) ((int64_t)((amount)*BW_QUANTA))

/* Runs the step; the instance is the caller's to free. */
static bw_instance *segments_of(office *o, bw_diags *diags, int64_t *n_faults)
{
    bw_build build = {.problem = &o->problem, .diags = diags};
    build.instance = bw_instance_blank();
    build.instance->workload = 0;
    assert_int_equal(bw_segments_assign(&build), BW_OK);
    if (n_faults)
        *n_faults = build.n_faults;
    return build.instance;
}

static void the_first_rule_that_holds_takes_the_account(void **state)
{
    (void)state;
    office *o = office_new(4, 1);
    const uint8_t first[] = {0, 1, 0, 1}, second[] = {1, 1, 0, 0};
    o->problem.n_segments = 3;
    o->segment[0].holds = first;
    o->segment[1].holds = second;
    bw_instance *instance = segments_of(o, NULL, NULL);
    const int32_t expected[] = {1, 0, 2, 0};
    assert_memory_equal(instance->segment, expected, sizeof expected);
    bw_instance_free(instance);
    office_free(o);
}

static void a_share_of_accounts_takes_the_top_rounded_up(void **state)
{
    (void)state;
    const double of[] = {5, 9, (double)NAN, 9, 7, 1, 2, 3, 4, 6};
    const struct {
        double share;
        int32_t count;
    } cases[] = {{0.3, 3}, {0.25, 3}, {0, 0}, {1, 10}, {0.31, 4}, {0.1, 1}};
    const int32_t rank[] = {1, 3, 4, 9, 0, 8, 7, 6, 5, 2};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office *o = office_new(10, 1);
        o->problem.n_segments = 2;
        o->segment[0].share = cases[i].share;
        o->segment[0].of = of;
        bw_instance *instance = segments_of(o, NULL, NULL);
        for (int32_t j = 0; j < 10; j++)
            assert_int_equal(instance->segment[rank[j]],
                             j < cases[i].count ? 0 : 1);
        bw_instance_free(instance);
        office_free(o);
    }
}

static void a_share_of_potential_takes_the_shortest_prefix(void **state)
{
    (void)state;
    const double of[] = {10, 50, 0, 30, 10};
    const struct {
        double share;
        const char *taken;
    } cases[] = {{0.5, ".x..."},  {0.51, ".x.x."}, {0.8, ".x.x."},
                 {0.81, "xx.x."}, {1, "xx.xx"},    {0, "....."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office *o = office_new(5, 1);
        o->problem.n_segments = 2;
        o->segment[0].share = cases[i].share;
        o->segment[0].by = BW_BY_POTENTIAL;
        o->segment[0].of = of;
        bw_instance *instance = segments_of(o, NULL, NULL);
        for (int32_t a = 0; a < 5; a++)
            assert_int_equal(instance->segment[a],
                             cases[i].taken[a] == 'x' ? 0 : 1);
        bw_instance_free(instance);
        office_free(o);
    }
}

static void a_share_counts_only_what_is_left_and_its_where_takes(void **state)
{
    (void)state;
    office *o = office_new(6, 1);
    const uint8_t first[] = {1, 1, 0, 0, 0, 0}, second[] = {1, 1, 1, 1, 0, 0};
    const double of[] = {9, 9, 1, 2, 9, 9};
    o->problem.n_segments = 3;
    o->segment[0].holds = first;
    o->segment[1].holds = second;
    o->segment[1].share = 0.5;
    o->segment[1].of = of;
    bw_instance *instance = segments_of(o, NULL, NULL);
    const int32_t expected[] = {0, 0, 2, 1, 2, 2};
    assert_memory_equal(instance->segment, expected, sizeof expected);
    bw_instance_free(instance);
    office_free(o);
}

static void coverage_gives_calls_and_hours_unless_the_account_does(void **state)
{
    (void)state;
    office *o = office_new(4, 1);
    double none = (double)NAN;
    o->segment[0].calls = 12;
    o->segment[0].hours = 1.5;
    const double hours[] = {none, none, 7.25, none};
    const double calls[] = {none, 2, none, 1.0 / 3};
    memcpy(o->problem.accounts.hours, hours, sizeof hours);
    memcpy(o->problem.accounts.calls, calls, sizeof calls);
    bw_instance *instance = segments_of(o, NULL, NULL);
    assert_true(instance->calls[0] == 12 && instance->calls[1] == 2);
    assert_true(instance->calls[2] == 12);
    assert_int_equal(instance->service_hours[0], Q(18));
    assert_int_equal(instance->service_hours[1], Q(3));
    assert_int_equal(instance->service_hours[2], Q(7.25));
    assert_int_equal(instance->service_hours[3], Q(0.5));
    bw_instance_free(instance);
    office_free(o);
}

static void hours_that_cannot_be_known_are_a_fault_of_the_account(void **state)
{
    (void)state;
    office *o = office_new(3, 1);
    bw_diags *diags = bw_diags_new();
    int64_t n_faults;
    o->problem.accounts.hours[1] = (double)NAN;
    o->segment[0].hours = 2; /* calls are not known */
    bw_instance *instance = segments_of(o, diags, &n_faults);
    assert_int_equal(n_faults, 1);
    assert_int_equal(bw_diags_count_code(diags, BW_FIELD_BLANK), 1);
    assert_string_equal(bw_diags_at(diags, 0)->place.file, "accounts.csv");
    assert_int_equal(bw_diags_at(diags, 0)->place.line, 3);
    bw_instance_free(instance);
    bw_diags_free(diags);
    office_free(o);
}

static void hours_need_not_be_known_where_workload_is_not_balanced(void **state)
{
    (void)state;
    office *o = office_new(1, 1);
    bw_build build = {.problem = &o->problem};
    build.instance = bw_instance_blank();
    o->problem.accounts.hours[0] = (double)NAN;
    assert_int_equal(bw_segments_assign(&build), BW_OK);
    assert_int_equal(build.n_faults, 0);
    assert_int_equal(build.instance->service_hours[0], 0);
    bw_instance_free(build.instance);
    office_free(o);
}

static void left_over_accounts_are_faults_and_idle_segments_warn(void **state)
{
    (void)state;
    office *o = office_new(3, 1);
    bw_diags *diags = bw_diags_new();
    int64_t n_faults;
    const uint8_t some[] = {0, 1, 0}, nobody[] = {0, 0, 0};
    o->problem.n_segments = 2;
    o->segment[0].holds = some;
    o->segment[1].holds = nobody;
    bw_instance *instance = segments_of(o, diags, &n_faults);
    assert_int_equal(n_faults, 2);
    assert_int_equal(bw_diags_count_code(diags, BW_SEGMENT_NONE), 2);
    assert_int_equal(bw_diags_count_code(diags, BW_SEGMENT_EMPTY), 1);
    assert_int_equal(bw_diags_count(diags, BW_WARNING), 1);
    bw_instance_free(instance);
    bw_diags_free(diags);
    office_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_rule_that_holds_takes_the_account),
        cmocka_unit_test(a_share_of_accounts_takes_the_top_rounded_up),
        cmocka_unit_test(a_share_of_potential_takes_the_shortest_prefix),
        cmocka_unit_test(a_share_counts_only_what_is_left_and_its_where_takes),
        cmocka_unit_test(
            coverage_gives_calls_and_hours_unless_the_account_does),
        cmocka_unit_test(hours_that_cannot_be_known_are_a_fault_of_the_account),
        cmocka_unit_test(
            hours_need_not_be_known_where_workload_is_not_balanced),
        cmocka_unit_test(left_over_accounts_are_faults_and_idle_segments_warn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
