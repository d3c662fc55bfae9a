/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves use of budgets, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/move.h"
#include "office.h"

#include <stdlib.h>

#define Q(amount) ((int64_t)((amount)*BW_QUANTA))

/* Four accounts of 10, 20, 30, 40 with R1, R1, R2 and R3; R3 is leaving. */
static office *four_accounts(void)
{
    office *o = office_new(4, 3);
    bw_accounts *a = &o->problem.accounts;
    o->problem.reps.n_serving = 2;
    a->owner[0] = a->owner[1] = 0;
    a->owner[2] = 1;
    a->owner[3] = 2;
    for (int i = 0; i < 4; i++)
        a->revenue[i] = 10 * (i + 1);
    o->problem.n_budgets = 1;
    o->budget[0] = (bw_budget){.name = "moved revenue",
                               .place = {"scenario.xml", 7, 3},
                               .measure = "revenue",
                               .kind = BW_MEASURE_VALUE,
                               .value = a->revenue,
                               .max = 25};
    return o;
}

static bw_instance *instance_of(office *o)
{
    bw_instance *instance;
    assert_int_equal(bw_instance_new(&o->problem, NULL, &instance), BW_OK);
    return instance;
}

static void assert_use(const bw_instance *instance, int32_t unit,
                       double with_first, double with_second)
{
    assert_int_equal(bw_instance_use(instance, 0, unit, 0), Q(with_first));
    assert_int_equal(bw_instance_use(instance, 0, unit, 1), Q(with_second));
}

static void voluntary_moves_count_and_forced_ones_where_asked(void **state)
{
    (void)state;
    office *o = four_accounts();
    bw_instance *instance = instance_of(o);
    assert_use(instance, 0, 0, 10);
    assert_use(instance, 1, 0, 20);
    assert_use(instance, 2, 30, 0);
    assert_use(instance, 3, 0, 0); /* its owner leaves */
    assert_int_equal(instance->budget[0].stated, Q(25));
    assert_int_equal(instance->budget[0].least, 0);
    bw_instance_free(instance);
    o->budget[0].count_all = true;
    o->budget[0].max = 40;
    instance = instance_of(o);
    assert_use(instance, 0, 0, 10);
    assert_use(instance, 3, 40, 40);
    assert_int_equal(instance->budget[0].least, Q(40));
    assert_false(instance->impossible);
    bw_instance_free(instance);
    office_free(o);
}

static void a_move_away_from_who_may_not_serve_is_forced(void **state)
{
    (void)state;
    office *o = four_accounts();
    uint8_t *allowed = office_rule(o, "no R1 for A2");
    allowed[1 * 3 + 0] = 0;
    bw_instance *instance = instance_of(o);
    assert_int_equal(bw_instance_use(instance, 0, 1, 1), 0);
    bw_instance_free(instance);
    o->budget[0].count_all = true;
    o->budget[0].max = 60;
    instance = instance_of(o);
    assert_int_equal(bw_instance_use(instance, 0, 1, 1), Q(20));
    assert_int_equal(instance->budget[0].least, Q(60));
    bw_instance_free(instance);
    office_free(o);
}

static void a_family_uses_what_others_of_it_owned(void **state)
{
    (void)state;
    office *o = four_accounts();
    o->problem.accounts.n_families = 1;
    o->problem.accounts.family[0] = o->problem.accounts.family[2] = 0;
    o->budget[0].max = 10;
    bw_instance *instance = instance_of(o);
    assert_use(instance, 0, 30, 10);
    assert_int_equal(instance->budget[0].least, Q(10));
    assert_false(instance->impossible);
    bw_instance_free(instance);
    office_free(o);
}

static void shares_are_of_owned_accounts_that_satisfy_where(void **state)
{
    (void)state;
    office *o = four_accounts();
    uint8_t *holds = office_array(o, 4, 1);
    holds[0] = holds[2] = holds[3] = 1;
    o->budget[0].share = true;
    o->budget[0].max = 0.123456;
    bw_instance *instance = instance_of(o);
    assert_int_equal(instance->budget[0].stated, 123456);
    bw_instance_free(instance);
    o->budget[0].holds = holds;
    instance = instance_of(o);
    assert_int_equal(instance->budget[0].stated, 98764); /* of 80; floor */
    assert_use(instance, 1, 0, 0);
    bw_instance_free(instance);
    o->problem.accounts.owner[2] = -1;
    instance = instance_of(o);
    assert_int_equal(instance->budget[0].stated, 61728); /* of 50 */
    assert_use(instance, 2, 0, 0);
    bw_instance_free(instance);
    office_free(o);
}

static void workload_means_service_hours(void **state)
{
    (void)state;
    office *o = four_accounts();
    o->problem.accounts.hours[1] = 7.5;
    o->budget[0].kind = BW_MEASURE_WORKLOAD;
    o->budget[0].value = NULL;
    bw_instance *instance = instance_of(o);
    assert_use(instance, 1, 0, 7.5);
    bw_instance_free(instance);
    office_free(o);
}

static void what_must_move_is_held_against_the_budget(void **state)
{
    (void)state;
    office *o = four_accounts();
    bw_diags *diags = bw_diags_new();
    bw_instance *instance;
    o->budget[0].count_all = true;
    o->budget[0].max = 39.9999;
    assert_int_equal(bw_instance_new(&o->problem, diags, &instance), BW_OK);
    assert_true(instance->impossible);
    assert_int_equal(bw_diags_count_code(diags, BW_BUDGET_SHORT), 1);
    const bw_diag *diag = bw_diags_at(diags, 0);
    assert_int_equal(diag->place.line, 7);
    assert_non_null(strstr(diag->text, "allows 39.9999 of revenue to change "
                                       "hands, but every plan moves 40 of "
                                       "revenue at least: "));
    bw_instance_free(instance);
    bw_diags_free(diags);
    office_free(o);
}

/* What is said of a budget of max accounts where `must` of four move. */
static void assert_said(double max, int must, const char *said)
{
    office *o = four_accounts();
    bw_diags *diags = bw_diags_new();
    bw_instance *instance;
    double *ones = calloc(4, sizeof *ones);
    for (int a = 0; a < 4; a++) {
        ones[a] = 1;
        o->problem.accounts.owner[a] = a < must ? 2 : 0; /* 2 leaves */
    }
    o->budget[0].measure = "accounts";
    o->budget[0].value = ones;
    o->budget[0].count_all = true;
    o->budget[0].max = max;
    assert_int_equal(bw_instance_new(&o->problem, diags, &instance), BW_OK);
    assert_int_equal(bw_diags_count_code(diags, BW_BUDGET_SHORT), 1);
    assert_non_null(strstr(bw_diags_at(diags, 0)->text, said));
    bw_instance_free(instance);
    bw_diags_free(diags);
    free(ones);
    office_free(o);
}

static void none_one_and_many_accounts_are_said_as_one_says_them(void **state)
{
    (void)state;
    assert_said(0, 1,
                "allows no account to change hands, but every plan "
                "moves 1 account at least: ");
    assert_said(1, 3,
                "allows 1 account to change hands, but every plan moves "
                "3 accounts at least: ");
    assert_said(1.5, 2,
                "allows 1.5 accounts to change hands, but every plan "
                "moves 2 accounts at least: ");
}

static void assert_limit(office *o, double max, double limit)
{
    o->budget[0].max = max;
    bw_instance *instance = instance_of(o);
    assert_int_equal(instance->budget[0].stated, Q(max));
    assert_int_equal(instance->budget[0].limit, Q(limit));
    bw_instance_free(instance);
}

/* 10, 20 and 30 may stay, 40 moves by force. */
static void a_limit_is_what_whole_units_can_use_of_it(void **state)
{
    (void)state;
    office *o = four_accounts();
    assert_limit(o, 9.5, 0);
    assert_limit(o, 10, 10);
    assert_limit(o, 29.9999, 20);
    o->problem.accounts.revenue[3] = 47; /* counts for nothing */
    assert_limit(o, 29.9999, 20);
    o->budget[0].count_all = true; /* in every plan */
    assert_limit(o, 47, 47);
    assert_limit(o, 56.5, 47);
    assert_limit(o, 57, 57);
    office_free(o);
}

static void families_are_whole_units(void **state)
{
    (void)state;
    office *o = four_accounts();
    bw_accounts *a = &o->problem.accounts;
    a->n_families = 2;
    a->family[0] = a->family[1] = 0; /* both of R1: 30 */
    a->family[2] = a->family[3] = 1; /* of R2 30, and 40 by force */
    assert_limit(o, 59, 30);
    assert_limit(o, 60, 60);
    a->owner[1] = 1;         /* 10 stay with R1, or 20 with R2, or none */
    assert_limit(o, 59, 50); /* 10 at least, and tens */
    office_free(o);
}

static void what_nobody_can_keep_leaves_the_limit_alone(void **state)
{
    (void)state;
    office *o = four_accounts();
    for (int i = 0; i < 4; i++)
        o->problem.accounts.owner[i] = 2;
    assert_limit(o, 12.5, 12.5);
    office_free(o);
}

/* A family of 10, 20 and 30 with R1, R2, R3 that is with R3 uses 30 of 45: with
 * R2 it would use 40, with R1 50, though R1 is the cheapest. */
static void moves_that_break_a_budget_come_last(void **state)
{
    (void)state;
    office *o = office_new(3, 3);
    bw_accounts *a = &o->problem.accounts;
    a->n_families = 1;
    for (int i = 0; i < 3; i++) {
        a->owner[i] = i;
        a->family[i] = 0;
        a->revenue[i] = 10 * (i + 1);
        for (int r = 0; r < 3; r++)
            office_given(o, i, r)->cost = r;
    }
    o->problem.n_budgets = 1;
    o->budget[0] = (bw_budget){.name = "moved revenue",
                               .measure = "revenue",
                               .kind = BW_MEASURE_VALUE,
                               .value = a->revenue,
                               .max = 45};
    bw_instance *instance = instance_of(o);
    bw_plan *plan;
    bw_pair buffer[3];
    int32_t next;
    bw_wide extra;
    bw_move move;
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    assert_int_equal(bw_plan_assign(plan, (const int32_t[]){2}), BW_OK);
    assert_int_equal(plan->use[0], Q(30));
    assert_int_equal(plan->outside, 0);
    bw_plan_next_rep(plan, 0, buffer, &next, &extra);
    assert_int_equal(next, 1);
    assert_true(bw_move_to(plan, 0, 0, &move));
    assert_true(move.breaks);
    assert_int_equal(move.hurt_budget, 0);
    assert_true(bw_move_to(plan, 0, 1, &move));
    assert_false(move.breaks);
    assert_int_equal(move.hurt_budget, -1);
    /* Above the limit nothing is left to break. */
    assert_int_equal(bw_plan_assign(plan, (const int32_t[]){0}), BW_OK);
    assert_int_equal(plan->outside, Q(10)); /* 45 means 40 */
    assert_true(bw_move_to(plan, 0, 1, &move));
    assert_false(move.breaks);
    bw_plan_free(plan);
    bw_instance_free(instance);
    office_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(voluntary_moves_count_and_forced_ones_where_asked),
        cmocka_unit_test(a_move_away_from_who_may_not_serve_is_forced),
        cmocka_unit_test(a_family_uses_what_others_of_it_owned),
        cmocka_unit_test(shares_are_of_owned_accounts_that_satisfy_where),
        cmocka_unit_test(workload_means_service_hours),
        cmocka_unit_test(what_must_move_is_held_against_the_budget),
        cmocka_unit_test(none_one_and_many_accounts_are_said_as_one_says_them),
        cmocka_unit_test(a_limit_is_what_whole_units_can_use_of_it),
        cmocka_unit_test(families_are_whole_units),
        cmocka_unit_test(what_nobody_can_keep_leaves_the_limit_alone),
        cmocka_unit_test(moves_that_break_a_budget_come_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
