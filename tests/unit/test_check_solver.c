/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solver and judge, who share no code, must make the same of a problem. */
#include "judge_random.h"

#include "bw/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* Every allowed pair of every unit, its cost and its workload: through what
 * moving each account to each rep would change. */
static void compare_pairs(const kit *k, const bw_instance *instance,
                          const bw_verdict *verdict)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++)
        for (int32_t r = 0; r < k->problem.reps.n; r++) {
            bw_pair pair;
            bw_pair_parts parts;
            bw_account_figures own;
            bw_wide extra;
            int32_t unit = instance->account_unit[a];
            bool allowed = bw_instance_pair(instance, unit, r, &pair);
            assert_true(allowed == bw_verdict_move(&k->problem, verdict,
                                                   &k->claim, a, r, &extra));
            if (!allowed)
                continue;
            bw_instance_account_parts(instance, a, r, &parts);
            bw_verdict_account(&k->problem, verdict, a, r, &own);
            assert_int_equal(parts.travel, own.travel);
            assert_int_equal(parts.handover, own.handover);
            assert_int_equal(parts.given, own.given);
            assert_int_equal(parts.travel_hours, own.travel_hours);
            assert_true(parts.km == own.km ||
                        (isnan(parts.km) && isnan(own.km)));
        }
}

static void compare_problem(const kit *k, const bw_instance *instance,
                            const bw_verdict *verdict)
{
    int32_t n = k->problem.accounts.n;
    assert_int_equal(instance->n_units, verdict->n_units);
    assert_int_equal(instance->n_pairs, verdict->n_pairs);
    for (int32_t a = 0; a < n; a++) {
        assert_int_equal(instance->segment[a], verdict->segment[a]);
        assert_int_equal(instance->service_hours[a], verdict->service_hours[a]);
        assert_int_equal(instance->account_unit[a], verdict->unit[a]);
    }
    for (int32_t i = 0; i < instance->n_reps * instance->n_measures; i++) {
        assert_int_equal(instance->low[i], verdict->low[i]);
        assert_int_equal(instance->high[i], verdict->high[i]);
    }
    compare_pairs(k, instance, verdict);
}

/* A plan of allowed pairs at random; the kit takes it over. */
static void draw_plan(kit *k, const bw_instance *instance, uint64_t *seed,
                      int32_t *rep)
{
    bw_pair buffer[KIT_REPS];
    for (int32_t u = 0; u < instance->n_units; u++) {
        bw_row row = bw_instance_row(instance, u, buffer);
        rep[u] = row.pair[draw(seed, (uint32_t)row.n)].rep;
    }
    for (int32_t a = 0; a < k->problem.accounts.n; a++)
        k->plan[a] = rep[instance->account_unit[a]];
}

static void compare_plan(const kit *k, const bw_plan *plan,
                         const bw_verdict *verdict)
{
    const bw_instance *instance = plan->instance;
    assert_true(plan->objective == verdict->objective);
    assert_true(plan->imbalance == verdict->imbalance);
    assert_true(plan->bound_certified == verdict->bound_certified);
    assert_true((plan->outside == 0) == verdict->inside_hard_limits);
    for (int32_t i = 0; i < instance->n_reps * instance->n_measures; i++)
        assert_int_equal(plan->load[i], verdict->load[i]);
    if (!verdict->inside_hard_limits)
        return;
    int32_t next[KIT_ACCOUNTS];
    bw_wide extra[KIT_ACCOUNTS];
    assert_int_equal(
        bw_verdict_next(&k->problem, verdict, &k->claim, next, extra), BW_OK);
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        bw_pair buffer[KIT_REPS];
        int32_t rep;
        bw_wide cost;
        bw_plan_next_rep(plan, instance->account_unit[a], buffer, &rep, &cost);
        assert_int_equal(rep, next[a]);
        if (rep >= 0)
            assert_true(cost == extra[a]);
    }
}

/* False: the solver refused the problem. */
static bool compare_case(kit *k, uint64_t *seed)
{
    bw_diags *diags = bw_diags_new();
    bw_instance *instance;
    bw_status status = bw_instance_new(&k->problem, diags, &instance);
    bw_diags_free(diags);
    if (status != BW_OK) {
        assert_int_equal(status, BW_INVALID);
        return false;
    }
    bw_plan *plan;
    bw_verdict *verdict;
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    for (int i = 0; i < 5; i++) {
        int32_t rep[KIT_ACCOUNTS];
        draw_plan(k, instance, seed, rep);
        draw_prices(k, seed);
        assert_int_equal(bw_plan_assign(plan, rep), BW_OK);
        assert_int_equal(bw_plan_certify(plan, k->price, 1), BW_OK);
        assert_int_equal(bw_check(&k->problem, &k->claim, NULL, &verdict),
                         BW_OK);
        compare_problem(k, instance, verdict);
        compare_plan(k, plan, verdict);
        bw_verdict_free(verdict);
    }
    bw_plan_free(plan);
    bw_instance_free(instance);
    return true;
}

static void solver_and_judge_agree_on_random_problems(void **state)
{
    (void)state;
    uint64_t seed = 17;
    int agreed = 0;
    for (int i = 0; i < 2000; i++) {
        kit k;
        bw_scenario scenario = {0};
        draw_problem(&k, &seed);
        k.problem.scenario = &scenario;
        agreed += compare_case(&k, &seed);
    }
    assert_true(agreed > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solver_and_judge_agree_on_random_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
