/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define REPS "id,latitude,longitude\nR1,40,-75\nR2,41,-74\n"
#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"

static void an_id_is_all_that_accounts_and_reps_need(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, "id\n007\n7\n", "id\nR1\n", NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(a->n, 2);
    assert_string_equal(a->id[0], "007");
    assert_string_equal(a->id[1], "7");
    assert_string_equal(a->name[0], "");
    assert_int_equal(a->line[1], 3);
    assert_int_equal(a->owner[0], -1);
    assert_string_equal(a->owner_text[0], "");
    assert_int_equal(a->family[0], -1);
    assert_int_equal(a->placing[0], BW_ANYWHERE);
    assert_true(a->revenue[0] == 0 && a->potential[0] == 0);
    assert_true(isnan(a->hours[0]) && isnan(a->calls[0]));
    assert_int_equal(c->problem->reps.n_serving, 1);
    assert_true(c->problem->reps.fte[0] == 1 && c->problem->reps.ramp[0] == 1);
    assert_int_equal(c->problem->n_segments, 1);
    assert_string_equal(c->problem->segments[0].name, "all");
    case_close(c);
}

static void numbers_and_names_come_from_the_bound_columns(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv'><column name='revenue' from='r13|r12'/>"
        "<column name='potential' value='$r12 * 2'/></accounts>"
        "<reps file='reps.csv'/>\n" EQUAL,
        "Account ID,Account Name,r12,r13,hours,calls\n"
        "A,\"Next, Inc.\",10,,3.5,\nB,Bee,20,25,,6\n",
        REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_string_equal(a->name[0], "Next, Inc.");
    assert_true(a->revenue[0] == 10 && a->revenue[1] == 25);
    assert_true(a->potential[0] == 20 && a->potential[1] == 40);
    assert_true(a->hours[0] == 3.5 && isnan(a->hours[1]));
    assert_true(isnan(a->calls[0]) && a->calls[1] == 6);
    case_close(c);
}

static void a_text_field_can_come_from_an_expression(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv'><column name='name' "
                  "value=\"concat($city, '/', string($n))\"/></accounts><reps "
                  "file='reps.csv'/>\n" EQUAL,
                  "id,city,n\nA,Rome,4\nB,,5\n", REPS, NULL);
    assert_string_equal(c->problem->accounts.name[0], "Rome/4");
    assert_string_equal(c->problem->accounts.name[1], "/5");
    case_close(c);
}

static void blank_and_repeated_ids_are_listed_with_the_first_line(void **state)
{
    (void)state;
    load_case *c = case_bad(FILES EQUAL, "id,x\nA,1\n ,2\nB,3\nA,4\n\"\",5\n",
                            "id\nR1\nR1\n", NULL, 4);
    assert_int_equal(c->status, BW_INVALID);
    assert_int_equal(case_told(c, BW_ID_BLANK, "accounts.csv", 3, "blank"), 1);
    assert_int_equal(case_told(c, BW_ID_BLANK, "accounts.csv", 6, "blank"), 1);
    assert_int_equal(case_told(c, BW_ID_DUPLICATE, "accounts.csv", 5, "\"A\""),
                     1);
    assert_int_equal(
        case_told(c, BW_ID_DUPLICATE, "reps.csv", 3, "first at line 2"), 1);
    case_close(c);
}

static void rows_that_do_not_satisfy_where_are_rejected_unseen(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv' where=\"$kind = 'shop'\"/>"
                  "<reps file='reps.csv'/>\n" EQUAL,
                  "id,kind,revenue\nA,shop,1\n,office,no number\nB,shop,2\n"
                  "A,office,3\n",
                  REPS, NULL);
    const bw_problem *p = c->problem;
    assert_int_equal(p->accounts.n, 2);
    assert_int_equal(p->accounts.line[1], 4);
    assert_int_equal(p->n_rejected, 2);
    assert_int_equal(p->rejected[0].line, 3);
    assert_string_equal(p->rejected[0].id, "");
    assert_string_equal(p->rejected[1].id, "A");
    assert_string_equal(p->rejected[1].file, "accounts.csv");
    assert_string_equal(p->rejected[1].reason,
                        "left out: does not satisfy where");
    assert_int_equal(p->inputs[0].rows, 4);
    assert_int_equal(p->inputs[0].rejected, 2);
    case_close(c);
}

static void a_where_that_nothing_satisfies_is_a_fault(void **state)
{
    (void)state;
    load_case *c =
        case_bad("<accounts file='accounts.csv' where=\"$kind = 'x'\"/>"
                 "<reps file='reps.csv'/>\n" EQUAL,
                 "id,kind\nA,shop\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", 2, "no account"), 1);
    case_close(c);
}

static void faults_in_a_where_are_not_followed_by_others(void **state)
{
    (void)state;
    load_case *c =
        case_bad("<accounts file='accounts.csv' where=\"$kin = 'x'\"/>"
                 "<reps file='reps.csv'/>\n"
                 "<rules><lock where=\"$nope = 1\" rep='R1'/>"
                 "<forbid where=\"$kind = 'a'\" rep='R1'/></rules>\n" EQUAL,
                 "id,kind,owner\nA,shop,R9\nA,shop,\n", REPS, NULL, 2);
    assert_int_equal(case_told(c, BW_EXPR_COLUMN, "s.xml", 2, "kin"), 1);
    assert_int_equal(case_told(c, BW_EXPR_COLUMN, "s.xml", 3, "nope"), 1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 0);
    case_close(c);
}

static void what_is_not_a_number_or_out_of_range_is_told(void **state)
{
    (void)state;
    load_case *c =
        case_bad(FILES EQUAL,
                 "id,revenue,potential,hours,calls,latitude,longitude\n"
                 "A,\"1,00\",-1,-2,-3,1,1\n"
                 "B,2e12,,,,91,181\n"
                 "C,-5,,,,-90,180\n",
                 REPS, NULL, 6);
    const char *f = "accounts.csv";
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, f, 2, "\"1,00\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "potential is -1"), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "hours is -2"), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 2, "calls is -3"), 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, f, 3, "2e12"), 1);
    assert_int_equal(case_told(c, BW_COORDINATE_RANGE, f, 3,
                               "latitude is 91 and longitude 181"),
                     1);
    assert_int_equal(case_told(c, BW_REVENUE_NEGATIVE, f, 4, "1 row:"), 1);
    case_close(c);
}

static void a_column_nothing_uses_may_hold_anything(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, "id,employees,pipeline\nA,many,n/a\n",
                             REPS, NULL);
    case_close(c);
    c = case_bad(FILES "<rules><forbid where='$employees &gt; 5' "
                       "rep='R1'/></rules>" EQUAL,
                 "id,employees\nA,many\nB,7\n", REPS, NULL, 1);
    assert_int_equal(
        case_told(c, BW_FIELD_NUMBER, "accounts.csv", 2, "\"many\""), 1);
    case_close(c);
}

#define PLACES                                                                 \
    "id,latitude,longitude,owner\nA,40,-75,R1\nB,,,R2\nC,0,0,R1\nD,40,,R2\n"   \
    "E,0,9,R1\n"
#define TRAVEL "<travel hour-cost='50'/>"

static void accounts_without_a_place_are_faults_where_travel_counts(void **s)
{
    (void)s;
    load_case *c = case_bad(FILES TRAVEL EQUAL, PLACES, REPS, NULL, 3);
    for (unsigned line = 3; line <= 5; line++)
        assert_int_equal(
            case_told(c, BW_ACCOUNT_UNPLACED, "accounts.csv", line, "<travel>"),
            1);
    case_close(c);
    c = case_good(FILES EQUAL, PLACES, REPS, NULL);
    assert_int_equal(c->problem->accounts.placing[0], BW_PLACED);
    assert_int_equal(c->problem->accounts.placing[2], BW_ANYWHERE);
    assert_true(isnan(c->problem->accounts.point[3].lat_deg));
    assert_int_equal(c->problem->accounts.placing[4], BW_PLACED);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 1);
    assert_int_equal(
        case_told(c, BW_COORDINATE_ZERO, "accounts.csv", 4, "1 row:"), 1);
    case_close(c);
}

static void unplaced_accounts_may_go_anywhere_or_stay_with_their_owner(void **s)
{
    (void)s;
    load_case *c =
        case_good("<accounts file='accounts.csv' unplaced='anywhere'/>"
                  "<reps file='reps.csv'/>\n" TRAVEL EQUAL,
                  PLACES, REPS, NULL);
    assert_int_equal(c->problem->accounts.placing[1], BW_ANYWHERE);
    assert_int_equal(c->problem->lock[1], -1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 3);
    assert_int_equal(bw_diags_count_code(c->diags, BW_RULE_IDLE),
                     1); /* calls */
    assert_int_equal(bw_diags_count_code(c->diags, BW_ACCOUNT_UNPLACED), 3);
    assert_int_equal(
        case_told(c, BW_ACCOUNT_UNPLACED, "accounts.csv", 3, "3 accounts"), 1);
    case_close(c);
    c = case_good("<accounts file='accounts.csv' unplaced='owner'/>"
                  "<reps file='reps.csv'/>\n" TRAVEL EQUAL,
                  PLACES, REPS, NULL);
    assert_int_equal(c->problem->accounts.placing[1], BW_WITH_OWNER);
    assert_int_equal(c->problem->lock[0], -1);
    assert_int_equal(c->problem->lock[1], 1);
    assert_int_equal(c->problem->lock[2], 0);
    case_close(c);
    c = case_bad("<accounts file='accounts.csv' unplaced='owner'/>"
                 "<reps file='reps.csv'/>\n" TRAVEL EQUAL,
                 "id,latitude,longitude,owner\nA,,,\nB,,,R9\n", REPS, NULL, 2);
    assert_int_equal(
        case_told(c, BW_LOCK_OWNERLESS, "accounts.csv", 2, "no owner"), 1);
    assert_int_equal(
        case_told(c, BW_LOCK_OWNERLESS, "accounts.csv", 3, "\"R9\""), 1);
    case_close(c);
}

static void places_are_missed_only_where_somebody_travels(void **state)
{
    (void)state;
    load_case *c = case_bad(FILES TRAVEL EQUAL, "id\nA\n", "id\nR1\n", NULL, 4);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "latitude"),
                     2);
    case_close(c);
    c = case_good(FILES TRAVEL EQUAL, "id\nA\n", "id,type\nR1,Inside\n", NULL);
    assert_int_equal(c->problem->reps.inside[0], 1);
    case_close(c);
    c = case_good(FILES "<travel count='no'/>" EQUAL, "id\nA\n", "id\nR1\n",
                  NULL);
    assert_false(c->problem->travel.counts);
    case_close(c);
    c = case_bad(FILES "<rules><limit measure='km' high='100'/></rules>" EQUAL,
                 "id\nA\n", "id,latitude,longitude\nR1,1,1\n", NULL, 2);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "km"), 2);
    case_close(c);
}

static void owners_are_found_among_all_rows_of_reps(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES EQUAL, "id,owner\nA,R1\nB,R9\nC,R3\nD,\nE,R2\nF,R9\nG,R4\nH,r1\n",
        "id,status\nR2,leaving\nR1,active\nR3,inactive\nR4,candidate\n", NULL);
    const bw_accounts *a = &c->problem->accounts;
    const int32_t owner[] = {0, -1, -1, -1, 1, -1, -1, -1};
    assert_memory_equal(a->owner, owner, sizeof owner);
    assert_string_equal(a->owner_text[1], "R9");
    assert_string_equal(a->owner_text[2], "R3");
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 4);
    const char *f = "accounts.csv";
    assert_int_equal(
        case_told(c, BW_OWNER_UNKNOWN, f, 3, "\"R9\" of 2 accounts"), 1);
    assert_int_equal(case_told(c, BW_OWNER_UNKNOWN, f, 9, "\"r1\""), 1);
    assert_int_equal(case_told(c, BW_OWNER_LEFT_OUT, f, 4, "inactive"), 1);
    assert_int_equal(case_told(c, BW_OWNER_LEFT_OUT, f, 8, "candidate"), 1);
    case_close(c);
}

static void a_field_that_is_not_in_the_file_is_not_its_header(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv'><column name='owner' from=''/>"
                  "</accounts><reps file='reps.csv'/>\n"
                  "<segments><segment name='a' where=\"$owner = 'state'\"/>"
                  "<segment name='b'/></segments>\n" EQUAL,
                  "id,owner\nA,state\n", REPS, NULL);
    assert_string_equal(c->problem->accounts.owner_text[0], "");
    assert_int_equal(c->problem->segments[0].holds[0], 1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 0);
    case_close(c);
}

static void unknown_owners_stop_when_told_to(void **state)
{
    (void)state;
    load_case *c =
        case_bad("<accounts file='accounts.csv' unknown-owner='stop'/>"
                 "<reps file='reps.csv'/>\n" EQUAL,
                 "id,owner\nA,R1\nB,R9\nC,\nD,R9\n", REPS, NULL, 2);
    assert_int_equal(case_told(c, BW_OWNER_UNKNOWN, "accounts.csv", 3, "R9"),
                     1);
    assert_int_equal(case_told(c, BW_OWNER_UNKNOWN, "accounts.csv", 5, "R9"),
                     1);
    case_close(c);
}

#define FAMILIES "<rules><families keep='together'/></rules>\n"

static void a_family_column_groups_equal_values(void **state)
{
    (void)state;
    load_case *c = case_good(FILES FAMILIES EQUAL,
                             "id,family,parent\nA,,\nB,y,A\nC,x,\nD,x,\nE,z,\n"
                             "F,y,\n",
                             REPS, NULL);
    const int32_t family[] = {-1, 0, 1, 1, -1, 0};
    assert_memory_equal(c->problem->accounts.family, family, sizeof family);
    assert_int_equal(c->problem->accounts.n_families, 2);
    case_close(c);
}

static void parents_group_by_root_circle_or_common_unknown(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv' where=\"$id != 'X'\"/>"
                  "<reps file='reps.csv'/>\n" FAMILIES EQUAL,
                  "id,parent\nA,\nB,A\nC,B\n" /* a chain */
                  "D,E\nE,D\nF,E\n" /* a circle and what hangs on it */
                  "G,Corp\nH,Corp\nI,Other\n" /* parents that are not listed */
                  "J,X\nX,\nK,X\n"            /* a parent that is left out */
                  "L,L\n",                    /* its own parent */
                  REPS, NULL);
    const int32_t family[] = {0, 0, 0, 1, 1, 1, 2, 2, -1, 3, 3, -1};
    assert_memory_equal(c->problem->accounts.family, family, sizeof family);
    case_close(c);
    c = case_bad(FILES FAMILIES EQUAL, "id\nA\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "families"),
                     1);
    case_close(c);
}

static void a_handover_needs_owners_and_its_share_revenue(void **state)
{
    (void)state;
    load_case *c = case_bad(FILES "<handover share='5%'/>" EQUAL,
                            "id,owner,sales\nA,R1,5\n", REPS, NULL, 1);
    assert_int_equal(
        case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "id, owner, sales"), 1);
    case_close(c);
    c = case_good(FILES "<handover hours='2'/>" EQUAL, "id\nA\n", REPS, NULL);
    assert_true(c->problem->handover.hours == 2);
    assert_true(c->problem->handover.share == 0);
    assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", 3, "no column"), 1);
    case_close(c);
    c = case_good("<accounts file='accounts.csv'><column name='owner' "
                  "from=''/></accounts><reps file='reps.csv'/>\n"
                  "<handover hours='2'/>" EQUAL,
                  "id\nA\n", REPS, NULL);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 0);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_all_that_accounts_and_reps_need),
        cmocka_unit_test(numbers_and_names_come_from_the_bound_columns),
        cmocka_unit_test(a_text_field_can_come_from_an_expression),
        cmocka_unit_test(blank_and_repeated_ids_are_listed_with_the_first_line),
        cmocka_unit_test(rows_that_do_not_satisfy_where_are_rejected_unseen),
        cmocka_unit_test(a_where_that_nothing_satisfies_is_a_fault),
        cmocka_unit_test(faults_in_a_where_are_not_followed_by_others),
        cmocka_unit_test(what_is_not_a_number_or_out_of_range_is_told),
        cmocka_unit_test(a_column_nothing_uses_may_hold_anything),
        cmocka_unit_test(
            accounts_without_a_place_are_faults_where_travel_counts),
        cmocka_unit_test(
            unplaced_accounts_may_go_anywhere_or_stay_with_their_owner),
        cmocka_unit_test(places_are_missed_only_where_somebody_travels),
        cmocka_unit_test(owners_are_found_among_all_rows_of_reps),
        cmocka_unit_test(a_field_that_is_not_in_the_file_is_not_its_header),
        cmocka_unit_test(unknown_owners_stop_when_told_to),
        cmocka_unit_test(a_family_column_groups_equal_values),
        cmocka_unit_test(parents_group_by_root_circle_or_common_unknown),
        cmocka_unit_test(a_handover_needs_owners_and_its_share_revenue),
    };
    return cmocka_run_group_tests_name("load_accounts", tests, NULL, NULL);
}
