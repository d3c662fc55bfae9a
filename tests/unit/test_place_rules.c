/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of placing one by one, each where nothing else decides. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define REPS "id,latitude,longitude\nR1,40,-75\n"

static char folder[] = "/tmp/bw-rules-XXXXXX";

static const char *path_of(int number)
{
    static char path[2][64];
    snprintf(path[number], sizeof path[number], "%s/g%d", folder, number);
    return path[number];
}

static int begin(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        unlink(path_of(i));
    return rmdir(folder);
}

/* Two gazetteers with their attributes, the second may be NULL. */
static const char *two(const char *one, const char *attributes,
                       const char *other, const char *other_attributes,
                       const char *more)
{
    static char text[2048];
    const char *const content[] = {one, other};
    const char *const says[] = {attributes, other_attributes};
    int n = snprintf(text, sizeof text,
                     "<accounts file='accounts.csv' unplaced='anywhere'/>"
                     "<reps file='reps.csv'/>\n");
    for (int i = 0; i < 2 && content[i]; i++) {
        FILE *file = fopen(path_of(i), "wb");
        assert_non_null(file);
        fputs(content[i], file);
        assert_int_equal(fclose(file), 0);
        n += snprintf(text + n, sizeof text - (size_t)n,
                      "<gazetteer file='%s' %s/>\n", path_of(i), says[i]);
    }
    snprintf(text + n, sizeof text - (size_t)n, "%s<travel hour-cost='1'/>",
             more);
    return text;
}

static load_case *placed(const char *gazetteer, const char *attributes,
                         const char *accounts)
{
    return case_good(two(gazetteer, attributes, NULL, NULL, ""), accounts, REPS,
                     NULL);
}

static void assert_source(const load_case *c, int account, const char *source)
{
    assert_string_equal(
        bw_place_source_text(c->problem->accounts.place_source[account]),
        source);
}

static void assert_place(const load_case *c, int account, const char *source,
                         double lat, double lon)
{
    bw_point p = c->problem->accounts.point[account];
    assert_source(c, account, source);
    assert_true(fabs(p.lat_deg - lat) < 1e-9);
    assert_true(fabs(p.lon_deg - lon) < 1e-9);
}

#define HEAD "country,zip,city,state,state_name,lat,lon\n"

static void a_city_is_that_of_the_first_file_that_has_it(void **state)
{
    (void)state;
    load_case *c = case_good(
        two(HEAD "US,1,Paris,TX,Texas,33,-95\n", "",
            HEAD "US,2,Paris,TX,Texas,34,-96\nUS,3,Rome,GA,Georgia,34,-85\n",
            "", ""),
        "id,city,state,country\nA,Paris,,US\nB,Rome,,US\nC,Paris,Texas,US\n",
        REPS, NULL);
    assert_place(c, 0, "city", 33, -95);
    assert_place(c, 1, "city", 34, -85);
    assert_place(c, 2, "city", 33, -95);
    case_close(c);
}

static void a_city_on_the_date_line_is_there(void **state)
{
    (void)state;
    load_case *c =
        placed(HEAD "FJ,1,Suva,,,-17,179.9\nFJ,2,Suva,,,-17,-179.7\n", "",
               "id,city,country\nA,Suva,Fiji\n");
    assert_place(c, 0, "city", -17, -179.9);
    case_close(c);
}

/* Code and name of the state are columns of their own in both forms. */
static void a_state_is_its_code_or_its_name(void **state)
{
    (void)state;
    static const char *const forms[] = {
        HEAD "US,1,Paris,TX,Texas,33,-95\nUS,2,Paris,KY,Kentucky,38,-84\n",
        "US\t1\tParis\tTexas\tTX\t\t\t\t\t33\t-95\t4\n"
        "US\t2\tParis\tKentucky\tKY\t\t\t\t\t38\t-84\t4\n"};
    for (int i = 0; i < 2; i++) {
        load_case *c = placed(forms[i], "",
                              "id,city,state,country\nA,Paris,KY,US\n"
                              "B,Paris,kentucky,US\nC,Paris,TX,US\n"
                              "D,Paris,Texas,US\nE,Paris,OH,US\n");
        assert_place(c, 0, "city", 38, -84);
        assert_place(c, 1, "city", 38, -84);
        assert_place(c, 2, "city", 33, -95);
        assert_place(c, 3, "city", 33, -95);
        assert_source(c, 4, "none");
        case_close(c);
    }
}

static void without_a_country_the_declared_or_the_only_one_counts(void **state)
{
    (void)state;
    static const char *const accounts =
        "id,zip,country\nA,1010,\nB,1010,AT\nC,1010,\nD,8000,CH\n";
    static const char *const at = HEAD "AT,1010,,,,48,16\n";
    static const char *const ch = HEAD "CH,1010,,,,47,8\nCH,8000,,,,47.4,8.5\n";
    load_case *c =
        case_good(two(at, "country='CH'", ch, "", ""), accounts, REPS, NULL);
    assert_place(c, 0, "postal-code", 47, 8);
    assert_place(c, 1, "postal-code", 48, 16);
    assert_place(c, 2, "postal-code", 47, 8);
    case_close(c);
    /* two that are declared contradict each other */
    c = case_good(two(at, "country='AT'", ch, "country='CH'", ""), accounts,
                  REPS, NULL);
    assert_source(c, 0, "none");
    assert_source(c, 1, "postal-code");
    assert_source(c, 2, "none");
    assert_source(c, 3, "postal-code");
    case_close(c);
}

/* To the north-east, where the ways along the meridian and the parallel are
 * together longer than straight on: 100 km are 0.6359 degrees of each there. */
static void far_is_measured_straight_on(void **state)
{
    (void)state;
    load_case *c = placed(HEAD "EC,170101,,,,0,-78\n", "",
                          "id,lat,lon,zip,country\n"
                          "A,0.635,-77.365,170101,EC\n"
                          "B,0.637,-77.363,170101,EC\n"
                          "C,-0.635,-78.635,170101,EC\n"
                          "D,0.5,-77.1,170101,EC\n");
    assert_int_equal(bw_diags_count_code(c->diags, BW_PLACE_FAR), 2);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "accounts.csv", 3,
                               "2 accounts have coordinates more than 100 km "
                               "from the place of the postal code: \"B\" (100 "
                               "km), \"D\" (114 km)"),
                     1);
    case_close(c);
}

/* Whatever stands there is told, though it cannot be a code. */
static void text_that_is_no_code_is_an_unknown_one(void **state)
{
    (void)state;
    load_case *c = placed(HEAD "DE,10115,Berlin,,,52.5,13.4\n", "",
                          "id,zip,city,country\nA,10115 Berlin-Mitte,,DE\n"
                          "B,10115 Berlin-Mitte,Berlin,DE\nC,-,Berlin,DE\n");
    assert_source(c, 0, "none");
    assert_source(c, 1, "city");
    assert_source(c, 2, "city");
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "accounts.csv", 2,
                               "2 accounts have no coordinates and a postal "
                               "code that no gazetteer has: \"A\" (10115 "
                               "Berlin-Mitte), \"B\" (10115 Berlin-Mitte); "
                               "placed by their city: 1"),
                     1);
    case_close(c);
}

/* One flaw is dropped, the others stay. */
static void each_flaw_is_dropped_alone(void **state)
{
    (void)state;
    static const char *const code[] = {"postal-unknown", "city-ambiguous",
                                       "place-far"};
    for (int i = 0; i < 3; i++) {
        char decided[96];
        snprintf(decided, sizeof decided, "<quality code='%s' do='drop'/>",
                 code[i]);
        load_case *c = case_good(
            two(HEAD "US,1,Paris,TX,Texas,33,-95\nUS,2,Paris,KY,,38,-84\n", "",
                NULL, NULL, decided),
            "id,lat,lon,zip,city,country\nA0,,,9,,US\nA1,,,,Paris,US\n"
            "A2,10,10,1,,US\nA3,,,1,,US\n",
            REPS, NULL);
        char dropped[16];
        snprintf(dropped, sizeof dropped, "A%d", i);
        assert_int_equal(c->problem->accounts.n, 3);
        for (int a = 0; a < 3; a++)
            assert_string_not_equal(c->problem->accounts.id[a], dropped);
        assert_int_equal(c->problem->n_rejected, 1);
        assert_string_equal(c->problem->rejected[0].id, dropped);
        case_close(c);
    }
}

static void lines_of_geonames_may_end_in_any_way_and_be_blank(void **state)
{
    (void)state;
    load_case *c = placed("US\t2138\tA\t\t\t\t\t\t\t42.1\t-71.1\r\n\r\n"
                          "US\t2139\t\"A\t\t\t\t\t\t\t42.2\t-71.2\r\n"
                          "US\t2140\tA\t\t\t\t\t\t\t0\t0\r\n",
                          "",
                          "id,zip,country\nA,02138,US\nB,02139,US\nC,02140,"
                          "US\n");
    assert_place(c, 0, "postal-code", 42.1, -71.1);
    assert_place(c, 1, "postal-code", 42.2, -71.2);
    assert_source(c, 2, "none"); /* (0, 0) is no place */
    case_close(c);
    c = placed("US\t2138\tA\t\t\t\t\t\t\t42.1\t-71.1\r\r"
               "US\t2139\tB\t\t\t\t\t\t\t42.2\t-71.2\r",
               "", "id,zip,city,country\nA,02138,,US\nB,02139,,US\nC,,B,US\n");
    assert_place(c, 0, "postal-code", 42.1, -71.1);
    assert_place(c, 1, "postal-code", 42.2, -71.2);
    assert_place(c, 2, "city", 42.2, -71.2);
    case_close(c);
}

/* Of lists that many take: the headers that decide. */
static void zip_code_lists_of_the_us_need_no_columns(void **state)
{
    (void)state;
    static const char *const lists[] = {
        "zip,lat,lng,city,state_id,state_name,zcta,parent_zcta\n"
        "02139,42.4,-71,Cambridge,MA,Massachusetts,TRUE,\n",
        "zip,type,primary_city,state,county,country,latitude,longitude\n"
        "2139,STANDARD,Cambridge,MA,Middlesex,US,42.4,-71\n",
        "ZCTA5,LAT,LNG,Name\n02139,42.4,-71,Cambridge\n"};
    for (int i = 0; i < 3; i++) {
        load_case *c = placed(lists[i], "country='US'",
                              "id,zip,city\nA,02139,\nB,,Cambridge\n");
        assert_place(c, 0, "postal-code", 42.4, -71);
        assert_place(c, 1, "city", 42.4, -71);
        case_close(c);
    }
}

/* Nobody says the country that the gazetteer says. */
static void
codes_of_the_postal_system_are_read_though_nobody_says_theirs(void **state)
{
    (void)state;
    static const char islands[] = "country,postal_code,latitude,longitude\n"
                                  "PR,00901,18.46,-66.11\n"
                                  "JE,JE2,49.19,-2.1\n"
                                  "DE,10115,52.53,13.38\n";
    load_case *c = placed(islands, "",
                          "id,latitude,longitude,zip,country\n"
                          "A0,,,901,US\n"
                          "A1,,,je2 3ab,GB\n");
    assert_place(c, 0, "postal-code", 18.46, -66.11);
    assert_place(c, 1, "postal-area", 49.19, -2.1);
    assert_int_equal(case_told(c, BW_GAZETTEER_FOREIGN, "test.xml", 2, ""), 0);
    case_close(c);
    c = placed(islands, "country='US'",
               "id,latitude,longitude,zip\nA0,,,00901\n");
    assert_place(c, 0, "postal-code", 18.46, -66.11);
    case_close(c);
    /* A country that is only of the system has no cities of its own. */
    c = placed("country,postal_code,city,latitude,longitude\n"
               "PR,00901,San Juan,18.46,-66.11\n",
               "",
               "id,latitude,longitude,zip,city,country\n"
               "A0,,,00901,,US\nA1,,,,San Juan,US\n");
    assert_place(c, 0, "postal-code", 18.46, -66.11);
    assert_source(c, 1, "none");
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_is_that_of_the_first_file_that_has_it),
        cmocka_unit_test(a_city_on_the_date_line_is_there),
        cmocka_unit_test(a_state_is_its_code_or_its_name),
        cmocka_unit_test(without_a_country_the_declared_or_the_only_one_counts),
        cmocka_unit_test(far_is_measured_straight_on),
        cmocka_unit_test(text_that_is_no_code_is_an_unknown_one),
        cmocka_unit_test(
            codes_of_the_postal_system_are_read_though_nobody_says_theirs),
        cmocka_unit_test(each_flaw_is_dropped_alone),
        cmocka_unit_test(zip_code_lists_of_the_us_need_no_columns),
        cmocka_unit_test(lines_of_geonames_may_end_in_any_way_and_be_blank),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
