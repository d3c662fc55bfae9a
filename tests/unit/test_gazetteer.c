/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and cities in memory, and what a gazetteer file looks like. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "gazetteer.h"
#include "gazetteer_city.h"
#include "gazetteer_file.h"

enum {
    US,
    GB,
    PR,
    JE
};
static int32_t number[4];

static int begin(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    bw_index *index;
    if (bw_country_index(arena, &index) != BW_OK)
        return -1;
    number[US] = bw_country_find(index, "US", 2);
    number[GB] = bw_country_find(index, "GB", 2);
    number[PR] = bw_country_find(index, "PR", 2);
    number[JE] = bw_country_find(index, "JE", 2);
    bw_index_free(index);
    bw_arena_free(arena);
    return 0;
}

static void add(bw_gazetteer *g, int32_t file, int country, const char *text,
                double lat, double lon)
{
    bw_postal code =
        bw_postal_normal(bw_country_at(number[country]), text, strlen(text));
    assert_int_equal(bw_gazetteer_add(g, file, 100, number[country], &code,
                                      (bw_point){lat, lon}),
                     BW_OK);
}

static bw_postal_match find(const bw_gazetteer *g, int country,
                            const char *text, bw_postal_place *place)
{
    return bw_gazetteer_find(g, number[country], text, strlen(text), place);
}

static void assert_at(const bw_postal_place *place, double lat, double lon)
{
    assert_true(fabs(place->point.lat_deg - lat) < 1e-9);
    assert_true(fabs(place->point.lon_deg - lon) < 1e-9);
}

static void a_code_lies_where_its_rows_do_on_average(void **state)
{
    (void)state;
    bw_postal_place place;
    bw_gazetteer *g = bw_gazetteer_new();
    assert_non_null(g);
    add(g, 0, US, "02139", 42.3647, -71.1042);
    add(g, 0, US, "10001", 40, -74);
    add(g, 0, US, "10001", 40.3, -74.2);
    add(g, 0, US, "10001", 40.3, -74.1);
    assert_int_equal(find(g, US, "2139", &place), BW_MATCH_CODE);
    assert_true(place.point.lat_deg == 42.3647); /* to the last bit */
    assert_true(place.point.lon_deg == -71.1042);
    assert_int_equal(find(g, US, "10001-1234", &place), BW_MATCH_CODE);
    assert_at(&place, 40.2, -74.1);
    assert_int_equal(find(g, US, "99999", &place), BW_MATCH_UNKNOWN);
    assert_int_equal(find(g, GB, "02139", &place), BW_MATCH_UNKNOWN);
    assert_int_equal(find(g, US, " ", &place), BW_MATCH_BLANK);
    assert_int_equal(find(g, US, " \xE2\x80\x93 ", &place), BW_MATCH_BLANK);
    assert_int_equal(find(g, US, "02139 Cambridge, MA", &place),
                     BW_MATCH_UNKNOWN);
    assert_int_equal(find(g, US, "\xEF\xBC\x91", &place), BW_MATCH_UNKNOWN);
    assert_int_equal(bw_gazetteer_size(g), 2);
    assert_int_equal(bw_gazetteer_spread(g, 0, NULL), 0);
    bw_gazetteer_free(g);
}

static void places_on_both_sides_of_the_date_line_average_there(void **state)
{
    (void)state;
    bw_postal_place place;
    bw_gazetteer *g = bw_gazetteer_new();
    add(g, 0, US, "99546", 51.8, 179.9);
    add(g, 0, US, "99546", 51.8, -179.7);
    assert_int_equal(find(g, US, "99546", &place), BW_MATCH_CODE);
    assert_at(&place, 51.8, -179.9);
    bw_gazetteer_free(g);
}

static void places_too_far_apart_are_not_averaged(void **state)
{
    (void)state;
    bw_postal_place place;
    bw_postal first;
    bw_gazetteer *g = bw_gazetteer_new();
    add(g, 0, US, "10001", 40, -74);
    add(g, 0, US, "10001", 40.2, -74);
    add(g, 0, US, "10001", 42, -74);
    assert_int_equal(find(g, US, "10001", &place), BW_MATCH_CODE);
    assert_at(&place, 40, -74);
    assert_int_equal(bw_gazetteer_spread(g, 0, &first), 1);
    assert_string_equal(first.text, "10001");
    assert_int_equal(bw_gazetteer_spread(g, 1, NULL), 0);
    bw_gazetteer_free(g);
}

static void the_first_file_that_has_a_code_counts(void **state)
{
    (void)state;
    bw_postal_place place;
    bw_gazetteer *g = bw_gazetteer_new();
    add(g, 0, US, "10001", 40, -74);
    add(g, 1, US, "10001", 41, -75);
    add(g, 1, US, "10002", 41, -75);
    assert_int_equal(find(g, US, "10001", &place), BW_MATCH_CODE);
    assert_at(&place, 40, -74);
    assert_int_equal(place.file, 0);
    assert_int_equal(find(g, US, "10002", &place), BW_MATCH_CODE);
    assert_int_equal(place.file, 1);
    bw_gazetteer_free(g);
}

static void the_area_serves_where_the_code_is_not_there(void **state)
{
    (void)state;
    bw_postal_place place;
    bw_gazetteer *g = bw_gazetteer_new();
    add(g, 0, GB, "OX16", 52.06, -1.34);
    add(g, 0, GB, "OX16 8RS", 52.05, -1.33);
    assert_int_equal(find(g, GB, "ox16 8rs", &place), BW_MATCH_CODE);
    assert_at(&place, 52.05, -1.33);
    assert_int_equal(find(g, GB, "OX16 9ZZ", &place), BW_MATCH_AREA);
    assert_at(&place, 52.06, -1.34);
    assert_int_equal(find(g, GB, "OX16", &place), BW_MATCH_CODE);
    assert_int_equal(find(g, GB, "OX17 9ZZ", &place), BW_MATCH_UNKNOWN);
    bw_gazetteer_free(g);
}

static void codes_of_one_postal_system_serve_each_other(void **state)
{
    (void)state;
    bw_gazetteer *g = bw_gazetteer_new();
    bw_postal_place place;
    add(g, 0, PR, "901", 18.46, -66.11);
    add(g, 0, US, "02139", 42.36, -71.1);
    add(g, 0, JE, "JE2", 49.19, -2.1);
    assert_int_equal(find(g, US, "00901", &place), BW_MATCH_CODE);
    assert_at(&place, 18.46, -66.11);
    assert_int_equal(find(g, PR, "02139-1234", &place), BW_MATCH_CODE);
    assert_at(&place, 42.36, -71.1);
    assert_int_equal(find(g, GB, "je2 3ab", &place), BW_MATCH_AREA);
    assert_at(&place, 49.19, -2.1);
    assert_int_equal(find(g, GB, "02139", &place), BW_MATCH_UNKNOWN);
    assert_int_equal(find(g, US, "00902", &place), BW_MATCH_UNKNOWN);
    /* its own code comes first */
    add(g, 0, US, "00901", 1, 2);
    assert_int_equal(find(g, US, "901", &place), BW_MATCH_CODE);
    assert_at(&place, 1, 2);
    bw_gazetteer_free(g);
}

static void many_codes_are_all_found(void **state)
{
    (void)state;
    enum {
        N = 99999
    };
    bw_postal_place place;
    bw_gazetteer *g = bw_gazetteer_new();
    char text[16];
    for (int i = 1; i <= N; i++) {
        snprintf(text, sizeof text, "%05d", i);
        add(g, 0, US, text, i / 2000., -i / 1000.);
    }
    assert_int_equal(bw_gazetteer_size(g), N);
    for (int i = 1; i <= N; i += 7) {
        snprintf(text, sizeof text, "%d", i);
        assert_int_equal(find(g, US, text, &place), BW_MATCH_CODE);
        assert_at(&place, i / 2000., -i / 1000.);
    }
    bw_gazetteer_free(g);
}

/* ------------------------------------------------------------------ cities */

static bw_cell cell(const char *text)
{
    return (bw_cell){text, strlen(text)};
}

static bw_cities *cities;

static int32_t ask(const char *name)
{
    int32_t asked;
    assert_int_equal(bw_cities_ask(cities, number[US], cell(name), &asked),
                     BW_OK);
    return asked;
}

static void show(const char *name, const char *state, const char *state_name,
                 double lat, double lon)
{
    int32_t asked = bw_cities_asked(cities, number[US], cell(name));
    if (asked >= 0)
        assert_int_equal(bw_cities_add(cities, asked, 0, 100, cell(state),
                                       cell(state_name), (bw_point){lat, lon}),
                         BW_OK);
}

static void a_city_needs_its_state_only_among_namesakes(void **state)
{
    (void)state;
    cities = bw_cities_new();
    int32_t springfield = ask("SPRINGFIELD"), louis = ask("Saint Louis");
    int32_t nowhere = ask("Nowhere"), two = ask("Twice");
    assert_int_equal(ask("springfield"), springfield);
    assert_int_equal(ask(" "), -1);
    show("Springfield", "IL", "Illinois", 39.8, -89.6);
    show("Springfield", "MA", "Massachusetts", 42.1, -72.5);
    show("Springfield", "MA", "Massachusetts", 42.3, -72.7);
    show("St. Louis", "MO", "Missouri", 38.6, -90.2);
    show("Boston", "MA", "Massachusetts", 42.4, -71);
    show("Twice", "TX", "Texas", 30, -95);
    show("Twice", "TX", "Texas", 35, -105);
    bw_point p = {0, 0};
    static const char *const ma[] = {"MA", "ma", "massachusetts"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bw_cities_find(cities, springfield, cell(ma[i]), &p),
                         BW_CITY_FOUND);
        assert_true(fabs(p.lat_deg - 42.2) < 1e-9);
        assert_true(fabs(p.lon_deg + 72.6) < 1e-9);
    }
    assert_int_equal(bw_cities_find(cities, springfield, cell(""), &p),
                     BW_CITY_SEVERAL);
    assert_int_equal(bw_cities_find(cities, springfield, cell("Ohio"), &p),
                     BW_CITY_SEVERAL);
    assert_int_equal(bw_cities_find(cities, louis, cell(""), &p),
                     BW_CITY_FOUND);
    assert_int_equal(bw_cities_find(cities, two, cell("TX"), &p),
                     BW_CITY_SEVERAL);
    assert_int_equal(bw_cities_find(cities, nowhere, cell("MA"), &p),
                     BW_CITY_UNKNOWN);
    assert_int_equal(bw_cities_find(cities, -1, cell("MA"), &p),
                     BW_CITY_UNKNOWN);
    bw_cities_free(cities);
}

/* ------------------------------------------------------------------- files */

static void geonames_is_known_by_its_first_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } cases[] = {
        {"US\t02139\tCambridge\tMassachusetts\tMA\tMiddlesex\t017\t\t\t42.3647"
         "\t-71.1042\t4\n",
         true},
        {"AD\tAD100\tCanillo\tCanillo\t02\t\t\t\t\t42.5833\t1.6667\t6\r\n",
         true},
        {"DE\t10115\tBerlin\t\t\t\t\t\t\t52.5\t13.4", true},
        {"DE\t10114\tBerlin\t\t\t\t\t\t\t\t\t\n"
         "DE\t10115\tBerlin\t\t\t\t\t\t\t52.5\t13.4",
         true},
        {"DE\t10114\tBerlin\t\t\t\t\t\t\t\t\t\nBerlin\n", false},
        {"DE\t10114\tBerlin\t\t\t\t\t\t\t\t\t\n", false},
        {"DE\t10114\tBerlin\t\t\t\t\t\t\t52.5\t\t\n", false},
        {"country\tpostal_code\tplace\ta\tb\tc\td\te\tf\tlat\tlng\tx\n", false},
        {"US\t02139\tCambridge\t42.3647\t-71.1042\n", false},
        {"zip,place,lat,lng\n02139,Cambridge,42.3,-71.1\n", false},
        {"\nUS\t02139\tCambridge\tMassachusetts\tMA\tMiddlesex\t017\t\t\t42.3"
         "\t-71.1\t4\n",
         false},
        {"", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(bw_is_geonames(cases[i].text, strlen(cases[i].text)),
                         cases[i].is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_lies_where_its_rows_do_on_average),
        cmocka_unit_test(places_on_both_sides_of_the_date_line_average_there),
        cmocka_unit_test(places_too_far_apart_are_not_averaged),
        cmocka_unit_test(the_first_file_that_has_a_code_counts),
        cmocka_unit_test(the_area_serves_where_the_code_is_not_there),
        cmocka_unit_test(codes_of_one_postal_system_serve_each_other),
        cmocka_unit_test(many_codes_are_all_found),
        cmocka_unit_test(a_city_needs_its_state_only_among_namesakes),
        cmocka_unit_test(geonames_is_known_by_its_first_line),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
