/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budgets in the incumbent, in the state of the search and in restricted
 * programs, and how a plan is brought back inside. */
#include "core.h"
#include "mend.h"
#include "search.h"
#include "search_kit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const random_shape shape = {40, 5, 2, false, true, 0.7, 5, 2, 20};

static int64_t use_of(const bw_instance *instance, int32_t g,
                      const int32_t *rep)
{
    int64_t use = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        use += bw_instance_use(instance, g, unit, rep[unit]);
    return use;
}

static void the_incumbent_counts_use_and_prefers_less_above(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        search_kit kit = make_kit(shape, seed);
        uint64_t random = seed;
        bw_wide above = 0;
        for (int i = 0; i < 300; i++) {
            int32_t unit = bw_random_below(&random, shape.n_units);
            int64_t first = kit.arcs->first[unit];
            int32_t n = (int32_t)(kit.arcs->first[unit + 1] - first);
            bw_move to = {unit,
                          kit.arcs->rep[first + bw_random_below(&random, n)]};
            bw_wide before = kit.incumbent->outside;
            bw_incumbent_offer_moves(kit.incumbent, 1, &to);
            assert_true(kit.incumbent->outside <= before);
        }
        for (int32_t g = 0; g < 2; g++) {
            int64_t use = use_of(kit.instance, g, kit.incumbent->rep);
            int64_t limit = kit.instance->budget[g].limit;
            assert_int_equal(kit.incumbent->use[g], use);
            above += use > limit ? use - limit : 0;
        }
        assert_true(kit.incumbent->outside == above);
        free_kit(&kit);
    }
}

/* Whatever the search believes of a plan is what the incumbent finds. */
static void the_state_is_worth_what_the_incumbent_says(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        search_kit kit = make_kit(shape, seed);
        bw_state *s;
        assert_int_equal(bw_state_new(kit.net, &s), BW_OK);
        assert_int_equal(bw_state_load(s, kit.rep, NULL), BW_OK);
        bw_worth worth = bw_state_worth(s);
        assert_true(fabs(worth.money - bw_from_fine(kit.incumbent->objective)) <
                    1e-6);
        assert_true((worth.outside > 0) == (kit.incumbent->outside > 0));
        for (int32_t g = 0; g < 2; g++)
            assert_int_equal(s->use[g], kit.incumbent->use[g]);
        bw_state_free(s);
        free_kit(&kit);
    }
}

static void plans_above_a_budget_are_brought_back(void **state)
{
    (void)state;
    int above = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        search_kit kit = make_kit(shape, seed);
        bw_searcher searcher;
        assert_int_equal(bw_searcher_new(kit.net, &searcher), BW_OK);
        assert_int_equal(bw_state_load(searcher.state, kit.rep, NULL), BW_OK);
        bool exceeds = kit.incumbent->outside > 0;
        above += exceeds;
        assert_true(bw_mend(searcher.state, searcher.chains) == exceeds);
        for (int32_t g = 0; g < 2; g++)
            assert_true(use_of(kit.instance, g, searcher.state->rep) <=
                        kit.instance->budget[g].limit);
        assert_false(bw_mend(searcher.state, searcher.chains));
        searcher.state->keeps_budgets = true;
        bw_chains_descend(searcher.chains, NULL);
        for (int32_t g = 0; g < 2; g++)
            assert_true(searcher.state->use[g] <=
                        kit.instance->budget[g].limit);
        bw_searcher_free(&searcher);
        free_kit(&kit);
    }
    assert_true(above > 10);
}

/* Programs of disjoint sets, each with its share, never exceed together. */
static void programs_side_by_side_stay_inside_together(void **state)
{
    (void)state;
    static atomic_int never;
    int moved = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        search_kit kit = make_kit(shape, seed);
        const int32_t sets[2][2] = {{0, 1}, {2, 3}};
        int32_t first[7], member[40];
        bw_searcher searcher;
        assert_int_equal(bw_searcher_new(kit.net, &searcher), BW_OK);
        assert_int_equal(bw_state_load(searcher.state, kit.rep, NULL), BW_OK);
        bw_mend(searcher.state, searcher.chains);
        bw_incumbent_offer(kit.incumbent, searcher.state->rep);
        assert_true(bw_incumbent_good(kit.incumbent));
        bw_members(kit.net, kit.incumbent->rep, first, member);
        int64_t use[2] = {kit.incumbent->use[0], kit.incumbent->use[1]};
        bw_move *moves[2];
        int32_t n[2];
        for (int i = 0; i < 2; i++) {
            bw_core core = {.scope = {.net = kit.net,
                                      .from = kit.incumbent->rep,
                                      .member_first = first,
                                      .member = member,
                                      .rep = sets[i],
                                      .n_reps = 2,
                                      .margin = (double)INFINITY,
                                      .use = use,
                                      .share = 0.5},
                            .how = {.nodes = 2000},
                            .stop = &never};
            assert_int_equal(bw_core_solve(&core), BW_OK);
            moved += core.n_moves > 0;
            n[i] = core.n_moves;
            moves[i] = core.moves;
        }
        for (int i = 0; i < 2; i++) {
            if (n[i] > 0)
                assert_true(
                    bw_incumbent_offer_moves(kit.incumbent, n[i], moves[i]));
            assert_true(bw_incumbent_good(kit.incumbent));
            bw_free(moves[i]);
        }
        bw_searcher_free(&searcher);
        free_kit(&kit);
    }
    assert_true(moved > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_incumbent_counts_use_and_prefers_less_above),
        cmocka_unit_test(the_state_is_worth_what_the_incumbent_says),
        cmocka_unit_test(plans_above_a_budget_are_brought_back),
        cmocka_unit_test(programs_side_by_side_stay_inside_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
