/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixing and the bound beyond the relaxation, judged by enumeration. */
#include "bound.h"
#include "cluster.h"
#include "fix.h"
#include "random_instance.h"

#include "bw/alloc.h"

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
    return (bw_settings){.seconds = (double)INFINITY,
                         .threads = threads,
                         .clock = no_time,
                         .seed = 1};
}

/* Small enough to enumerate: at most 4^9 plans. */
static const random_kind kinds[] = {
    {9, 4, 2, 0, false, 0.10, 0, 0.7},
    {9, 4, 1, 2, false, 0.35, 0, 1},
    {9, 3, 3, 1, false, 0.05, 0, 0.8},
    {9, 3, 2, 3, false, 0.40, 0, 0.8},
    {9, 4, 2, 0, true, 0.10, 0, 0.7},
    {8, 4, 2, 0, false, 0.10, 6, 1},
    {9, 4, 2, 0, false, 0.10, 0, 0.7, 1, 20},
    {9, 3, 2, 3, false, 0.40, 0, 0.9, 2, 40},
};
enum {
    N_KINDS = sizeof kinds / sizeof kinds[0]
};

typedef struct walk {
    bw_plan *plan;
    int32_t rep[16], best[16], some[16];
    bw_wide least;
    bool any;
} walk;

/* Tries every plan; keeps the best, and the first that is inside. */
static void enumerate(walk *w, int32_t unit)
{
    const bw_instance *instance = w->plan->instance;
    bw_pair pair;
    if (unit < instance->n_units) {
        for (int32_t r = 0; r < instance->n_reps; r++)
            if (bw_instance_pair(instance, unit, r, &pair)) {
                w->rep[unit] = r;
                enumerate(w, unit + 1);
            }
        return;
    }
    assert_int_equal(bw_plan_assign(w->plan, w->rep), BW_OK);
    if (w->plan->outside > 0)
        return;
    if (!w->any)
        memcpy(w->some, w->rep, sizeof w->some);
    if (!w->any || w->plan->objective < w->least) {
        w->least = w->plan->objective;
        memcpy(w->best, w->rep, sizeof w->best);
    }
    w->any = true;
}

static void certify(bw_plan *plan)
{
    bw_settings settings = quiet(1);
    bw_prices *prices;
    int64_t price[64];
    assert_int_equal(bw_prices_new(plan->instance, &settings, NULL, &prices),
                     BW_OK);
    bw_prices_round(plan->instance, prices->price, price);
    assert_int_equal(bw_plan_certify(plan, price, 1), BW_OK);
    bw_prices_free(prices);
}

/* A certified plan of any quality, and the optimum; false: no plan. */
static bool make_case(int kind, uint64_t seed, bw_instance **instance, walk *w)
{
    *instance = random_instance(&kinds[kind], seed);
    *w = (walk){.any = false};
    assert_non_null(*instance);
    assert_int_equal(bw_plan_new(*instance, &w->plan), BW_OK);
    enumerate(w, 0);
    if (!w->any)
        return false;
    assert_int_equal(bw_plan_assign(w->plan, w->some), BW_OK);
    certify(w->plan);
    return true;
}

static void
the_bound_never_passes_the_optimum_and_one_cluster_reaches_it(void **state)
{
    (void)state;
    bw_settings settings = quiet(2);
    int reached = 0, raised = 0;
    for (int kind = 0; kind < N_KINDS; kind++)
        for (uint64_t seed = 1; seed <= 5; seed++)
            for (int32_t reps = 1; reps <= 4; reps++) {
                bw_instance *instance;
                walk w;
                bool any = make_case(kind, seed, &instance, &w);
                bw_cluster_settings how = {.reps_most = reps,
                                           .seconds = (double)INFINITY,
                                           .settings = &settings};
                bw_clusters *clusters = NULL;
                if (any && w.plan->objective > w.plan->bound_certified)
                    assert_int_equal(bw_clusters_new(w.plan, &how, &clusters),
                                     BW_OK);
                if (clusters) {
                    double least = bw_from_fine(w.least);
                    double bound = bw_from_fine(clusters->value);
                    assert_true(clusters->value <= w.least);
                    raised += clusters->value > w.plan->bound_certified;
                    /* Priced budgets are a relaxation, in a single cluster
                     * too. */
                    bool exact = instance->n_budgets == 0;
                    if (clusters->n_clusters == 1 && exact) {
                        assert_true(fabs(bound - least) <=
                                    1e-5 * fmax(1, fabs(least)));
                        reached++;
                    }
                    if (clusters->rep && exact) {
                        assert_int_equal(bw_plan_assign(w.plan, clusters->rep),
                                         BW_OK);
                        assert_true(w.plan->objective == w.least);
                    }
                }
                bw_clusters_free(clusters);
                bw_plan_free(w.plan);
                bw_instance_free(instance);
            }
    assert_true(reached > 20);
    assert_true(raised > 40);
}

static void a_work_limit_gives_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    random_kind kind = {60, 9, 2, 0, false, 0.05, 0, 0.6};
    bw_instance *instance = random_instance(&kind, 4);
    bw_clusters *found[2];
    for (int i = 0; i < 2; i++) {
        bw_settings settings = quiet(1 + 2 * i);
        bw_plan *plan;
        bw_prices *prices;
        assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
        assert_int_equal(bw_prices_new(instance, &settings, NULL, &prices),
                         BW_OK);
        assert_int_equal(bw_plan_assign(plan, prices->best_rep), BW_OK);
        bw_prices_free(prices);
        certify(plan);
        bw_cluster_settings how = {.reps_most = 4,
                                   .work = 2000,
                                   .seconds = (double)INFINITY,
                                   .settings = &settings};
        assert_int_equal(bw_clusters_new(plan, &how, &found[i]), BW_OK);
        assert_non_null(found[i]);
        assert_true(found[i]->value > plan->bound_certified);
        bw_plan_free(plan);
    }
    assert_true(found[0]->n_clusters > 1);
    assert_true(found[0]->value == found[1]->value);
    assert_true(found[0]->work == found[1]->work);
    bw_clusters_free(found[0]);
    bw_clusters_free(found[1]);
    bw_instance_free(instance);
}

static void fixing_keeps_every_arc_of_a_better_plan(void **state)
{
    (void)state;
    int64_t dropped = 0;
    for (int kind = 0; kind < N_KINDS; kind++)
        for (uint64_t seed = 1; seed <= 5; seed++) {
            bw_instance *instance;
            bw_view *view;
            bw_arcs *kept;
            walk w;
            if (!make_case(kind, seed, &instance, &w))
                w.plan->objective = w.plan->bound_certified = w.least = 0;
            bw_fix fix = {w.plan->certificate.price, w.plan->bound_certified,
                          w.least + 1, INT64_MAX, 2};
            assert_int_equal(bw_view_new(instance, &view), BW_OK);
            assert_int_equal(bw_fix_arcs(view, &fix, &kept), BW_OK);
            for (int32_t u = 0; w.any && u < instance->n_units; u++) {
                bool there = false;
                for (int64_t a = kept->first[u]; a < kept->first[u + 1]; a++)
                    there |= kept->rep[a] == w.best[u];
                assert_true(there);
            }
            dropped += instance->n_pairs - kept->first[instance->n_units];
            fix.limit = kept->first[instance->n_units] - 1;
            bw_arcs_free(kept);
            assert_int_equal(bw_fix_arcs(view, &fix, &kept), BW_OK);
            assert_null(kept);
            bw_view_free(view);
            bw_plan_free(w.plan);
            bw_instance_free(instance);
        }
    assert_true(dropped > 100);
}

static void short_memory_is_survived(void **state)
{
    (void)state;
    bw_settings settings = quiet(2);
    bw_instance *instance;
    walk w;
    assert_true(make_case(0, 1, &instance, &w));
    bw_cluster_settings how = {
        .reps_most = 2, .seconds = (double)INFINITY, .settings = &settings};
    long live = bw_alloc_live();
    bw_status status = BW_NOMEM;
    int failures = 0;
    for (long n = 1; status != BW_OK; n++) {
        bw_clusters *clusters;
        bw_alloc_fail_at(n);
        status = bw_clusters_new(w.plan, &how, &clusters);
        bw_alloc_fail_at(0);
        assert_true((clusters != NULL) == (status == BW_OK));
        failures += status != BW_OK;
        bw_clusters_free(clusters);
        assert_true(bw_alloc_live() == live);
    }
    assert_true(failures > 20);
    bw_plan_free(w.plan);
    bw_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_bound_never_passes_the_optimum_and_one_cluster_reaches_it),
        cmocka_unit_test(a_work_limit_gives_the_same_on_any_number_of_threads),
        cmocka_unit_test(fixing_keeps_every_arc_of_a_better_plan),
        cmocka_unit_test(short_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
