/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's near rows against its whole ones, on many random problems. */
#include "check.h"

#include "random_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    REPS_MOST = 400,
    ACCOUNTS_MOST = 64,
    N_MADE = 400
};

typedef struct row_room {
    uint8_t allowed[REPS_MOST];
    int64_t cost[REPS_MOST], work[REPS_MOST];
    double base[8];
} row_room;

static bw_check_row row_of(row_room *room)
{
    return (bw_check_row){.allowed = room->allowed,
                          .cost = room->cost,
                          .work = room->work,
                          .base = room->base};
}

/* Reps in a few places, so that values tie; travel so cheap that an hour more
 * may be welcome; and a limit that one pair is just beyond, by the last bit of
 * its distance. */
static void sharpen(office *o, uint64_t *seed)
{
    bw_problem *p = &o->problem;
    if (office_pick(seed, 2))
        for (int32_t r = 0; r < p->reps.n; r++)
            p->reps.home[r] = (bw_point){30 + 10 * office_pick(seed, 4),
                                         10 * office_pick(seed, 3) - 10};
    if (office_pick(seed, 2))
        p->travel.hour_cost = p->travel.km_cost = 0.01;
    int32_t a = office_pick(seed, p->accounts.n);
    int32_t r = office_pick(seed, p->reps.n_serving);
    if (office_pick(seed, 2) || p->accounts.placing[a] != BW_PLACED)
        return;
    double km = bw_geo_km(bw_geo_vec(p->accounts.point[a]),
                          bw_geo_vec(p->reps.home[r])) *
                p->travel.road_factor;
    p->km_limit = nextafter(km, 0);
}

static bw_wide value_of(const bw_judge *judge, bool work_only, int32_t unit,
                        int32_t rep, const bw_check_row *row)
{
    return work_only ? row->work[rep]
                     : bw_judge_priced(judge, unit, rep, row->cost[rep],
                                       row->work[rep]);
}

/* All reps of the least value are shown, with the same numbers, and nobody who
 * is not allowed. */
static int compare(const bw_judge *judge, const bw_judge_lens *lens,
                   int32_t unit)
{
    static row_room one, two;
    bw_check_row near = row_of(&one), whole = row_of(&two);
    if (!bw_judge_near_row(judge, lens, unit, &near))
        return 0;
    bw_judge_row(judge, unit, &whole);
    assert_int_equal(near.n_allowed, whole.n_allowed);
    bool any = false;
    bw_wide least = 0;
    for (int32_t r = 0; r < judge->m; r++) {
        assert_true(whole.allowed[r] || !near.allowed[r]);
        if (!whole.allowed[r])
            continue;
        bw_wide v = value_of(judge, lens->work_only, unit, r, &whole);
        if (!any || v < least)
            least = v;
        any = true;
    }
    for (int32_t r = 0; r < judge->m; r++) {
        if (!whole.allowed[r])
            continue;
        if (value_of(judge, lens->work_only, unit, r, &whole) == least)
            assert_int_equal(near.allowed[r], 1);
        if (!near.allowed[r])
            continue;
        assert_int_equal(near.cost[r], whole.cost[r]);
        assert_int_equal(near.work[r], whole.work[r]);
    }
    return 1;
}

static int judge_problem(office *o, uint64_t *seed)
{
    static int64_t price[REPS_MOST * 4];
    static int32_t rep[ACCOUNTS_MOST];
    bw_problem *p = &o->problem;
    for (int i = 0; i < REPS_MOST * 4; i++)
        price[i] = (int64_t)(office_uniform(seed, -60, 60) * BW_PRICE_UNIT);
    for (int32_t a = 0; a < p->accounts.n; a++)
        rep[a] = office_pick(seed, p->reps.n_serving);
    bw_claim claim = {.rep = rep, .price = price};
    bw_verdict *verdict;
    if (bw_check(p, &claim, NULL, &verdict) != BW_OK)
        return 0;
    const bw_judge *judge = (const bw_judge *)verdict;
    int n = 0;
    for (int work_only = 0; work_only < 2; work_only++) {
        bw_judge_lens lens;
        assert_int_equal(bw_judge_lens_new(judge, work_only, &lens), BW_OK);
        for (int32_t unit = 0; unit < verdict->n_units; unit++)
            n += compare(judge, &lens, unit);
        bw_judge_lens_free(&lens);
    }
    bw_verdict_free(verdict);
    return n > 0;
}

static void near_rows_have_all_that_is_least_and_count_all(void **state)
{
    (void)state;
    uint64_t seed = 11;
    int made = 0;
    for (int i = 0; i < 20000 && made < N_MADE; i++) {
        office *o = random_office(&seed);
        o->problem.n_balances = 0;
        random_segments(o, &seed);
        random_balances(o, &seed);
        sharpen(o, &seed);
        made += judge_problem(o, &seed);
        office_free(o);
    }
    assert_int_equal(made, N_MADE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_rows_have_all_that_is_least_and_count_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
