/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clusters' bound within the search: when it is tried, that what it proves
 * is shown as it rises, and that it lasts from one plan to the next. */
#include "closing.h"

#include "bound.h"
#include "random_instance.h"

#include "bw/solve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static double no_time(void *nothing)
{
    (void)nothing;
    return 0;
}

static bw_settings quiet(int threads)
{
    bw_settings s = bw_settings_default();
    s.seconds = (double)INFINITY;
    s.threads = threads;
    s.clock = no_time;
    return s;
}

/* --- when --- */

/* Runs a search of steps, whose attempts leave the same part of the gap. */
static bw_attempts attempt_often(double left_of_open, double wanted,
                                 int64_t steps, int *tries)
{
    bw_attempts attempts = {0};
    int64_t spent = 0;
    double open = 1;
    *tries = 0;
    for (int64_t i = 0; i < steps; i++) {
        spent += 10000000;
        if (!bw_attempts_due(&attempts, spent, 1000))
            continue;
        int64_t before = attempts.spent;
        spent += bw_attempts_done(&attempts, 1000, attempts.next, open,
                                  open * left_of_open, wanted);
        open *= left_of_open;
        assert_true(attempts.spent > before);
        assert_true((double)attempts.spent <= 0.3 * (double)spent);
        ++*tries;
    }
    return attempts;
}

static void attempts_take_a_part_of_all_work(void **state)
{
    (void)state;
    int near, vain;
    bw_attempts pays = attempt_often(1, 0.8, 10000, &near);
    bw_attempts idle = attempt_often(1, 1e-6, 10000, &vain);
    assert_true(near >= 5);
    assert_true(vain >= 2 && vain < near);
    assert_true(pays.spent > 4 * idle.spent);
}

static void no_clusters_are_asked_for_once(void **state)
{
    (void)state;
    bw_attempts attempts = {0};
    assert_true(bw_attempts_due(&attempts, 1000000000, 10));
    bw_attempts_done(&attempts, 10, -1, 1, 1, 0.1);
    assert_false(bw_attempts_due(&attempts, INT64_MAX / 4, 10));
}

/* --- what is shown --- */

typedef struct shown {
    atomic_int looks;
    double bound;
    int rises;
} shown;

static void look(void *data, bw_progress *now)
{
    shown *s = data;
    now->bound = atomic_fetch_add(&s->looks, 1) + 1;
}

static void note(void *data, const bw_progress *p)
{
    shown *s = data;
    s->rises += p->bound > s->bound;
    s->bound = p->bound;
}

/* Ends when it was looked at five times. */
static bw_status wait(void *data, int32_t index, int thread)
{
    shown *s = data;
    (void)index;
    (void)thread;
    while (atomic_load(&s->looks) < 5)
        continue;
    return BW_OK;
}

static void what_rises_while_tasks_run_is_shown(void **state)
{
    (void)state;
    shown s = {.bound = -1};
    bw_settings settings = quiet(1);
    settings.progress = note;
    settings.progress_data = &s;
    bw_work *work;
    assert_int_equal(bw_work_new(&settings, &work), BW_OK);
    bw_work_show(work, &(bw_progress){.phase = "proof"});
    bw_work_watch(work, look, &s);
    assert_int_equal(bw_work_run(work, 1, wait, &s), BW_OK);
    assert_true(s.rises >= 5);
    bw_work_watch(work, NULL, NULL);
    double last = s.bound;
    assert_int_equal(bw_work_run(work, 1, wait, &s), BW_OK);
    assert_true(s.bound == last);
    bw_work_free(work);
}

typedef struct rise {
    bw_wide value;
    int times;
} rise;

static void raised(void *data, bw_wide value)
{
    rise *r = data;
    assert_true(value >= r->value);
    *r = (rise){value, r->times + 1};
}

/* --- what lasts --- */

static bw_plan *certified(const bw_instance *instance, bw_settings *settings)
{
    bw_plan *plan;
    bw_prices *prices;
    int64_t price[64];
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    assert_int_equal(bw_prices_new(instance, settings, NULL, &prices), BW_OK);
    assert_int_equal(bw_plan_assign(plan, prices->best_rep), BW_OK);
    bw_prices_round(instance, prices->price, price);
    assert_int_equal(bw_plan_certify(plan, price, 1), BW_OK);
    bw_prices_free(prices);
    return plan;
}

static void bounds_rise_and_last_from_plan_to_plan(void **state)
{
    (void)state;
    random_kind kind = {60, 9, 2, 0, false, 0.05, 0, 0.6};
    int inside = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        bw_instance *instance = random_instance(&kind, seed);
        bw_settings settings = quiet(2);
        bw_plan *plan = certified(instance, &settings), *best;
        settings.effort = BW_EFFORT_QUICK;
        assert_int_equal(bw_solve(instance, &settings, &best), BW_OK);
        rise r = {plan->bound_certified, 0};
        bw_cluster_settings how = {.reps_most = 4,
                                   .work = 3000,
                                   .seconds = (double)INFINITY,
                                   .settings = &settings,
                                   .raised = raised,
                                   .raised_data = &r};
        bw_clusters *first, *then;
        assert_int_equal(bw_clusters_new(plan, &how, &first), BW_OK);
        assert_non_null(first);
        assert_true(r.times > first->n_clusters);
        assert_true(r.value <= first->value);
        assert_true(first->value <= best->objective);
        assert_int_equal(bw_plan_assign(plan, best->rep), BW_OK);
        how.work = 20; /* too little to find anything */
        how.earlier = first;
        r.value = plan->bound_certified;
        assert_int_equal(bw_clusters_new(plan, &how, &then), BW_OK);
        assert_non_null(then);
        assert_true(then->value >= first->value);
        assert_true(then->value <= best->objective);
        assert_memory_equal(then->of_rep, first->of_rep,
                            9 * sizeof *then->of_rep);
        for (int32_t u = 0; u < 60; u++) {
            bool was = first->unit_price[u] == BW_INSIDE;
            bool is = then->unit_price[u] == BW_INSIDE;
            inside += is && !was;
            assert_true(is || then->unit_price[u] == first->unit_price[u]);
        }
        bw_clusters_free(first);
        bw_clusters_free(then);
        bw_plan_free(plan);
        bw_plan_free(best);
        bw_instance_free(instance);
    }
    assert_true(inside > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attempts_take_a_part_of_all_work),
        cmocka_unit_test(no_clusters_are_asked_for_once),
        cmocka_unit_test(what_rises_while_tasks_run_is_shown),
        cmocka_unit_test(bounds_rise_and_last_from_plan_to_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
