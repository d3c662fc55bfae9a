/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "build.h"
#include "random_office.h"

#define Q(amount) ((int64_t)((amount)*BW_QUANTA))

/* Sets instance to what the office makes, or to NULL. */
static bw_status make(const office *o, int64_t kept, bw_diags *diags,
                      bw_instance **instance)
{
    return bw_instance_new_kept(&o->problem, kept, diags, instance);
}

static bw_instance *made(const office *o)
{
    bw_instance *instance;
    assert_int_equal(make(o, 0, NULL, &instance), BW_OK);
    return instance;
}

/* An account one degree from rep R1 on the equator, at rep R2's home. */
static office *two_homes(void)
{
    office *o = office_new(1, 2);
    office_place(o, 0, 0, 1);
    o->problem.reps.home[1] = (bw_point){0, 1};
    o->problem.travel = (bw_travel){.counts = true,
                                    .hour_cost = 75,
                                    .km_cost = 0.4,
                                    .speed_kmh = 70,
                                    .road_factor = 1.3,
                                    .calls_per_trip = 4};
    o->problem.accounts.calls[0] = 12;
    o->problem.accounts.hours[0] = 18;
    return o;
}

static void travel_is_driven_there_and_back_as_often_as_calls_ask(void **state)
{
    (void)state;
    office *o = two_homes();
    bw_instance *instance = made(o);
    bw_pair pair, buffer[2];
    bw_pair_parts parts;
    /* one degree is 111.19508 km, 144.5536 by road; 12 / 4 x 2 times that is
     * 867.3216 km, 12.39031 h at 70 km/h; 75 x 12.39031 + 0.4 x 867.3216 */
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(pair.work, Q(18) + 123903);
    assert_int_equal(pair.cost, 12762018);
    bw_instance_parts(instance, 0, 0, &parts);
    assert_int_equal(parts.travel, 12762018);
    assert_int_equal(parts.travel_hours, 123903);
    assert_int_equal(parts.handover + parts.preference + parts.given, 0);
    assert_true(fabs(parts.km - 144.553604) < 1e-6);
    bw_row row = bw_instance_row(instance, 0, buffer);
    assert_int_equal(row.n, 2);
    assert_int_equal(row.pair[0].cost, 12762018);
    assert_int_equal(row.pair[1].cost, 0);
    assert_int_equal(row.pair[1].work, Q(18));
    bw_instance_free(instance);
    office_free(o);
}

static void nobody_travels_who_is_inside_or_has_no_place_or_is_told_so(void **s)
{
    (void)s;
    for (int i = 0; i < 3; i++) {
        office *o = two_homes();
        if (i == 0)
            o->problem.reps.inside[0] = 1;
        if (i == 1)
            o->problem.accounts.placing[0] = BW_ANYWHERE;
        if (i == 2)
            o->problem.travel.counts = false;
        /* Holds between places, for reps who are not inside. */
        o->problem.km_limit = i < 2 ? 10 : (double)NAN;
        bw_instance *instance = made(o);
        bw_pair pair;
        assert_true(bw_instance_pair(instance, 0, 0, &pair));
        assert_int_equal(pair.cost, 0);
        assert_int_equal(pair.work, Q(18));
        assert_int_equal(instance->n_pairs, 2);
        bw_instance_free(instance);
        office_free(o);
    }
}

static void handover_is_paid_where_a_known_owner_changes(void **state)
{
    (void)state;
    office *o = office_new(4, 2);
    const int32_t owner[] = {0, -1, 2, 0};
    const double revenue[] = {1000, 1000, 1000, -9000};
    o->problem.reps.n_serving = 1;
    o->problem.reps.n = 2;
    memcpy(o->problem.accounts.owner, owner, sizeof owner);
    memcpy(o->problem.accounts.revenue, revenue, sizeof revenue);
    o->problem.reps.n = 3;
    o->problem.reps.n_serving = 2;
    o->problem.handover = (bw_handover){.share = 0.06, .hours = 2};
    o->problem.travel.hour_cost = 75;
    bw_instance *instance = made(o);
    /* 6 % of 1000 and 2 h at 75: 210; never below 0 */
    const int64_t expected[4][2] = {
        {0, Q(210)}, {0, 0}, {Q(210), Q(210)}, {0, 0}};
    for (int32_t unit = 0; unit < 4; unit++)
        for (int32_t rep = 0; rep < 2; rep++) {
            bw_pair_parts parts;
            bw_pair pair;
            bw_instance_parts(instance, unit, rep, &parts);
            assert_int_equal(parts.handover, expected[unit][rep]);
            assert_true(bw_instance_pair(instance, unit, rep, &pair));
            assert_int_equal(pair.cost, expected[unit][rep]);
        }
    bw_instance_free(instance);
    office_free(o);
}

static void the_pairs_file_replaces_single_figures(void **state)
{
    (void)state;
    office *o = two_homes();
    bw_instance *instance;
    bw_pair_parts parts;
    bw_pair pair;
    bw_pair_given *row = office_given(o, 0, 0);

    row->km = 70; /* road km: 6 x 70 km, 6 h */
    instance = made(o);
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(pair.work, Q(24));
    assert_int_equal(pair.cost, Q(6 * 75 + 420 * 0.4));
    bw_instance_free(instance);

    row->travel_hours = 5; /* kilometres are still paid */
    instance = made(o);
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(pair.work, Q(23));
    assert_int_equal(pair.cost, Q(5 * 75 + 420 * 0.4));
    bw_instance_free(instance);

    row->hours = 20; /* the whole workload; the cost is that of travel */
    row->cost = 7;
    instance = made(o);
    bw_instance_parts(instance, 0, 0, &parts);
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(pair.work, Q(20));
    assert_int_equal(parts.travel_hours, Q(2));
    assert_int_equal(parts.given, Q(7));
    assert_int_equal(pair.cost, Q(5 * 75 + 420 * 0.4 + 7));
    bw_instance_free(instance);

    o->problem.pairs.cost_replaces = true;
    instance = made(o);
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(pair.cost, Q(7));
    bw_instance_free(instance);

    row->allowed = 0;
    instance = made(o);
    assert_false(bw_instance_pair(instance, 0, 0, &pair));
    assert_int_equal(instance->n_pairs, 1);
    bw_instance_free(instance);

    row->allowed = 1;
    o->problem.pairs.only_listed = true;
    instance = made(o);
    assert_true(bw_instance_pair(instance, 0, 0, &pair));
    assert_false(bw_instance_pair(instance, 0, 1, &pair));
    assert_int_equal(instance->n_pairs, 1);
    bw_instance_free(instance);
    office_free(o);
}

static void a_listed_pair_without_its_replacing_cost_is_a_fault(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        office *o = office_new(1, 2);
        bw_diags *diags = bw_diags_new();
        bw_instance *instance;
        bw_pair_given *row = office_given(o, 0, 0);
        o->problem.pairs.cost_replaces = i != 0;
        row->allowed = i == 1 ? 0 : 1;
        if (i == 2)
            office_rule(o, "a rule")[0] = 0;
        bool fault = i == 3;
        assert_int_equal(make(o, 0, diags, &instance),
                         fault ? BW_INVALID : BW_OK);
        assert_int_equal(bw_diags_count_code(diags, BW_FIELD_BLANK), fault);
        if (fault) {
            assert_string_equal(bw_diags_at(diags, 0)->place.file, "pairs.csv");
            assert_int_equal(bw_diags_at(diags, 0)->place.line, 2);
        }
        bw_instance_free(instance);
        bw_diags_free(diags);
        office_free(o);
    }
}

static void the_km_limit_takes_pairs_away(void **state)
{
    (void)state;
    const struct {
        double limit, given;
        bool allowed;
    } cases[] = {{144, (double)NAN, false},
                 {145, (double)NAN, true},
                 {10, 9, true},
                 {145, 146, false},
                 {40000, (double)NAN, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        office *o = two_homes();
        bw_pair pair;
        o->problem.km_limit = cases[i].limit;
        if (!isnan(cases[i].given))
            office_given(o, 0, 0)->km = cases[i].given;
        bw_instance *instance = made(o);
        assert_int_equal(bw_instance_pair(instance, 0, 0, &pair),
                         cases[i].allowed);
        assert_int_equal(instance->n_pairs, cases[i].allowed ? 2 : 1);
        bw_instance_free(instance);
        office_free(o);
    }
}

static const bw_pair_given *given_of(const office *o, int32_t a, int32_t r)
{
    for (int64_t i = 0; i < o->problem.pairs.n; i++)
        if (o->given[i].account == a && o->given[i].rep == r)
            return &o->given[i];
    return NULL;
}

/* The words of model.md once more, for one account; false: not allowed. */
static bool plainly(const office *o, int32_t a, int32_t r, bw_pair *sum)
{
    const bw_problem *p = &o->problem;
    const bw_pair_given *given = given_of(o, a, r);
    for (int32_t i = 0; i < p->n_rules; i++)
        if (!p->rules[i].allowed[a * p->reps.n + r])
            return false;
    if (p->lock[a] >= 0 && p->lock[a] != r)
        return false;
    if (given ? given->allowed == 0 : p->pairs.only_listed)
        return false;
    bool apart = !p->reps.inside[r] && p->accounts.placing[a] == BW_PLACED;
    bool travels = p->travel.counts && apart;
    double km = 0, hours = 0, money = 0;
    if (apart)
        km = bw_geo_km(bw_geo_vec(p->accounts.point[a]),
                       bw_geo_vec(p->reps.home[r])) *
             p->travel.road_factor;
    bool km_given = given && !isnan(given->km);
    if (km_given)
        km = given->km;
    if ((apart || km_given) && km > p->km_limit)
        return false;
    if (travels) {
        double driven =
            p->accounts.calls[a] / p->travel.calls_per_trip * 2 * km;
        hours = driven / p->travel.speed_kmh;
        if (given && !isnan(given->travel_hours))
            hours = given->travel_hours;
        money = hours * p->travel.hour_cost + driven * p->travel.km_cost;
    }
    int64_t cost = bw_quanta(money), work = Q(1) + bw_quanta(hours);
    double handover = p->handover.share * p->accounts.revenue[a] +
                      p->handover.hours * p->travel.hour_cost;
    if (p->accounts.owner[a] >= 0 && p->accounts.owner[a] != r && handover > 0)
        cost += bw_quanta(handover);
    if (given && !isnan(given->hours))
        work = bw_quanta(given->hours);
    if (given && p->pairs.cost_replaces)
        cost = 0;
    if (given)
        cost += bw_quanta(given->cost);
    sum->cost += cost;
    sum->work += p->n_balances ? work : 0;
    return true;
}

static bool plainly_unit(const office *o, const bw_instance *instance,
                         int32_t unit, int32_t rep, bw_pair *pair)
{
    *pair = (bw_pair){rep, 0, 0};
    bool allowed = true;
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++)
        allowed &= plainly(o, instance->unit_account[i], rep, pair);
    return allowed;
}

static void compare_unit(const office *o, const bw_instance *instance,
                         int32_t unit, bw_pair *buffer)
{
    bw_row row = bw_instance_row(instance, unit, buffer);
    int32_t at = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        bw_pair expected, found;
        bool allowed = plainly_unit(o, instance, unit, rep, &expected);
        assert_int_equal(bw_instance_pair(instance, unit, rep, &found),
                         allowed);
        if (!allowed)
            continue;
        assert_true(at < row.n);
        assert_int_equal(row.pair[at].rep, rep);
        assert_int_equal(row.pair[at].cost, expected.cost);
        assert_int_equal(row.pair[at].work, expected.work);
        assert_int_equal(found.cost, expected.cost);
        assert_int_equal(found.work, expected.work);
        at++;
    }
    assert_int_equal(at, row.n);
}

static void rows_single_pairs_and_both_stores_agree_with_the_words(void **state)
{
    (void)state;
    uint64_t seed = 1;
    int32_t n_made = 0;
    for (int i = 0; i < 3000 && n_made < 150; i++) {
        office *o = random_office(&seed);
        bw_pair buffer[400];
        for (int stored = 0; stored < 2; stored++) {
            bw_instance *instance;
            int64_t kept = stored ? BW_PAIRS_KEPT : 0;
            if (make(o, kept, NULL, &instance) != BW_OK)
                break;
            n_made += stored;
            int64_t n_pairs = 0;
            for (int32_t unit = 0; unit < instance->n_units; unit++) {
                compare_unit(o, instance, unit, buffer);
                n_pairs += bw_instance_row(instance, unit, buffer).n;
            }
            assert_int_equal(instance->n_pairs, n_pairs);
            bw_instance_free(instance);
        }
        office_free(o);
    }
    assert_int_equal(n_made, 150);
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    office *o = two_homes();
    o->problem.accounts.n_families = 1;
    office_rule(o, "a rule");
    o->balance[0].over_cost = (double)INFINITY;
    long live = bw_alloc_live(), n = 0;
    bw_instance *instance = NULL;
    bw_status status;
    do {
        bw_alloc_fail_at(++n);
        status = make(o, BW_PAIRS_KEPT, NULL, &instance);
        assert_true(status == BW_OK || status == BW_NOMEM);
        assert_true(status == BW_OK || (!instance && bw_alloc_live() == live));
    } while (status != BW_OK);
    bw_alloc_fail_at(0);
    assert_true(n > 15);
    bw_instance_free(instance);
    assert_int_equal(bw_alloc_live(), live);
    office_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(travel_is_driven_there_and_back_as_often_as_calls_ask),
        cmocka_unit_test(
            nobody_travels_who_is_inside_or_has_no_place_or_is_told_so),
        cmocka_unit_test(handover_is_paid_where_a_known_owner_changes),
        cmocka_unit_test(the_pairs_file_replaces_single_figures),
        cmocka_unit_test(a_listed_pair_without_its_replacing_cost_is_a_fault),
        cmocka_unit_test(the_km_limit_takes_pairs_away),
        cmocka_unit_test(
            rows_single_pairs_and_both_stores_agree_with_the_words),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
