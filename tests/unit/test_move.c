/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/move.h"
#include "tiny.h"

#define MONEY(amount) ((bw_wide)Q(amount) * BW_PRICE_UNIT)

/* Loads 8 and 4 against the band 5..7. */
static bw_plan *plan_of(int64_t under, int64_t over, const int32_t rep[3])
{
    bw_plan *plan;
    bw_instance *instance = tiny_instance(under, over);
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    assert_int_equal(bw_plan_assign(plan, rep), BW_OK);
    return plan;
}

static void drop(bw_plan *plan)
{
    bw_instance *instance = (bw_instance *)(uintptr_t)plan->instance;
    bw_plan_free(plan);
    bw_instance_free(instance);
}

static void a_move_changes_the_objective_by_its_total(void **state)
{
    (void)state;
    for (int from = 0; from < 8; from++)
        for (int32_t unit = 0; unit < 3; unit++) {
            int32_t rep[3] = {from & 1, (from >> 1) & 1, from >> 2};
            bw_plan *plan = plan_of(P(2), P(3), rep);
            bw_wide before = plan->objective;
            bw_move move;
            assert_true(bw_move_to(plan, unit, 1 - rep[unit], &move));
            rep[unit] = 1 - rep[unit];
            assert_int_equal(bw_plan_assign(plan, rep), BW_OK);
            assert_true(plan->objective - before == move.total);
            assert_true(move.total == move.cost + move.imbalance);
            drop(plan);
        }
}

static void the_band_that_suffers_most_is_named(void **state)
{
    (void)state;
    const int32_t rep[3] = {0, 0, 1};
    bw_plan *plan = plan_of(P(2), P(3), rep);
    bw_move move;
    /* The last unit to rep 0: rep 0 goes from 8 to 12 (+4 over, 12 money),
     * rep 1 from 4 to 0 (4 short, 8 money). */
    assert_true(bw_move_to(plan, 2, 0, &move));
    assert_int_equal(move.hurt_rep, 0);
    assert_int_equal(move.hurt_measure, 0);
    assert_true(move.hurt_above);
    assert_true(move.imbalance == MONEY(20));
    assert_true(move.cost == MONEY(-5));
    drop(plan);
}

static void a_limit_that_breaks_comes_before_a_dearer_band(void **state)
{
    (void)state;
    const int32_t rep[3] = {0, 0, 1};
    bw_plan *plan = plan_of(BW_HARD, P(3), rep);
    bw_move move;
    /* Rep 1 is short already (4 < 5), which is broken now; rep 0 with only
     * one unit left would be short anew. */
    assert_true(bw_move_to(plan, 0, 1, &move));
    assert_true(move.breaks);
    assert_int_equal(move.hurt_rep, 0);
    assert_false(move.hurt_above);
    assert_false(bw_move_to(plan, 0, 2, &move));
    assert_true(bw_move_to(plan, 0, 0, &move));
    assert_true(move.total == 0 && move.hurt_rep == -1);
    drop(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_changes_the_objective_by_its_total),
        cmocka_unit_test(the_band_that_suffers_most_is_named),
        cmocka_unit_test(a_limit_that_breaks_comes_before_a_dearer_band),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
