/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owners that are given as reports of CRM systems give them: by name, e-mail
 * address or login. */
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
#define REPS                                                                   \
    "User ID,First Name,Last Name,Email,Username,Active\n"                     \
    "U1,Ann,Lee,ann@x.example,alee,true\n"                                     \
    "U2,Bob,Poe,bob@x.example,bpoe,1\n"                                        \
    "U3,Cy,Twin,cy1@x.example,cy1,Yes\n"                                       \
    "U4,Cy,Twin,cy2@x.example,cy2,true\n"                                      \
    "U5,Di,Out,di@x.example,di,false\n"                                        \
    "U6,Bob,Poe,old@x.example,old,false\n"

static int32_t owner_of(const load_case *c, int32_t account)
{
    return c->problem->accounts.owner[account];
}

static const char *how(const load_case *c, const char *field)
{
    for (int32_t i = 0; i < c->problem->n_mapping; i++)
        if (strcmp(c->problem->mapping[i].field, field) == 0 &&
            strcmp(c->problem->mapping[i].role, "accounts") == 0)
            return c->problem->mapping[i].how;
    return "";
}

static void owners_are_found_by_what_they_are_called(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL,
                             "Account ID,Account Owner\nA,Ann Lee\n"
                             "B,BOB@X.example\nC,alee\nD,U2\nE,bob poe\n",
                             REPS, NULL);
    static const int32_t want[] = {0, 1, 0, 1, 1};
    for (int32_t a = 0; a < 5; a++)
        assert_int_equal(owner_of(c, a), want[a]);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 0);
    assert_string_equal(how(c, "owner"), "names of reps, not ids");
    case_close(c);
}

/* Among ids nothing is said about names. */
static void an_id_comes_before_a_name(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, "id,owner\nA,R1\nB,R2\n",
                             "id,name\nR1,R2\nR2,R1\n", NULL);
    assert_int_equal(owner_of(c, 0), 0);
    assert_int_equal(owner_of(c, 1), 1);
    assert_string_equal(how(c, "owner"), "by name");
    case_close(c);
}

/* Bob Poe who left is no other Bob Poe for those who look for him. */
static void a_name_of_several_is_told_with_their_ids(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,owner\nA,Cy Twin\nB,Cy Twin\nC,Di Out\nD,nobody\nE,U4\n";
    load_case *c = case_good(FILES EQUAL, accounts, REPS, NULL);
    assert_int_equal(case_told(c, BW_OWNER_UNKNOWN, "accounts.csv", 2,
                               "\"Cy Twin\" of 2 accounts is the name of "
                               "several in reps.csv (\"U3\", \"U4\"); they "
                               "count as unowned"),
                     1);
    assert_int_equal(case_told(c, BW_OWNER_LEFT_OUT, "accounts.csv", 4,
                               "\"Di Out\" of 1 account is inactive"),
                     1);
    assert_int_equal(case_told(c, BW_OWNER_UNKNOWN, "accounts.csv", 5,
                               "\"nobody\" of 1 account is not listed"),
                     1);
    assert_int_equal(owner_of(c, 0), -1);
    assert_int_equal(owner_of(c, 4), 3);
    case_close(c);
    c = case_bad("<accounts file='accounts.csv' unknown-owner='stop'/>"
                 "<reps file='reps.csv'/>\n" EQUAL,
                 accounts, REPS, NULL, 4);
    case_close(c);
}

static void decisions_and_locks_know_names(void **state)
{
    (void)state;
    static const char accounts[] = "id,owner\nA,Ann Lee\nB,Cy Twin\nC,no\n";
    load_case *c = case_good(
        FILES EQUAL "<quality code='owner-unknown' do='value' value='U2'/>\n"
                    "<rules><lock where=\"$id = 'A'\"/></rules>\n",
        accounts, REPS, NULL);
    assert_int_equal(owner_of(c, 0), 0);
    assert_int_equal(owner_of(c, 1), 1);
    assert_int_equal(owner_of(c, 2), 1);
    assert_int_equal(c->problem->lock[0], 0);
    case_close(c);
    c = case_good(FILES EQUAL "<quality code='owner-unknown' do='drop'/>\n",
                  accounts, REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(c->problem->n_rejected, 4);
    case_close(c);
    c = case_bad(FILES EQUAL "<rules><lock where=\"true()\"/></rules>\n",
                 accounts, REPS, NULL, 2);
    assert_int_equal(case_told(c, BW_LOCK_OWNERLESS, "accounts.csv", 3,
                               "is the name of several reps"),
                     1);
    case_close(c);
}

static void parents_are_found_by_name_too(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES EQUAL "<rules><families keep='together'/></rules>\n",
                  "id,name,parent\nA,Acme,\nB,Branch,Acme\n"
                  "C,Twin,\nD,Twin,\nE,x,Twin\nF,y,Twin\n"
                  "G,Solo,Solo\nH,B,\nI,z,B\n",
                  REPS, NULL);
    /* B and I: an id comes before a name. E and F: by the common unknown. */
    static const int32_t family[] = {0, 0, -1, -1, 1, 1, -1, -1, 0};
    assert_memory_equal(c->problem->accounts.family, family, sizeof family);
    assert_int_equal(
        case_told(c, BW_PARENT_UNKNOWN, "accounts.csv", 6, "3 rows"), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PARENT_CIRCULAR), 0);
    case_close(c);
}

static void an_owner_is_not_stale_whose_name_sold_last(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL,
                             "id,owner,last_seller\nA,Ann Lee,U1\n"
                             "B,bob@x.example,Bob Poe\nC,Ann Lee,U2\n",
                             REPS, NULL);
    assert_int_equal(case_told(c, BW_OWNER_STALE, "accounts.csv", 4, "1 row"),
                     1);
    case_close(c);
}

static void enabled_users_take_part_and_disabled_ones_do_not(void **state)
{
    (void)state;
    load_case *c = case_good(FILES EQUAL, "id\nA\n",
                             "(Do Not Modify) User,Full Name,Status\n"
                             "U1,Ann Lee,Enabled\nU2,Bob Poe,Disabled\n",
                             NULL);
    assert_int_equal(c->problem->reps.n, 1);
    assert_string_equal(c->problem->reps.name[0], "Ann Lee");
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owners_are_found_by_what_they_are_called),
        cmocka_unit_test(an_id_comes_before_a_name),
        cmocka_unit_test(a_name_of_several_is_told_with_their_ids),
        cmocka_unit_test(decisions_and_locks_know_names),
        cmocka_unit_test(parents_are_found_by_name_too),
        cmocka_unit_test(an_owner_is_not_stale_whose_name_sold_last),
        cmocka_unit_test(enabled_users_take_part_and_disabled_ones_do_not),
    };
    return cmocka_run_group_tests_name("load_named", tests, NULL, NULL);
}
