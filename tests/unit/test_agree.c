/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The instance and the judge are written apart, from the same words; on random
 * problems they must find the same integers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "bw/check.h"
#include "bw/plan.h"
#include "random_office.h"

/* A random allowed plan, by unit and by account. */
static void pick_plan(const bw_instance *instance, uint64_t *seed,
                      int32_t *of_unit, int32_t *of_account)
{
    bw_pair buffer[400];
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, buffer);
        of_unit[unit] = row.pair[office_pick(seed, row.n)].rep;
    }
    for (int32_t a = 0; a < instance->problem->accounts.n; a++)
        of_account[a] = of_unit[instance->account_unit[a]];
}

static void compare_data(const bw_instance *instance, const bw_verdict *verdict)
{
    int32_t n = instance->problem->accounts.n;
    assert_int_equal(verdict->n_units, instance->n_units);
    assert_int_equal(verdict->n_pairs, instance->n_pairs);
    for (int32_t a = 0; a < n; a++) {
        assert_int_equal(verdict->segment[a], instance->segment[a]);
        assert_int_equal(verdict->service_hours[a], instance->service_hours[a]);
        assert_int_equal(verdict->unit[a], instance->account_unit[a]);
    }
    int32_t n_limits = instance->n_reps * instance->n_measures;
    for (int32_t i = 0; i < n_limits; i++) {
        assert_int_equal(verdict->low[i], instance->low[i]);
        assert_int_equal(verdict->high[i], instance->high[i]);
    }
}

static void compare_plan(const bw_plan *plan, const bw_verdict *verdict)
{
    const bw_instance *instance = plan->instance;
    int32_t n_limits = instance->n_reps * instance->n_measures;
    for (int32_t i = 0; i < n_limits; i++)
        assert_int_equal(verdict->load[i], plan->load[i]);
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        assert_int_equal(verdict->stated[g], instance->budget[g].stated);
        assert_int_equal(verdict->limit[g], instance->budget[g].limit);
        assert_int_equal(verdict->use[g], plan->use[g]);
        assert_true(plan->use[g] >= instance->budget[g].least);
    }
    assert_true(verdict->objective == plan->objective);
    assert_true(verdict->imbalance == plan->imbalance);
    assert_int_equal(verdict->inside_hard_limits, plan->outside == 0);
    assert_true(verdict->bound_certified == instance->bound_zero);
    assert_true(!instance->impossible || plan->outside > 0);
    bw_wide travel = 0, handover = 0, given = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_pair_parts parts;
        bw_instance_parts(instance, unit, plan->rep[unit], &parts);
        travel += bw_fine(parts.travel);
        handover += bw_fine(parts.handover);
        given += bw_fine(parts.given);
    }
    assert_true(verdict->travel == travel);
    assert_true(verdict->handover == handover);
    assert_true(verdict->given == given);
}

static void compare_next(const bw_plan *plan, const bw_verdict *verdict,
                         const bw_claim *claim)
{
    const bw_instance *instance = plan->instance;
    int32_t next[32];
    bw_wide extra[32];
    bw_pair buffer[400];
    assert_int_equal(
        bw_verdict_next(instance->problem, verdict, claim, next, extra), BW_OK);
    for (int32_t a = 0; a < instance->problem->accounts.n; a++) {
        int32_t rep;
        bw_wide change;
        bw_plan_next_rep(plan, instance->account_unit[a], buffer, &rep,
                         &change);
        assert_int_equal(next[a], rep);
        if (rep >= 0)
            assert_true(extra[a] == change);
    }
}

static void judge(const office *o, const bw_instance *instance, uint64_t *seed)
{
    int32_t of_unit[32], of_account[32];
    static const int64_t price[400 * 3 + 3];
    bw_verdict *verdict;
    bw_plan *plan;
    pick_plan(instance, seed, of_unit, of_account);
    bw_claim claim = {.rep = of_account, .price = price};
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    assert_int_equal(bw_plan_assign(plan, of_unit), BW_OK);
    assert_int_equal(bw_check(&o->problem, &claim, NULL, &verdict), BW_OK);
    compare_data(instance, verdict);
    compare_plan(plan, verdict);
    compare_next(plan, verdict, &claim);
    bw_verdict_free(verdict);
    bw_plan_free(plan);
}

static void instance_and_judge_find_the_same_integers(void **state)
{
    (void)state;
    uint64_t seed = 7;
    int32_t n_judged = 0, n_impossible = 0;
    for (int i = 0; i < 6000 && n_judged < 300; i++) {
        office *o = random_office(&seed);
        bw_instance *instance;
        random_segments(o, &seed);
        random_balances(o, &seed);
        random_moved(o, &seed);
        if (bw_instance_new(&o->problem, NULL, &instance) == BW_OK) {
            judge(o, instance, &seed);
            n_judged++;
            n_impossible += instance->impossible;
        }
        bw_instance_free(instance);
        office_free(o);
    }
    assert_int_equal(n_judged, 300);
    assert_true(n_impossible > 10 && n_impossible < 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instance_and_judge_find_the_same_integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
