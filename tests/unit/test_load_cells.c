/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells as CRM systems write them, from the scenario's words to the problem. */
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
#define REPS         "id\nR1\nR2\n"
#define FILE_A(told) "<accounts file='accounts.csv' " told
#define FILE_R       "<reps file='reps.csv'/>\n"

static void amounts_are_read_as_written(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL,
                             "id,revenue,potential\nA,\"$ 1,234.50\",1.2E6\n"
                             "B,(12.50),EUR 5\n",
                             REPS, NULL);
    assert_true(c->problem->accounts.revenue[0] == 1234.5);
    assert_true(c->problem->accounts.revenue[1] == -12.5);
    assert_true(c->problem->accounts.potential[0] == 1.2e6);
    assert_true(c->problem->accounts.potential[1] == 5);
    case_close(c);
}

static void a_decimal_comma_is_told(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILE_A("decimal='comma'/>") FILE_R EQUAL,
                  "id;revenue;potential\nA;1.234,50;1.234\n", REPS, NULL);
    assert_true(c->problem->accounts.revenue[0] == 1234.5);
    assert_true(c->problem->accounts.potential[0] == 1234);
    assert_string_equal(c->problem->mapping[0].field, "delimiter");
    assert_string_equal(c->problem->mapping[0].header, "semicolon");
    assert_string_equal(c->problem->mapping[0].how, "as found");
    case_close(c);
    c = case_bad(FILES EQUAL, "id;revenue\nA;1.234,50\nB;1,5\n", REPS, NULL, 2);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, "accounts.csv", 3,
                               "decimal=\"comma\" of <accounts>"),
                     1);
    case_close(c);
}

static void texts_for_nothing_are_told(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILE_A("blank='NULL | -999'/>") FILE_R EQUAL,
                  "id,revenue,owner\nA,NULL,NULL\nB,-999,R1\n", REPS, NULL);
    assert_true(c->problem->accounts.revenue[0] == 0);
    assert_true(c->problem->accounts.revenue[1] == 0);
    assert_string_equal(c->problem->accounts.owner_text[0], "");
    case_close(c);
    c = case_bad(FILES EQUAL, "id,revenue\nA,N/A\n", REPS, NULL, 1);
    assert_int_equal(
        case_told(c, BW_FIELD_NUMBER, "accounts.csv", 2, "blank=\"N/A\""), 1);
    case_close(c);
}

#define LOCK(where) "<rules><lock where=\"" where "\"/></rules>\n"

static void a_column_is_what_as_says(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILE_A("dates='dmy'><column name='since' from='Since' as='date'/>"
               "<column name='key' from='Key' as='yes-no'/>"
               "<column name='beds' from='Beds' as='number'/>"
               "<column name='code' from='Code' as='text'/></accounts>")
            FILE_R EQUAL LOCK("$since &gt;= 20270401 and $key = 1 and "
                              "$beds = 1200 and $code = '12'"),
        "id,owner,Since,Key,Beds,Code\nA,R1,3.4.2027,yes,\"1,200\",12\n"
        "B,R1,4.3.2027,TRUE,\"1,200\",12\n",
        REPS, NULL);
    assert_int_equal(c->problem->lock[0], 0);
    assert_int_equal(c->problem->lock[1], -1);
    case_close(c);
}

static void what_is_not_as_told_is_a_fault(void **state)
{
    (void)state;
    load_case *c = case_bad(
        FILE_A("><column name='since' from='Since' as='date'/>"
               "<column name='key' from='Key' as='yes-no'/></accounts>")
            FILE_R EQUAL LOCK("$since &gt;= 20270401 or $key = 1"),
        "id,owner,Since,Key\nA,R1,3/4/2027,maybe\nB,R1,3/4/27,\n"
        "C,R1,soon,1\nD,R1,,0\n",
        REPS, NULL, 4);
    const char *f = "accounts.csv";
    assert_int_equal(case_told(c, BW_FIELD_DATE, f, 2, "dates=\"mdy\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, f, 2, "\"maybe\""), 1);
    assert_int_equal(case_told(c, BW_FIELD_DATE, f, 3, "two digits"), 1);
    assert_int_equal(case_told(c, BW_FIELD_DATE, f, 4, "is not a date"), 1);
    case_close(c);
    c = case_bad(FILE_A("><column name='revenue' from='r' as='text'/>"
                        "</accounts>") FILE_R EQUAL,
                 "id,r\nA,1\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_VALUE_SYNTAX, "s.xml", 2, "revenue"), 1);
    case_close(c);
}

static void a_repeated_header_is_a_fault_where_it_is_used(void **state)
{
    (void)state;
    static const char accounts[] = "id,owner,x,x\nA,R1,1,2\n";
    load_case *c = case_good(FILES EQUAL, accounts, REPS, NULL);
    case_close(c);
    c = case_bad(FILES EQUAL LOCK("$x = 1"), accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_DUPLICATE, "s.xml", 4, "(3 and 4)"),
                     1);
    case_close(c);
    c = case_bad(FILES "<balance measure='x' target='equal' tolerance='10%' "
                       "over-cost='1'/>\n",
                 accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_DUPLICATE, "s.xml", 3, "(3 and 4)"),
                     1);
    case_close(c);
    c = case_bad(FILE_A("><column name='hours' from='x'/></accounts>")
                     FILE_R EQUAL,
                 accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_DUPLICATE, "s.xml", 2, "(3 and 4)"),
                     1);
    case_close(c);
    c = case_bad(FILES EQUAL, "id,owner,owner\nA,R1,R1\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_DUPLICATE, "accounts.csv", 1,
                               "the field owner needs"),
                     1);
    case_close(c);
}

static void a_footer_is_listed_as_rejected(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES EQUAL, "id,revenue\nA,1\nB,2\n\nGenerated By: Ann\n", REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 2);
    assert_int_equal(c->problem->n_rejected, 1);
    assert_int_equal(c->problem->rejected[0].line, 5);
    assert_string_equal(c->problem->rejected[0].reason, "report footer");
    assert_int_equal(c->problem->inputs[0].rows, 3);
    assert_int_equal(c->problem->inputs[0].rejected, 1);
    case_close(c);
}

static void first_and_last_names_are_joined(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES EQUAL, "id\nA\n",
                  "Id,First Name,Last Name,IsActive\nR1,Ann,Lee,true\n"
                  "R2,,Poe,1\nR3,Eve,,0\n",
                  NULL);
    const bw_reps *r = &c->problem->reps;
    assert_int_equal(r->n, 2);
    assert_string_equal(r->name[0], "Ann Lee");
    assert_string_equal(r->name[1], "Poe");
    bool found = false;
    for (int32_t i = 0; i < c->problem->n_mapping; i++)
        found = found || strcmp(c->problem->mapping[i].header,
                                "First Name + Last Name") == 0;
    assert_true(found);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_as_written),
        cmocka_unit_test(a_decimal_comma_is_told),
        cmocka_unit_test(texts_for_nothing_are_told),
        cmocka_unit_test(a_column_is_what_as_says),
        cmocka_unit_test(what_is_not_as_told_is_a_fault),
        cmocka_unit_test(a_repeated_header_is_a_fault_where_it_is_used),
        cmocka_unit_test(a_footer_is_listed_as_rejected),
        cmocka_unit_test(first_and_last_names_are_joined),
    };
    return cmocka_run_group_tests_name("load_cells", tests, NULL, NULL);
}
