/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define SHA_OF_ID_A                                                            \
    "c3c9770d746e82079c3fa217f1d56003364d5c4eb4908b35c22fc7c4bd637538"
#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"

/* Everything at once, for the test of failing allocations. */
static const char all_body[] =
    "<accounts file='accounts.csv' unplaced='owner' "
    "where=\"$kind != 'gone'\"><column name='owner' from='o2|o1'/>"
    "<column name='potential' value='$revenue * 2'/>"
    "<column name='name' value=\"concat($id, '!')\"/></accounts>\n"
    "<reps file='reps.csv' where='$fte &gt; 0'/><pairs file='pairs.csv'/>\n"
    "<segments><segment name='A' where='$potential &gt; 3'>"
    "<coverage calls='2' hours='1'/></segment>"
    "<segment name='B' share='50%' by='potential' of='$revenue + 1'>"
    "<coverage calls='1' hours='1'/></segment>"
    "<segment name='C'><coverage calls='1' hours='1'/></segment></segments>\n"
    "<travel hour-cost='5'/><handover share='5%'/>\n"
    "<balance measure='workload' target='share' within='region' "
    "tolerance='10%' over-cost='1'/>\n"
    "<balance measure='beds' target='column:quota' low-from='lo' "
    "over-cost='1'/>\n"
    "<rules><families keep='together'/><lock where=\"$kind = 'named'\"/>"
    "<require pair='$state = $rep.state'/>"
    "<forbid where='$beds &gt; 9' rep-where='$quota &lt; 2' account='A'/>"
    "<limit measure='km' high='900'/></rules>\n";
static const char all_accounts[] =
    "id,kind,o1,o2,revenue,beds,state,latitude,longitude,family\n"
    "A,named,R1,,1,2,NY,1,1,f\nB,x,R9,R2,2,3,NY,,,f\nC,gone,,,,,,,,\n"
    "D,x,,R8,4,5,CA,2,2,\n";
static const char all_reps[] =
    "id,fte,capacity,region,quota,lo,state,latitude,longitude,status\n"
    "R1,1,10,E,3,1,NY,1,1,\nR2,1,20,E,1,1,CA,1,2,vacant\n"
    "R3,0,,,,,,,,\nR4,1,,,,,,,,leaving\n";
static const char all_pairs[] = "account,rep,cost\nA,R1,4\nD,R4,5\nC,R1,6\n";

static void all_of_a_scenario_is_loaded_and_recorded(void **state)
{
    (void)state;
    load_case *c = case_good(all_body, all_accounts, all_reps, all_pairs);
    const bw_problem *p = c->problem;
    assert_int_equal(p->accounts.n, 3);
    assert_int_equal(p->accounts.line[2], 5);
    assert_string_equal(p->accounts.name[2], "D!");
    assert_true(p->accounts.potential[2] == 8);
    assert_int_equal(p->accounts.owner[0], 0);
    assert_int_equal(p->accounts.owner[1], 1);
    assert_int_equal(p->lock[1], 1); /* no place: with its owner */
    assert_int_equal(p->reps.n, 3);
    assert_int_equal(p->reps.n_serving, 2);
    assert_int_equal(p->n_rules, 2);
    assert_int_equal(p->n_rejected, 4);
    assert_string_equal(p->rejected[0].id, "C");
    assert_string_equal(p->rejected[1].id, "R3");
    assert_string_equal(p->rejected[2].id, "D R4");
    assert_true(p->travel.counts && p->travel.hour_cost == 5);
    assert_true(p->travel.speed_kmh == 60 && p->travel.road_factor == 1.3);
    assert_true(p->handover.share == 0.05);
    assert_true(p->km_limit == 900);
    assert_ptr_equal(p->scenario, c->scenario);
    case_close(c);
}

static void inputs_carry_their_paths_and_sums(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, "id\nA\n", "id\nR1\n", NULL);
    const bw_input *in = c->problem->inputs;
    assert_int_equal(c->problem->n_inputs, 2);
    assert_string_equal(in[0].role, "accounts");
    assert_string_equal(in[1].file, "reps.csv");
    assert_string_equal(in[1].path, case_path(c, "reps.csv"));
    assert_int_equal(in[0].rows, 1);
    /* sha256sum of "id\nA\n" */
    assert_string_equal(in[0].sha256, SHA_OF_ID_A);
    case_close(c);
}

static const bw_mapping *mapping_of(const bw_problem *p, const char *role,
                                    const char *field)
{
    for (int32_t i = 0; i < p->n_mapping; i++)
        if (strcmp(p->mapping[i].role, role) == 0 &&
            strcmp(p->mapping[i].field, field) == 0)
            return &p->mapping[i];
    return NULL;
}

static void the_mapping_says_which_header_stands_for_which_field(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv'><column name='owner' from='o2|o1'/>"
        "<column name='potential' value='$x + 1'/>"
        "<column name='family' from=''/></accounts>"
        "<reps file='reps.csv'/>\n" EQUAL,
        "Account ID,o1,o2,x,revenue,family\nA,,,1,2,f\n", "id\nR1\n", NULL);
    const bw_problem *p = c->problem;
    const bw_mapping *m = mapping_of(p, "accounts", "id");
    assert_string_equal(m->header, "Account ID");
    assert_string_equal(m->how, "by synonym");
    m = mapping_of(p, "accounts", "owner");
    assert_string_equal(m->header, "o2|o1");
    assert_string_equal(m->how, "as told");
    m = mapping_of(p, "accounts", "potential");
    assert_string_equal(m->header, "$x + 1");
    assert_string_equal(m->how, "expression");
    assert_string_equal(mapping_of(p, "accounts", "revenue")->how, "by name");
    assert_string_equal(mapping_of(p, "reps", "id")->header, "id");
    assert_null(mapping_of(p, "accounts", "family"));
    case_close(c);
}

static void a_changed_file_is_refused(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv' sha256='" SHA_OF_ID_A
                  "'/><reps file='reps.csv'/>\n" EQUAL,
                  "id\nA\n", "id\nR1\n", NULL);
    case_close(c);
    c = case_bad("<accounts file='accounts.csv' sha256='" SHA_OF_ID_A
                 "'/><reps file='reps.csv'/>\n" EQUAL,
                 "id\nB\n", "id\nR1\n", NULL, 1);
    assert_int_equal(case_told(c, BW_FILE_CHANGED, "s.xml", 2, SHA_OF_ID_A), 1);
    assert_int_equal(c->status, BW_INVALID);
    case_close(c);
}

static void a_missing_file_does_not_hide_the_faults_of_others(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILES "<segments><segment name='a' where='$nope = 1'/></segments>\n"
              "<balance measure='accounts' target='equal' within='zone' "
              "over-cost='1'/>\n"
              "<rules><lock where=\"$x = '1'\" rep='R1'/></rules>\n",
        "id,x,owner\nA,1,R1\n,b,R1\n", NULL, NULL, 3);
    assert_int_equal(c->status, BW_IO);
    assert_int_equal(bw_diags_count_code(c->diags, BW_FILE_MISSING), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_EXPR_COLUMN), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_ID_BLANK), 1);
    case_close(c);
}

static void absolute_paths_are_taken_as_they_are(void **state)
{
    (void)state;
    load_case *c = case_bad("<accounts file='/nowhere/accounts.csv'/>"
                            "<reps file='reps.csv'/>\n" EQUAL,
                            NULL, "id\nR1\n", NULL, 1);
    assert_non_null(strstr(bw_diags_at(c->diags, 0)->text,
                           "there is no file /nowhere/accounts.csv;"));
    assert_int_equal(bw_diags_at(c->diags, 0)->place.line, 2);
    case_close(c);
}

static void headers_are_reached_by_name_and_fields_win(void **state)
{
    (void)state;
    load_case *c =
        case_good("<accounts file='accounts.csv'>"
                  "<column name='revenue' from='Annual Sum'/>"
                  "<column name='tier' from='Tier 2026|Tier 2025'/>"
                  "<column name='beds' value='$beds * 10'/></accounts>"
                  "<reps file='reps.csv'/>\n"
                  "<segments><segment name='a' where=\"$revenue = 5\"/>"
                  "<segment name='b' where=\"col('Annual Sum') = 7\"/>"
                  "<segment name='c' where=\"$tier = 'gold'\"/>"
                  "<segment name='d' where='$beds = 30'/>"
                  "<segment name='e' where=\"$zip = '007'\"/>"
                  "<segment name='z'/></segments>\n" EQUAL,
                  "id,revenue,Annual Sum,Tier 2025,Tier 2026,beds,zip,n\n"
                  "A,9,5,gold,,3,007,12\nB,5,7,gold,iron,4,12,x\n",
                  "id\nR1\n", NULL);
    case_close(c);
}

static void text_is_not_compared_with_numbers(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILES "<segments><segment name='a' where='$zip = 7'/>"
              "<segment name='b' where=\"$n = 'x'\"/>"
              "<segment name='c' where=\"$blank = 1\"/></segments>\n" EQUAL,
        "id,zip,n,blank\nA,007,1,\nB,1,2.5,\n", "id\nR1\n", NULL, 3);
    assert_int_equal(bw_diags_count_code(c->diags, BW_EXPR_TYPE), 3);
    case_close(c);
}

/* Both loads the same files; the n-th allocation fails, for n = 1, 2, 3 ... */
static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    load_case *c = case_good(all_body, all_accounts, all_reps, all_pairs);
    long live = bw_alloc_live();
    for (long n = 1;; n++) {
        assert_true(n < 10000);
        bw_problem *problem;
        bw_diags *diags = bw_diags_new();
        bw_alloc_fail_at(n);
        bw_status status = bw_problem_load(c->scenario, diags, &problem);
        bw_alloc_fail_at(0);
        bw_diags_free(diags);
        if (status == BW_OK) {
            assert_true(n > 100);
            bw_problem_free(problem);
            break;
        }
        assert_int_equal(status, BW_NOMEM);
        assert_null(problem);
        assert_int_equal(bw_alloc_live(), live);
    }
    assert_int_equal(bw_alloc_live(), live);
    case_close(c);
}

/* What needs the columns at fault says nothing more: not the lock that its
 * owner is missing, not the band that capacities are blank, not the travel that
 * nobody has a place; no expression that the column is unknown. */
static void columns_at_fault_hide_no_other_faults(void **state)
{
    (void)state;
    load_case *c = case_bad(
        "<accounts file='accounts.csv'>"
        "<column name='owner' from='seller'/>"
        "<column name='latitude' from='north'/>"
        "<column name='mine' from='a|b'/>"
        "<column name='calls' value='$visit + 1'/></accounts>\n"
        "<reps file='reps.csv'><column name='capacity' from='cap'/></reps>\n"
        "<segments>\n<segment name='A' where='$mine &gt; 3'/>\n"
        "<segment name='B' share='10%' of='calls' by='accounts'/>\n"
        "<segment name='C'/></segments><travel/>\n"
        "<balance measure='mine' target='share' over-cost='1'/>\n"
        "<balance measure='beds' target='equal' over-cost='1'/>\n"
        "<rules><lock where='$owner = 5'/></rules>\n",
        "id,longitude,visits,potential\nA,10,3,x\nA,11,4,5\n",
        "id,latitude,longitude\nR,1,1\n", NULL, 9);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 2, "seller"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 2, "north"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 2, "\"a\""), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 2, "\"b\""), 1);
    assert_int_equal(case_told(c, BW_EXPR_COLUMN, "s.xml", 2, "visits"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "cap"), 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 9, "beds"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, "accounts.csv", 2, "x"), 1);
    assert_int_equal(case_told(c, BW_ID_DUPLICATE, "accounts.csv", 3, "A"), 1);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_at_fault_hide_no_other_faults),
        cmocka_unit_test(all_of_a_scenario_is_loaded_and_recorded),
        cmocka_unit_test(inputs_carry_their_paths_and_sums),
        cmocka_unit_test(the_mapping_says_which_header_stands_for_which_field),
        cmocka_unit_test(a_changed_file_is_refused),
        cmocka_unit_test(a_missing_file_does_not_hide_the_faults_of_others),
        cmocka_unit_test(absolute_paths_are_taken_as_they_are),
        cmocka_unit_test(headers_are_reached_by_name_and_fields_win),
        cmocka_unit_test(text_is_not_compared_with_numbers),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
