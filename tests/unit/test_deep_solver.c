/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the solver says of clusters, the judge must confirm: two programs made
 * apart from the same tables, on problems too large to enumerate. */
#include "bw/deep.h"
#include "bw/solve.h"
#include "cluster.h"
#include "random_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    ACCOUNTS = 30 /* random_office makes no more */
};

static double standing(void *nothing)
{
    (void)nothing;
    return 0;
}

/* A plan that is not the best, certified; NULL: this problem has none. */
static bw_plan *make_plan(const bw_instance *instance,
                          const bw_settings *settings)
{
    bw_plan *plan;
    assert_int_equal(bw_solve(instance, settings, &plan), BW_OK);
    if (plan->complete && plan->outside == 0)
        return plan;
    bw_plan_free(plan);
    return NULL;
}

/* The claim as clusters.csv would make it. */
static bw_deep *ask(const bw_plan *plan, const bw_clusters *clusters,
                    const bw_settings *settings, bw_wide raise)
{
    const bw_instance *instance = plan->instance;
    int32_t rep[ACCOUNTS];
    int64_t unit_price[ACCOUNTS];
    bw_wide bound[400];
    for (int32_t a = 0; a < instance->problem->accounts.n; a++) {
        rep[a] = plan->rep[instance->account_unit[a]];
        unit_price[a] = BW_NO_LOW;
    }
    for (int32_t u = 0; u < instance->n_units; u++)
        unit_price[instance->unit_account[instance->first_account[u]]] =
            clusters->unit_price[u];
    for (int32_t k = 0; k < clusters->n_clusters; k++)
        bound[k] = clusters->bound[k] + raise;
    bw_claim claim = {.rep = rep, .price = plan->certificate.price};
    bw_clusters_claim what = {clusters->n_clusters, clusters->of_rep,
                              unit_price,           bound,
                              clusters->closed,     "clusters.csv"};
    bw_deep_settings how = {.settings = settings};
    bw_diags *diags = bw_diags_new();
    bw_verdict *verdict;
    bw_deep *deep;
    assert_int_equal(bw_check(instance->problem, &claim, diags, &verdict),
                     BW_OK);
    assert_true(verdict->objective == plan->objective);
    assert_int_equal(bw_check_deep(verdict, &claim, &what, &how, diags, &deep),
                     BW_OK);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 0);
    bw_diags_free(diags);
    bw_verdict_free(verdict);
    return deep;
}

typedef struct tally {
    int clusters, several, refuted, priced;
} tally;

static void try_clusters(const bw_plan *plan, const bw_settings *settings,
                         int32_t most, tally *t)
{
    bw_cluster_settings how = {.reps_most = most,
                               .work = 20000,
                               .seconds = (double)INFINITY,
                               .settings = settings};
    bw_clusters *clusters;
    assert_int_equal(bw_clusters_new(plan, &how, &clusters), BW_OK);
    if (!clusters)
        return;
    bw_deep *deep = ask(plan, clusters, settings, 0);
    assert_int_equal(deep->n_confirmed, clusters->n_clusters);
    t->clusters += deep->n;
    t->several += deep->n > 1;
    for (int32_t u = 0; u < plan->instance->n_units; u++)
        t->priced += clusters->unit_price[u] != BW_INSIDE;
    bw_deep_free(deep);
    /* The whole gap on each is more than the plan leaves room for. */
    bw_wide gap = plan->objective - plan->bound_certified;
    deep = ask(plan, clusters, settings, gap + bw_fine(BW_QUANTA));
    t->refuted += deep->n_refuted;
    bw_deep_free(deep);
    bw_clusters_free(clusters);
}

static void the_judge_confirms_what_the_solver_found(void **state)
{
    (void)state;
    uint64_t seed = 21;
    tally t = {0};
    bw_settings settings = bw_settings_default();
    settings.clock = standing;
    settings.threads = 2;
    settings.gap = 0.3;
    settings.effort = BW_EFFORT_QUICK;
    for (int i = 0; i < 2000; i++) {
        office *o = random_office(&seed);
        random_segments(o, &seed);
        random_balances(o, &seed);
        bw_instance *instance;
        bw_status status = bw_instance_new(&o->problem, NULL, &instance);
        bw_plan *plan = NULL;
        if (status == BW_OK && !instance->impossible && instance->n_reps <= 60)
            plan = make_plan(instance, &settings);
        for (int32_t most = 1; plan && most <= 9; most *= 3)
            try_clusters(plan, &settings, most, &t);
        bw_plan_free(plan);
        if (status == BW_OK)
            bw_instance_free(instance);
        office_free(o);
    }
    assert_true(t.clusters > 1000);
    assert_true(t.several > 100);
    assert_true(t.refuted > 1000);
    assert_true(t.priced > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_judge_confirms_what_the_solver_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
