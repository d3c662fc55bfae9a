/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found among the near pairs is what whole rows give: on many random
 * problems with families, owners, locks, rules, inside reps, unplaced accounts,
 * km limits, listed pairs, negative prices and negative amounts, cut amounts,
 * and reps that share a home. */
#include "near.h"

#include "bound.h"
#include "build.h"
#include "bw/plan.h"
#include "exact.h"
#include "pass.h"
#include "random_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
    REPS_MOST = 400,
    LIMITS_MOST = REPS_MOST * 4,
    N_MADE = 400
};

/* Everything the tests look at, of one random problem. */
typedef struct fixture {
    office *o;
    bw_instance *instance; /* rows are computed */
    bw_instance *stored;   /* rows are kept */
    uint64_t seed;
    double price[LIMITS_MOST];
    int64_t whole_price[LIMITS_MOST];
    bw_pair buffer[REPS_MOST], row[REPS_MOST];
} fixture;

/* Half the problems have their reps in a few places, so that values tie. */
static void crowd(office *o, uint64_t *seed)
{
    if (office_pick(seed, 2))
        return;
    for (int32_t r = 0; r < o->problem.reps.n; r++)
        o->problem.reps.home[r] = (bw_point){30 + 10 * office_pick(seed, 4),
                                             10 * office_pick(seed, 3) - 10};
}

/* Inside the range that a certificate may use, or 0; of many sizes. */
static void draw_prices(fixture *f)
{
    const bw_instance *instance = f->instance;
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    int32_t kind = office_pick(&f->seed, 4);
    for (int64_t i = 0; i < n; i++) {
        double reach = kind == 3 ? 2 : 60;
        f->price[i] = kind == 0 ? 0 : office_uniform(&f->seed, -reach, reach);
    }
    bw_prices_round(instance, f->price, f->whole_price);
    for (int64_t i = 0; i < n; i++)
        f->price[i] = bw_from_price(f->whole_price[i]);
}

static bool make(fixture *f)
{
    f->o = random_office(&f->seed);
    f->o->problem.n_balances = 0;
    random_segments(f->o, &f->seed);
    random_balances(f->o, &f->seed);
    crowd(f->o, &f->seed);
    f->instance = f->stored = NULL;
    bw_status status =
        bw_instance_new_kept(&f->o->problem, 0, NULL, &f->instance);
    if (status == BW_OK)
        status = bw_instance_new_kept(&f->o->problem, BW_PAIRS_KEPT, NULL,
                                      &f->stored);
    if (status == BW_OK)
        draw_prices(f);
    else
        assert_int_equal(status, BW_INVALID);
    return status == BW_OK;
}

static void release(fixture *f)
{
    bw_instance_free(f->instance);
    bw_instance_free(f->stored);
    office_free(f->o);
}

/* Runs a test on many problems. */
static void on_many(void (*test)(fixture *f))
{
    static fixture f;
    f.seed = 20;
    int made = 0;
    for (int i = 0; i < 20000 && made < N_MADE; i++) {
        if (make(&f)) {
            test(&f);
            made++;
        }
        release(&f);
    }
    assert_int_equal(made, N_MADE);
}

/* --- walks --- */

static double value_of(const fixture *f, int32_t unit, const bw_pair *pair,
                       bool cost_free)
{
    bw_wide value =
        bw_exact_pair(f->instance, unit, pair, f->whole_price, cost_free);
    return bw_from_fine(value);
}

/* Looks for all pairs not above a limit. */
typedef struct collecting {
    const fixture *f;
    int32_t unit, n_shown;
    double limit;
    uint8_t shown[REPS_MOST];
} collecting;

static double collect(void *data, const bw_pair *pair, int32_t n)
{
    collecting *c = data;
    for (int32_t i = 0; i < n; i++) {
        bw_pair one;
        assert_true(i == 0 || pair[i].rep > pair[i - 1].rep);
        assert_int_equal(c->shown[pair[i].rep], 0);
        assert_true(bw_instance_pair(c->f->stored, c->unit, pair[i].rep, &one));
        assert_true(one.cost == pair[i].cost && one.work == pair[i].work);
        c->shown[pair[i].rep] = 1;
    }
    c->n_shown += n;
    return c->limit;
}

static void walk_unit(fixture *f, const bw_lens *lens, int32_t unit,
                      bool cost_free)
{
    bw_row row = bw_instance_row(f->stored, unit, f->row);
    /* The limit is the value of one of the pairs: it must still be shown. */
    double limit =
        value_of(f, unit, &row.pair[office_pick(&f->seed, row.n)], cost_free);
    collecting c = {.f = f, .unit = unit, .limit = limit};
    bw_lens_walk(lens, unit, f->buffer, collect, &c);
    for (int32_t i = 0; i < row.n; i++)
        if (value_of(f, unit, &row.pair[i], cost_free) <= limit)
            assert_int_equal(c.shown[row.pair[i].rep], 1);
}

static void walk_all(fixture *f)
{
    bw_lens *lens;
    assert_int_equal(bw_lens_new(f->instance, &lens), BW_OK);
    for (int free = 0; free < 2; free++) {
        bw_lens_set(lens, f->price, free);
        for (int32_t unit = 0; unit < f->instance->n_units; unit++)
            walk_unit(f, lens, unit, free);
    }
    bw_lens_free(lens);
}

static void a_walk_shows_every_pair_within_the_limit_once(void **state)
{
    (void)state;
    on_many(walk_all);
}

/* --- what is made of them --- */

static void compare_values(fixture *f)
{
    bw_wide near, whole;
    for (int free = 0; free < 2; free++) {
        assert_int_equal(
            bw_exact_value(f->instance, f->whole_price, free, 1, &near), BW_OK);
        assert_int_equal(
            bw_exact_value(f->stored, f->whole_price, free, 1, &whole), BW_OK);
        assert_true(near == whole);
    }
    assert_true(f->instance->bound_zero == f->stored->bound_zero);
}

static void certificates_are_worth_the_same(void **state)
{
    (void)state;
    on_many(compare_values);
}

static double run_pass(fixture *f, const bw_instance *instance, double *unit,
                       int32_t *rep)
{
    bw_view *view;
    bw_pass *pass;
    assert_int_equal(bw_view_new(instance, &view), BW_OK);
    assert_int_equal(bw_pass_new(view, 1, &pass), BW_OK);
    double value = bw_pass_run(pass, f->price, unit, rep);
    bw_pass_free(pass);
    bw_view_free(view);
    return value;
}

static void compare_passes(fixture *f)
{
    double near[2][64];
    int32_t rep[2][64], n = f->instance->n_units;
    double one = run_pass(f, f->instance, near[0], rep[0]);
    double two = run_pass(f, f->stored, near[1], rep[1]);
    assert_true(one == two);
    assert_memory_equal(near[0], near[1], (size_t)n * sizeof(double));
    assert_memory_equal(rep[0], rep[1], (size_t)n * sizeof(int32_t));
}

static void
least_values_are_the_same_and_ties_go_to_the_lowest_rep(void **state)
{
    (void)state;
    on_many(compare_passes);
}

static bw_arcs *choose(fixture *f, const bw_instance *instance, bool mixed,
                       double *unit, int32_t *rep)
{
    bw_view *view;
    bw_arcs *arcs;
    bw_arcs_choice how = {.price = f->price,
                          .per_unit = 5,
                          .limit = 0,
                          .threads = 1,
                          .mixed = mixed,
                          .unit = unit,
                          .rep = rep};
    assert_int_equal(bw_view_new(instance, &view), BW_OK);
    assert_int_equal(bw_arcs_of_view(view, &how, &arcs), BW_OK);
    bw_view_free(view);
    return arcs;
}

static void compare_arcs(fixture *f)
{
    double unit[2][64];
    int32_t rep[2][64];
    for (int mixed = 0; mixed < 2; mixed++) {
        bw_arcs *one = choose(f, f->instance, mixed, unit[0], rep[0]);
        bw_arcs *two = choose(f, f->stored, mixed, unit[1], rep[1]);
        size_t n_units = (size_t)one->n_units;
        size_t n = (size_t)one->first[n_units];
        assert_memory_equal(unit[0], unit[1], n_units * sizeof(double));
        assert_memory_equal(rep[0], rep[1], n_units * sizeof(int32_t));
        assert_memory_equal(one->first, two->first,
                            (n_units + 1) * sizeof *one->first);
        assert_memory_equal(one->rep, two->rep, n * sizeof *one->rep);
        assert_memory_equal(one->cost, two->cost, n * sizeof *one->cost);
        assert_memory_equal(one->amount, two->amount,
                            n * (size_t)one->n_measures * sizeof(double));
        bw_arcs_free(one);
        bw_arcs_free(two);
    }
}

static void the_same_arcs_are_chosen(void **state)
{
    (void)state;
    on_many(compare_arcs);
}

static void survey_rows(fixture *f)
{
    bw_survey survey;
    assert_int_equal(bw_survey_make(f->instance, &f->o->problem, 1, &survey),
                     BW_OK);
    bool negative = false;
    for (int32_t unit = 0; unit < f->instance->n_units; unit++) {
        bw_row row = bw_instance_row(f->stored, unit, f->row);
        int64_t cost = row.pair[0].cost, least = row.pair[0].work, most = least;
        for (int32_t i = 1; i < row.n; i++) {
            cost = row.pair[i].cost < cost ? row.pair[i].cost : cost;
            least = row.pair[i].work < least ? row.pair[i].work : least;
            most = row.pair[i].work > most ? row.pair[i].work : most;
        }
        negative |= least < 0;
        assert_int_equal(survey.n_pairs[unit], row.n);
        assert_int_equal(survey.least_cost[unit], cost);
        assert_int_equal(survey.least_work[unit], least);
        assert_int_equal(survey.most_work[unit], most);
    }
    assert_int_equal(survey.negative_work, negative);
    bw_survey_free(&survey);
}

static void the_survey_finds_extremes_and_counts_of_whole_rows(void **state)
{
    (void)state;
    on_many(survey_rows);
}

/* The rep of least cost; the present one where it is among them. */
static int32_t cheapest_of(bw_row row, int32_t present)
{
    int32_t best = -1;
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < row.n; i++)
        if (row.pair[i].cost < least ||
            (row.pair[i].cost == least && row.pair[i].rep == present)) {
            least = row.pair[i].cost;
            best = row.pair[i].rep;
        }
    return best;
}

static void other_reps(fixture *f)
{
    int32_t rep[64];
    bw_other_reps found[64];
    bw_plan *plan;
    assert_int_equal(bw_plan_new(f->instance, &plan), BW_OK);
    for (int32_t unit = 0; unit < f->instance->n_units; unit++) {
        bw_row row = bw_instance_row(f->stored, unit, f->row);
        rep[unit] = row.pair[office_pick(&f->seed, row.n)].rep;
    }
    assert_int_equal(bw_plan_assign(plan, rep), BW_OK);
    assert_int_equal(bw_plan_other_reps(plan, 1, found), BW_OK);
    for (int32_t unit = 0; unit < f->instance->n_units; unit++) {
        int32_t next;
        bw_wide extra;
        bw_row row = bw_instance_row(f->stored, unit, f->row);
        bw_plan_next_rep(plan, unit, f->buffer, &next, &extra);
        assert_int_equal(found[unit].next, next);
        assert_true(found[unit].next_extra == extra);
        assert_int_equal(found[unit].n_allowed, row.n);
        assert_int_equal(found[unit].cheapest, cheapest_of(row, rep[unit]));
    }
    bw_plan_free(plan);
}

static void the_next_and_the_cheapest_rep_are_those_of_whole_rows(void **state)
{
    (void)state;
    on_many(other_reps);
}

/* --- what it is for --- */

typedef struct counting {
    int64_t n;
    int64_t least;
} counting;

static double count(void *data, const bw_pair *pair, int32_t n)
{
    counting *c = data;
    for (int32_t i = 0; i < n; i++)
        if (pair[i].cost < c->least)
            c->least = pair[i].cost;
    c->n += n;
    return bw_from_quanta(c->least);
}

static void few_of_many_pairs_are_looked_at(void **state)
{
    (void)state;
    office *o = office_new(500, 1000);
    uint64_t seed = 3;
    o->problem.travel = (bw_travel){.counts = true,
                                    .hour_cost = 75,
                                    .km_cost = 0.4,
                                    .speed_kmh = 70,
                                    .road_factor = 1.3,
                                    .calls_per_trip = 1};
    for (int32_t r = 0; r < 1000; r++)
        o->problem.reps.home[r] = (bw_point){office_uniform(&seed, 30, 45),
                                             office_uniform(&seed, -120, -70)};
    for (int32_t a = 0; a < 500; a++) {
        office_place(o, a, office_uniform(&seed, 30, 45),
                     office_uniform(&seed, -120, -70));
        o->problem.accounts.calls[a] = 4;
        o->problem.accounts.owner[a] = office_pick(&seed, 1000);
    }
    bw_instance *instance;
    bw_lens *lens;
    static bw_pair buffer[1000];
    assert_int_equal(bw_instance_new_kept(&o->problem, 0, NULL, &instance),
                     BW_OK);
    assert_int_equal(bw_lens_new(instance, &lens), BW_OK);
    int64_t looked_at = 0;
    for (int32_t unit = 0; unit < 500; unit++) {
        counting c = {0, INT64_MAX};
        bw_lens_walk(lens, unit, buffer, count, &c);
        looked_at += c.n;
    }
    assert_true(instance->n_pairs == 500000);
    assert_true(looked_at < 500 * 12); /* of 1,000 each; it was 5 */
    bw_lens_free(lens);
    bw_instance_free(instance);
    office_free(o);
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    static fixture f;
    f.seed = 7;
    while (!make(&f))
        release(&f);
    long live = bw_alloc_live(), n = 0;
    bw_lens *lens;
    do
        bw_alloc_fail_at(++n);
    while (bw_lens_new(f.instance, &lens) != BW_OK && bw_alloc_live() == live);
    bw_alloc_fail_at(0);
    assert_int_equal(n, 5);
    bw_lens_free(lens);
    assert_int_equal(bw_alloc_live(), live);
    release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_shows_every_pair_within_the_limit_once),
        cmocka_unit_test(certificates_are_worth_the_same),
        cmocka_unit_test(
            least_values_are_the_same_and_ties_go_to_the_lowest_rep),
        cmocka_unit_test(the_same_arcs_are_chosen),
        cmocka_unit_test(the_survey_finds_extremes_and_counts_of_whole_rows),
        cmocka_unit_test(the_next_and_the_cheapest_rep_are_those_of_whole_rows),
        cmocka_unit_test(few_of_many_pairs_are_looked_at),
        cmocka_unit_test(every_failing_allocation_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
