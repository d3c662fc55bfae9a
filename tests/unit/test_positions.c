/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headcount and placement against enumeration: choices and plans together. */
#include "free_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void check_numbers(const bw_problem *problem, const bw_instance *all,
                          const bw_positions *found, int *planned)
{
    bw_wide best = 0;
    bool any_plan = false;
    for (int32_t i = 0; i < found->n_numbers; i++) {
        const bw_headcount *h = &found->number[i];
        bw_wide least = 0;
        bool any = free_office_least(problem, all, h->n, &least);
        assert_true(any == (h->rep != NULL));
        if (!any)
            continue;
        assert_true(h->objective == least);
        assert_true(h->bound_certified <= least);
        assert_true(h->bound <= least);
        assert_true(h->all_solved);
        assert_true(bw_gap(h->objective, h->bound) < 1e-6);
        if (!any_plan || least < best)
            best = least;
        any_plan = true;
    }
    assert_true(any_plan == (found->best >= 0));
    if (any_plan) {
        assert_true(found->number[found->best].objective == best);
        assert_true(found->bound <= best);
        (*planned)++;
    }
}

static void every_number_is_what_enumeration_finds(void **state)
{
    (void)state;
    uint64_t seed = 21;
    int planned = 0;
    for (int i = 0; i < 120; i++) {
        office *o = small_office(&seed);
        free_office_make(o, &seed);
        bw_diags *diags = bw_diags_new();
        bw_instance *all = NULL;
        bw_positions *found = NULL;
        bw_settings settings = small_settings(1 + i % 2);
        if (bw_positions_whole(&o->problem, o->arena, diags, &all) == BW_OK) {
            assert_int_equal(
                bw_positions_new(&o->problem, &settings, diags, &found), BW_OK);
            check_numbers(&o->problem, all, found, &planned);
        }
        bw_positions_free(found);
        bw_instance_free(all);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(planned >= 40);
}

/* Every look at the clock takes a second. */
static double ticking(void *data)
{
    double *now = data;
    return *now += 1;
}

/* The clock starts anywhere. */
static const double started = 48000;

static void is_since_the_start(void *data, const bw_progress *progress)
{
    assert_true(progress->seconds >= 0);
    assert_true(progress->seconds < *(double *)data - started + 1);
    assert_string_equal(progress->phase, "positions");
}

/* Four that may open beside one that stays, and a limit of seconds: how many of
 * the five numbers have a plan. */
static int planned_within(double seconds, double *taken)
{
    uint64_t seed = 3;
    office *o = office_new(8, 5);
    bw_problem *p = &o->problem;
    uint8_t *free_ones = office_array(o, 5, 1);
    memset(free_ones + 1, BW_MAY_OPEN, 4);
    for (int32_t a = 0; a < 8; a++)
        for (int32_t r = 0; r < 5; r++)
            office_given(o, a, r)->cost = office_pick(&seed, 90);
    p->reps.free = free_ones;
    p->reps.position_cost = office_numbers(o, 5, 20);
    p->positions = (bw_position_choice){.given = true, .n_free = 4, .most = 4};
    o->balance[0].high = office_numbers(o, 5, 5);
    bw_settings settings = small_settings(1);
    settings.clock = ticking;
    settings.clock_data = taken;
    settings.seconds = seconds;
    settings.progress = is_since_the_start;
    settings.progress_data = taken;
    bw_diags *diags = bw_diags_new();
    bw_positions *found;
    int planned = 0;
    *taken = started;
    assert_int_equal(bw_positions_new(p, &settings, diags, &found), BW_OK);
    for (int32_t i = 0; i < found->n_numbers; i++)
        planned += found->number[i].rep != NULL;
    assert_int_equal(found->n_numbers, 5);
    *taken -= started;
    bw_positions_free(found);
    bw_diags_free(diags);
    office_free(o);
    return planned;
}

static void every_number_has_its_share_of_the_time(void **state)
{
    (void)state;
    double all, taken;
    assert_int_equal(planned_within((double)INFINITY, &all), 5);
    for (double part = 0.3; part < 1; part += 0.1)
        assert_int_equal(planned_within(part * all, &taken), 5);
    assert_true(planned_within(0, &taken) < 5);
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    bool done = false;
    for (int n = 1; !done && n < 200000; n = n < 60 ? n + 1 : n + n / 7) {
        uint64_t seed = 9;
        office *o = small_office(&seed);
        o->problem.n_rules = 0;
        o->balance[0].over_cost = o->balance[0].under_cost = 1;
        free_office_make(o, &seed);
        bw_diags *diags = bw_diags_new();
        bw_settings settings = small_settings(1);
        bw_positions *found = NULL;
        long live = bw_alloc_live();
        bw_alloc_fail_at(n);
        bw_status status =
            bw_positions_new(&o->problem, &settings, diags, &found);
        bw_alloc_fail_at(0);
        done = status == BW_OK;
        assert_true(done || status == BW_NOMEM);
        bw_positions_free(found);
        assert_int_equal(bw_alloc_live(), live);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_what_enumeration_finds),
        cmocka_unit_test(every_number_has_its_share_of_the_time),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
