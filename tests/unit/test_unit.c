/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "office.h"
#include "unit.h"

static bw_build formed(office *o)
{
    bw_build build = {.problem = &o->problem};
    build.instance = bw_instance_blank();
    build.instance->n_reps = o->problem.reps.n_serving;
    assert_int_equal(bw_units_form(&build), BW_OK);
    bw_arena *arena = build.instance->arena;
    build.instance->owner =
        bw_arena_alloc(arena, (size_t)build.instance->n_units, 4);
    assert_int_equal(bw_units_own(&build), BW_OK);
    return build;
}

static void families_are_units_in_the_order_of_their_first_accounts(void **s)
{
    (void)s;
    office *o = office_new(6, 1);
    const int32_t family[] = {1, -1, 0, 1, -1, 0};
    memcpy(o->problem.accounts.family, family, sizeof family);
    o->problem.accounts.n_families = 2;
    bw_build build = formed(o);
    const int32_t unit[] = {0, 1, 2, 0, 3, 2}, first[] = {0, 2, 3, 5, 6};
    const int32_t account[] = {0, 3, 1, 2, 5, 4};
    assert_int_equal(build.instance->n_units, 4);
    assert_memory_equal(build.instance->account_unit, unit, sizeof unit);
    assert_memory_equal(build.instance->first_account, first, sizeof first);
    assert_memory_equal(build.instance->unit_account, account, sizeof account);
    bw_instance_free(build.instance);
    office_free(o);
}

static void the_owner_of_a_unit_has_most_of_its_accounts(void **state)
{
    (void)state;
    office *o = office_new(9, 4);
    o->problem.reps.n_serving = 3; /* rep 3 is leaving */
    const int32_t family[] = {0, 0, 0, 1, 1, 1, 2, 2, -1};
    const int32_t owner[] = {2, 1, 2, 2, 1, -1, 3, 3, 0};
    memcpy(o->problem.accounts.family, family, sizeof family);
    memcpy(o->problem.accounts.owner, owner, sizeof owner);
    o->problem.accounts.n_families = 3;
    bw_build build = formed(o);
    const int32_t expected[] = {2, 1, -1, 0};
    assert_memory_equal(build.instance->owner, expected, sizeof expected);
    bw_instance_free(build.instance);
    office_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            families_are_units_in_the_order_of_their_first_accounts),
        cmocka_unit_test(the_owner_of_a_unit_has_most_of_its_accounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
