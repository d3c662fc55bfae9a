/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices and what they prove, judged by the whole relaxation solved at once and
 * by enumeration. */
#include "bound.h"
#include "mip.h"
#include "random_instance.h"
#include "tiny.h"
#include "view.h"

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

static const random_kind kinds[] = {
    {40, 5, 2, 0, false, 0.10, 0, 1},
    {40, 5, 1, 2, false, 0.25, 0, 1},
    {60, 6, 3, 1, false, 0.05, 0, 0.6},
    {60, 4, 2, 3, false, 0.30, 0, 0.8},
    {50, 5, 2, 0, true, 0.10, 0, 1},
    {12, 8, 2, 0, false, 0.02, 0, 1},
    {80, 4, 2, 0, false, 0.10, 8, 1},
    {60, 5, 2, 0, false, 0.0, 0, 0.7},
    {30, 5, 0, 0, false, 0.1, 0, 1},
    {40, 3, 16, 1, false, 0.2, 0, 1},
    {40, 5, 2, 0, false, 0.10, 0, 1, 1, 30},
    {60, 6, 3, 1, false, 0.05, 0, 0.6, 3, 10},
    {40, 5, 2, 3, false, 0.30, 0, 0.8, 2, 40},
    {30, 5, 0, 0, false, 0.1, 0, 1, 1, 0},
};
enum {
    N_KINDS = sizeof kinds / sizeof kinds[0]
};

/* The whole relaxation, by one simplex; INFINITY when there is no solution. */
static double relaxation(const bw_instance *instance)
{
    bw_view *view;
    bw_mip *mip;
    int32_t first, windows = instance->n_reps * instance->n_measures;
    int32_t n_budgets = instance->n_budgets;
    int32_t row[BW_MEASURES_MAX + 8], column = 2 * windows;
    double value[BW_MEASURES_MAX + 8] = {1};
    bw_pair *buffer = calloc((size_t)instance->n_reps, sizeof *buffer);
    assert_int_equal(bw_view_new(instance, &view), BW_OK);
    assert_int_equal(bw_mip_new(&mip), BW_OK);
    bw_mip_add_rows(mip, windows + instance->n_units + n_budgets, &first);
    bw_mip_add_columns(mip, 2 * windows + (int32_t)instance->n_pairs, &first);
    for (int32_t w = 0; w < windows; w++) {
        double under = view->under[w % instance->n_measures];
        double over = view->over[w % instance->n_measures];
        bw_mip_row(mip, w, view->low[w], view->high[w]);
        bw_mip_column(mip, 2 * w, 0, isinf(under) ? 0 : (double)INFINITY,
                      isinf(under) ? 0 : under, false);
        bw_mip_column(mip, 2 * w + 1, 0, isinf(over) ? 0 : (double)INFINITY,
                      isinf(over) ? 0 : over, false);
        bw_mip_entries(mip, 2 * w, 1, &w, (double[]){1});
        bw_mip_entries(mip, 2 * w + 1, 1, &w, (double[]){-1});
    }
    int32_t first_budget = windows + instance->n_units;
    for (int32_t g = 0; g < n_budgets; g++)
        bw_mip_row(mip, first_budget + g, -(double)INFINITY,
                   bw_from_quanta(instance->budget[g].limit));
    for (int32_t u = 0; u < instance->n_units; u++) {
        bw_mip_row(mip, windows + u, 1, 1);
        bw_row pairs = bw_instance_row(instance, u, buffer);
        for (int32_t i = 0; i < pairs.n; i++, column++) {
            double cost = bw_view_pair(view, u, &pairs.pair[i], value + 1);
            row[0] = windows + u;
            for (int32_t k = 0; k < instance->n_measures; k++)
                row[k + 1] = pairs.pair[i].rep * instance->n_measures + k;
            bw_mip_column(mip, column, 0, (double)INFINITY, cost, false);
            for (int32_t g = 0; g < n_budgets; g++) {
                int32_t at = instance->n_measures + 1 + g;
                row[at] = first_budget + g;
                value[at] = bw_from_quanta(
                    bw_instance_use(instance, g, u, pairs.pair[i].rep));
            }
            bw_mip_entries(mip, column, instance->n_measures + 1 + n_budgets,
                           row, value);
        }
    }
    bw_mip_limits limits = {0};
    bw_mip_state state;
    assert_int_equal(bw_mip_solve_lp(mip, &limits, &state), BW_OK);
    double best =
        state == BW_MIP_OPTIMAL ? bw_mip_objective(mip) : (double)INFINITY;
    bw_mip_free(mip);
    bw_view_free(view);
    free(buffer);
    return best;
}

static double certified(const bw_instance *instance, const bw_prices *prices)
{
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    int64_t *whole =
        calloc((size_t)bw_instance_prices(instance) + 1, sizeof *whole);
    bw_wide bound;
    bw_prices_round(instance, prices->price, whole);
    for (int64_t i = 0; i < n; i++) {
        const bw_instance_measure *m =
            &instance->measure[i % instance->n_measures];
        assert_true(whole[i] <= 0 || whole[i] <= m->over);
        assert_true(whole[i] >= 0 || m->under == BW_HARD ||
                    whole[i] >= -m->under);
        assert_true(whole[i] <= 0 || instance->high[i] != BW_NO_HIGH);
        assert_true(whole[i] >= 0 || instance->low[i] != BW_NO_LOW);
    }
    for (int32_t g = 0; g < instance->n_budgets; g++)
        assert_true(whole[n + g] >= 0);
    assert_int_equal(bw_bound_exact(instance, whole, 2, &bound), BW_OK);
    free(whole);
    return bw_from_fine(bound);
}

static void prices_reach_the_relaxation(void **state)
{
    (void)state;
    bw_settings settings = quiet(1);
    int solved = 0;
    for (int kind = 0; kind < N_KINDS; kind++)
        for (uint64_t seed = 1; seed <= 6; seed++) {
            bw_instance *instance = random_instance(&kinds[kind], seed);
            bw_prices *prices;
            assert_non_null(instance);
            double best = relaxation(instance);
            assert_int_equal(bw_prices_new(instance, &settings, NULL, &prices),
                             BW_OK);
            if (isfinite(best)) {
                double scale = fmax(fabs(best), 1);
                assert_true(fabs(prices->value - best) <= 1e-6 * scale);
                assert_true(prices->exact_lp);
                assert_false(prices->infeasible);
                double proven = certified(instance, prices);
                assert_true(proven <= best + 1e-7 * scale);
                assert_true(proven >= best - 1e-4 * scale);
                solved++;
            } else {
                assert_true(prices->infeasible);
            }
            bw_prices_free(prices);
            bw_instance_free(instance);
        }
    assert_true(solved > 5 * N_KINDS);
}

static void split_units_have_whole_shares(void **state)
{
    (void)state;
    bw_settings settings = quiet(1);
    bw_instance *instance = random_instance(&kinds[0], 3);
    bw_prices *prices;
    bw_pair pair;
    assert_int_equal(bw_prices_new(instance, &settings, NULL, &prices), BW_OK);
    assert_true(prices->n_parts > 0);
    double *sum = calloc((size_t)instance->n_units, sizeof *sum);
    for (int64_t i = 0; i < prices->n_parts; i++) {
        assert_true(bw_instance_pair(instance, prices->part_unit[i],
                                     prices->part_rep[i], &pair));
        sum[prices->part_unit[i]] += prices->part_x[i];
    }
    for (int32_t u = 0; u < instance->n_units; u++) {
        assert_true(sum[u] == 0 || fabs(sum[u] - 1) < 1e-6);
        assert_true(bw_instance_pair(instance, u, prices->best_rep[u], &pair));
    }
    free(sum);
    bw_prices_free(prices);
    bw_instance_free(instance);
}

static void the_example_of_the_model_is_worth_nine_and_a_quarter(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    int64_t price[] = {P(1), -P(1) / 4};
    bw_wide bound;
    assert_int_equal(bw_bound_exact(instance, price, 1, &bound), BW_OK);
    assert_true(bw_from_fine(bound) == 9.25);
    bw_instance_free(instance);
}

static void too_little_hard_capacity_is_proven(void **state)
{
    (void)state;
    random_kind kind = {40, 5, 2, 3, false, -0.02, 0, 1};
    bw_settings settings = quiet(1);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        bw_instance *instance = random_instance(&kind, seed);
        bw_prices *prices;
        assert_int_equal(bw_prices_new(instance, &settings, NULL, &prices),
                         BW_OK);
        assert_true(prices->infeasible);
        bw_prices_free(prices);
        bw_instance_free(instance);
    }
}

static void nothing_to_count_gives_no_nonsense(void **state)
{
    (void)state;
    /* Costs 0, amounts 0, bands of no width. */
    bw_pair pair[] = {{0, 0, 0}, {1, 0, 0}, {0, 0, 0}, {1, 0, 0}};
    bw_instance_measure measure[] = {{"a", P(1), P(1), false},
                                     {"b", P(1), BW_HARD, false}};
    int64_t base[4] = {0}, low[4] = {0}, high[4] = {0}, first[] = {0, 2, 4};
    bw_instance_rows rows = {2,   2,    2,    -1,    measure, base,
                             low, high, NULL, first, pair};
    bw_instance *instance;
    bw_settings settings = quiet(1);
    bw_prices *prices;
    assert_int_equal(bw_instance_from_rows(&rows, &instance), BW_OK);
    assert_int_equal(bw_prices_new(instance, &settings, NULL, &prices), BW_OK);
    assert_true(prices->value == 0);
    assert_false(prices->infeasible);
    for (int i = 0; i < 4; i++)
        assert_true(isfinite(prices->price[i]));
    bw_prices_free(prices);
    bw_instance_free(instance);
}

static void threads_do_not_change_prices(void **state)
{
    (void)state;
    random_kind kind = {5000, 9, 2, 0, false, 0.05, 0, 1, 2, 20};
    bw_instance *instance = random_instance(&kind, 2);
    bw_settings one = quiet(1), three = quiet(3);
    bw_prices *a, *b;
    size_t n = (size_t)bw_instance_prices(instance);
    assert_int_equal(bw_prices_new(instance, &one, NULL, &a), BW_OK);
    assert_int_equal(bw_prices_new(instance, &three, NULL, &b), BW_OK);
    assert_memory_equal(a->price, b->price, n * sizeof(double));
    assert_memory_equal(a->best_rep, b->best_rep,
                        (size_t)instance->n_units * sizeof(int32_t));
    assert_true(a->value == b->value);
    bw_prices_free(a);
    bw_prices_free(b);
    bw_instance_free(instance);
}

static void prices_stopped_early_still_prove_what_they_say(void **state)
{
    (void)state;
    atomic_int stop = 1;
    bw_settings settings = quiet(1);
    bw_instance *instance = random_instance(&kinds[0], 1);
    bw_prices *prices;
    double best = relaxation(instance);
    assert_int_equal(bw_prices_new(instance, &settings, &stop, &prices), BW_OK);
    assert_false(prices->exact_lp);
    assert_true(prices->value <= best + 1e-6);
    assert_true(fabs(certified(instance, prices) - prices->value) <
                1e-4 * fabs(best));
    bw_prices_free(prices);
    bw_instance_free(instance);
}

static void short_memory_is_survived_everywhere(void **state)
{
    (void)state;
    /* both programs */
    random_kind kind = {10, 3, 2, 3, false, -0.05, 0, 1, 2, 20};
    bw_settings settings = quiet(2);
    bw_instance *instance = random_instance(&kind, 1);
    long live = bw_alloc_live();
    bw_status status = BW_NOMEM;
    int failures = 0;
    for (long n = 1; status != BW_OK; n++) {
        bw_prices *prices = NULL;
        bw_alloc_fail_at(n);
        status = bw_prices_new(instance, &settings, NULL, &prices);
        bw_alloc_fail_at(0);
        assert_true(status == BW_OK || status == BW_NOMEM);
        assert_true((prices != NULL) == (status == BW_OK));
        failures += status != BW_OK;
        bw_prices_free(prices);
        assert_true(bw_alloc_live() == live);
    }
    assert_true(failures > 30);
    bw_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_reach_the_relaxation),
        cmocka_unit_test(split_units_have_whole_shares),
        cmocka_unit_test(the_example_of_the_model_is_worth_nine_and_a_quarter),
        cmocka_unit_test(too_little_hard_capacity_is_proven),
        cmocka_unit_test(nothing_to_count_gives_no_nonsense),
        cmocka_unit_test(threads_do_not_change_prices),
        cmocka_unit_test(prices_stopped_early_still_prove_what_they_say),
        cmocka_unit_test(short_memory_is_survived_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
