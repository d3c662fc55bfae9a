/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the data, as the problem has them. The file of <add-accounts> is
 * the one that load_case.h writes for pairs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "candidates.h"
#include "load_case.h"

#include <math.h>

#define REPS "id,status,latitude,longitude\nR1,,40,-75\nR2,,41,-76\n"
#define BALANCE                                                                \
    "<balance measure='potential' target='equal' tolerance='0.1' "             \
    "over-cost='1' under-cost='1'/>\n"

static void cells_change_one_after_the_other(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES BALANCE "<change>"
                                "<scale column='potential' by='120%'/>"
                                "<add column='potential' amount='$revenue div "
                                "10' where='$potential &lt; 20'/>"
                                "<set column='owner' to=\"'R2'\" "
                                "where='$potential &gt; 20'/>"
                                "<scale column='revenue' by='-50%'/>"
                                "</change>",
                  "id,potential,revenue,owner\nA,10,100,R1\nB,20,,R1\nC,,50,\n",
                  REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    const double potential[] = {22, 24, 0}, revenue[] = {50, 0, 25};
    const int32_t owner[] = {1, 1, -1};
    for (int i = 0; i < 3; i++) {
        assert_float_equal(a->potential[i], potential[i], 0);
        assert_float_equal(a->revenue[i], revenue[i], 0);
        assert_int_equal(a->owner[i], owner[i]);
    }
    case_close(c);
}

static void blank_counts_as_0_of_money_alone(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES BALANCE "<change><add column='potential' amount='5'/>"
                      "<add column='hours' amount='5'/>"
                      "<scale column='hours' by='2'/>"
                      "<set column='calls' to=\"number('')\"/></change>",
        "id,potential,hours,calls\nA,,,1\nB,1,2,2\n", REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_float_equal(a->potential[0], 5, 0);
    assert_float_equal(a->potential[1], 6, 0);
    assert_true(isnan(a->hours[0]));
    assert_float_equal(a->hours[1], 14, 0);
    assert_true(isnan(a->calls[0]) && isnan(a->calls[1]));
    case_close(c);
}

/* <column value=> is computed from the file as it is, `where` from what the
 * changes leave. */
static void values_come_before_and_where_after(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv' where='$calls &gt; 3'>"
        "<column name='hours' value='$calls * 2'/></accounts>"
        "<reps file='reps.csv'/>\n" BALANCE
        "<change><set column='calls' to='$hours' where=\"$id = 'A'\"/>"
        "<add column='hours' amount='1'/></change>",
        "id,potential,calls\nA,1,2\nB,1,3\nC,1,5\n", REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(a->n, 2);
    assert_string_equal(a->id[0], "A");
    assert_float_equal(a->calls[0], 4, 0);
    assert_float_equal(a->hours[0], 5, 0);
    assert_float_equal(a->hours[1], 11, 0);
    case_close(c);
}

/* A field, its header and a name of the user's own are one; two fields of one
 * header are not. */
static void a_header_changes_with_what_is_read_from_it(void **state)
{
    (void)state;
    const char *const which[] = {"revenue", "ARR", "mine"};
    for (int i = 0; i < 3; i++) {
        char body[1024];
        snprintf(body, sizeof body,
                 "<accounts file='accounts.csv' where='$ARR = 30 and $mine = "
                 "30'><column name='revenue' from='ARR'/>"
                 "<column name='potential' from='ARR'/>"
                 "<column name='mine' from='ARR' as='number'/></accounts>"
                 "<reps file='reps.csv'/>\n" BALANCE
                 "<change><scale column='%s' by='3'/></change>",
                 which[i]);
        load_case *c = case_good(body, "id,ARR\nA,10\n", REPS, NULL);
        const bw_accounts *a = &c->problem->accounts;
        assert_int_equal(a->n, 1);
        assert_float_equal(a->revenue[0], 30, 0);
        assert_float_equal(a->potential[0], i == 0 ? 10 : 30, 0);
        case_close(c);
    }
    load_case *c = case_bad(
        "<accounts file='accounts.csv'><column name='revenue' from='x|y'/>"
        "</accounts><reps file='reps.csv'/>\n" BALANCE
        "<change><scale column='y' by='3'/></change>",
        "id,x,y,potential\nA,10,20,1\n", REPS, NULL, 1);
    assert_int_equal(
        case_told(c, BW_COLUMN_AMBIGUOUS, "s.xml", 4, "column=\"revenue\""), 1);
    case_close(c);
}

static void a_column_is_of_the_kind_that_it_is_given(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv' where=\"$text = 'x1' and $n &gt; 2 and "
        "$since = 20270331 and $key = 1 and $mixed = 'two' and col('a b') = "
        "5\"><column name='since' from='Since' as='date'/>"
        "<column name='key' from='Key' as='yes-no'/></accounts>"
        "<reps file='reps.csv'/>\n" BALANCE
        "<change><set column='text' to=\"concat('x', '1')\"/>"
        "<set column='n' to='1.5 * 2'/><set column='mixed' to=\"'two'\"/>"
        "<set column='since' to=\"'2027-03-31'\"/>"
        "<set column='key' to=\"'yes'\"/><set column='a b' to='4'/></change>"
        "<change><set column='a b' to=\"col('a b') + 1\"/></change>",
        "id,potential,mixed,Since,Key\nA,1,1,31.12.26,no\nB,1,2,,maybe\n", REPS,
        NULL);
    assert_int_equal(c->problem->accounts.n, 2);
    case_close(c);
}

/* What a change writes over, and a row that it drops, is not looked at. */
static void what_is_gone_has_no_faults(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES BALANCE
                  "<change><drop-accounts account='B'/><set "
                  "column='potential' to='5' where=\"$id = 'A'\"/></change>",
                  "id,potential\nA,many\nB,more\nC,1\n", REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(a->n, 2);
    assert_float_equal(a->potential[0], 5, 0);
    assert_int_equal(c->problem->n_rejected, 1);
    assert_string_equal(c->problem->rejected[0].id, "B");
    assert_string_equal(c->problem->rejected[0].reason,
                        "left out: <drop-accounts account=\"B\">");
    case_close(c);
}

static void decisions_on_quality_hold_for_changed_cells(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES BALANCE "<quality code='field-range' do='drop'/>"
                      "<quality code='field-number' do='value' value='7'/>"
                      "<change><add column='potential' amount='-5'/></change>",
        "id,potential\nA,4\nB,many\nC,9\n", REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(a->n, 2);
    assert_float_equal(a->potential[0], 2, 0);
    assert_float_equal(a->potential[1], 4, 0);
    assert_string_equal(c->problem->rejected[0].id, "A");
    case_close(c);
}

#define MORE "<add-accounts file='pairs.csv'/>"

static void added_accounts_stand_behind_and_know_their_file(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES BALANCE
        "<change><scale column='potential' by='2'/>" MORE
        "<scale column='potential' by='2' where=\"$extra = 'e'\"/>"
        "<set column='potential' to='9' where=\"$extra = '' and $tier = 2\"/>"
        "</change>",
        "id,potential,tier\nA,1,1\nB,2,2\n", REPS,
        "Extra,extra,id,Potential\n,e,C,3\n,,D,4\n");
    const bw_accounts *a = &c->problem->accounts;
    const double potential[] = {2, 9, 6, 4};
    assert_int_equal(a->n, 4);
    for (int i = 0; i < 4; i++) {
        assert_float_equal(a->potential[i], potential[i], 0);
        assert_int_equal(a->input[i], i < 2 ? 0 : 2);
    }
    assert_int_equal(a->line[3], 3);
    const bw_input *in = &c->problem->inputs[2];
    assert_int_equal(c->problem->n_inputs, 3);
    assert_string_equal(in->role, "accounts");
    assert_string_equal(in->file, "pairs.csv");
    assert_int_equal(in->rows, 2);
    assert_int_equal(in->rejected, 0);
    assert_int_equal(c->problem->inputs[0].rows, 2);
    case_close(c);
}

/* The added file's own computed columns, and what only one of the files has. */
static void an_added_file_is_read_in_its_own_way(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv' where='not($potential &gt; 100)'>"
        "<column name='hours' value='$potential * 10'/></accounts>"
        "<reps file='reps.csv'/>\n" BALANCE
        "<change><add-accounts file='pairs.csv' decimal='comma' "
        "blank='NULL'><column name='potential' value='$sold * 3'/>"
        "<column name='name' value=\"concat('Shop ', $id)\"/>"
        "<column name='hours' from='Work'/></add-accounts></change>",
        "id,name,potential\nA,One,1\n", REPS,
        "id;sold;Work\nB;2,5;1,5\nC;NULL;2\nD;50;1\n");
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(a->n, 3);
    assert_string_equal(a->name[1], "Shop B");
    assert_float_equal(a->potential[1], 7.5, 0);
    assert_float_equal(a->hours[0], 10, 0);
    assert_float_equal(a->hours[1], 1.5, 0);
    assert_float_equal(a->potential[2], 0, 0);
    assert_string_equal(c->problem->rejected[0].file, "pairs.csv");
    assert_int_equal(c->problem->rejected[0].line, 4);
    assert_int_equal(c->problem->inputs[2].rejected, 1);
    case_close(c);
}

static void reps_are_removed_added_and_changed(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES BALANCE
        "<change><remove-rep id='R1'/>"
        "<add-rep id='N' name='New' capacity='12.5' fte='0.5' ramp='80%' "
        "type='inside' region='X' status='vacant' latitude='39'/>"
        "<add-rep id='M' status='candidate'/>"
        "<change-rep id='R2' city='Bonn' capacity='7'/>"
        "<change-rep where=\"$id != 'N'\" region='Y'/></change>",
        "id,potential,owner\nA,1,R1\n", REPS, NULL);
    const bw_reps *r = &c->problem->reps;
    assert_int_equal(r->n, 3);
    assert_int_equal(r->n_serving, 2);
    assert_string_equal(r->id[0], "R2");
    assert_string_equal(r->region[0], "Y");
    assert_false(
        bw_point_known(r->home[0])); /* another city: its home is gone */
    assert_float_equal(r->capacity[0], 7, 0);
    assert_string_equal(r->id[1], "N");
    assert_string_equal(r->region[1], "X");
    assert_float_equal(r->capacity[1], 12.5, 0);
    assert_float_equal(r->ramp[1], 0.8, 0);
    assert_int_equal(r->inside[1], 1);
    assert_int_equal(r->status[1], BW_VACANT);
    assert_int_equal(r->line[1], 0);
    assert_string_equal(r->id[2], "R1");
    assert_string_equal(r->region[2], "");
    assert_int_equal(r->status[2], BW_LEAVING);
    assert_int_equal(c->problem->accounts.owner[0], 2);
    assert_int_equal(c->problem->n_rejected, 1);
    assert_string_equal(c->problem->rejected[0].file, "<add-rep>");
    assert_string_equal(c->problem->rejected[0].id, "M");
    assert_int_equal(c->problem->inputs[1].rejected, 0);
    case_close(c);
}

#define DAYS                                                                   \
    "id,status,active_from,active_to\nR1,,2020-01-01,2027-02-28\n"             \
    "R2,vacant,2027-03-01,\nR3,,2027-03-02,\nR4,candidate,,2026-01-01\n"       \
    "R5,,,2027-03-01\n"

/* A scenario with a date, which case_load cannot open. */
static bw_status load_dated(load_case *c, const char *date)
{
    char xml[512];
    bw_problem_free(c->problem);
    bw_scenario_free(c->scenario);
    c->problem = NULL;
    snprintf(
        xml, sizeof xml,
        "<scenario xmlns='urn:bailiwick:scenario:1' date='%s'>" FILES BALANCE
        "</scenario>",
        date);
    case_write(c, "s.xml", xml);
    bw_status status =
        bw_scenario_load(case_path(c, "s.xml"), c->diags, &c->scenario);
    return status == BW_OK ? bw_problem_load(c->scenario, c->diags, &c->problem)
                           : status;
}

static void positions_end_and_begin_with_the_date(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,potential,owner\nA,1,R1\nB,1,R3\nC,1,R2\n";
    load_case *c = case_good(FILES BALANCE, accounts, DAYS, NULL);
    assert_int_equal(c->problem->reps.n_serving, 4); /* without: no look */
    assert_int_equal(load_dated(c, "2027-03-01"), BW_OK);
    const bw_reps *r = &c->problem->reps;
    assert_int_equal(r->n_serving, 2);
    assert_string_equal(r->id[0], "R2");
    assert_string_equal(r->id[1], "R5");
    assert_string_equal(r->id[2], "R1");
    assert_int_equal(r->status[2], BW_LEAVING);
    const int32_t owner[] = {2, -1, 0};
    assert_memory_equal(c->problem->accounts.owner, owner, sizeof owner);
    assert_int_equal(bw_diags_count_code(c->diags, BW_OWNER_LEFT_OUT), 1);
    assert_string_equal(c->problem->rejected[0].reason,
                        "left out: active_from is after the date of the "
                        "scenario");
    assert_string_equal(c->problem->rejected[1].reason,
                        "left out: status candidate");
    case_close(c);
}

static void days_without_a_date_are_told_to_be_idle(void **state)
{
    (void)state;
    load_case *c = case_good(FILES BALANCE "<change>\n<change-rep id='R1' "
                                           "active-to='2020-01-01'/></change>",
                             "id,potential\nA,1\n", REPS, NULL);
    assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", 5, "active-to"), 1);
    assert_int_equal(c->problem->reps.n_serving, 2);
    case_close(c);
}

#define SEGMENTS                                                               \
    "<segments><segment name='Top' share='50%' by='accounts'/>"                \
    "<segment name='Rest'/></segments>" BALANCE

/* Of four accounts two are at the top: by the potential that they have before
 * the change, and after those that stand earlier. */
static void a_segment_grows_as_it_is_then(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,potential,kind\nA,10,x\nB,20,y\nC,30,y\nD,40,y\n";
    load_case *c =
        case_good(FILES SEGMENTS "<change><grow segment='Rest' "
                                 "column='potential' by='10'/></change>",
                  accounts, REPS, NULL);
    const double first[] = {100, 200, 30, 40};
    for (int i = 0; i < 4; i++)
        assert_float_equal(c->problem->accounts.potential[i], first[i], 0);
    case_close(c);
    c = case_good(FILES SEGMENTS
                  "<change><grow segment='Rest' column='potential' by='10'/>"
                  "<grow segment='Rest' column='potential' by='+100%'/>"
                  "<drop-accounts where=\"$kind = 'x'\"/>"
                  "<grow segment='Top' column='potential' by='3'/></change>",
                  accounts, REPS, NULL);
    /* Then C and D are the rest, and of B, C, D the top half is two. */
    const double second[] = {600, 60, 240};
    assert_int_equal(c->problem->accounts.n, 3);
    for (int i = 0; i < 3; i++)
        assert_float_equal(c->problem->accounts.potential[i], second[i], 0);
    case_close(c);
}

/* `where` needs a column that only a later change makes. */
static void a_segment_that_cannot_be_told_is_a_fault(void **state)
{
    (void)state;
    load_case *c =
        case_bad("<accounts file='accounts.csv' where='$size &gt; 1'/>"
                 "<reps file='reps.csv'/>\n" SEGMENTS "<change>\n"
                 "<grow segment='Top' column='potential' by='2'/>"
                 "<set column='size' to='2'/></change>",
                 "id,potential\nA,1\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_CHANGE_EMPTY, "s.xml", 5, "put it after"),
                     1);
    case_close(c);
}

static void short_memory_is_survived_at_every_request(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES SEGMENTS
        "<change><remove-rep id='R1'/><add-rep id='N' capacity='1'>"
        "<set column='x' to=\"'y'\"/></add-rep>"
        "<change-rep id='R2' city='Bonn'/><scale column='potential' by='2'/>"
        "<add-accounts file='pairs.csv'><column name='name' "
        "value=\"concat('a', $id)\"/><column name='hours' value='1 + 1'/>"
        "</add-accounts><set column='new' to='$potential'/>"
        "<grow segment='Top' column='potential' by='2'/>"
        "<drop-accounts account='A'/></change>",
        "id,potential\nA,1\nB,2\n", REPS, "id,potential\nC,1\n");
    long live = bw_alloc_live();
    bw_status status = BW_NOMEM;
    for (long n = 1; status != BW_OK; n++) {
        bw_problem *problem = NULL;
        bw_diags *diags = bw_diags_new();
        bw_alloc_fail_at(n);
        status = bw_problem_load(c->scenario, diags, &problem);
        bw_alloc_fail_at(0);
        bw_diags_free(diags);
        assert_true(status == BW_OK || status == BW_NOMEM);
        bw_problem_free(problem);
        assert_int_equal(bw_alloc_live(), live);
        assert_true(n < 100000);
    }
    case_close(c);
}

/* A place takes over what the nearest rep has in the columns of within=, here
 * too long for what is left of a block of memory. */
static void short_memory_leaves_no_candidate_with_half_a_cell(void **state)
{
    (void)state;
    char reps[9000];
    snprintf(reps, sizeof reps,
             "id,latitude,longitude,team\nR1,40,-75,%04000d\n"
             "R2,41,-76,%04000d\n",
             1, 2);
    load_case *c = case_load(
        FILES "<balance measure='accounts' target='equal' tolerance='20%' "
              "over-cost='1' within='team'/>"
              "<positions cost='1' candidates='auto' count='2'/>",
        "id,latitude,longitude\nA,40,-75\nB,41,-76\nC,45,-80\n", reps, NULL);
    bw_status status = BW_NOMEM;
    for (long n = 1; status != BW_OK; n++) {
        bw_scenario *scenario;
        bw_diags *diags = bw_diags_new();
        assert_int_equal(
            bw_scenario_load(case_path(c, "s.xml"), diags, &scenario), BW_OK);
        bw_alloc_fail_at(n);
        status = bw_candidates_add(scenario, diags);
        bw_alloc_fail_at(0);
        assert_true(status == BW_OK || status == BW_NOMEM);
        int teams = 0;
        for (int i = 0; i < scenario->n_changes && status == BW_OK; i++)
            for (int k = 0; k < scenario->changes[i].n_cells; k++) {
                const bw_change_cell *cell = &scenario->changes[i].cells[k];
                assert_true(cell->column.text && cell->to.text);
                teams += strcmp(cell->column.text, "team") == 0;
            }
        assert_int_equal(teams, status == BW_OK ? 2 : 0);
        bw_scenario_free(scenario);
        bw_diags_free(diags);
        assert_true(n < 100000);
    }
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_change_one_after_the_other),
        cmocka_unit_test(blank_counts_as_0_of_money_alone),
        cmocka_unit_test(values_come_before_and_where_after),
        cmocka_unit_test(a_header_changes_with_what_is_read_from_it),
        cmocka_unit_test(a_column_is_of_the_kind_that_it_is_given),
        cmocka_unit_test(what_is_gone_has_no_faults),
        cmocka_unit_test(decisions_on_quality_hold_for_changed_cells),
        cmocka_unit_test(added_accounts_stand_behind_and_know_their_file),
        cmocka_unit_test(an_added_file_is_read_in_its_own_way),
        cmocka_unit_test(reps_are_removed_added_and_changed),
        cmocka_unit_test(positions_end_and_begin_with_the_date),
        cmocka_unit_test(days_without_a_date_are_told_to_be_idle),
        cmocka_unit_test(a_segment_grows_as_it_is_then),
        cmocka_unit_test(a_segment_that_cannot_be_told_is_a_fault),
        cmocka_unit_test(short_memory_is_survived_at_every_request),
        cmocka_unit_test(short_memory_leaves_no_candidate_with_half_a_cell),
    };
    return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
