/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define ACCOUNTS "id,potential,beds,hours\nA,10,5,1\nB,,,2\nC,30,-7,3\n"

static load_case *with(const char *balances, const char *reps)
{
    char body[1024];
    snprintf(body, sizeof body, "%s%s\n", FILES, balances);
    return case_good(body, ACCOUNTS, reps, NULL);
}

static load_case *with_bad(const char *balances, const char *reps,
                           size_t errors)
{
    char body[1024];
    snprintf(body, sizeof body, "%s%s\n", FILES, balances);
    return case_bad(body, ACCOUNTS, reps, NULL, errors);
}

static void workload_and_potential_come_first(void **state)
{
    (void)state;
    load_case *c = with(
        "<balance measure='beds' target='equal' tolerance='5%' over-cost='3'/>"
        "<balance measure='potential' target='equal' under-cost='2'/>"
        "<balance measure='accounts' high='2' hard='yes' over-cost='9'/>"
        "<balance measure='workload' low='0' high='9' over-cost='1' "
        "under-cost='2'/>",
        "id\nR1\nR2\n");
    const bw_balance *b = c->problem->balances;
    assert_int_equal(c->problem->n_balances, 4);
    assert_string_equal(b[0].measure, "workload");
    assert_int_equal(b[0].kind, BW_MEASURE_WORKLOAD);
    assert_null(b[0].value);
    assert_int_equal(b[0].target, BW_TARGET_NONE);
    assert_true(b[0].low[1] == 0 && b[0].high[0] == 9);
    assert_true(b[0].over_cost == 1 && b[0].under_cost == 2);
    assert_string_equal(b[1].measure, "potential");
    assert_true(b[1].value[2] == 30 && b[1].value[1] == 0);
    assert_true(b[1].tolerance == 0 && b[1].under_cost == 2);
    assert_true(b[1].over_cost == 0 && !b[1].low && !b[1].high);
    assert_string_equal(b[2].measure, "beds");
    assert_true(b[2].value[0] == 5 && b[2].value[1] == 0 && b[2].value[2] < 0);
    assert_true(b[2].tolerance == 0.05 && !b[2].group && b[2].n_groups == 1);
    assert_string_equal(b[3].measure, "accounts");
    assert_true(b[3].value[0] == 1 && b[3].value[2] == 1);
    assert_true(isinf(b[3].over_cost) && isinf(b[3].under_cost));
    case_close(c);
}

static void targets_and_limits_come_from_columns_of_reps(void **state)
{
    (void)state;
    load_case *c =
        with("<balance measure='potential' target='column:quota' "
             "tolerance='10%' over-cost='1'/>"
             "<balance measure='beds' low-from='lo' high-from='hi' "
             "over-cost='1' under-cost='1'/>"
             "<balance measure='workload' target='share' within='region' "
             "tolerance='10%' over-cost='1'/>",
             "id,quota,lo,hi,capacity,region,status\nR1,50,,8,100,N,\n"
             "R2,70,2,9,200,S,\nR3,,,,,,leaving\nR4,0,3,,300,N,\n");
    const bw_balance *b = c->problem->balances;
    const int32_t group[] = {0, 1, 0, 2}; /* R1, R2, R4, then R3 */
    assert_memory_equal(b[0].group, group, sizeof group);
    assert_int_equal(b[0].n_groups, 3);
    assert_string_equal(b[0].group_name[1], "S");
    assert_true(b[1].target_value[1] == 70 && b[1].target_value[2] == 0);
    assert_true(isnan(b[2].low[0]) && b[2].low[1] == 2);
    assert_true(b[2].high[1] == 9 && isnan(b[2].high[2]));
    case_close(c);
}

static void what_a_balance_needs_must_be_there(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILES "<balance measure='potential' target='share' over-cost='1'/>\n"
              "<balance measure='beds' target='column:quota' over-cost='1'/>\n"
              "<balance measure='accounts' target='equal' within='region' "
              "low-from='lo' over-cost='1'/>\n"
              "<balance measure='workload' target='equal' over-cost='1'/>\n",
        "id,n\nA,1\n", "id,x\nR1,1\n", NULL, 7);
    const char *x = "s.xml";
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 3, "potential"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 3, "capacity"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 4, "\"beds\""), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 4, "\"quota\""), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 5, "\"region\""), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 5, "\"lo\""), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, x, 6, "\"hours\""), 1);
    case_close(c);
}

static void capacity_counts_only_for_those_who_serve(void **state)
{
    (void)state;
    const char *share =
        "<balance measure='potential' target='share' over-cost='1'/>\n"
        "<balance measure='beds' target='capacity' over-cost='1'/>";
    load_case *c =
        with_bad(share,
                 "id,capacity,status\nR1,0,\nR2,,\nR3,-5,vacant\nR4,,leaving\n"
                 "R5,10,\nR6,ten,\n",
                 4);
    const char *f = "reps.csv";
    assert_int_equal(case_told(c, BW_CAPACITY_ZERO, f, 2, "is 0"), 1);
    assert_int_equal(case_told(c, BW_FIELD_BLANK, f, 3, "\"R2\""), 1);
    assert_int_equal(case_told(c, BW_CAPACITY_ZERO, f, 4, "is -5"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, f, 7, "\"ten\""), 1);
    case_close(c);
    c = with("<balance measure='potential' target='equal' over-cost='1'/>",
             "id,capacity\nR1,0\nR2,\n");
    case_close(c);
}

static void a_group_without_any_fte_has_nothing_to_share_by(void **state)
{
    (void)state;
    load_case *c = with_bad("<balance measure='potential' target='equal' "
                            "within='region' over-cost='1'/>",
                            "id,fte,region\nR1,0,N\nR2,1,S\nR3,0,N\n", 1);
    assert_int_equal(case_told(c, BW_CAPACITY_ZERO, "s.xml", 3, "of N"), 1);
    case_close(c);
}

static void faulty_bands_and_groups_are_told_by_rep(void **state)
{
    (void)state;
    load_case *c = with_bad(
        "<balance measure='beds' low-from='lo' high='5' over-cost='1'/>"
        "<balance measure='potential' target='column:quota' within='region' "
        "over-cost='1'/>",
        "id,lo,quota,region,status\nR1,5,1,N,\nR2,6,-1,N,\nR3,,,S,\n"
        "R4,x,3,,\nR5,9,,,leaving\n",
        5);
    const char *f = "reps.csv";
    assert_int_equal(case_told(c, BW_BAND_CROSSED, f, 3, "\"R2\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 3, "is -1"), 1);
    assert_int_equal(case_told(c, BW_FIELD_BLANK, f, 4, "quota"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, f, 5, "\"x\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_BLANK, f, 5, "region"), 1);
    case_close(c);
}

static void a_measure_must_be_a_column_of_numbers(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILES "<balance measure='beds' target='equal' over-cost='1'/>\n",
        "id,beds\nA,5\nB,n/a\nC,3e12\n", "id\nR1\n", NULL, 2);
    assert_int_equal(
        case_told(c, BW_FIELD_NUMBER, "accounts.csv", 3, "\"n/a\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "accounts.csv", 4, "3e12"),
                     1);
    case_close(c);
    /* seen by a rule first, which has no use for its range */
    c = case_bad(FILES
                 "<segments><segment name='a' where='$beds &gt; 1'/>"
                 "<segment name='b'/></segments>\n"
                 "<balance measure='beds' target='equal' over-cost='1'/>\n",
                 "id,beds\nA,5\nC,3e12\n", "id\nR1\n", NULL, 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "accounts.csv", 3, "3e12"),
                     1);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workload_and_potential_come_first),
        cmocka_unit_test(targets_and_limits_come_from_columns_of_reps),
        cmocka_unit_test(what_a_balance_needs_must_be_there),
        cmocka_unit_test(capacity_counts_only_for_those_who_serve),
        cmocka_unit_test(a_group_without_any_fte_has_nothing_to_share_by),
        cmocka_unit_test(faulty_bands_and_groups_are_told_by_rep),
        cmocka_unit_test(a_measure_must_be_a_column_of_numbers),
    };
    return cmocka_run_group_tests_name("load_balance", tests, NULL, NULL);
}
