/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Restricted programs against enumeration, and dives. */
#include "core.h"
#include "dive.h"
#include "region.h"

#include "search_kit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const random_shape small = {8, 3, 2, false, true, 0.9, 10};
static atomic_int never;

typedef struct whole {
    int32_t first[16], member[64], rep[16];
} whole;

static bw_scope whole_scope(const search_kit *kit, whole *w)
{
    bw_members(kit->net, kit->rep, w->first, w->member);
    for (int32_t rep = 0; rep < kit->net->n_reps; rep++)
        w->rep[rep] = rep;
    return (bw_scope){.net = kit->net,
                      .from = kit->rep,
                      .member_first = w->first,
                      .member = w->member,
                      .rep = w->rep,
                      .n_reps = kit->net->n_reps,
                      .margin = (double)INFINITY};
}

static void the_whole_program_finds_the_enumerated_optimum(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        search_kit kit = make_kit(small, seed);
        whole w;
        double before = bw_from_fine(kit.incumbent->objective);
        bw_core core = {.scope = whole_scope(&kit, &w),
                        .how = {.by_size = seed % 2, .prove = seed % 3 == 0},
                        .stop = &never};
        assert_int_equal(bw_core_solve(&core), BW_OK);
        assert_true(core.solved);
        if (core.n_moves > 0)
            assert_true(bw_incumbent_offer_moves(kit.incumbent, core.n_moves,
                                                 core.moves));
        enumeration e = enumerate_plans(kit.instance);
        assert_true(kit.incumbent->objective == e.objective);
        assert_true(fabs(before - core.gain - bw_from_fine(e.objective)) <
                    1e-5);
        assert_true(before + core.bound - core.value <=
                    bw_from_fine(e.objective) + 1e-5);
        bw_free(core.moves);
        free_kit(&kit);
    }
}

static void a_fresh_program_tells_whether_hard_limits_can_hold(void **state)
{
    (void)state;
    const random_shape tight = {8, 3, 1, true, true, 0.8, 6};
    int possible = 0, impossible = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        search_kit kit = make_kit(tight, seed);
        whole w;
        bw_core core = {.scope = whole_scope(&kit, &w), .stop = &never};
        core.scope.fresh = true;
        assert_int_equal(bw_core_solve(&core), BW_OK);
        assert_true(core.solved);
        enumeration e = enumerate_plans(kit.instance);
        assert_true(e.any == (core.n_moves > 0));
        possible += e.any;
        impossible += !e.any;
        bw_free(core.moves);
        free_kit(&kit);
    }
    assert_true(possible > 3 && impossible > 3);
}

static void a_few_reps_keep_their_units_among_themselves(void **state)
{
    (void)state;
    const random_shape shape = {40, 6, 2, false, true, 0.7, 5};
    for (uint64_t seed = 1; seed <= 10; seed++) {
        search_kit kit = make_kit(shape, seed);
        whole w;
        bw_core core = {.scope = whole_scope(&kit, &w),
                        .how = {.nodes = 500},
                        .stop = &never};
        const int32_t set[3] = {1, 3, 4};
        core.scope.rep = set;
        core.scope.n_reps = 3;
        assert_int_equal(bw_core_solve(&core), BW_OK);
        for (int32_t i = 0; i < core.n_moves; i++) {
            int32_t from = kit.rep[core.moves[i].unit];
            int32_t to = core.moves[i].rep;
            assert_true(from == 1 || from == 3 || from == 4);
            assert_true(to == 1 || to == 3 || to == 4);
        }
        double before = bw_from_fine(kit.incumbent->objective);
        if (core.n_moves > 0)
            assert_true(bw_incumbent_offer_moves(kit.incumbent, core.n_moves,
                                                 core.moves));
        assert_true(fabs(before - bw_from_fine(kit.incumbent->objective) -
                         core.gain) < 1e-5);
        bw_free(core.moves);
        free_kit(&kit);
    }
}

static void a_dive_gives_every_unit_of_the_set_an_allowed_rep(void **state)
{
    (void)state;
    const random_shape shape = {60, 5, 2, false, true, 0.7, 3};
    search_kit kit = make_kit(shape, 11);
    whole w;
    int32_t result[60];
    for (int i = 0; i < 60; i++)
        result[i] = kit.rep[i];
    bw_dive dive = {.scope = whole_scope(&kit, &w),
                    .trial_iterations = 50,
                    .trial_size = 0.05,
                    .stop = &never,
                    .result = result};
    double before = bw_from_fine(kit.incumbent->objective);
    assert_int_equal(bw_dive_run(&dive), BW_OK);
    assert_true(dive.complete);
    for (int32_t unit = 0; unit < 60; unit++)
        assert_true(bw_net_arc(kit.net, unit, result[unit]) >= 0);
    assert_true(bw_incumbent_offer(kit.incumbent, result));
    assert_true(bw_from_fine(kit.incumbent->objective) < 0.9 * before);
    free_kit(&kit);
}

static void groups_part_all_reps_and_respect_their_size(void **state)
{
    (void)state;
    const random_shape shape = {60, 11, 2, false, true, 0.5, 3};
    search_kit kit = make_kit(shape, 2);
    bw_regions *regions;
    int32_t group[11], n, count[11] = {0};
    assert_int_equal(bw_regions_new(kit.net, &regions), BW_OK);
    assert_int_equal(bw_regions_groups(regions, 4, group, &n), BW_OK);
    for (int32_t rep = 0; rep < 11; rep++) {
        assert_true(group[rep] >= 0 && group[rep] < n);
        count[group[rep]]++;
    }
    for (int32_t g = 0; g < n; g++)
        assert_true(count[g] >= 1 && count[g] <= 4);
    bw_regions_free(regions);
    free_kit(&kit);
}

static void sets_of_a_round_share_no_rep(void **state)
{
    (void)state;
    const random_shape shape = {60, 11, 2, false, true, 0.5, 3};
    search_kit kit = make_kit(shape, 2);
    bw_regions *regions;
    uint64_t random = 1;
    int32_t set[16], n;
    uint8_t seen[11] = {0};
    assert_int_equal(bw_regions_new(kit.net, &regions), BW_OK);
    bw_regions_begin(regions, NULL);
    while ((n = bw_regions_pick(regions, 3, &random, set)) > 0)
        for (int32_t i = 0; i < n; i++)
            assert_int_equal(seen[set[i]]++, 0);
    for (int32_t rep = 0; rep < 11; rep++)
        assert_int_equal(seen[rep], 1);
    bw_regions_free(regions);
    free_kit(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_program_finds_the_enumerated_optimum),
        cmocka_unit_test(a_fresh_program_tells_whether_hard_limits_can_hold),
        cmocka_unit_test(a_few_reps_keep_their_units_among_themselves),
        cmocka_unit_test(a_dive_gives_every_unit_of_the_set_an_allowed_rep),
        cmocka_unit_test(groups_part_all_reps_and_respect_their_size),
        cmocka_unit_test(sets_of_a_round_share_no_rep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
