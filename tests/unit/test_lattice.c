/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which values an objective can take, and what leaving out parts does. */
#include "lattice.h"

#include "bw/solve.h"
#include "choice.h"
#include "search_kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Two units, two reps, costs in quanta, one measure with a limit above. */
static bw_instance *priced(const int64_t cost[4], int64_t over)
{
    static const int64_t first[] = {0, 2, 4};
    bw_pair pair[4];
    for (int i = 0; i < 4; i++)
        pair[i] = (bw_pair){i % 2, cost[i], 0};
    bw_instance_measure measure = {"m", 0, over, false};
    int64_t base[2] = {RQ(3), RQ(3)}, low[2] = {BW_NO_LOW, BW_NO_LOW};
    int64_t high[2] = {RQ(4), RQ(4)};
    bw_instance_rows rows = {.n_units = 2,
                             .n_reps = 2,
                             .n_measures = 1,
                             .workload = -1,
                             .measure = &measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    assert_int_equal(bw_instance_from_rows(&rows, &instance), BW_OK);
    return instance;
}

static bw_lattice lattice_of(const int64_t cost[4], int64_t over)
{
    bw_lattice lattice;
    bw_instance *instance = priced(cost, over);
    assert_int_equal(bw_lattice_of(instance, &lattice), BW_OK);
    bw_instance_free(instance);
    return lattice;
}

/* Values are 7 + 9 + multiples of gcd(6, 9) = 3 quanta. */
static void bounds_go_up_to_the_next_possible_value(void **unused)
{
    (void)unused;
    bw_lattice l = lattice_of((int64_t[]){7, 13, 9, 18}, BW_HARD);
    assert_true(l.step == bw_fine(3));
    assert_true(bw_lattice_up(&l, bw_fine(16)) == bw_fine(16));
    assert_true(bw_lattice_up(&l, bw_fine(16) + 1) == bw_fine(19));
    assert_true(bw_lattice_up(&l, bw_fine(14)) == bw_fine(16));
    assert_true(bw_lattice_up(&l, bw_fine(-1)) == bw_fine(1));
    assert_true(bw_lattice_up(&l, bw_fine(-2)) == bw_fine(-2));
}

static void a_price_on_deviations_allows_any_value(void **unused)
{
    (void)unused;
    bw_lattice l = lattice_of((int64_t[]){7, 13, 9, 18}, BW_PRICE_UNIT);
    assert_true(l.step == 0);
    assert_true(bw_lattice_up(&l, bw_fine(16) + 1) == bw_fine(16) + 1);
    l = lattice_of((int64_t[]){7, 8, 9, 18}, BW_HARD);
    assert_true(l.step == 0); /* single quanta: nothing to round */
}

/* Every part that may be left out leaves a plan, proven or not, that costs no
 * less than the bound; and with all parts the proven optimum is the same. */
static void plans_come_without_any_one_part(void **unused)
{
    (void)unused;
    const random_shape shape = {30, 4, 1, true, false, 0.9, 8};
    bw_instance *instance = random_instance(shape, 5);
    bw_settings settings = bw_settings_default();
    settings.clock = standing_clock;
    settings.gap = 0;
    bw_plan *plan;
    assert_int_equal(bw_solve(instance, &settings, &plan), BW_OK);
    bw_wide best = plan->objective;
    assert_int_equal(plan->outcome, BW_OPTIMAL);
    bw_plan_free(plan);
    for (int i = 0; bw_off_words[i]; i++) {
        const char *word;
        assert_true(bw_off_parse(bw_off_words[i], &settings.off, &word));
        assert_int_equal(settings.off, 1U << i);
        assert_int_equal(bw_solve(instance, &settings, &plan), BW_OK);
        assert_true(plan->complete && plan->objective >= best);
        assert_true(plan->bound <= best);
        bw_plan_free(plan);
    }
    bw_instance_free(instance);
}

static void a_list_of_parts_is_read_and_a_wrong_word_named(void **unused)
{
    (void)unused;
    unsigned off;
    const char *word;
    assert_true(bw_off_parse("dives,chains", &off, &word));
    assert_int_equal(off, BW_OFF_DIVES | BW_OFF_CHAINS);
    assert_true(bw_off_parse("polish", &off, &word));
    assert_int_equal(off, BW_OFF_POLISH);
    assert_false(bw_off_parse("dives,dive,chains", &off, &word));
    assert_memory_equal(word, "dive,", 5);
    assert_false(bw_off_parse("", &off, &word));
}

/* Programs that paid a thousand rounds ago, and now fail once, stand back. */
static void one_round_tells_that_old_gains_are_over(void **unused)
{
    (void)unused;
    bw_choice choice = {0};
    bw_choice_paid(&choice, BW_PROGRAMS, 1000, 1000000);
    bw_choice_paid(&choice, BW_KICKS, 0, 1000000);
    for (int i = 0; i < 1000; i++)
        bw_choice_paid(&choice, BW_CHILDREN, 0.01, 100000);
    bw_choice_paid(&choice, BW_PROGRAMS, 0, 1000000);
    choice.waited[BW_KICKS] = 0; /* not its turn */
    assert_int_equal(bw_choice_next(&choice), BW_CHILDREN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_go_up_to_the_next_possible_value),
        cmocka_unit_test(a_price_on_deviations_allows_any_value),
        cmocka_unit_test(plans_come_without_any_one_part),
        cmocka_unit_test(a_list_of_parts_is_read_and_a_wrong_word_named),
        cmocka_unit_test(one_round_tells_that_old_gains_are_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
