/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/plan.h"
#include "random_office.h"
#include "validate.h"

/* Builds and frees the office; the diagnostics are the caller's. */
static bw_diags *built(office *o, bw_status expected, bool impossible)
{
    bw_instance *instance;
    bw_diags *diags = bw_diags_new();
    assert_int_equal(bw_instance_new(&o->problem, diags, &instance), expected);
    if (instance)
        assert_int_equal(instance->impossible, impossible);
    bw_instance_free(instance);
    office_free(o);
    return diags;
}

/* Exactly one diagnostic, with this code and these words in it. */
static void expect_one(bw_diags *diags, bw_code code, const char *words)
{
    assert_int_equal(bw_diags_kept(diags), 1);
    const bw_diag *diag = bw_diags_at(diags, 0);
    assert_int_equal(diag->code, code);
    if (!strstr(diag->text, words))
        assert_string_equal(diag->text, words);
    bw_diags_free(diags);
}

static void a_rule_that_excludes_everybody_is_named(void **state)
{
    (void)state;
    office *o = office_new(2, 2);
    uint8_t *allowed = office_rule(o, "<forbid where=\"x\">");
    office_rule(o, "<require skill=\"de\">")[2] = 0;
    allowed[2] = allowed[3] = 0;
    expect_one(built(o, BW_INVALID, false), BW_ACCOUNT_UNSERVABLE,
               "nobody may serve account \"A2\": <forbid where=\"x\"> (line 9) "
               "excludes every rep");
}

static void rules_that_together_exclude_everybody_are_named(void **state)
{
    (void)state;
    office *o = office_new(1, 2);
    office_rule(o, "<forbid one>")[0] = 0;
    office_rule(o, "<forbid two>")[1] = 0;
    expect_one(built(o, BW_INVALID, false), BW_ACCOUNT_UNSERVABLE,
               "<forbid one> (line 9), <forbid two> (line 9) together exclude "
               "every rep");
}

static void the_nearest_rep_beyond_the_limit_is_named(void **state)
{
    (void)state;
    office *o = office_new(1, 2);
    office_place(o, 0, 0, 1);
    o->problem.reps.home[1] = (bw_point){0, 3};
    o->problem.travel.counts = true;
    o->problem.km_limit = 100;
    expect_one(built(o, BW_INVALID, false), BW_ACCOUNT_UNSERVABLE,
               "within 100 km; nearest \"R1\" at 145 km");
}

static void a_pairs_file_that_lists_nobody_is_named(void **state)
{
    (void)state;
    office *o = office_new(1, 2);
    o->problem.pairs.only_listed = true;
    expect_one(built(o, BW_INVALID, false), BW_ACCOUNT_UNSERVABLE,
               "the pairs file allows none of the 2 reps");
}

static void a_lock_against_a_rule_names_both(void **state)
{
    (void)state;
    office *o = office_new(2, 2);
    o->lock[1] = 1;
    office_rule(o, "<forbid two>")[1 * 2 + 1] = 0;
    expect_one(built(o, BW_INVALID, false), BW_LOCK_FORBIDDEN,
               "account \"A2\" is locked to \"R2\", but <forbid two> (line 9) "
               "excludes it");
    o = office_new(1, 2);
    o->problem.reps.n_serving = 1;
    o->lock[0] = 1;
    expect_one(built(o, BW_INVALID, false), BW_LOCK_FORBIDDEN,
               "but that rep is leaving");
    o = office_new(1, 2);
    office_place(o, 0, 0, 1);
    o->problem.travel.counts = true;
    o->problem.km_limit = 100;
    o->lock[0] = 1;
    expect_one(built(o, BW_INVALID, false), BW_LOCK_FORBIDDEN,
               "but that is 145 km away and the limit 100 km");
    o = office_new(1, 2);
    office_given(o, 0, 1)->allowed = 0;
    o->lock[0] = 1;
    expect_one(built(o, BW_INVALID, false), BW_LOCK_FORBIDDEN,
               "but the pairs file does not allow it");
}

static void two_locks_in_one_family_contradict(void **state)
{
    (void)state;
    office *o = office_new(3, 2);
    o->problem.accounts.n_families = 1;
    for (int32_t a = 0; a < 3; a++)
        o->problem.accounts.family[a] = 0;
    o->lock[0] = 0;
    o->lock[2] = 1;
    expect_one(built(o, BW_INVALID, false), BW_LOCK_CONFLICT,
               "account \"A3\" is locked to \"R2\", but \"A1\" of the same "
               "family to \"R1\"");
}

static void every_unservable_account_is_listed(void **state)
{
    (void)state;
    office *o = office_new(5, 2);
    memset(office_rule(o, "<forbid all>"), 0, 10);
    bw_diags *diags = built(o, BW_INVALID, false);
    assert_int_equal(bw_diags_count_code(diags, BW_ACCOUNT_UNSERVABLE), 5);
    assert_int_equal(bw_diags_at(diags, 4)->place.line, 6);
    bw_diags_free(diags);
}

static void without_a_serving_rep_nothing_can_be_planned(void **state)
{
    (void)state;
    office *o = office_new(1, 2);
    o->problem.reps.n_serving = 0;
    expect_one(built(o, BW_INVALID, false), BW_REPS_NONE,
               "of the 2 that take part all are leaving");
}

static void a_unit_above_every_hard_band_is_an_error(void **state)
{
    (void)state;
    office *o = office_new(3, 2);
    o->problem.accounts.hours[1] = 1000.5;
    o->balance[0].over_cost = (double)INFINITY;
    expect_one(built(o, BW_INVALID, false), BW_ACCOUNT_TOO_LARGE,
               "account \"A2\" is larger than the hard band of every rep that "
               "may serve it: workload 1000.5 against at most 1000");
}

static void units_above_every_soft_band_are_counted_in_one_warning(void **s)
{
    (void)s;
    office *o = office_new(4, 2);
    double *high = office_numbers(o, 2, 100);
    high[1] = 20;
    o->balance[0].high = high;
    o->problem.accounts.hours[0] = 50; /* fits R1 */
    o->problem.accounts.hours[1] = 101;
    o->problem.accounts.hours[2] = 120.25;
    bw_diags *diags = built(o, BW_OK, false);
    assert_int_equal(bw_diags_count(diags, BW_WARNING), 1);
    /* The place is that of the account that the sentence names. */
    assert_int_equal(bw_diags_at(diags, 0)->place.line, 4);
    expect_one(diags, BW_ACCOUNT_TOO_LARGE,
               "2 units are larger than the workload band of every rep that "
               "may serve them, most of all account \"A3\": 20.25 above");
}

static void hard_bands_that_cannot_hold_everything_are_impossible(void **state)
{
    (void)state;
    office *o = office_new(5, 2);
    o->balance[0].high = office_numbers(o, 2, 2);
    o->balance[0].over_cost = (double)INFINITY;
    expect_one(built(o, BW_OK, true), BW_CAPACITY_SHORT,
               "the accounts that \"R1\", \"R2\" may serve bring at least 5 of "
               "workload, but the hard bands of these reps hold at most 4: 1 "
               "too much");
}

static void hard_bands_that_cannot_be_filled_are_impossible(void **state)
{
    (void)state;
    office *o = office_new(5, 2);
    o->balance[0].low = office_numbers(o, 2, 3);
    o->balance[0].under_cost = (double)INFINITY;
    expect_one(built(o, BW_OK, true), BW_CAPACITY_SHORT,
               "the accounts that \"R1\", \"R2\" may serve bring at most 5 of "
               "workload, but the hard bands of these reps ask for at least 6: "
               "1 too little");
}

static void the_smallest_set_of_reps_that_is_short_is_named(void **state)
{
    (void)state;
    office *o = office_new(8, 4);
    o->balance[0].high = office_numbers(o, 4, 2);
    o->balance[0].over_cost = (double)INFINITY;
    uint8_t *allowed = office_rule(o, "east only");
    for (int32_t a = 0; a < 5; a++) /* five for R1 and R2, who hold four */
        allowed[a * 4 + 2] = allowed[a * 4 + 3] = 0;
    expect_one(built(o, BW_OK, true), BW_CAPACITY_SHORT,
               "the accounts that only \"R1\", \"R2\" may serve bring at least "
               "5 of workload");
    o = office_new(8, 4);
    o->balance[0].low = office_numbers(o, 4, 1);
    o->balance[0].under_cost = (double)INFINITY;
    allowed = office_rule(o, "not R3");
    for (int32_t a = 0; a < 8; a++)
        allowed[a * 4 + 2] = 0;
    expect_one(built(o, BW_OK, true), BW_CAPACITY_SHORT,
               "the accounts that \"R3\" may serve bring at most 0");
}

static bool some_plan_is_inside(const bw_instance *instance)
{
    bw_plan *plan;
    bool found = false;
    int32_t rep[8] = {0};
    bw_plan_new(instance, &plan);
    for (;;) {
        if (bw_plan_assign(plan, rep) == BW_OK && plan->outside == 0)
            found = true;
        int32_t unit = 0;
        while (unit < instance->n_units && ++rep[unit] == instance->n_reps)
            rep[unit++] = 0;
        if (found || unit == instance->n_units)
            break;
    }
    bw_plan_free(plan);
    return found;
}

static void impossible_is_only_said_where_no_plan_exists(void **state)
{
    (void)state;
    uint64_t seed = 3;
    int32_t n_impossible = 0, n_possible = 0;
    for (int i = 0; i < 4000; i++) {
        office *o = office_new(5, 3);
        bw_instance *instance;
        random_balances(o, &seed);
        for (int32_t k = 0; k < o->problem.n_balances; k++) {
            bw_balance *b = &o->balance[k];
            bool hard = office_pick(&seed, 2) > 0;
            b->under_cost = hard ? (double)INFINITY : 1;
            b->over_cost = hard ? (double)INFINITY : 1;
        }
        for (int32_t a = 0; a < 5; a++)
            o->problem.accounts.hours[a] = office_uniform(&seed, 0, 60);
        uint8_t *allowed = office_rule(o, "a rule");
        for (int32_t j = 0; j < 15; j++)
            allowed[j] = office_pick(&seed, 3) > 0;
        bw_status status = bw_instance_new(&o->problem, NULL, &instance);
        if (status == BW_OK && instance->impossible) {
            assert_false(some_plan_is_inside(instance));
            n_impossible++;
        } else if (status == BW_OK) {
            n_possible += some_plan_is_inside(instance);
        }
        bw_instance_free(instance);
        office_free(o);
    }
    assert_true(n_impossible > 50 && n_possible > 50);
}

static void amounts_are_printed_exactly(void **state)
{
    (void)state;
    char text[BW_AMOUNT_ROOM];
    assert_string_equal(bw_amount_text(0, text), "0");
    assert_string_equal(bw_amount_text(-12500, text), "-1.25");
    assert_string_equal(bw_amount_text(100, text), "0.01");
    assert_string_equal(bw_amount_text(2000000, text), "200");
    assert_string_equal(bw_amount_text(INT64_MIN, text),
                        "-922337203685477.5808");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_excludes_everybody_is_named),
        cmocka_unit_test(rules_that_together_exclude_everybody_are_named),
        cmocka_unit_test(the_nearest_rep_beyond_the_limit_is_named),
        cmocka_unit_test(a_pairs_file_that_lists_nobody_is_named),
        cmocka_unit_test(a_lock_against_a_rule_names_both),
        cmocka_unit_test(two_locks_in_one_family_contradict),
        cmocka_unit_test(every_unservable_account_is_listed),
        cmocka_unit_test(without_a_serving_rep_nothing_can_be_planned),
        cmocka_unit_test(a_unit_above_every_hard_band_is_an_error),
        cmocka_unit_test(
            units_above_every_soft_band_are_counted_in_one_warning),
        cmocka_unit_test(hard_bands_that_cannot_hold_everything_are_impossible),
        cmocka_unit_test(hard_bands_that_cannot_be_filled_are_impossible),
        cmocka_unit_test(the_smallest_set_of_reps_that_is_short_is_named),
        cmocka_unit_test(impossible_is_only_said_where_no_plan_exists),
        cmocka_unit_test(amounts_are_printed_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
