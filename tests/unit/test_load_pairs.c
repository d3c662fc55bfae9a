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
#define ACCOUNTS "id,kind\nA,x\nB,y\nC,x\n"
#define REPS     "id,status\nR1,leaving\nR2,\nR3,\nR4,inactive\n"
#define PAIRS(attributes)                                                      \
    "<accounts file='accounts.csv' where=\"$kind = 'x'\"/>"                    \
    "<reps file='reps.csv'/>\n<pairs file='pairs.csv' " attributes "/>\n"

static void pairs_are_sorted_and_know_what_is_given(void **state)
{
    (void)state;
    load_case *c = case_good(PAIRS("only='listed'") EQUAL, ACCOUNTS, REPS,
                             "account,rep,allowed,cost,hours,km\n"
                             "C,R3,yes,-5,,12\nA,R3,NO,,7,\nA,R2,,3,,\n");
    const bw_pairs_given *p = &c->problem->pairs;
    assert_int_equal(p->n, 3);
    assert_true(p->only_listed && !p->cost_replaces);
    assert_true(p->row[0].account == 0 && p->row[0].rep == 0);
    assert_true(p->row[0].allowed == -1 && p->row[0].cost == 3);
    assert_int_equal(p->row[0].line, 4);
    assert_true(p->row[1].account == 0 && p->row[1].rep == 1);
    assert_true(p->row[1].allowed == 0 && isnan(p->row[1].cost));
    assert_true(p->row[1].hours == 7 && isnan(p->row[1].travel_hours));
    assert_true(p->row[2].account == 1 && p->row[2].allowed == 1);
    assert_true(p->row[2].cost == -5 && p->row[2].km == 12);
    assert_int_equal(c->problem->n_inputs, 3);
    assert_string_equal(c->problem->inputs[2].role, "pairs");
    case_close(c);
}

static void pairs_of_those_who_take_no_part_are_rejected(void **state)
{
    (void)state;
    load_case *c = case_good(PAIRS("") EQUAL, ACCOUNTS, REPS,
                             "account,rep,cost\nB,R2,no number\nA,R4,1\n"
                             "A,R1,1\nA,R2,1\n");
    assert_int_equal(c->problem->pairs.n, 1);
    assert_int_equal(c->problem->inputs[2].rejected, 3);
    const bw_rejected *r = c->problem->rejected;
    assert_int_equal(c->problem->n_rejected, 5);
    assert_string_equal(r[0].file, "accounts.csv");
    assert_string_equal(r[1].file, "reps.csv");
    assert_string_equal(r[2].id, "B R2");
    assert_string_equal(r[2].reason, "left out: its account takes no part");
    assert_string_equal(r[3].reason, "left out: its rep takes no part");
    assert_string_equal(r[4].reason, "left out: its rep is leaving");
    assert_int_equal(r[4].line, 4);
    case_close(c);
}

static void faults_of_pairs_are_told_by_row(void **state)
{
    (void)state;
    load_case *c = case_bad(PAIRS("cost='replace'") EQUAL, ACCOUNTS, REPS,
                            "account,rep,allowed,cost,hours,travel_hours,km\n"
                            "A,R2,,1,-1,-2,-3\nA,R9,?,1,-4,,\nZ,R2,,x,,,\n"
                            "A,R2,,1,,,\nC,R2,perhaps,1,,,\nC,R3,,,,,\n"
                            "A,R3,no,,,,\n",
                            11);
    const char *f = "pairs.csv";
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, f, 3, "\"?\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 3, "-4"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, f, 4, "\"x\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "-1"), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "-2"), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "-3"), 1);
    assert_int_equal(case_told(c, BW_PAIR_UNKNOWN, f, 3, "rep \"R9\""), 1);
    assert_int_equal(case_told(c, BW_PAIR_UNKNOWN, f, 4, "account \"Z\""), 1);
    assert_int_equal(case_told(c, BW_PAIR_DUPLICATE, f, 5, "line 2"), 1);
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, f, 6, "perhaps"), 1);
    assert_int_equal(case_told(c, BW_FIELD_BLANK, f, 7, "replace"), 1);
    case_close(c);
}

static void pairs_need_account_and_rep_and_the_cost_that_replaces(void **state)
{
    (void)state;
    load_case *c = case_bad(PAIRS("cost='replace'") EQUAL, ACCOUNTS, REPS,
                            "x,y\n1,2\n", 3);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "x, y"), 3);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_sorted_and_know_what_is_given),
        cmocka_unit_test(pairs_of_those_who_take_no_part_are_rejected),
        cmocka_unit_test(faults_of_pairs_are_told_by_row),
        cmocka_unit_test(pairs_need_account_and_rep_and_the_cost_that_replaces),
    };
    return cmocka_run_group_tests_name("load_pairs", tests, NULL, NULL);
}
