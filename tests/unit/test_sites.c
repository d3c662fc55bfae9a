/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for new positions. */
#include "bw/alloc.h"
#include "bw/sites.h"
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const bw_point towns[] = {
    {40.7, -74.0}, {41.9, -87.6}, {34.1, -118.2}, {29.8, -95.4}};

static void scatter(bw_point *point, double *weight, int32_t n, uint64_t *seed)
{
    for (int32_t i = 0; i < n; i++) {
        point[i] = towns[i % 4];
        point[i].lat_deg += office_uniform(seed, -0.2, 0.2);
        point[i].lon_deg += office_uniform(seed, -0.2, 0.2);
        weight[i] = 1;
    }
}

static double km_to(bw_point a, bw_point b)
{
    return bw_geo_km(bw_geo_vec(a), bw_geo_vec(b));
}

static void every_town_gets_a_place(void **state)
{
    (void)state;
    bw_point point[400], site[4];
    double weight[400];
    for (uint64_t seed = 1; seed <= 20; seed++) {
        uint64_t random = seed;
        int32_t found, seen = 0;
        scatter(point, weight, 400, &random);
        assert_int_equal(
            bw_sites_find(point, weight, 400, NULL, 0, seed, site, 4, &found),
            BW_OK);
        assert_int_equal(found, 4);
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < 4; k++)
                if (km_to(site[i], towns[k]) < 10)
                    seen |= 1 << k;
        assert_int_equal(seen, 15);
    }
}

static void where_a_home_is_none_is_made(void **state)
{
    (void)state;
    bw_point point[400], site[2];
    double weight[400];
    uint64_t random = 4;
    int32_t found;
    scatter(point, weight, 400, &random);
    assert_int_equal(
        bw_sites_find(point, weight, 400, towns, 2, 7, site, 2, &found), BW_OK);
    assert_int_equal(found, 2);
    for (int i = 0; i < 2; i++)
        assert_true(fmin(km_to(site[i], towns[2]), km_to(site[i], towns[3])) <
                    10);
}

static void
unknown_places_and_weights_of_nothing_count_for_nothing(void **state)
{
    (void)state;
    const bw_point point[] = {
        {(double)NAN, (double)NAN}, {10, 10}, {10, 10}, {50, 50}};
    const double weight[] = {9, 1, 1, 0};
    bw_point site[3];
    int32_t found;
    assert_int_equal(
        bw_sites_find(point, weight, 4, NULL, 0, 1, site, 3, &found), BW_OK);
    assert_int_equal(found, 1);
    assert_true(km_to(site[0], point[1]) < 0.01);
    assert_int_equal(
        bw_sites_find(point, weight, 1, NULL, 0, 1, site, 3, &found), BW_OK);
    assert_int_equal(found, 0);
}

static void many_accounts_are_gathered(void **state)
{
    (void)state;
    enum {
        N = 100000
    };
    bw_point *point = bw_alloc(N, sizeof *point), site[2][8];
    double *weight = bw_alloc(N, sizeof *weight);
    uint64_t random = 8;
    int32_t found[2];
    for (int32_t i = 0; i < N; i++) {
        point[i] = (bw_point){office_uniform(&random, -60, 60),
                              office_uniform(&random, -179, 179)};
        weight[i] = office_uniform(&random, 0, 5);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            bw_sites_find(point, weight, N, NULL, 0, 3, site[i], 8, &found[i]),
            BW_OK);
    assert_int_equal(found[0], 8);
    assert_memory_equal(site[0], site[1], sizeof site[0]);
    bw_free(point);
    bw_free(weight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_town_gets_a_place),
        cmocka_unit_test(where_a_home_is_none_is_made),
        cmocka_unit_test(
            unknown_places_and_weights_of_nothing_count_for_nothing),
        cmocka_unit_test(many_accounts_are_gathered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
