/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trades of several units between two reps, kicks in regions, and the choice
 * between kinds of rounds, against enumeration and figures from scratch. */
#include "rounds.h"

#include "search_kit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const random_shape soft = {44, 4, 2, false, true, 0.8, 4};
static const random_shape hard = {44, 4, 2, true, true, 0.9, 8};
static const random_shape wide = {120, 12, 2, false, true, 0.5, 3};

static double worth_of(const bw_state *state)
{
    bw_worth w = bw_state_worth(state);
    return w.money + state->hardness * w.outside;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-7 * (1 + fabs(a));
}

/* Units of `from` that could go to `to`. */
static int32_t list_units(const bw_state *state, int32_t from, int32_t to,
                          int32_t *unit)
{
    int32_t n = 0;
    for (int32_t u = 0; u < state->net->n_units; u++)
        if (state->rep[u] == from && bw_net_arc(state->net, u, to) >= 0)
            unit[n++] = u;
    return n;
}

static double send(bw_state *state, int32_t unit, int32_t to)
{
    return bw_state_move(state, unit, bw_net_arc(state->net, unit, to));
}

/* Least change by up to two units each way, by trying all. */
static double best_by_trying(bw_state *state, int32_t a, int32_t b)
{
    int32_t mine[44], theirs[44];
    int32_t n = list_units(state, a, b, mine);
    int32_t m = list_units(state, b, a, theirs);
    double best = 0;
    for (int32_t i = -1; i < n; i++)
        for (int32_t j = i < 0 ? n - 1 : i; j < n; j++)
            for (int32_t k = -1; k < m; k++)
                for (int32_t l = k < 0 ? m - 1 : k; l < m; l++) {
                    double change = i < 0 ? 0 : send(state, mine[i], b);
                    change += i < 0 || j == i ? 0 : send(state, mine[j], b);
                    change += k < 0 ? 0 : send(state, theirs[k], a);
                    change += k < 0 || l == k ? 0 : send(state, theirs[l], a);
                    best = fmin(best, change);
                    bw_state_rollback(state, 0);
                }
    return best;
}

static void trade_and_compare(random_shape shape, uint64_t seed)
{
    search_kit kit = make_kit(shape, seed);
    bw_state *state;
    bw_trader *trader;
    assert_int_equal(bw_state_new(kit.net, &state), BW_OK);
    assert_int_equal(bw_trader_new(kit.net, &trader), BW_OK);
    assert_int_equal(bw_state_load(state, kit.rep, NULL), BW_OK);
    for (int32_t b = 1; b < shape.n_reps; b++) {
        state->n_journal = 0;
        double expected = best_by_trying(state, 0, b);
        double before = worth_of(state);
        double change = bw_trade(trader, state, 0, b, 2);
        assert_true(near(change, expected) ||
                    (change == 0 && expected > -1e-5 * kit.net->scale));
        assert_true(near(worth_of(state), before + change));
    }
    assert_true(bw_trader_work(trader) > 0);
    bw_trader_free(trader);
    bw_state_free(state);
    free_kit(&kit);
}

static void a_trade_is_the_best_of_all_small_exchanges(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        trade_and_compare(soft, seed);
        trade_and_compare(hard, seed);
    }
}

static double all_trades(bw_trader *trader, bw_state *state, int units)
{
    double total = 0, last;
    do {
        last = 0;
        for (int32_t a = 0; a < state->net->n_reps; a++)
            for (int32_t b = 0; b < a; b++)
                last += bw_trade(trader, state, a, b, units);
        total += last;
    } while (last < 0);
    return total;
}

static void trades_go_on_where_chains_end(void **unused)
{
    (void)unused;
    double gained = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        search_kit kit = make_kit(soft, seed);
        bw_searcher s;
        assert_int_equal(bw_searcher_new(kit.net, &s), BW_OK);
        assert_int_equal(bw_state_load(s.state, kit.rep, NULL), BW_OK);
        bw_chains_touch_all(s.chains);
        bw_chains_descend(s.chains, NULL);
        for (int units = 1; units <= BW_TRADE_UNITS; units++) {
            double change = all_trades(s.trader, s.state, units);
            assert_true(change <= 0);
            gained += change;
        }
        bw_searcher_free(&s);
        free_kit(&kit);
    }
    assert_true(gained < -10);
}

static void losses_of_the_reps_add_up_to_the_gap(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(soft, 5);
    bw_state *state;
    double lost[4], sum = kit.net->base;
    assert_int_equal(bw_state_new(kit.net, &state), BW_OK);
    assert_int_equal(bw_state_load(state, kit.rep, NULL), BW_OK);
    bw_net_lost(kit.net, kit.rep, kit.incumbent->load, lost);
    for (int32_t rep = 0; rep < 4; rep++) {
        assert_true(lost[rep] > 0);
        sum += lost[rep] - 1e-3 * kit.net->scale + state->least[rep];
    }
    assert_true(near(sum, bw_state_worth(state).money));
    bw_state_free(state);
    free_kit(&kit);
}

/* What some rounds of kicks lead to. */
static bw_wide polish(random_shape shape, int threads, int32_t *rep)
{
    search_kit kit = make_kit(shape, 7);
    bw_settings settings = bw_settings_default();
    bw_work *work;
    bw_regions *regions;
    bw_polisher *polisher;
    bw_searcher s[2] = {{0}, {0}};
    int64_t spent = 0;
    settings.clock = standing_clock;
    settings.threads = threads;
    assert_int_equal(bw_work_new(&settings, &work), BW_OK);
    assert_int_equal(bw_regions_new(kit.net, &regions), BW_OK);
    for (int i = 0; i < threads; i++)
        assert_int_equal(bw_searcher_new(kit.net, &s[i]), BW_OK);
    assert_int_equal(bw_polisher_new(kit.net, regions, s, work, 3, &polisher),
                     BW_OK);
    bw_wide last = kit.incumbent->objective;
    for (int round = 0; round < 4; round++) {
        int64_t before = spent;
        assert_int_equal(
            bw_polisher_round(polisher, work, 1, kit.incumbent, &spent), BW_OK);
        assert_true(spent > before);
        assert_true(kit.incumbent->objective <= last);
        last = kit.incumbent->objective;
    }
    memcpy(rep, kit.incumbent->rep, (size_t)shape.n_units * sizeof *rep);
    bw_polisher_free(polisher);
    for (int i = 0; i < threads; i++)
        bw_searcher_free(&s[i]);
    bw_regions_free(regions);
    bw_work_free(work);
    free_kit(&kit);
    return last;
}

static void kicks_in_regions_are_the_same_on_two_threads(void **unused)
{
    (void)unused;
    int32_t one[120], two[120];
    search_kit kit = make_kit(wide, 7);
    bw_wide start = kit.incumbent->objective;
    free_kit(&kit);
    bw_wide value = polish(wide, 1, one);
    assert_true(value < start);
    assert_true(value == polish(wide, 2, two));
    assert_memory_equal(one, two, sizeof one);
}

static void sets_begin_where_the_weight_is(void **unused)
{
    (void)unused;
    search_kit kit = make_kit(wide, 2);
    bw_regions *regions;
    double weight[12];
    int32_t set[4], hits = 0;
    uint64_t random = 1;
    for (int i = 0; i < 12; i++)
        weight[i] = i == 7 ? 30 : 1;
    assert_int_equal(bw_regions_new(kit.net, &regions), BW_OK);
    for (int i = 0; i < 400; i++) {
        bw_regions_begin(regions, weight);
        assert_int_equal(bw_regions_pick(regions, 1, &random, set), 1);
        hits += set[0] == 7;
    }
    assert_in_range(hits, 260, 325); /* 30 of 41 in 400: 293 */
    bw_regions_free(regions);
    free_kit(&kit);
}

static void the_best_payer_goes_on_and_the_others_get_a_turn(void **unused)
{
    (void)unused;
    bw_choice choice = {.barred = {[BW_PROGRAMS] = true}};
    int count[BW_N_KINDS] = {0};
    for (int i = 0; i < 100; i++) {
        bw_kind what = bw_choice_next(&choice);
        count[what]++;
        bw_choice_paid(&choice, what, what == BW_KICKS ? 2 : 1, 1000);
    }
    assert_int_equal(count[BW_PROGRAMS], 0);
    assert_in_range(count[BW_CHILDREN], 4, 8);
    /* what pays changes */
    for (int i = 0; i < 100; i++) {
        bw_kind what = bw_choice_next(&choice);
        count[what] += i >= 80;
        bw_choice_paid(&choice, what, what == BW_KICKS ? 0 : 1, 1000);
    }
    assert_true(count[BW_CHILDREN] >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trade_is_the_best_of_all_small_exchanges),
        cmocka_unit_test(trades_go_on_where_chains_end),
        cmocka_unit_test(losses_of_the_reps_add_up_to_the_gap),
        cmocka_unit_test(kicks_in_regions_are_the_same_on_two_threads),
        cmocka_unit_test(sets_begin_where_the_weight_is),
        cmocka_unit_test(the_best_payer_goes_on_and_the_others_get_a_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
