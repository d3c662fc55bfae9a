/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seam to the LP and MIP solver, judged by enumeration. */
#include "mip.h"

#include "bw/alloc.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    ITEMS = 12,
    SACKS = 3
};

/* A generalised assignment of ITEMS to SACKS, from a small generator. */
typedef struct packing {
    double cost[ITEMS][SACKS], load[ITEMS][SACKS], room[SACKS];
} packing;

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static packing make_packing(uint32_t seed)
{
    packing p;
    double total = 0;
    for (int i = 0; i < ITEMS; i++)
        for (int s = 0; s < SACKS; s++) {
            p.load[i][s] = 1 + next(&seed) % 20;
            p.cost[i][s] = 1 + next(&seed) % 20 + 30 - p.load[i][s];
            total += p.load[i][s];
        }
    for (int s = 0; s < SACKS; s++)
        p.room[s] = floor(0.85 * total / SACKS / SACKS);
    return p;
}

/* The least cost by enumeration, INFINITY when nothing fits. */
static double least(const packing *p, int item, double *room, double cost)
{
    if (item == ITEMS)
        return cost;
    double best = (double)INFINITY;
    for (int s = 0; s < SACKS; s++) {
        if (room[s] < p->load[item][s])
            continue;
        room[s] -= p->load[item][s];
        double c = least(p, item + 1, room, cost + p->cost[item][s]);
        room[s] += p->load[item][s];
        best = c < best ? c : best;
    }
    return best;
}

static bw_mip *build(const packing *p, bool integer)
{
    bw_mip *mip;
    int32_t rows, columns;
    assert_int_equal(bw_mip_new(&mip), BW_OK);
    assert_int_equal(bw_mip_add_rows(mip, ITEMS + SACKS, &rows), BW_OK);
    assert_int_equal(bw_mip_add_columns(mip, ITEMS * SACKS, &columns), BW_OK);
    assert_int_equal(rows, 0);
    assert_int_equal(columns, 0);
    for (int s = 0; s < SACKS; s++)
        bw_mip_row(mip, ITEMS + s, -(double)INFINITY, p->room[s]);
    for (int i = 0; i < ITEMS; i++) {
        bw_mip_row(mip, i, 1, 1);
        for (int s = 0; s < SACKS; s++) {
            int32_t row[] = {i, ITEMS + s};
            double value[] = {1, p->load[i][s]};
            bw_mip_column(mip, i * SACKS + s, 0, 1, p->cost[i][s], integer);
            bw_mip_entries(mip, i * SACKS + s, 2, row, value);
        }
    }
    return mip;
}

static void solves_linear_programs_with_duals(void **state)
{
    (void)state;
    /* min -3x - 5y; x <= 4; 2y <= 12; 3x + 2y <= 18: x = 2, y = 6, value -36,
     * duals 0, -1.5, -1. */
    bw_mip *mip;
    int32_t first;
    assert_int_equal(bw_mip_new(&mip), BW_OK);
    bw_mip_add_rows(mip, 3, &first);
    bw_mip_add_columns(mip, 2, &first);
    const double high[] = {4, 12, 18};
    for (int i = 0; i < 3; i++)
        bw_mip_row(mip, i, -(double)INFINITY, high[i]);
    bw_mip_column(mip, 0, 0, (double)INFINITY, -3, false);
    bw_mip_column(mip, 1, 0, (double)INFINITY, -5, false);
    bw_mip_entries(mip, 0, 2, (int32_t[]){0, 2}, (double[]){1, 3});
    bw_mip_entries(mip, 1, 2, (int32_t[]){1, 2}, (double[]){2, 2});
    for (int dual = 0; dual < 2; dual++) {
        bw_mip_limits limits = {.dual_simplex = dual};
        bw_mip_state found;
        assert_int_equal(bw_mip_solve_lp(mip, &limits, &found), BW_OK);
        assert_int_equal(found, BW_MIP_OPTIMAL);
        assert_true(fabs(bw_mip_objective(mip) + 36) < 1e-9);
        assert_true(fabs(bw_mip_value(mip, 0) - 2) < 1e-9);
        assert_true(fabs(bw_mip_value(mip, 1) - 6) < 1e-9);
        assert_true(fabs(bw_mip_row_dual(mip, 0)) < 1e-9);
        assert_true(fabs(bw_mip_row_dual(mip, 1) + 1.5) < 1e-9);
        assert_true(fabs(bw_mip_row_dual(mip, 2) + 1) < 1e-9);
        assert_int_equal(bw_mip_get_basis(mip, true, 0), BW_BASIC);
        assert_int_equal(bw_mip_get_basis(mip, true, 1), BW_AT_UPPER);
    }
    assert_true(bw_mip_work(mip) > 0);
    bw_mip_free(mip);
}

static void agrees_with_enumeration(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 8; seed++) {
        packing p = make_packing(seed);
        double room[SACKS], weight[ITEMS * SACKS];
        for (int s = 0; s < SACKS; s++)
            room[s] = p.room[s];
        for (int j = 0; j < ITEMS * SACKS; j++)
            weight[j] = p.load[j / SACKS][j % SACKS];
        double best = least(&p, 0, room, 0);
        for (int way = 0; way < 4; way++) {
            bw_mip *mip = build(&p, true);
            bw_mip_limits limits = {.depth_first = way & 1,
                                    .weight = way & 2 ? weight : NULL};
            bw_mip_state found;
            assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
            if (isinf(best)) {
                assert_int_equal(found, BW_MIP_INFEASIBLE);
            } else {
                assert_int_equal(found, BW_MIP_OPTIMAL);
                assert_true(fabs(bw_mip_objective(mip) - best) < 1e-6);
                assert_true(fabs(bw_mip_bound(mip) - best) < 1e-6);
            }
            bw_mip_free(mip);
        }
    }
}

static void a_cutoff_hides_what_is_not_better(void **state)
{
    (void)state;
    packing p = make_packing(3);
    bw_mip *mip = build(&p, true);
    bw_mip_limits limits = {0};
    bw_mip_state found;
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_OPTIMAL);
    double best = bw_mip_objective(mip);
    bw_mip_free(mip);

    mip = build(&p, true);
    limits.has_cutoff = true;
    limits.cutoff = best;
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_INFEASIBLE);
    assert_true(bw_mip_bound(mip) <= best);
    assert_true(bw_mip_bound(mip) > best - 1e-6);
    bw_mip_free(mip);

    mip = build(&p, true);
    limits.cutoff = best + 0.5;
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_OPTIMAL);
    assert_true(fabs(bw_mip_objective(mip) - best) < 1e-6);
    bw_mip_free(mip);
}

static void a_start_survives_when_the_limit_comes_first(void **state)
{
    (void)state;
    packing p = make_packing(3);
    bw_mip *mip = build(&p, true);
    bw_mip_limits limits = {0};
    bw_mip_state found;
    double start[ITEMS * SACKS], relaxed;
    assert_int_equal(bw_mip_solve_lp(mip, &limits, &found), BW_OK);
    relaxed = bw_mip_objective(mip);
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    double best = bw_mip_objective(mip);
    assert_true(relaxed < best - 1e-6); /* else this test shows nothing */
    for (int j = 0; j < ITEMS * SACKS; j++)
        start[j] = bw_mip_value(mip, j);
    bw_mip_free(mip);

    mip = build(&p, true);
    limits.start = start;
    limits.nodes = 1;
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_FEASIBLE);
    assert_true(fabs(bw_mip_objective(mip) - best) < 1e-6);
    assert_true(bw_mip_bound(mip) >= relaxed - 1e-9);
    assert_true(bw_mip_bound(mip) <= best + 1e-9);
    bw_mip_free(mip);
}

static void a_raised_stop_ends_the_solve(void **state)
{
    (void)state;
    packing p = make_packing(4);
    bw_mip *mip = build(&p, true);
    atomic_int stop = 1;
    bw_mip_limits limits = {.stop = &stop};
    bw_mip_state found;
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_UNSOLVED);
    bw_mip_free(mip);
}

static void an_abort_of_the_solver_becomes_a_status(void **state)
{
    (void)state;
    packing p = make_packing(5);
    bw_mip *good = build(&p, true), *bad = build(&p, true);
    bw_mip_entries(bad, 0, 1, (int32_t[]){999}, (double[]){1});
    bw_mip_limits limits = {0};
    bw_mip_state found;
    assert_int_equal(bw_mip_solve(bad, &limits, &found), BW_INTERNAL);
    assert_int_equal(found, BW_MIP_UNSOLVED);
    bw_mip_free(bad);
    assert_int_equal(bw_mip_solve(good, &limits, &found), BW_OK);
    assert_int_equal(found, BW_MIP_OPTIMAL);
    bw_mip_free(good);
    bw_mip_thread_done();
}

static void short_memory_is_reported(void **state)
{
    (void)state;
    packing p = make_packing(1);
    long before = bw_alloc_live();
    bw_mip *mip = build(&p, true);
    bw_mip_limits limits = {0};
    bw_mip_state found;
    bw_alloc_fail_at(1);
    assert_int_equal(bw_mip_solve(mip, &limits, &found), BW_NOMEM);
    bw_alloc_fail_at(0);
    bw_mip_free(mip);
    bw_alloc_fail_at(1);
    assert_int_equal(bw_mip_new(&mip), BW_NOMEM);
    assert_null(mip);
    bw_alloc_fail_at(0);
    assert_true(bw_alloc_live() == before);
}

static void *solve_many(void *sum)
{
    for (uint32_t seed = 1; seed <= 20; seed++) {
        packing p = make_packing(seed);
        bw_mip *mip = build(&p, true);
        bw_mip_limits limits = {0};
        bw_mip_state found;
        if (bw_mip_solve(mip, &limits, &found) == BW_OK &&
            found == BW_MIP_OPTIMAL)
            *(double *)sum += bw_mip_objective(mip);
        bw_mip_free(mip);
    }
    bw_mip_thread_done();
    return NULL;
}

static void two_threads_do_not_meet(void **state)
{
    (void)state;
    pthread_t thread[2];
    double sum[3] = {0, 0, 0};
    for (int t = 0; t < 2; t++)
        assert_int_equal(pthread_create(&thread[t], NULL, solve_many, &sum[t]),
                         0);
    for (int t = 0; t < 2; t++)
        pthread_join(thread[t], NULL);
    solve_many(&sum[2]);
    assert_true(sum[0] > 0);
    assert_true(fabs(sum[0] - sum[1]) < 1e-9);
    assert_true(fabs(sum[0] - sum[2]) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solves_linear_programs_with_duals),
        cmocka_unit_test(agrees_with_enumeration),
        cmocka_unit_test(a_cutoff_hides_what_is_not_better),
        cmocka_unit_test(a_start_survives_when_the_limit_comes_first),
        cmocka_unit_test(a_raised_stop_ends_the_solve),
        cmocka_unit_test(an_abort_of_the_solver_becomes_a_status),
        cmocka_unit_test(short_memory_is_reported),
        cmocka_unit_test(two_threads_do_not_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
