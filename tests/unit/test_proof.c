/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Components, fixing by reduced costs, and proofs of the whole program. */
#include "proof.h"

#include "search_kit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static atomic_int never;

/* Few pairs are allowed, so that most problems fall apart. */
static const random_shape sparse = {9, 5, 2, false, true, 0.1, 10};

static bw_components *components_of(const search_kit *kit)
{
    bw_components *components;
    assert_int_equal(bw_components_new(kit->net, &components), BW_OK);
    return components;
}

static void no_pair_joins_two_components(void **state)
{
    (void)state;
    int several = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        search_kit kit = make_kit(sparse, seed);
        bw_components *c = components_of(&kit);
        const bw_arcs *arcs = kit.arcs;
        for (int32_t unit = 0; unit < 9; unit++)
            for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
                assert_int_equal(c->of_rep[arcs->rep[a]],
                                 bw_component_of(c, kit.net, unit));
        double sum = 0;
        int32_t next = 0, listed = 0;
        for (int32_t rep = 0; rep < 5; rep++) {
            assert_true(c->of_rep[rep] <= next); /* by their first rep */
            next += c->of_rep[rep] == next;
        }
        assert_int_equal(next, c->n);
        for (int32_t i = 0; i < c->n; i++) {
            sum += c->value[i];
            for (int32_t j = c->first[i]; j < c->first[i + 1]; j++, listed++)
                assert_int_equal(c->of_rep[c->rep[j]], i);
        }
        assert_int_equal(listed, 5);
        assert_true(fabs(sum - kit.prices->value) < 1e-6 * (1 + fabs(sum)));
        several += c->n > 1;
        bw_components_free(c);
        free_kit(&kit);
    }
    assert_true(several > 20);
}

static bw_work *new_work(bw_settings *settings)
{
    bw_work *work;
    *settings = bw_settings_default();
    settings->clock = standing_clock;
    assert_int_equal(bw_work_new(settings, &work), BW_OK);
    return work;
}

/* Up to n attempts; false: there is no plan. */
static bool prove(bw_proof *proof, bw_work *work, bw_incumbent *incumbent,
                  int n)
{
    bool impossible = false;
    for (int i = 0; i < n && !impossible; i++)
        if (bw_proof_ready(proof, incumbent))
            assert_int_equal(bw_proof_try(proof, work, incumbent, &impossible),
                             BW_OK);
    return !impossible;
}

static void proofs_by_component_find_the_enumerated_optimum(void **state)
{
    (void)state;
    int several = 0, impossible = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        random_shape shape = sparse;
        shape.hard = seed % 2;
        shape.tightness = shape.hard ? 120 : 10;
        search_kit kit = make_kit(shape, seed);
        bw_settings settings;
        bw_work *work = new_work(&settings);
        bw_proof *proof;
        assert_int_equal(bw_proof_new(kit.net, &proof), BW_OK);
        bool possible = prove(proof, work, kit.incumbent, 8);
        enumeration e = enumerate_plans(kit.instance);
        assert_true(possible == e.any);
        if (possible) {
            assert_true(bw_proof_complete(proof));
            assert_true(kit.incumbent->objective == e.objective);
            bw_searched found = bw_proof_found(proof, kit.incumbent, 0);
            assert_true(bw_searched_sum(kit.instance, &found) == e.objective);
            assert_int_equal(found.n_clusters, proof->components->n);
        }
        several += possible && proof->components->n > 1;
        impossible += !possible;
        bw_proof_free(proof);
        bw_work_free(work);
        free_kit(&kit);
    }
    assert_true(several > 30 && impossible > 5);
}

static int64_t open_arcs(bw_proof *proof, const bw_incumbent *incumbent)
{
    int64_t n = 0;
    bw_proof_ready(proof, incumbent);
    for (int32_t c = 0; c < proof->components->n; c++)
        n += proof->part[c].open_arcs;
    return n;
}

/* A program over two reps; true: the plan is better for it. */
static bool improve_two(search_kit *kit, int32_t a, int32_t b)
{
    int32_t n_units = kit->instance->n_units, first[32], set[2] = {a, b};
    int32_t *member = calloc((size_t)n_units, sizeof *member);
    bw_members(kit->net, kit->incumbent->rep, first, member);
    bw_core core = {.scope = {.net = kit->net,
                              .from = kit->incumbent->rep,
                              .member_first = first,
                              .member = member,
                              .rep = set,
                              .n_reps = 2,
                              .margin = (double)INFINITY},
                    .how = {.nodes = 300},
                    .stop = &never};
    assert_int_equal(bw_core_solve(&core), BW_OK);
    bool better =
        core.n_moves > 0 &&
        bw_incumbent_offer_moves(kit->incumbent, core.n_moves, core.moves);
    bw_free(core.moves);
    free(member);
    return better;
}

static void every_improvement_fixes_more_until_the_rest_is_proven(void **state)
{
    (void)state;
    const random_shape middling = {300, 16, 2, false, true, 0.9, 40};
    search_kit kit = make_kit(middling, 4);
    bw_settings settings;
    bw_work *work = new_work(&settings);
    bw_proof *proof;
    assert_int_equal(bw_proof_new(kit.net, &proof), BW_OK);
    /* Too many columns are open at first. */
    assert_false(bw_proof_ready(proof, kit.incumbent));
    int64_t open = open_arcs(proof, kit.incumbent);
    int falls = 0;
    for (int round = 0; round < 3; round++)
        for (int32_t a = 0; a < 16; a++)
            for (int32_t b = a + 1; b < 16; b++) {
                bool better = improve_two(&kit, a, b);
                int64_t now = open_arcs(proof, kit.incumbent);
                assert_true(better ? now <= open : now == open);
                falls += now < open;
                open = now;
            }
    assert_true(falls > 5);
    assert_true(bw_proof_ready(proof, kit.incumbent));
    prove(proof, work, kit.incumbent, 4);
    assert_true(bw_proof_complete(proof));
    bw_proof_free(proof);
    bw_work_free(work);
    free_kit(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_pair_joins_two_components),
        cmocka_unit_test(proofs_by_component_find_the_enumerated_optimum),
        cmocka_unit_test(every_improvement_fixes_more_until_the_rest_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
