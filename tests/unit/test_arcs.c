/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arcs: every pair, or the cheapest of each unit, tightened. */
#include "arcs.h"
#include "random_instance.h"
#include "tiny.h"

#include "bw/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const random_kind kind = {3000, 12, 2, 1, false, 0.1, 0, 0.8};

static double value(const bw_arcs *arcs, int64_t arc, const double *price)
{
    double v = arcs->cost[arc];
    for (int32_t k = 0; k < arcs->n_measures; k++)
        v += price[arcs->rep[arc] * arcs->n_measures + k] *
             arcs->amount[arc * arcs->n_measures + k];
    return v;
}

static void every_pair_gets_an_arc_where_they_are_few(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(&kind, 1);
    bw_arcs *arcs;
    bw_pair pair;
    assert_int_equal(
        bw_arcs_new(instance, NULL, 3, instance->n_pairs, 1, &arcs), BW_OK);
    assert_true(arcs->all);
    assert_true(arcs->first[arcs->n_units] == instance->n_pairs);
    for (int32_t u = 0; u < arcs->n_units; u++)
        for (int64_t a = arcs->first[u]; a < arcs->first[u + 1]; a++) {
            assert_true(a == arcs->first[u] || arcs->rep[a] > arcs->rep[a - 1]);
            assert_true(bw_instance_pair(instance, u, arcs->rep[a], &pair));
        }
    bw_arcs_free(arcs);
    bw_instance_free(instance);
}

static void the_cheapest_and_the_owner_are_chosen(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(&kind, 2);
    double price[12 * 2];
    uint64_t seed = 5;
    bw_arcs *all, *few;
    for (int i = 0; i < 24; i++)
        price[i] = draw(&seed) - 0.5;
    assert_int_equal(
        bw_arcs_new(instance, price, 3, instance->n_pairs, 1, &all), BW_OK);
    assert_int_equal(bw_arcs_new(instance, price, 3, 10, 1, &few), BW_OK);
    assert_false(few->all);
    for (int32_t u = 0; u < few->n_units; u++) {
        int64_t n = few->first[u + 1] - few->first[u];
        int64_t row = all->first[u + 1] - all->first[u];
        bool owner = false;
        assert_true(n == (row < 4 ? row : 4) || n == 3);
        double worst = -(double)INFINITY;
        for (int64_t a = few->first[u]; a < few->first[u + 1]; a++) {
            owner |= few->rep[a] == instance->owner[u];
            if (few->rep[a] != instance->owner[u])
                worst = fmax(worst, value(few, a, price));
        }
        assert_true(owner);
        int better = 0;
        for (int64_t a = all->first[u]; a < all->first[u + 1]; a++)
            better += all->rep[a] != instance->owner[u] &&
                      value(all, a, price) < worst;
        assert_true(better < 3);
    }
    bw_arcs_free(all);
    bw_arcs_free(few);
    bw_instance_free(instance);
}

static void what_exceeds_a_band_is_cost(void **state)
{
    (void)state;
    /* One unit of 10 and a band up to 7, 3 money per unit over it. */
    bw_pair pair[] = {{0, Q(1), 0}};
    bw_instance_measure measure = {"beds", P(2), P(3), false};
    int64_t base[] = {Q(10)}, low[] = {Q(5)}, high[] = {Q(7)}, first[] = {0, 1};
    bw_instance_rows rows = {1,   1,    1,    -1,    &measure, base,
                             low, high, NULL, first, pair};
    bw_instance *instance;
    bw_arcs *arcs;
    assert_int_equal(bw_instance_from_rows(&rows, &instance), BW_OK);
    assert_int_equal(bw_arcs_new(instance, NULL, 1, 100, 1, &arcs), BW_OK);
    assert_true(arcs->cost[0] == 10);
    assert_true(arcs->amount[0] == 7);
    bw_arcs_free(arcs);
    bw_instance_free(instance);
}

static void when_time_is_up_units_get_the_arcs_that_are_known(void **state)
{
    (void)state;
    atomic_int stop = 1;
    bw_arcs_choice how = {.per_unit = 3, .threads = 1, .stop = &stop};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        bw_instance *instance = random_instance(&kind, seed);
        bw_arcs *arcs;
        assert_int_equal(bw_arcs_choose(instance, &how, &arcs), BW_OK);
        for (int32_t unit = 0; unit < instance->n_units; unit++) {
            bw_pair pair;
            int32_t owner = instance->owner[unit];
            bool keeps = bw_instance_pair(instance, unit, owner, &pair);
            bool owned = !keeps, cheapest = false;
            int64_t first = arcs->first[unit], end = arcs->first[unit + 1];
            assert_true(end - first >= 1 && end - first <= 2);
            for (int64_t arc = first; arc < end; arc++) {
                owned |= arcs->rep[arc] == owner;
                cheapest |= arcs->rep[arc] == instance->cheapest[unit];
            }
            assert_true(owned && cheapest);
            assert_true(bw_instance_pair(instance, unit,
                                         instance->cheapest[unit], &pair));
            for (int32_t rep = 0; rep < instance->n_reps; rep++) {
                bw_pair other;
                if (bw_instance_pair(instance, unit, rep, &other))
                    assert_true(pair.cost < other.cost ||
                                (pair.cost == other.cost && pair.rep <= rep));
            }
        }
        bw_arcs_free(arcs);
        bw_instance_free(instance);
    }
}

static void short_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(&kind, 1);
    long live = bw_alloc_live();
    for (int64_t limit = 0; limit <= instance->n_pairs;
         limit += instance->n_pairs) {
        bw_status status = BW_NOMEM;
        for (long n = 1; status != BW_OK; n++) {
            bw_arcs *arcs;
            bw_alloc_fail_at(n);
            status = bw_arcs_new(instance, NULL, 2, limit, 1, &arcs);
            bw_alloc_fail_at(0);
            assert_true((arcs != NULL) == (status == BW_OK));
            bw_arcs_free(arcs);
            assert_true(bw_alloc_live() == live);
        }
    }
    bw_instance_free(instance);
}

/* Also the dearest pair, and when time is up; nonsense gets none. */
static void a_given_rep_gets_an_arc(void **state)
{
    (void)state;
    bw_instance *instance = random_instance(&kind, 3);
    int32_t n = instance->n_units;
    int32_t *start = bw_alloc((size_t)n, sizeof *start);
    assert_non_null(start);
    for (int32_t unit = 0; unit < n; unit++)
        start[unit] = unit % 5 == 0 ? instance->n_reps : unit % 7 - 1;
    for (int up = 0; up < 2; up++) {
        atomic_int stop;
        atomic_init(&stop, up);
        bw_arcs_choice how = {
            .per_unit = 1, .threads = 2, .stop = &stop, .start = start};
        bw_arcs *arcs;
        assert_int_equal(bw_arcs_choose(instance, &how, &arcs), BW_OK);
        for (int32_t unit = 0; unit < n; unit++) {
            bw_pair pair;
            bool may = start[unit] >= 0 && start[unit] < instance->n_reps &&
                       bw_instance_pair(instance, unit, start[unit], &pair);
            bool has = false;
            for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
                has |= arcs->rep[a] == start[unit];
            assert_true(has == may);
        }
        bw_arcs_free(arcs);
    }
    bw_free(start);
    bw_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_gets_an_arc_where_they_are_few),
        cmocka_unit_test(the_cheapest_and_the_owner_are_chosen),
        cmocka_unit_test(what_exceeds_a_band_is_cost),
        cmocka_unit_test(when_time_is_up_units_get_the_arcs_that_are_known),
        cmocka_unit_test(short_memory_leaves_nothing_behind),
        cmocka_unit_test(a_given_rep_gets_an_arc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
