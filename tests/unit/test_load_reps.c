/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"
#define ONE "id\nA\n"

static void serving_reps_come_before_leaving_ones(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES EQUAL, ONE,
        "id,name,status,region\nR1,One,Leaving,N\nR2,Two,,S\nR3,,VACANT,\n"
        "R4,,candidate,\nR5,,inactive,\nR6,Six,active,S\n",
        NULL);
    const bw_reps *r = &c->problem->reps;
    static const char *const id[] = {"R2", "R3", "R6", "R1"};
    const uint8_t status[] = {BW_ACTIVE, BW_VACANT, BW_ACTIVE, BW_LEAVING};
    assert_int_equal(r->n, 4);
    assert_int_equal(r->n_serving, 3);
    for (int32_t i = 0; i < 4; i++)
        assert_string_equal(r->id[i], id[i]);
    assert_memory_equal(r->status, status, sizeof status);
    assert_string_equal(r->name[1], "");
    assert_string_equal(r->region[0], "S");
    assert_int_equal(r->line[3], 2);
    assert_int_equal(c->problem->n_rejected, 2);
    assert_int_equal(c->problem->rejected[0].line, 5);
    assert_string_equal(c->problem->rejected[0].file, "reps.csv");
    assert_string_equal(c->problem->rejected[0].reason,
                        "left out: status candidate");
    assert_string_equal(c->problem->rejected[1].reason,
                        "left out: status inactive");
    case_close(c);
}

static void a_status_may_be_yes_or_no_but_nothing_else(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES EQUAL, ONE, "id,status\nR1,true\nR2,FALSE\nR3,1\nR4,no\n", NULL);
    assert_int_equal(c->problem->reps.n, 2);
    assert_string_equal(c->problem->reps.id[1], "R3");
    case_close(c);
    c = case_bad(FILES EQUAL, ONE, "id,status\nR1,on leave\nR2,\n", NULL, 1);
    assert_int_equal(
        case_told(c, BW_FIELD_CHOICE, "reps.csv", 2, "\"on leave\""), 1);
    case_close(c);
}

static void the_type_says_who_is_inside(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, ONE,
                             "id,type\nR1,inside\nR2,\nR3,FIELD\n", NULL);
    const uint8_t inside[] = {1, 0, 0};
    assert_memory_equal(c->problem->reps.inside, inside, 3);
    case_close(c);
    c = case_bad(FILES EQUAL, ONE, "id,type\nR1,hunter\n", NULL, 1);
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, "reps.csv", 2, "hunter"), 1);
    case_close(c);
    c = case_good(FILES EQUAL, ONE, "id,User Type\nR1,Standard\nR2,Inside\n",
                  NULL);
    assert_int_equal(c->problem->reps.inside[0], 0);
    assert_int_equal(c->problem->reps.inside[1], 1);
    case_close(c);
}

static void fte_and_ramp_are_factors(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES EQUAL, ONE,
        "id,fte,ramp,capacity\nR1,0.5,80%,1200\nR2,,0.8,\nR3,75%,150 %,0\n",
        NULL);
    const bw_reps *r = &c->problem->reps;
    assert_true(r->fte[0] == 0.5 && r->fte[1] == 1 && r->fte[2] == 0.75);
    assert_true(r->ramp[0] == 0.8 && r->ramp[1] == 0.8 && r->ramp[2] == 1.5);
    assert_true(r->capacity[0] == 1200 && isnan(r->capacity[1]));
    case_close(c);
    c = case_bad(FILES EQUAL, ONE,
                 "id,fte,ramp\nR1,-1,80\nR2,1,-0.1\nR3,half%,\n", NULL, 4);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "reps.csv", 2, "fte is -1"),
                     1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "reps.csv", 2, "write 80%"),
                     1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "reps.csv", 3, "-0.1"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, "reps.csv", 4, "half%"), 1);
    case_close(c);
}

static void field_reps_need_a_home_where_travel_counts(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILES "<travel hour-cost='5'/>" EQUAL, "id,latitude,longitude\nA,1,1\n",
        "id,type,status,latitude,longitude\nR1,,,1,1\nR2,,,,\nR3,inside,,,\n"
        "R4,,leaving,,\nR5,,,0,0\nR6,,,x,1\n",
        NULL, 3);
    assert_int_equal(case_told(c, BW_REP_UNPLACED, "reps.csv", 3, "\"R2\""), 1);
    assert_int_equal(case_told(c, BW_REP_UNPLACED, "reps.csv", 6, "\"R5\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, "reps.csv", 7, "\"x\""), 1);
    case_close(c);
}

static void somebody_must_serve(void **state)
{
    (void)state;
    load_case *c = case_bad(FILES EQUAL, ONE,
                            "id,status\nR1,leaving\nR2,inactive\n", NULL, 1);
    assert_int_equal(case_told(c, BW_REPS_NONE, "s.xml", 2, "reps.csv"), 1);
    case_close(c);
}

static void reps_are_chosen_by_where_too(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv'/>"
                  "<reps file='reps.csv' where=\"$territory != ''\"/>\n" EQUAL,
                  ONE, "id,territory,fte\nR1,North,\nR2,,not read\n", NULL);
    assert_int_equal(c->problem->reps.n, 1);
    assert_int_equal(c->problem->n_rejected, 1);
    assert_string_equal(c->problem->rejected[0].id, "R2");
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serving_reps_come_before_leaving_ones),
        cmocka_unit_test(a_status_may_be_yes_or_no_but_nothing_else),
        cmocka_unit_test(the_type_says_who_is_inside),
        cmocka_unit_test(fte_and_ramp_are_factors),
        cmocka_unit_test(field_reps_need_a_home_where_travel_counts),
        cmocka_unit_test(somebody_must_serve),
        cmocka_unit_test(reps_are_chosen_by_where_too),
    };
    return cmocka_run_group_tests_name("load_reps", tests, NULL, NULL);
}
