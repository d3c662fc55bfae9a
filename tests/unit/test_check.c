/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge against figures worked out by hand. */
#include "judge_kit.h"

#include "bw/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define assert_fine(actual, expected)                                          \
    assert_true((actual) == (bw_wide)llround((expected)*1e4) * 1000000)

/* Checks, and gives the number of faults. */
static size_t judge(kit *k, bw_verdict **verdict)
{
    bw_diags *diags = bw_diags_new();
    assert_non_null(diags);
    assert_int_equal(bw_check(&k->problem, &k->claim, diags, verdict), BW_OK);
    size_t faults = bw_diags_count_code(diags, BW_CHECK_FAILED);
    assert_int_equal(faults, bw_diags_count(diags, BW_ERROR));
    bw_diags_free(diags);
    return faults;
}

static size_t faults_of(kit *k)
{
    bw_verdict *verdict;
    size_t faults = judge(k, &verdict);
    bw_verdict_free(verdict);
    return faults;
}

/* That there is one fault only, and that it says all of these words. */
static void assert_fault(kit *k, const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_verdict *verdict;
    assert_int_equal(bw_check(&k->problem, &k->claim, diags, &verdict), BW_OK);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 1);
    const char *text = bw_diags_at(diags, 0)->text;
    if (!strstr(text, words))
        fail_msg("\"%s\" does not say \"%s\"", text, words);
    bw_verdict_free(verdict);
    bw_diags_free(diags);
}

/* The example of the model: c = (1, 6), q = 4, band 5..7, under 2, over 3. */
static void start_example(kit *k)
{
    static double beds[3] = {4, 4, 4};
    kit_start(k, 3, 2);
    bw_balance *balance = kit_band(k, beds, 5, 7);
    balance->under_cost = 2;
    balance->over_cost = 3;
    for (int32_t a = 0; a < 3; a++) {
        kit_pair(k, a, 0)->cost = 1;
        kit_pair(k, a, 1)->cost = 6;
    }
    k->problem.pairs.cost_replaces = true;
    k->plan[2] = 1;
}

static void example_costs_13_and_its_prices_prove_9_25(void **state)
{
    (void)state;
    kit k;
    start_example(&k);
    k.price[0] = P(1);
    k.price[1] = P(-0.25);
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->given, 8);
    assert_fine(verdict->imbalance, 5);
    assert_fine(verdict->objective, 13);
    assert_fine(verdict->bound_certified, 9.25);
    assert_true(verdict->inside_hard_limits);
    assert_int_equal(verdict->n_pairs, 6);
    assert_int_equal(verdict->n_units, 3);
    assert_int_equal(verdict->load[0], Q(8));
    assert_int_equal(verdict->low[1], Q(5));
    assert_int_equal(verdict->high[1], Q(7));
    bw_verdict_free(verdict);
}

static void unit_prices_above_the_default_cost_what_they_undercut(void **state)
{
    (void)state;
    kit k;
    start_example(&k);
    k.price[0] = P(1);
    k.price[1] = P(-0.25);
    /* Default w is 5 of (5, 5); 6 is undercut by both reps: 6 - 1 - 1. */
    int64_t unit_price[3] = {P(6), BW_NO_LOW, P(5)};
    k.claim.unit_price = unit_price;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->bound_certified, 8.25);
    bw_verdict_free(verdict);
}

static void a_certain_excess_is_tightened_into_the_bound(void **state)
{
    (void)state;
    kit k;
    static double beds[1] = {10};
    kit_start(&k, 1, 2);
    bw_balance *balance = kit_band(&k, beds, NAN, 7);
    balance->over_cost = 3;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->objective, 9);
    assert_fine(verdict->bound_certified, 9);
    bw_verdict_free(verdict);
    static double back[1] = {-1};
    balance->value = back;
    k.high[0][0] = k.high[0][1] = -5; /* below 0: nothing is certain */
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->objective, 3 * 4 + 3 * 5);
    assert_fine(verdict->bound_certified, 0);
    bw_verdict_free(verdict);
}

/* One account due east of one rep on the equator, 1 degree away. */
static void start_travel(kit *k)
{
    kit_start(k, 2, 3);
    k->problem.travel = (bw_travel){true, 75, 0.4, 60, 1.3, 4};
    k->problem.handover = (bw_handover){0.06, 2};
    k->segment[0].calls = 12;
    k->segment[0].hours = 1.5;
    k->point[0] = (bw_point){0, 1};
    k->placing[0] = BW_PLACED;
    k->home[0] = k->home[1] = (bw_point){0, 0};
    k->inside[1] = 1;
    k->home[2] = (bw_point){0, 1};
    k->owner[0] = 1;
    k->revenue[0] = 1000;
    bw_balance *balance = kit_band(k, NULL, NAN, NAN);
    balance->under_cost = balance->over_cost = 1;
}

static void travel_and_handover_follow_the_formula(void **state)
{
    (void)state;
    kit k;
    start_travel(&k);
    /* km = 111.195080 x 1.3 = 144.553604; driven = 12 / 4 x 2 x km = 867.3216;
     * hours = / 60 = 14.45536; cost = 1084.152 + 346.92865. */
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_int_equal(verdict->service_hours[0], Q(18));
    assert_int_equal(verdict->travel_hours[0], 144554);
    assert_int_equal(verdict->load[0], Q(36) + 144554);
    assert_fine(verdict->travel, 1431.0807);
    assert_fine(verdict->handover, 0.06 * 1000 + 2 * 75);
    assert_int_equal(verdict->cost[1], 0); /* anywhere, no owner */
    assert_int_equal(verdict->moved_accounts, 1);
    assert_true(verdict->moved_revenue == 1000);
    bw_verdict_free(verdict);
    k.plan[0] = 1; /* the owner, an inside rep: no way, no cost */
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->objective, 0);
    assert_int_equal(verdict->load[1], Q(18));
    bw_account_figures figures;
    bw_verdict_account(&k.problem, verdict, 0, 2, &figures);
    assert_true(figures.km == 0);
    assert_int_equal(figures.handover, Q(210));
    bw_verdict_free(verdict);
    k.revenue[0] = -1e6; /* a handover is never a gain */
    k.plan[0] = 2;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->handover, 0);
    bw_verdict_free(verdict);
}

static void given_pairs_replace_hours_km_and_cost(void **state)
{
    (void)state;
    kit k;
    start_travel(&k);
    bw_pair_given *row = kit_pair(&k, 0, 0);
    row->km = 10; /* driven 60, 1 hour */
    row->cost = 5;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->travel, 75 + 24);
    assert_fine(verdict->given, 5);
    assert_int_equal(verdict->travel_hours[0], Q(1));
    bw_verdict_free(verdict);
    row->travel_hours = 3; /* km still cost 24 */
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->travel, 225 + 24);
    assert_int_equal(verdict->travel_hours[0], Q(3));
    bw_verdict_free(verdict);
    row->hours = 20; /* the whole workload; the money stays */
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->travel, 225 + 24);
    assert_int_equal(verdict->travel_hours[0], Q(2));
    assert_int_equal(verdict->load[0], Q(38));
    bw_verdict_free(verdict);
    k.problem.pairs.cost_replaces = true;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_fine(verdict->objective, 5);
    assert_int_equal(verdict->moved_accounts, 1);
    bw_verdict_free(verdict);
}

static void segments_take_their_shares_in_order(void **state)
{
    (void)state;
    kit k;
    kit_start(&k, 5, 1);
    static const uint8_t holds[5] = {0, 1, 0, 0, 0};
    static const double of[5] = {10, 99, 40, 40, 10};
    k.segment[1] = (bw_segment_rule){.name = "B",
                                     .share = 0.5,
                                     .by = BW_BY_ACCOUNTS,
                                     .of = of,
                                     .calls = 2,
                                     .hours = 3};
    k.segment[2] = k.segment[0];
    k.segment[0] = (bw_segment_rule){
        .name = "A", .holds = holds, .share = NAN, .calls = 1, .hours = 1};
    k.problem.n_segments = 3;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    static const int32_t by_accounts[5] = {2, 0, 1, 1, 2};
    assert_memory_equal(verdict->segment, by_accounts, sizeof by_accounts);
    assert_int_equal(verdict->service_hours[2], Q(6));
    assert_int_equal(verdict->service_hours[0], 0);
    bw_verdict_free(verdict);
    k.segment[1].by = BW_BY_POTENTIAL; /* 40 of 100 is 0.4; a tie: file order */
    k.segment[1].share = 0.4;
    assert_int_equal(judge(&k, &verdict), 0);
    static const int32_t by_potential[5] = {2, 0, 1, 2, 2};
    assert_memory_equal(verdict->segment, by_potential, sizeof by_potential);
    bw_verdict_free(verdict);
}

static void targets_share_the_least_total_in_their_group(void **state)
{
    (void)state;
    kit k;
    kit_start(&k, 4, 3);
    static double beds[4] = {10, 20, 30, 40};
    static const int32_t group[3] = {0, 0, 1};
    kit_rule(&k);
    memset(k.rule_allowed, 0, sizeof k.rule_allowed);
    static const int32_t allowed[4][3] = {
        {1, 1, 0}, {1, 0, 0}, {0, 0, 1}, {1, 1, 1}};
    for (int32_t i = 0; i < 12; i++)
        k.rule_allowed[i] = (uint8_t)allowed[i / 3][i % 3];
    k.plan[2] = 2;
    bw_balance *balance = kit_band(&k, beds, NAN, NAN);
    balance->group = group;
    balance->n_groups = 2;
    balance->target = BW_TARGET_EQUAL;
    balance->tolerance = 0.1;
    k.fte[0] = 2;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    /* The last account could be in either group: it counts in none. */
    assert_int_equal(verdict->low[0], Q(18));
    assert_int_equal(verdict->high[0], Q(22));
    assert_int_equal(verdict->low[1], Q(9));
    assert_int_equal(verdict->high[2], Q(33));
    assert_int_equal(verdict->n_pairs, 7);
    bw_verdict_free(verdict);
    balance->group = NULL;
    balance->target = BW_TARGET_SHARE;
    for (int32_t r = 0; r < 3; r++)
        k.capacity[r] = 100 * (r + 1); /* weights 200, 200, 300 of 700 */
    k.low[0][1] = 7;                   /* stands instead */
    assert_int_equal(judge(&k, &verdict), 0);
    assert_int_equal(verdict->low[0], llround(1e6 * 200 / 700 * 0.9));
    assert_int_equal(verdict->low[1], Q(7));
    assert_int_equal(verdict->high[2], llround(1e6 * 300 / 700 * 1.1));
    bw_verdict_free(verdict);
    balance->target = BW_TARGET_CAPACITY;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_int_equal(verdict->high[0], Q(220));
    bw_verdict_free(verdict);
    static const double own[3] = {5, 8, 7};
    balance->target = BW_TARGET_COLUMN;
    balance->target_value = own;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_int_equal(verdict->high[2], Q(7.7));
    bw_verdict_free(verdict);
}

static void every_broken_rule_is_a_fault_that_says_which(void **state)
{
    (void)state;
    kit k;
    kit_start(&k, 2, 2);
    assert_int_equal(faults_of(&k), 0);
    k.plan[1] = -1;
    assert_fault(&k, "\"A2\" has no rep");
    k.plan[1] = 2;
    assert_fault(&k, "\"A2\" has no rep");
    k.plan[1] = 1;
    k.lock[1] = 0;
    assert_fault(&k, "\"A2\" may not be with rep \"R2\": it is locked to "
                     "\"R1\"");
    k.lock[1] = -1;
    kit_rule(&k);
    k.rule_allowed[3] = 0;
    assert_fault(&k, "the rule of line 7 forbids it: $a = $rep.b");
    k.problem.n_rules = 0;
    kit_pair(&k, 0, 0);
    bw_pair_given *row = kit_pair(&k, 1, 1);
    row->allowed = 0;
    assert_fault(&k, "line 3 of the pairs file");
    row->allowed = -1;
    row->rep = 0;
    assert_int_equal(faults_of(&k), 0);
    k.problem.pairs.only_listed = true;
    assert_fault(&k, "does not list it");
    row->rep = 1;
    row->km = 100.5;
    k.problem.km_limit = 100;
    assert_fault(&k, "100.5000 km exceed the limit of 100.0000 km");
    k.problem.km_limit = 100.5;
    assert_int_equal(faults_of(&k), 0);
    k.family[0] = k.family[1] = 0;
    k.problem.pairs.only_listed = false;
    assert_fault(&k, "\"A2\" is with rep \"R2\", but \"A1\" of the same family "
                     "is with \"R1\"");
}

static void hard_limits_are_faults_with_their_figures(void **state)
{
    (void)state;
    kit k;
    start_example(&k);
    k.balance[0].over_cost = INFINITY;
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 1);
    assert_false(verdict->inside_hard_limits);
    assert_fine(verdict->imbalance, 2); /* the soft side still counts */
    bw_verdict_free(verdict);
    assert_fault(&k, "rep \"R1\" has 8.0000 of \"beds\", above the hard limit "
                     "of 7.0000");
    k.balance[0].over_cost = 3;
    k.balance[0].under_cost = INFINITY;
    assert_fault(&k, "rep \"R2\" has 4.0000 of \"beds\", below the hard limit "
                     "of 5.0000");
}

static void an_empty_band_is_a_fault(void **state)
{
    (void)state;
    kit k;
    start_example(&k);
    k.low[0][1] = 7.5;
    assert_fault(&k, "the band of rep \"R2\" on \"beds\" is empty: from 7.5000 "
                     "to 7.0000");
}

static void prices_outside_their_range_prove_nothing(void **state)
{
    (void)state;
    kit k;
    bw_verdict *verdict;
    start_example(&k);
    k.price[0] = P(3) + 1;
    assert_fault(&k, "more than a unit above the band costs");
    assert_int_equal(judge(&k, &verdict), 1);
    assert_fine(verdict->bound_certified, 3);
    bw_verdict_free(verdict);
    k.price[0] = P(-2) - 1;
    assert_fault(&k, "more than a unit below the band costs");
    k.price[0] = P(-2);
    assert_int_equal(faults_of(&k), 0);
    k.low[0][0] = NAN;
    assert_fault(&k, "a lower limit that is not there");
    k.price[0] = P(3);
    assert_int_equal(faults_of(&k), 0);
    k.high[0][0] = NAN;
    assert_fault(&k, "an upper limit that is not there");
    start_example(&k);
    k.balance[0].over_cost = INFINITY;
    k.plan[1] = 1;
    k.plan[0] = 1;
    k.price[0] = P(1e6); /* any price will do for a hard side */
    k.high[0][1] = 99;
    assert_int_equal(faults_of(&k), 0);
    k.price[0] = INT64_MAX;
    k.high[0][0] = 1e12;
    k.price[2] = 0;
    assert_int_equal(faults_of(&k), 0);
    k.high[0][0] = 4e14;
    for (int i = 0; i < 2; i++)
        k.price[i] = INT64_MAX;
    k.high[0][1] = 4e14;
    assert_fault(&k, "too large for exact arithmetic");
}

static void sums_beyond_exact_integers_are_refused(void **state)
{
    (void)state;
    kit k;
    kit_start(&k, 2, 2);
    k.hours[0] = k.hours[1] = 3e14;
    bw_diags *diags = bw_diags_new();
    bw_verdict *verdict;
    assert_int_equal(bw_check(&k.problem, &k.claim, diags, &verdict),
                     BW_INVALID);
    assert_null(verdict);
    assert_int_equal(bw_diags_count_code(diags, BW_CHECK_FAILED), 1);
    bw_diags_free(diags);
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    kit k;
    start_example(&k);
    k.family[0] = k.family[1] = 0;
    bw_diags *diags = bw_diags_new();
    long before = bw_alloc_live();
    bw_status status = BW_NOMEM;
    long n = 0;
    while (status == BW_NOMEM) {
        bw_verdict *verdict;
        bw_alloc_fail_at(++n);
        status = bw_check(&k.problem, &k.claim, diags, &verdict);
        bw_alloc_fail_at(0);
        bw_verdict_free(verdict);
        assert_int_equal(bw_alloc_live(), before);
    }
    assert_int_equal(status, BW_OK);
    assert_true(n > 5);
    bw_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_costs_13_and_its_prices_prove_9_25),
        cmocka_unit_test(unit_prices_above_the_default_cost_what_they_undercut),
        cmocka_unit_test(a_certain_excess_is_tightened_into_the_bound),
        cmocka_unit_test(travel_and_handover_follow_the_formula),
        cmocka_unit_test(given_pairs_replace_hours_km_and_cost),
        cmocka_unit_test(segments_take_their_shares_in_order),
        cmocka_unit_test(targets_share_the_least_total_in_their_group),
        cmocka_unit_test(every_broken_rule_is_a_fault_that_says_which),
        cmocka_unit_test(hard_limits_are_faults_with_their_figures),
        cmocka_unit_test(an_empty_band_is_a_fault),
        cmocka_unit_test(prices_outside_their_range_prove_nothing),
        cmocka_unit_test(sums_beyond_exact_integers_are_refused),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
