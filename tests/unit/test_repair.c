/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repairs: the fewest moves against enumeration, who is touched, and the plan
 * that comes of it. */
#include "bw/repair.h"
#include "small_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int64_t moves_of(const bw_problem *problem, const bw_instance *instance,
                        const int32_t *rep)
{
    int64_t n = 0;
    for (int32_t a = 0; a < problem->accounts.n; a++)
        n += problem->accounts.owner[a] >= 0 &&
             problem->accounts.owner[a] != rep[instance->account_unit[a]];
    return n;
}

/* Over all plans inside the hard limits; -1: there is none. */
static int64_t fewest_of(const bw_problem *problem, const bw_instance *instance)
{
    int32_t rep[16] = {0};
    int64_t fewest = -1;
    do {
        bw_wide objective;
        if (!small_inside(instance, rep, &objective))
            continue;
        int64_t n = moves_of(problem, instance, rep);
        if (fewest < 0 || n < fewest)
            fewest = n;
    } while (small_next(instance, rep));
    return fewest;
}

/* The least cost of all plans that move at most so many. */
static bw_wide least_of(const bw_problem *problem, const bw_instance *instance,
                        int64_t moves)
{
    int32_t rep[16] = {0};
    bw_wide least = -1;
    do {
        bw_wide objective;
        if (!small_inside(instance, rep, &objective) ||
            moves_of(problem, instance, rep) > moves)
            continue;
        if (least < 0 || objective < least)
            least = objective;
    } while (small_next(instance, rep));
    return least;
}

static void the_fewest_moves_are_what_enumeration_finds(void **state)
{
    (void)state;
    uint64_t seed = 5;
    int found = 0, impossible = 0;
    for (int i = 0; i < 150; i++) {
        office *o = small_office(&seed);
        o->scenario.repair.reach = BW_REACH_ALL;
        bw_diags *diags = bw_diags_new();
        bw_settings settings = small_settings(1 + i % 2);
        bw_instance *instance = NULL;
        bw_repair *repair = NULL;
        if (bw_instance_new(&o->problem, diags, &instance) == BW_OK) {
            int64_t fewest = fewest_of(&o->problem, instance);
            assert_int_equal(
                bw_repair_new(&o->problem, &settings, diags, &repair), BW_OK);
            assert_int_equal(repair->fewest, fewest);
            if (fewest >= 0)
                assert_int_equal(repair->fewest_bound, fewest);
            else
                assert_true(repair->impossible);
            found += fewest > repair->n_forced;
            impossible += fewest < 0;
            bw_repair_free(repair);
        }
        bw_instance_free(instance);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(found >= 5);
    assert_true(impossible >= 5);
}

/* Solved to the end, the repair is the cheapest of the plans that move no more
 * than the fewest and what is allowed beyond. */
static void the_plan_is_the_cheapest_within_its_moves(void **state)
{
    (void)state;
    uint64_t seed = 77;
    int solved = 0;
    for (int i = 0; i < 120; i++) {
        office *o = small_office(&seed);
        o->scenario.repair.reach = BW_REACH_ALL;
        o->scenario.repair.extra_moves = i % 3;
        bw_diags *diags = bw_diags_new();
        bw_settings settings = small_settings(1);
        bw_instance *whole = NULL, *instance = NULL;
        bw_repair *repair = NULL;
        bw_plan *plan = NULL;
        if (bw_instance_new(&o->problem, diags, &whole) == BW_OK &&
            bw_repair_new(&o->problem, &settings, diags, &repair) == BW_OK &&
            repair->fewest >= 0) {
            assert_int_equal(
                bw_instance_new(&repair->problem, diags, &instance), BW_OK);
            settings.start = repair->start;
            assert_int_equal(bw_solve(instance, &settings, &plan), BW_OK);
            assert_int_equal(plan->outcome, BW_OPTIMAL);
            assert_true(plan->objective ==
                        least_of(&o->problem, whole, repair->fewest + i % 3));
            solved++;
        }
        bw_plan_free(plan);
        bw_instance_free(instance);
        bw_repair_free(repair);
        bw_instance_free(whole);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(solved >= 30);
}

static const char *const two_regions[] = {"North", "North", "South", "South",
                                          "South"};
static const char *const no_region[] = {"", "", "", "", ""};

/* Reps 1 and 2 sit beside the one who leaves, rep 3 far away, with an account
 * of his own that none of them is near to. */
static office *one_leaves(const char *const region[5])
{
    office *o = office_new(4, 5);
    bw_problem *p = &o->problem;
    static const int32_t owner[] = {4, 0, 1, 3};
    static const int cost[4][5] = {
        {1, 2, 3, 9, 0}, {0, 2, 3, 9, 0}, {2, 0, 3, 9, 0}, {9, 9, 9, 0, 0}};
    const char **regions = office_array(o, 5, sizeof *regions);
    p->reps.n_serving = 4;
    p->reps.region = regions;
    for (int32_t r = 0; r < 5; r++)
        regions[r] = region[r];
    for (int32_t a = 0; a < 4; a++) {
        p->accounts.owner[a] = owner[a];
        for (int32_t r = 0; r < 5; r++)
            office_given(o, a, r)->cost = cost[a][r];
    }
    return o;
}

static void expect_touched(bw_reach reach, const char *const region[5],
                           const char *expected)
{
    office *o = one_leaves(region);
    bw_diags *diags = bw_diags_new();
    bw_settings settings = small_settings(1);
    bw_repair *repair;
    char found[5] = {0};
    o->scenario.repair.reach = reach;
    /* The third rep has no account: he is touched, and who could give him one.
     * The fourth has, and is nobody's neighbour. */
    assert_int_equal(bw_repair_new(&o->problem, &settings, diags, &repair),
                     BW_OK);
    for (int r = 0; r < 4; r++)
        found[r] = repair->touched[r] ? 'x' : '.';
    assert_string_equal(found, expected);
    assert_int_equal(repair->n_forced, 1);
    assert_int_equal(repair->fewest, 1);
    bw_repair_free(repair);
    bw_diags_free(diags);
    office_free(o);
}

static void reach_says_who_is_touched(void **state)
{
    (void)state;
    expect_touched(BW_REACH_NEIGHBOURS, two_regions, "xxx.");
    expect_touched(BW_REACH_REGION, two_regions, "xxxx");
    expect_touched(BW_REACH_REGION, no_region, "xxx.");
    expect_touched(BW_REACH_ALL, two_regions, "xxxx");
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    bool done = false;
    for (int n = 1; !done && n < 5000; n++) {
        office *o = one_leaves(two_regions);
        bw_diags *diags = bw_diags_new();
        bw_settings settings = small_settings(1);
        bw_repair *repair = NULL;
        long live = bw_alloc_live();
        bw_alloc_fail_at(n);
        bw_status status =
            bw_repair_new(&o->problem, &settings, diags, &repair);
        bw_alloc_fail_at(0);
        done = status == BW_OK;
        assert_true(done || status == BW_NOMEM);
        assert_true(done == (repair != NULL));
        bw_repair_free(repair);
        assert_int_equal(bw_alloc_live(), live);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_moves_are_what_enumeration_finds),
        cmocka_unit_test(the_plan_is_the_cheapest_within_its_moves),
        cmocka_unit_test(reach_says_who_is_touched),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
