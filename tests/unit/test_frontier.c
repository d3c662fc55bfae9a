/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves: each point against enumeration, costs and bounds that never rise. */
#include "bw/frontier.h"
#include "small_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A budget over accounts that move, or the tolerance of a band. */
static bw_lever make_lever(office *o, bool tolerance, int32_t steps)
{
    bw_lever lever = {
        tolerance ? BW_LEVER_TOLERANCE : BW_LEVER_BUDGET, 0,    false, 0,
        tolerance ? 0.6 : o->problem.accounts.n,          steps};
    if (tolerance) {
        o->balance[0].target = BW_TARGET_EQUAL;
        o->balance[0].low = o->balance[0].high = NULL;
    } else {
        o->budget[0] =
            (bw_budget){.name = "moves",
                        .measure = "accounts",
                        .kind = BW_MEASURE_VALUE,
                        .value = office_numbers(o, o->problem.accounts.n, 1),
                        .count_all = true};
        o->problem.n_curve_budgets = 1;
    }
    return lever;
}

/* The least cost at a value of the lever; false: no plan keeps it. */
static bool enumerate(office *o, const bw_lever *lever, double value,
                      bw_wide *least)
{
    int32_t rep[16] = {0};
    bool found = false;
    bw_problem problem = o->problem;
    bw_instance *instance;
    bw_diags *diags = bw_diags_new();
    if (lever->kind == BW_LEVER_TOLERANCE)
        o->balance[0].tolerance = value;
    else
        o->budget[0].max = value;
    problem.n_budgets += problem.n_curve_budgets;
    if (bw_instance_new(&problem, diags, &instance) == BW_OK) {
        do {
            bw_wide objective;
            if (!small_inside(instance, rep, &objective) ||
                (found && objective >= *least))
                continue;
            *least = objective;
            found = true;
        } while (small_next(instance, rep));
        bw_instance_free(instance);
    }
    bw_diags_free(diags);
    return found;
}

static bool can_be_built(const office *o)
{
    bw_diags *diags = bw_diags_new();
    bw_instance *instance = NULL;
    bool can = bw_instance_new(&o->problem, diags, &instance) == BW_OK;
    bw_instance_free(instance);
    bw_diags_free(diags);
    return can;
}

static void check_curve(office *o, const bw_lever *lever,
                        const bw_frontier *curve, int *impossible)
{
    assert_int_equal(curve->n, lever->steps);
    for (int32_t at = 0; at < curve->n; at++) {
        const bw_frontier_point *p = &curve->point[at];
        bw_wide least = 0;
        bool any = enumerate(o, lever, p->value, &least);
        assert_true(any == (p->rep != NULL));
        *impossible += !any;
        if (!any) {
            assert_int_equal(p->outcome, BW_IMPOSSIBLE);
            continue;
        }
        assert_true(p->objective == least);
        assert_true(p->bound <= least);
        if (at > 0 && p[-1].rep) {
            assert_true(p->objective <= p[-1].objective);
            assert_true(p->bound <= p[-1].bound);
        }
    }
}

static void every_point_is_what_enumeration_finds(void **state)
{
    (void)state;
    uint64_t seed = 11;
    int curves = 0, impossible = 0;
    for (int i = 0; i < 120; i++) {
        office *o = small_office(&seed);
        bw_lever lever = make_lever(o, i % 2, 2 + i % 5);
        bw_settings settings = small_settings(1 + i % 2);
        bw_frontier *curve = NULL;
        if (can_be_built(o)) {
            assert_int_equal(bw_frontier_run(&o->problem, &lever, &settings,
                                             NULL, NULL, &curve),
                             BW_OK);
            check_curve(o, &lever, curve, &impossible);
            curves++;
        }
        bw_frontier_free(curve);
        office_free(o);
    }
    assert_true(curves >= 30);
    assert_true(impossible >= 10);
}

static void interrupt_next(void *data, int32_t at,
                           const bw_frontier_point *point)
{
    atomic_int *stop = data;
    (void)at;
    (void)point;
    atomic_store(stop, 1);
}

static void an_interrupt_ends_the_curve(void **state)
{
    (void)state;
    uint64_t seed = 3;
    atomic_int stop = 1;
    office *o = small_office(&seed);
    o->balance[0].over_cost = o->balance[0].under_cost = 1;
    o->problem.n_rules = 0;
    bw_lever lever = make_lever(o, false, 6);
    bw_settings settings = small_settings(1);
    bw_frontier *curve;
    settings.interrupt = &stop;
    assert_int_equal(
        bw_frontier_run(&o->problem, &lever, &settings, NULL, NULL, &curve),
        BW_OK);
    assert_int_equal(curve->begun, 0);
    for (int32_t at = 0; at < curve->n; at++) {
        assert_null(curve->point[at].rep);
        assert_int_equal(curve->point[at].outcome, BW_NO_PLAN);
    }
    bw_frontier_free(curve);
    /* One that comes in the first point leaves that its place in the curve. */
    stop = 0;
    assert_int_equal(bw_frontier_run(&o->problem, &lever, &settings,
                                     interrupt_next, &stop, &curve),
                     BW_OK);
    assert_int_equal(curve->begun, 1);
    bw_frontier_free(curve);
    office_free(o);
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    bool done = false;
    for (int n = 1; !done && n < 20000; n = n < 60 ? n + 1 : n + n / 7) {
        uint64_t seed = 9;
        office *o = small_office(&seed);
        o->balance[0].over_cost = o->balance[0].under_cost = 1;
        o->problem.n_rules = 0;
        bw_lever lever = make_lever(o, true, 3);
        bw_settings settings = small_settings(1);
        bw_frontier *curve = NULL;
        long live = bw_alloc_live();
        bw_alloc_fail_at(n);
        bw_status status =
            bw_frontier_run(&o->problem, &lever, &settings, NULL, NULL, &curve);
        bw_alloc_fail_at(0);
        done = status == BW_OK;
        assert_true(done || status == BW_NOMEM);
        bw_frontier_free(curve);
        assert_int_equal(bw_alloc_live(), live);
        office_free(o);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_is_what_enumeration_finds),
        cmocka_unit_test(an_interrupt_ends_the_curve),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
