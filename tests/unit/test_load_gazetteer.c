/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and homes placed by gazetteers, from files to the problem. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define REPS     "id,latitude,longitude\nR1,40,-75\n"
#define TRAVEL   "<travel hour-cost='1'/>"
#define ACCOUNTS "<accounts file='accounts.csv' unplaced='anywhere'/>"
#define FILES_   ACCOUNTS "<reps file='reps.csv'/>\n"

/* Gazetteers stand in a folder of their own, as g0, g1. */
static char folder[] = "/tmp/bw-gaz-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int begin(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    char path[64];
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/g%d", folder, i);
        unlink(path);
    }
    return rmdir(folder);
}

/* "<gazetteer file='.../g0' MORE/>" */
static const char *gazetteer(int number, const char *more)
{
    static char text[2][256];
    snprintf(text[number], sizeof text[number],
             "<gazetteer file='%s/g%d' %s/>\n", folder, number, more);
    return text[number];
}

static const char *body(const char *files, const char *one, const char *other)
{
    static char text[2048];
    snprintf(text, sizeof text, "%s%s%s%s", files, one, other, TRAVEL);
    return text;
}

#define GEO(country, code, place, name1, code1, lat, lon)                      \
    country "\t" code "\t" place "\t" name1 "\t" code1 "\t\t\t\t\t" lat        \
            "\t" lon "\t4\n"
static const char world[] = GEO("CA", "M5V", "Toronto", "Ontario", "ON",
                                "43.64", "-79.39")
    GEO("DE", "01067", "Dresden", "Sachsen", "SN", "51.06", "13.72")
        GEO("DE", "10115", "Berlin", "Berlin", "BE", "52.53", "13.38")
            GEO("DE", "10117", "Berlin", "Berlin", "BE", "52.51", "13.40")
                GEO("GB", "OX16", "Banbury", "England", "ENG", "52.06", "-1.34")
                    GEO("US", "02139", "Cambridge", "Massachusetts", "MA",
                        "42.36", "-71.1") GEO("US", "43725", "Cambridge",
                                              "Ohio", "OH", "40.03", "-81.59")
                        GEO("US", "99999", "Nowhere", "Alaska", "AK", "", "")
                            GEO("FR", "75001", "Paris 01", "Ile-de-France",
                                "11", "48.86", "2.34");

static const char *source(const load_case *c, int account)
{
    return bw_place_source_text(c->problem->accounts.place_source[account]);
}

static void assert_point(bw_point point, double lat, double lon)
{
    assert_true(fabs(point.lat_deg - lat) < 1e-9);
    assert_true(fabs(point.lon_deg - lon) < 1e-9);
}

static void rows_are_placed_by_code_then_area_then_city(void **state)
{
    (void)state;
    put("g0", world);
    load_case *c =
        case_good(body(FILES_, gazetteer(0, ""), ""),
                  "id,latitude,longitude,zip,city,state,country\n"
                  "A0,40,-75,02139,,,US\n"              /* given, though far */
                  "A1,,,2139,,,USA\n"                   /* lost zero */
                  "A2,0,0,02139-4307,,,united states\n" /* 5+4; (0,0) */
                  "A3,40,,1067,,,Germany\n"     /* one coordinate is none */
                  "A4,,,m5v 2t6,,,CA\n"         /* area */
                  "A5,,,OX16 8RS,Banbury,,UK\n" /* area */
                  "A6,,,20000,berlin,,DE\n"     /* unknown code, city */
                  "A7,,,,Cambridge,Ohio,US\n"   /* the state decides */
                  "A8,,,,Cambridge,,US\n"       /* it does not */
                  "A9,,,99999,,,US\n"           /* a row without a place */
                  "A10,,,,Paris,,FRA\n"         /* 01 is no part of the name */
                  "A11,,,02139,,,\n"            /* no country */
                  "A12,,,02139,,,Utopia\n"      /* none that is known */
                  "A13,,,,,,US\n",              /* nothing to go by */
                  REPS, NULL);
    static const char *const expected[] = {
        "given",       "postal-code", "postal-code", "postal-code",
        "postal-area", "postal-area", "city",        "city",
        "none",        "none",        "city",        "none",
        "none",        "none"};
    for (int a = 0; a < 14; a++)
        assert_string_equal(source(c, a), expected[a]);
    const bw_accounts *a = &c->problem->accounts;
    assert_point(a->point[0], 40, -75);
    assert_point(a->point[1], 42.36, -71.1);
    assert_point(a->point[2], 42.36, -71.1);
    assert_point(a->point[3], 51.06, 13.72);
    assert_point(a->point[4], 43.64, -79.39);
    assert_point(a->point[6], 52.52, 13.39); /* the mean of two codes */
    assert_point(a->point[7], 40.03, -81.59);
    assert_int_equal(a->placing[7], BW_PLACED);
    assert_int_equal(a->placing[8], BW_ANYWHERE);
    assert_int_equal(case_told(c, BW_CITY_AMBIGUOUS, "accounts.csv", 10,
                               "\"A8\" (Cambridge)"),
                     1);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "accounts.csv", 8,
                               "2 accounts have no coordinates and a postal "
                               "code that no gazetteer has: \"A6\" (20000), "
                               "\"A9\" (99999); placed by their city: 1"),
                     1);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "accounts.csv", 13,
                               "\"A11\" (), \"A12\" (Utopia)"),
                     1);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "accounts.csv", 2, "\"A0\""),
                     1);
    assert_int_equal(case_told(c, BW_ACCOUNT_UNPLACED, "accounts.csv", 10,
                               "5 accounts have no usable place"),
                     1);
    assert_int_equal(c->problem->n_inputs, 3);
    assert_string_equal(c->problem->inputs[2].role, "gazetteer");
    assert_int_equal(c->problem->inputs[2].rows, 9);
    assert_int_equal(c->problem->inputs[2].rejected, 0);
    case_close(c);
}

static void homes_are_placed_too(void **state)
{
    (void)state;
    put("g0", world);
    load_case *c = case_good(body(FILES_, gazetteer(0, ""), ""),
                             "id,latitude,longitude\nA,40,-75\n",
                             "id,home zip,home city,home country\n"
                             "R1,2139,,US\nR2,,Berlin,DE\n",
                             NULL);
    const bw_reps *reps = &c->problem->reps;
    assert_int_equal(reps->place_source[0], BW_PLACE_POSTAL_CODE);
    assert_int_equal(reps->place_source[1], BW_PLACE_CITY);
    assert_point(reps->home[0], 42.36, -71.1);
    case_close(c);
    c = case_bad(body(FILES_, gazetteer(0, ""), ""),
                 "id,latitude,longitude\nA,40,-75\n",
                 "id,home zip,home country\nR1,99998,US\n", NULL, 1);
    assert_int_equal(case_told(c, BW_REP_UNPLACED, "reps.csv", 2,
                               "nor a postal code or city that a gazetteer"),
                     1);
    case_close(c);
}

static void a_csv_is_told_its_country_and_so_are_rows_without_one(void **state)
{
    (void)state;
    static const char *const accounts = "id,postal_code\nA,2139\nB,02139-1\n";
    put("g0", "Place,ZIP,lng,lat\nCambridge,02139,-71.1,42.36\n");
    load_case *c = case_good(body(FILES_, gazetteer(0, "country='usa'"), ""),
                             accounts, REPS, NULL);
    assert_string_equal(source(c, 0), "postal-code");
    assert_point(c->problem->accounts.point[1], 42.36, -71.1);
    case_close(c);
    c = case_bad(body(FILES_, gazetteer(0, ""), ""), accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "country"), 1);
    case_close(c);
    c = case_bad(body(FILES_, gazetteer(0, "country='Narnia'"), ""), accounts,
                 REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_VALUE_SYNTAX, "s.xml", 3, "Narnia"), 1);
    case_close(c);
    /* the only country that the gazetteer has */
    put("g0", "country,zip,lat,lng\nUnited States,02139,42.36,-71.1\n");
    c = case_good(body(FILES_, gazetteer(0, ""), ""), accounts, REPS, NULL);
    assert_string_equal(source(c, 0), "postal-code");
    case_close(c);
    put("g0", "country,zip,lat,lng\nUS,02139,42.36,-71.1\nDE,02139,51,14\n");
    c = case_good(body(FILES_, gazetteer(0, ""), ""), accounts, REPS, NULL);
    assert_string_equal(source(c, 0), "none");
    case_close(c);
}

static void several_gazetteers_count_in_their_order(void **state)
{
    (void)state;
    put("g0", "country,zip,lat,lng\nUS,02139,42,-71\n");
    put("g1", world);
    load_case *c = case_good(
        body(FILES_, gazetteer(0, "format='csv'"),
             gazetteer(1, "format='geonames'")),
        "id,zip,country\nA,02139,US\nB,43725,US\nC,10115,DE\n", REPS, NULL);
    assert_point(c->problem->accounts.point[0], 42, -71);
    assert_point(c->problem->accounts.point[1], 40.03, -81.59);
    assert_point(c->problem->accounts.point[2], 52.53, 13.38);
    assert_int_equal(c->problem->n_inputs, 4);
    assert_int_equal(c->problem->inputs[3].rows, 9);
    case_close(c);
}

static void coordinates_far_from_their_code_are_told_with_a_remedy(void **state)
{
    (void)state;
    put("g0", world);
    load_case *c = case_good(body(FILES_, gazetteer(0, "far-km='50'"), ""),
                             "id,lat,lon,zip,country\n"
                             "A,42.4,-71.2,02139,US\n" /* 9 km */
                             "B,-71.2,42.4,02139,US\n"
                             "C,42.4,71.2,02139,US\n"
                             "D,-42.4,-71.2,02139,US\n"
                             "E,-42.4,71.2,02139,US\n"
                             "F,43.0,-71.1,02139,US\n", /* 71 km */
                             REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PLACE_FAR), 5);
    assert_int_equal(
        case_told(c, BW_PLACE_FAR, "accounts.csv", 3,
                  "5 accounts have coordinates more than 50 km from the place "
                  "of the postal code: \"B\" ("),
        1);
    assert_int_equal(
        case_told(c, BW_PLACE_FAR, "accounts.csv", 3,
                  "near it with latitude and longitude exchanged: 1, with a "
                  "minus sign more or less on the latitude: 1, with a minus "
                  "sign more or less on the longitude: 1, with one more or "
                  "less on both: 1;"),
        1);
    assert_string_equal(source(c, 1), "given");
    assert_point(c->problem->accounts.point[1], -71.2, 42.4);
    case_close(c);
}

static void
a_gazetteer_of_another_country_is_a_fault_only_if_needed(void **state)
{
    (void)state;
    static const char *const needy = "id,lat,lon,zip,country\n"
                                     "A,40,-75,02139,US\nB,,,10001,US\n";
    static const char *const fine = "id,lat,lon,zip,country\n"
                                    "A,40,-75,02139,US\n";
    put("g0", "country,zip,lat,lng\nDE,10115,52.5,13.4\nFR,75001,48.9,2.3\n");
    load_case *c =
        case_bad(body(FILES_, gazetteer(0, ""), ""), needy, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_GAZETTEER_FOREIGN, "s.xml", 3,
                               "the accounts are in US, the gazetteer has DE, "
                               "FR:"),
                     1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_ACCOUNT_UNPLACED), 0);
    case_close(c);
    c = case_good(body(FILES_, gazetteer(0, ""), ""), fine, REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_GAZETTEER_FOREIGN), 1);
    case_close(c);
}

/* Codes of Germany in a gazetteer of the US, which nothing says. */
static void many_unknown_codes_and_no_other_are_a_wrong_gazetteer(void **state)
{
    (void)state;
    char accounts[1024] = "id,zip\n";
    put("g0", "zip,lat,lng\n02139,42.36,-71.1\n");
    for (int i = 0; i < 21; i++)
        sprintf(accounts + strlen(accounts), "A%d,%d\n", i, 80331 + i);
    load_case *c = case_bad(body(FILES_, gazetteer(0, "country='US'"), ""),
                            accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_GAZETTEER_FOREIGN, "s.xml", 3,
                               "none of their 21 postal codes is in it"),
                     1);
    case_close(c);
    *strrchr(accounts, 'A') = 0; /* 20 may be an accident */
    c = case_good(body(FILES_, gazetteer(0, "country='US'"), ""), accounts,
                  REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_POSTAL_UNKNOWN), 20);
    case_close(c);
}

static void faulty_rows_of_a_gazetteer_are_listed(void **state)
{
    (void)state;
    static const char *const accounts = "id,zip,country\nA,02139,US\n";
    put("g0", "US\t02139\tCambridge\n"
              "US\t02139\tCambridge\tM\tMA\t\t\t\t\tnorth\t-71.1\t4\n"
              "US\t02139\tCambridge\tM\tMA\t\t\t\t\t142.36\t-71.1\t4\n"
              "QQ\t02139\tCambridge\tM\tMA\t\t\t\t\t42.36\t-71.1\t4\n"
              "what is this?\n"
              "\n"
              "US\t02139\tCambridge\tM\tMA\t\t\t\t\t42.36\t-71.1\t4\r\n");
    load_case *c = case_bad(body(FILES_, gazetteer(0, "format='geonames'"), ""),
                            accounts, REPS, NULL, 5);
    assert_int_equal(case_told(c, BW_CSV_FIELDS, "g0", 1, "3 fields"), 1);
    assert_int_equal(case_told(c, BW_FIELD_NUMBER, "g0", 2, "\"north\""), 1);
    assert_int_equal(case_told(c, BW_COORDINATE_RANGE, "g0", 3, "142.36"), 1);
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, "g0", 4, "\"QQ\""), 1);
    assert_int_equal(case_told(c, BW_CSV_FIELDS, "g0", 5, "1 field "), 1);
    case_close(c);
    put("g0", "zip,city,lat\n02139,Cambridge,42\n");
    c = case_bad(body(FILES_, gazetteer(0, "country='US'"), ""), accounts, REPS,
                 NULL, 1);
    assert_int_equal(case_told(c, BW_COLUMN_MISSING, "s.xml", 3, "longitude"),
                     1);
    case_close(c);
    c = case_bad(body(FILES_, "<gazetteer file='/none/of/it'/>\n", ""),
                 accounts, REPS, NULL, 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_FILE_MISSING), 1);
    assert_int_equal(c->status, BW_IO);
    case_close(c);
}

static void without_gazetteer_a_place_is_given_or_none(void **state)
{
    (void)state;
    load_case *c = case_good(FILES_ TRAVEL,
                             "id,lat,lon,zip\nA,40,-75,1\nB,,,2\n", REPS, NULL);
    assert_string_equal(source(c, 0), "given");
    assert_string_equal(source(c, 1), "none");
    assert_int_equal(c->problem->reps.place_source[0], BW_PLACE_GIVEN);
    case_close(c);
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    put("g0", world);
    load_case *c = case_good(body(FILES_, gazetteer(0, ""), ""),
                             "id,zip,city,country\nA,02139,,US\nB,,Berlin,DE\n",
                             REPS, NULL);
    bw_status status = BW_NOMEM;
    bw_problem *problem;
    long n = 0;
    while (status == BW_NOMEM) {
        bw_diags *diags = bw_diags_new();
        long before = bw_alloc_live();
        bw_alloc_fail_at(++n);
        status = bw_problem_load(c->scenario, diags, &problem);
        bw_alloc_fail_at(0);
        if (status == BW_NOMEM) {
            assert_null(problem);
            bw_diags_free(diags);
            assert_true(bw_alloc_live() <= before);
            continue;
        }
        bw_diags_free(diags);
    }
    assert_int_equal(status, BW_OK);
    assert_true(n > 50);
    bw_problem_free(problem);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_placed_by_code_then_area_then_city),
        cmocka_unit_test(homes_are_placed_too),
        cmocka_unit_test(a_csv_is_told_its_country_and_so_are_rows_without_one),
        cmocka_unit_test(several_gazetteers_count_in_their_order),
        cmocka_unit_test(
            coordinates_far_from_their_code_are_told_with_a_remedy),
        cmocka_unit_test(
            a_gazetteer_of_another_country_is_a_fault_only_if_needed),
        cmocka_unit_test(many_unknown_codes_and_no_other_are_a_wrong_gazetteer),
        cmocka_unit_test(faulty_rows_of_a_gazetteer_are_listed),
        cmocka_unit_test(without_gazetteer_a_place_is_given_or_none),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
