/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances on the sphere. */
#include <stdarg.h>
#include <stddef.h>

#include <setjmp.h>

#include <cmocka.h>

#include "bw/geo.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static double km(double lat_a, double lon_a, double lat_b, double lon_b)
{
    return bw_geo_km(bw_geo_vec((bw_point){lat_a, lon_a}),
                     bw_geo_vec((bw_point){lat_b, lon_b}));
}

static void assert_km(double found, double want, double within)
{
    if (!(fabs(found - want) <= within))
        fail_msg("%.9f km, not %.9f", found, want);
}

static void a_quarter_of_a_great_circle_is_known(void **state)
{
    (void)state;
    double quarter = BW_EARTH_RADIUS_KM * pi / 2;
    assert_km(km(0, 0, 0, 90), quarter, 1e-9);
    assert_km(km(0, 0, 90, 0), quarter, 1e-9);
    assert_km(km(0, 17, -90, -100), quarter, 1e-9);
    assert_km(km(0, 0, 1, 0), BW_EARTH_RADIUS_KM * pi / 180, 1e-9);
}

static void antipodes_are_half_a_great_circle_apart(void **state)
{
    (void)state;
    double half = BW_EARTH_RADIUS_KM * pi;
    assert_km(km(0, 0, 0, 180), half, 1e-3);
    assert_km(km(90, 0, -90, 0), half, 1e-3);
    assert_km(km(37.5, -122.25, -37.5, 57.75), half, 1e-3);
}

/* Two airports whose distance is printed in navigation textbooks (E. Williams'
 * formulary: LAX to JFK, 2,144 nautical miles on a sphere of 1 nautical mile a
 * minute of arc). */
static void a_textbook_distance_comes_out(void **state)
{
    (void)state;
    double lax_lat = 33 + 57 / 60.0, lax_lon = -(118 + 24 / 60.0);
    double jfk_lat = 40 + 38 / 60.0, jfk_lon = -(73 + 47 / 60.0);
    double miles = km(lax_lat, lax_lon, jfk_lat, jfk_lon) / BW_EARTH_RADIUS_KM *
                   180 / pi * 60;
    assert_km(miles, 2143.7, 0.3);
}

static void the_same_place_is_no_distance(void **state)
{
    (void)state;
    assert_true(km(48.1, 11.6, 48.1, 11.6) == 0);
    assert_km(km(12, 180, 12, -180), 0, 1e-9); /* the date line */
    assert_km(km(90, 0, 90, 77), 0, 1e-9);     /* the pole has no longitude */
}

static void a_few_metres_keep_their_precision(void **state)
{
    (void)state;
    double metre_deg = 0.001 / (BW_EARTH_RADIUS_KM * pi / 180);
    assert_km(km(50, 8, 50 + metre_deg, 8), 0.001, 1e-9);
    assert_km(km(0, 8, 0, 8 + 10 * metre_deg), 0.01, 1e-9);
}

static void there_and_back_are_equal_to_the_bit(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        double lat = -90 + 180 * fmod(i * 0.618034, 1);
        double lon = -180 + 360 * fmod(i * 0.414214, 1);
        assert_true(km(lat, lon, 40, -105) == km(40, -105, lat, lon));
        assert_true(km(lat, lon, 40, -105) <= BW_EARTH_RADIUS_KM * pi + 1e-6);
    }
}

static void vectors_have_length_one_and_point_as_said(void **state)
{
    (void)state;
    bw_vec east = bw_geo_vec((bw_point){0, 90});
    assert_true(fabs(east.x) < 1e-15 && fabs(east.y - 1) < 1e-15);
    bw_vec north = bw_geo_vec((bw_point){90, 0});
    assert_true(fabs(north.z - 1) < 1e-15 && fabs(north.x) < 1e-15);
    bw_vec any = bw_geo_vec((bw_point){-33.3, 151.2});
    assert_true(fabs(any.x * any.x + any.y * any.y + any.z * any.z - 1) <
                1e-15);
}

static void only_finite_degrees_in_range_are_a_place(void **state)
{
    (void)state;
    assert_true(bw_point_known((bw_point){0, 0}));
    assert_true(bw_point_known((bw_point){90, 180}));
    assert_true(bw_point_known((bw_point){-90, -180}));
    assert_false(bw_point_known((bw_point){90.0001, 0}));
    assert_false(bw_point_known((bw_point){0, -180.0001}));
    assert_false(bw_point_known((bw_point){(double)NAN, 0}));
    assert_false(bw_point_known((bw_point){0, (double)NAN}));
    assert_false(bw_point_known((bw_point){(double)INFINITY, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_of_a_great_circle_is_known),
        cmocka_unit_test(antipodes_are_half_a_great_circle_apart),
        cmocka_unit_test(a_textbook_distance_comes_out),
        cmocka_unit_test(the_same_place_is_no_distance),
        cmocka_unit_test(a_few_metres_keep_their_precision),
        cmocka_unit_test(there_and_back_are_equal_to_the_bit),
        cmocka_unit_test(vectors_have_length_one_and_point_as_said),
        cmocka_unit_test(only_finite_degrees_in_range_are_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
