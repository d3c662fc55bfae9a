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
#define REPS                                                                   \
    "id,country,level,status\nR1,US,1,\nR2,DE,2,\nR3,DE,3,leaving\n"           \
    "R4,US,9,inactive\n"
#define ACCOUNTS                                                               \
    "id,country,kind,owner,size,potential\nA,US,Bank,R1,1,10\n"                \
    "B,DE,Bank,R2,2,30\nC,DE,Shop,R3,3,20\nD,,Shop,,,\n"

static bool may(const bw_pair_rule *rule, int32_t account, int32_t rep)
{
    int32_t class = rule->account_class[account];
    assert_in_range(class, 0, rule->n_account_classes - 1);
    assert_in_range(rule->rep_class[rep], 0, rule->n_rep_classes - 1);
    return rule->allowed[class * rule->n_rep_classes + rule->rep_class[rep]];
}

/* "10" for one account: allowed with R1, not with R2. */
static void assert_rule(const bw_pair_rule *rule, const char *const *expected)
{
    for (int32_t a = 0; a < 4; a++)
        for (int32_t r = 0; r < 3; r++)
            assert_int_equal(may(rule, a, r), expected[a][r] == '1');
}

static load_case *with_rules(const char *rules)
{
    char body[1024];
    snprintf(body, sizeof body, "%s<rules>%s</rules>\n%s", FILES, rules, EQUAL);
    return case_good(body, ACCOUNTS, REPS, NULL);
}

static load_case *with_bad_rules(const char *rules, size_t errors)
{
    char body[1024];
    snprintf(body, sizeof body, "%s<rules>%s</rules>\n%s", FILES, rules, EQUAL);
    return case_bad(body, ACCOUNTS, REPS, NULL, errors);
}

static void require_allows_only_the_pairs_that_are_meant(void **state)
{
    (void)state;
    static const char *const same[] = {"100", "011", "011", "000"};
    load_case *c = with_rules("<require pair='$country = $rep.country'/>");
    assert_int_equal(c->problem->n_rules, 1);
    assert_rule(&c->problem->rules[0], same);
    assert_string_equal(c->problem->rules[0].text,
                        "<require pair=\"$country = $rep.country\"/>");
    assert_int_equal(c->problem->rules[0].place.line, 3);
    /* three countries and the class that the rule does not speak of */
    assert_int_equal(c->problem->rules[0].n_account_classes, 4);
    assert_int_equal(c->problem->rules[0].n_rep_classes, 3);
    case_close(c);

    static const char *const banks[] = {"100", "100", "111", "111"};
    c = with_rules("<require where=\"$kind = 'Bank'\" rep='R1'/>");
    assert_rule(&c->problem->rules[0], banks);
    assert_string_equal(c->problem->rules[0].text,
                        "<require where=\"$kind = 'Bank'\" rep=\"R1\"/>");
    case_close(c);
}

static void forbid_excludes_exactly_the_pairs_that_are_meant(void **state)
{
    (void)state;
    static const char *const all[] = {"000", "000", "111", "111"};
    load_case *c = with_rules("<forbid where=\"$kind = 'Bank'\"/>");
    assert_rule(&c->problem->rules[0], all);
    case_close(c);

    static const char *const same[] = {"011", "100", "111", "111"};
    c = with_rules("<forbid where=\"$kind = 'Bank'\" "
                   "pair='$country = $rep.country'/>");
    assert_rule(&c->problem->rules[0], same);
    case_close(c);

    static const char *const sized[] = {"111", "101", "100", "111"};
    c = with_rules("<forbid pair='$size &gt;= $rep.level' "
                   "rep-where=\"$country = 'DE'\"/>");
    assert_rule(&c->problem->rules[0], sized);
    case_close(c);
}

static void rules_name_one_or_several_accounts_and_reps(void **state)
{
    (void)state;
    static const char *const two[] = {"001", "111", "001", "111"};
    load_case *c = with_rules("<forbid account='A C' rep='R1 R2'/>");
    assert_rule(&c->problem->rules[0], two);
    case_close(c);
    c = with_bad_rules("<forbid account='A Z' rep='R8'/>", 2);
    assert_int_equal(case_told(c, BW_PAIR_UNKNOWN, "s.xml", 3, "\"Z\""), 1);
    assert_int_equal(case_told(c, BW_LOCK_REP_UNKNOWN, "s.xml", 3, "\"R8\""),
                     1);
    assert_int_equal(case_told(c, BW_PAIR_UNKNOWN, "s.xml", 3, "\"Z\""), 1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 0);
    assert_int_equal(bw_diags_at(c->diags, 0)->place.column, 27);
    case_close(c);
}

static void rules_that_can_do_nothing_are_warned_of(void **state)
{
    (void)state;
    load_case *c = with_rules("<forbid where=\"$kind = 'Ship'\" rep='R1'/>\n"
                              "<forbid rep-where='$level &gt; 7'/>\n"
                              "<lock where=\"$kind = 'Ship'\" rep='R1'/>\n"
                              "<forbid account='A' rep='R4'/>");
    for (unsigned line = 3; line <= 5; line++)
        assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", line, "nothing"),
                         1);
    assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", 6, "\"R4\""), 1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 4);
    case_close(c);
}

static void every_fault_of_a_rule_is_told(void **state)
{
    (void)state;
    load_case *c = with_bad_rules("<forbid where='$nope = 1' "
                                  "rep-where=\"$level = 'x'\" "
                                  "pair='$kind = $rep.none'/>",
                                  3);
    assert_int_equal(bw_diags_count_code(c->diags, BW_EXPR_COLUMN), 2);
    assert_int_equal(bw_diags_count_code(c->diags, BW_EXPR_TYPE), 1);
    case_close(c);
}

static void the_smallest_km_limit_holds(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES "<rules><limit measure='km' high='400'/>"
                        "<limit measure='km' high='300'/></rules>\n" EQUAL,
                  "id,latitude,longitude\nA,1,1\n",
                  "id,latitude,longitude\nR,1,1\n", NULL);
    assert_true(c->problem->km_limit == 300);
    case_close(c);
    c = with_rules("");
    assert_true(isnan(c->problem->km_limit));
    case_close(c);
}

static void locks_keep_accounts_with_owners_or_give_them_to_a_rep(void **state)
{
    (void)state;
    load_case *c = with_rules("<lock where=\"$kind = 'Bank'\"/>"
                              "<lock account='C' rep='R1'/>"
                              "<lock account='A' rep='R1'/>");
    const int32_t lock[] = {0, 1, 0, -1};
    assert_memory_equal(c->problem->lock, lock, sizeof lock);
    case_close(c);
}

static void a_lock_needs_an_owner_who_serves(void **state)
{
    (void)state;
    load_case *c = with_bad_rules("<lock where=\"$kind = 'Shop'\"/>", 2);
    assert_int_equal(
        case_told(c, BW_LOCK_OWNERLESS, "accounts.csv", 4, "\"R3\" is leaving"),
        1);
    assert_int_equal(
        case_told(c, BW_LOCK_OWNERLESS, "accounts.csv", 5, "has no owner"), 1);
    case_close(c);
    c = case_bad(FILES "<rules><lock where=\"$id = 'A'\"/></rules>" EQUAL,
                 "id\nA\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "<lock>"), 1);
    case_close(c);
}

static void locks_must_agree_and_name_who_serves(void **state)
{
    (void)state;
    load_case *c = with_bad_rules("<lock account='A' rep='R2'/>\n"
                                  "<lock where=\"$kind = 'Bank'\"/>",
                                  1);
    assert_int_equal(case_told(c, BW_LOCK_CONFLICT, "accounts.csv", 2,
                               "<lock account=\"A\" rep=\"R2\"/> (line 3)"),
                     1);
    case_close(c);
    c = with_bad_rules("<lock account='A' rep='R9'/>\n"
                       "<lock account='A' rep='R3'/>\n"
                       "<lock account='A' rep='R4'/>\n"
                       "<lock account='Z' rep='R1'/>",
                       4);
    assert_int_equal(
        case_told(c, BW_LOCK_REP_UNKNOWN, "s.xml", 3, "not listed"), 1);
    assert_int_equal(case_told(c, BW_LOCK_REP_UNKNOWN, "s.xml", 4, "leaving"),
                     1);
    assert_int_equal(
        case_told(c, BW_LOCK_REP_UNKNOWN, "s.xml", 5, "takes no part"), 1);
    assert_int_equal(case_told(c, BW_PAIR_UNKNOWN, "s.xml", 6, "\"Z\""), 1);
    case_close(c);
}

static void segments_hold_by_where_and_rank_by_column_or_expression(void **s)
{
    (void)s;
    load_case *c = case_good(
        FILES "<segments><segment name='A' where=\"$kind = 'Bank'\">"
              "<coverage calls='12' hours='1.5'/></segment>"
              "<segment name='B' share='30%' by='potential'/>"
              "<segment name='C' share='30%' by='accounts' of='size'/>"
              "<segment name='D' share='30%' by='accounts' of='$size * 2'/>"
              "<segment name='E'/></segments>\n" EQUAL,
        ACCOUNTS, REPS, NULL);
    const bw_segment_rule *s0 = c->problem->segments;
    const uint8_t holds[] = {1, 1, 0, 0};
    assert_int_equal(c->problem->n_segments, 5);
    assert_memory_equal(s0[0].holds, holds, 4);
    assert_true(s0[0].calls == 12 && s0[0].hours == 1.5);
    assert_true(isnan(s0[0].share) && !s0[0].of);
    assert_null(s0[1].holds);
    assert_true(s0[1].share == 0.3 && s0[1].by == BW_BY_POTENTIAL);
    assert_true(s0[1].of[1] == 30);
    assert_true(s0[2].by == BW_BY_ACCOUNTS && s0[2].of[2] == 3);
    assert_true(isnan(s0[2].of[3]));
    assert_true(s0[3].of[2] == 6);
    assert_true(isnan(s0[4].calls) && isnan(s0[4].hours));
    case_close(c);
    c = case_bad(FILES "<segments><segment name='B' share='30%' "
                       "by='potential'/><segment name='C'/></segments>\n" EQUAL,
                 "id\nA\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "potential"),
                     1);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(require_allows_only_the_pairs_that_are_meant),
        cmocka_unit_test(forbid_excludes_exactly_the_pairs_that_are_meant),
        cmocka_unit_test(rules_name_one_or_several_accounts_and_reps),
        cmocka_unit_test(rules_that_can_do_nothing_are_warned_of),
        cmocka_unit_test(every_fault_of_a_rule_is_told),
        cmocka_unit_test(the_smallest_km_limit_holds),
        cmocka_unit_test(locks_keep_accounts_with_owners_or_give_them_to_a_rep),
        cmocka_unit_test(a_lock_needs_an_owner_who_serves),
        cmocka_unit_test(locks_must_agree_and_name_who_serves),
        cmocka_unit_test(
            segments_hold_by_where_and_rank_by_column_or_expression),
    };
    return cmocka_run_group_tests_name("load_rules", tests, NULL, NULL);
}
