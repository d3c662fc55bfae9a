/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States, exchanges and the exact incumbent, against figures made from scratch.
 */
#include "search.h"

#include "search_kit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const random_shape soft = {60, 5, 2, false, true, 0.8, 4};
static const random_shape hard = {60, 5, 1, true, false, 0.9, 8};

static double worth_of(const bw_state *state)
{
    bw_worth w = bw_state_worth(state);
    return w.money + state->hardness * w.outside;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-7 * (1 + fabs(a));
}

static void a_state_is_worth_what_the_exact_plan_costs(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        search_kit kit = make_kit(soft, seed);
        bw_state *state;
        assert_int_equal(bw_state_new(kit.net, &state), BW_OK);
        assert_int_equal(bw_state_load(state, kit.rep, NULL), BW_OK);
        assert_true(near(bw_state_worth(state).money,
                         bw_from_fine(kit.incumbent->objective)));
        bw_state_free(state);
        free_kit(&kit);
    }
}

static void moves_change_the_worth_as_they_say_and_can_be_undone(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(soft, 3);
    bw_state *state;
    uint64_t random = 9;
    assert_int_equal(bw_state_new(kit.net, &state), BW_OK);
    assert_int_equal(bw_state_load(state, kit.rep, NULL), BW_OK);
    double first = worth_of(state), total = 0;
    for (int i = 0; i < 200; i++) {
        int32_t unit = bw_random_below(&random, soft.n_units);
        int64_t begin = kit.arcs->first[unit];
        int32_t n = (int32_t)(kit.arcs->first[unit + 1] - begin);
        int64_t arc = begin + bw_random_below(&random, n);
        if (kit.arcs->rep[arc] != state->rep[unit])
            total += bw_state_move(state, unit, arc);
    }
    assert_true(near(worth_of(state), first + total));
    bw_state_rollback(state, 0);
    assert_true(near(worth_of(state), first));
    assert_memory_equal(state->rep, kit.rep, sizeof(int32_t) * 60);
    bw_state_free(state);
    free_kit(&kit);
}

/* Tries every move of one unit. Exchanges are not complete: a label keeps one
 * start, which need not be the one whose place the unit can take. */
static double best_move(bw_state *state, const bw_net *net)
{
    double best = 0;
    for (int32_t u = 0; u < net->n_units; u++)
        for (int64_t a = net->arcs->first[u]; a < net->arcs->first[u + 1];
             a++) {
            if (state->rep[u] == net->arcs->rep[a])
                continue;
            best = fmin(best, bw_state_move(state, u, a));
            bw_state_rollback(state, 0);
        }
    return best;
}

/* Local search from moves of one unit only, the first that improves. */
static void descend_by_moves(bw_state *state, const bw_net *net)
{
    for (bool better = true; better;) {
        better = false;
        for (int32_t u = 0; u < net->n_units; u++)
            for (int64_t a = net->arcs->first[u]; a < net->arcs->first[u + 1];
                 a++) {
                if (state->rep[u] == net->arcs->rep[a])
                    continue;
                if (bw_state_move(state, u, a) < -1e-9)
                    better = true;
                else
                    bw_state_rollback(state, state->n_journal - 1);
            }
    }
}

static void descend_and_look_around(random_shape shape, uint64_t seed)
{
    search_kit kit = make_kit(shape, seed);
    bw_searcher s;
    assert_int_equal(bw_searcher_new(kit.net, &s), BW_OK);
    assert_int_equal(bw_state_load(s.state, kit.rep, NULL), BW_OK);
    double before = worth_of(s.state), change = 0, last;
    do {
        bw_chains_touch_all(s.chains);
        last = bw_chains_descend(s.chains, NULL);
        change += last;
    } while (last < 0);
    assert_true(near(worth_of(s.state), before + change));
    s.state->n_journal = 0;
    assert_true(best_move(s.state, kit.net) > -1e-5 * kit.net->scale);
    bw_searcher_free(&s);
    free_kit(&kit);
}

/* The search stops at the first unit whose leaving cannot pay. */
static void slots_stay_in_order_of_what_units_cost(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(hard, 4);
    bw_state *state;
    uint64_t random = 5;
    assert_int_equal(bw_state_new(kit.net, &state), BW_OK);
    assert_int_equal(bw_state_load(state, kit.rep, NULL), BW_OK);
    for (int i = 0; i < 300; i++) {
        int32_t unit = bw_random_below(&random, hard.n_units);
        int64_t first = kit.arcs->first[unit];
        int32_t n = (int32_t)(kit.arcs->first[unit + 1] - first);
        int64_t arc = first + bw_random_below(&random, n);
        if (kit.arcs->rep[arc] != state->rep[unit])
            bw_state_move(state, unit, arc);
        if (i % 50 == 49)
            bw_state_rollback(state, state->n_journal / 2);
        for (int32_t rep = 0; rep < hard.n_reps; rep++) {
            const bw_slots *slots = &state->slots[rep];
            for (int32_t at = 0; at < slots->n; at++) {
                assert_int_equal(state->position[slots->unit[at]], at);
                assert_true(at == 0 || slots->own[at - 1] >= slots->own[at]);
            }
        }
    }
    bw_state_free(state);
    free_kit(&kit);
}

static void after_descent_no_move_of_one_unit_improves(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 15; seed++) {
        descend_and_look_around(soft, seed);
        descend_and_look_around(hard, seed);
    }
}

static void chains_reach_better_plans_than_single_moves(void **unused)
{
    (void)unused;
    double by_moves = 0, by_chains = 0;
    for (uint64_t seed = 1; seed <= 15; seed++) {
        search_kit kit = make_kit(soft, seed);
        bw_searcher s;
        assert_int_equal(bw_searcher_new(kit.net, &s), BW_OK);
        assert_int_equal(bw_state_load(s.state, kit.rep, NULL), BW_OK);
        descend_by_moves(s.state, kit.net);
        by_moves += worth_of(s.state);
        bw_chains_touch_all(s.chains);
        assert_true(bw_chains_descend(s.chains, NULL) <= 0);
        by_chains += worth_of(s.state);
        bw_searcher_free(&s);
        free_kit(&kit);
    }
    assert_true(by_chains < 0.9 * by_moves);
}

static void kicks_never_make_the_plan_worse(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(soft, 4);
    bw_searcher s;
    assert_int_equal(bw_searcher_new(kit.net, &s), BW_OK);
    int32_t result[60];
    double last = (double)INFINITY;
    for (int32_t kicks = 0; kicks <= 64; kicks += 16) {
        bw_hunt hunt = {.rep = kit.rep,
                        .whole = true,
                        .kicks = kicks,
                        .hardness = 1,
                        .random = 5,
                        .result = result};
        assert_int_equal(bw_searcher_run(&s, &hunt), BW_OK);
        assert_true(hunt.worth.money <= last + 1e-9);
        last = hunt.worth.money;
        assert_true(bw_incumbent_offer(kit.incumbent, result) || kicks > 0);
        assert_true(hunt.work > 0);
    }
    assert_true(near(last, bw_from_fine(kit.incumbent->objective)));
    bw_searcher_free(&s);
    free_kit(&kit);
}

static void reps_out_of_play_keep_their_units(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(soft, 6);
    bw_searcher s;
    const uint8_t active[5] = {1, 0, 1, 0, 1};
    int32_t result[60];
    bw_hunt hunt = {.rep = kit.rep,
                    .active = active,
                    .whole = true,
                    .kicks = 20,
                    .hardness = 1,
                    .random = 5,
                    .result = result};
    assert_int_equal(bw_searcher_new(kit.net, &s), BW_OK);
    assert_int_equal(bw_searcher_run(&s, &hunt), BW_OK);
    for (int32_t unit = 0; unit < 60; unit++) {
        if (!active[kit.rep[unit]])
            assert_int_equal(result[unit], kit.rep[unit]);
        else
            assert_true(active[result[unit]]);
    }
    bw_searcher_free(&s);
    free_kit(&kit);
}

static void moves_offered_change_the_incumbent_exactly(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(soft, 8);
    bw_incumbent *again;
    assert_int_equal(bw_incumbent_new(kit.instance, &again), BW_OK);
    uint64_t random = 2;
    int taken = 0;
    for (int i = 0; i < 400; i++) {
        int32_t unit = bw_random_below(&random, soft.n_units);
        int64_t begin = kit.arcs->first[unit];
        int32_t n = (int32_t)(kit.arcs->first[unit + 1] - begin);
        bw_move move = {unit,
                        kit.arcs->rep[begin + bw_random_below(&random, n)]};
        bw_wide before = kit.incumbent->objective;
        bool better = bw_incumbent_offer_moves(kit.incumbent, 1, &move);
        assert_true(better == (kit.incumbent->objective < before));
        taken += better;
    }
    assert_true(taken > 5);
    assert_true(bw_incumbent_offer(again, kit.incumbent->rep));
    assert_true(again->objective == kit.incumbent->objective);
    assert_memory_equal(again->load, kit.incumbent->load,
                        10 * sizeof *again->load);
    bw_incumbent_free(again);
    free_kit(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_is_worth_what_the_exact_plan_costs),
        cmocka_unit_test(moves_change_the_worth_as_they_say_and_can_be_undone),
        cmocka_unit_test(slots_stay_in_order_of_what_units_cost),
        cmocka_unit_test(after_descent_no_move_of_one_unit_improves),
        cmocka_unit_test(chains_reach_better_plans_than_single_moves),
        cmocka_unit_test(kicks_never_make_the_plan_worse),
        cmocka_unit_test(reps_out_of_play_keep_their_units),
        cmocka_unit_test(moves_offered_change_the_incumbent_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
