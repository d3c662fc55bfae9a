/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gazetteers that are at fault, or of other countries than the accounts; homes
 * that move. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit.h"
#include "load_case.h"

#define TRAVEL                                                                 \
    "<segments><segment name='a'><coverage calls='1' hours='1'/></segment>"    \
    "</segments><travel hour-cost='1'/>"
#define REPS "id,latitude,longitude\nR1,40,-75\n"

static char path[] = "/tmp/bw-gaz-faults-XXXXXX";

static int begin(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int end(void **state)
{
    (void)state;
    return unlink(path);
}

/* A scenario with a gazetteer of that text. */
static const char *body(const char *gazetteer, const char *attributes,
                        const char *more)
{
    static char text[1024];
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(gazetteer, file);
    assert_int_equal(fclose(file), 0);
    snprintf(text, sizeof text,
             "<accounts file='accounts.csv' unplaced='anywhere'/>"
             "<reps file='reps.csv'/>\n<gazetteer file='%s' %s/>%s" TRAVEL "%s",
             path, attributes, strstr(more, "<change>") ? "" : more,
             strstr(more, "<change>") ? more : "");
    return text;
}

#define IGNORE                                                                 \
    "<quality code='field-number' do='ignore'/>"                               \
    "<quality code='field-range' do='drop'/>"

static void
places_that_are_no_numbers_are_errors_whatever_is_decided(void **state)
{
    (void)state;
    static const char *const decided[] = {"", IGNORE};
    for (int i = 0; i < 2; i++) {
        load_case *c = case_bad(body("zip;lat;lon\n02139;42,36;-71.1\n"
                                     "02140;N/A;-71.1\n02141;1e13;-71.1\n",
                                     "country='US'", decided[i]),
                                "id,zip\nA,02139\n", REPS, NULL, 3);
        const char *name = strrchr(path, '/') + 1;
        assert_int_equal(case_told(c, BW_FIELD_NUMBER, name, 2,
                                   "latitude is \"42,36\", which is not a "
                                   "number with a decimal point"),
                         1);
        assert_int_equal(case_told(c, BW_FIELD_NUMBER, name, 3,
                                   "say blank=\"N/A\" of <gazetteer>"),
                         1);
        assert_int_equal(case_told(c, BW_FIELD_RANGE, name, 4, "1e13"), 1);
        case_close(c);
    }
}

/* Each fits, the sum does not. */
static void places_that_add_up_to_too_much_are_an_error(void **state)
{
    (void)state;
    char gazetteer[4096] = "zip,lat,lon\n";
    for (int i = 0; i < 101; i++)
        strcat(gazetteer, "02139,1e12,-71.1\n");
    load_case *c = case_bad(body(gazetteer, "country='US'", ""),
                            "id,zip\nA,02139\n", REPS, NULL, 102);
    assert_int_equal(bw_diags_count_code(c->diags, BW_FIELD_RANGE), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_COORDINATE_RANGE), 101);
    case_close(c);
}

/* What accounts do not need, reps may. */
static void homes_are_judged_though_the_accounts_are_elsewhere(void **state)
{
    (void)state;
    static const char *const places = "country,zip,lat,lon\n"
                                      "US,02139,42.36,-71.1\n";
    static const char *const accounts = "id,lat,lon,zip,country\n"
                                        "A,52.5,13.4,10115,DE\n";
    load_case *c = case_bad(
        body(places, "", ""), accounts,
        "id,zip,country\nR1,02139,US\nR2,10115,DE\nR3,02140,US\n", NULL, 2);
    assert_int_equal(bw_diags_count_code(c->diags, BW_GAZETTEER_FOREIGN), 1);
    assert_int_equal(
        case_told(c, BW_REP_UNPLACED, "reps.csv", 3, "rep \"R2\" has no home"),
        1);
    assert_int_equal(
        case_told(c, BW_REP_UNPLACED, "reps.csv", 4, "rep \"R3\" has no home"),
        1);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "reps.csv", 4, "\"R3\""),
                     1);
    case_close(c);
    /* nor is it needed where no gazetteer can help */
    c = case_good(body(places, "", ""),
                  "id,lat,lon,zip,country\nA,52.5,13.4,10115,DE\nB,,,,DE\n",
                  "id,zip,country\nR1,2139,US\n", NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_GAZETTEER_FOREIGN), 1);
    assert_int_equal(c->problem->reps.place_source[0], BW_PLACE_POSTAL_CODE);
    case_close(c);
}

static void a_country_that_is_none_is_told_where_a_place_needs_it(void **state)
{
    (void)state;
    load_case *c =
        case_bad(body("country,zip,lat,lon\nQQ,02138,,\nQQ,02139,42.4,-71\n"
                      "QQ,02140,42.4,-71\nUS,02141,42.4,-71\n",
                      "", ""),
                 "id,zip,country\nA,02141,US\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_FIELD_CHOICE, strrchr(path, '/') + 1, 3,
                               "country is \"QQ\""),
                     1);
    case_close(c);
}

static bw_status look(void *data, bw_loader *loader, bw_status status)
{
    int *n = data;
    bw_audit audit = {0};
    assert_int_equal(bw_audit_make(loader, status, &audit), BW_OK);
    for (int64_t i = 0; i < audit.n; i++) {
        bw_place place = bw_finding_place(&audit, &audit.finding[i]);
        assert_string_equal(strrchr(place.file, '/') + 1, "accounts.csv");
        assert_int_equal(place.line, 3);
        assert_int_equal(place.column, 1);
        (*n)++;
    }
    bw_audit_free(&audit);
    return BW_OK;
}

/* The columns that a flaw is about are not there: the row is. */
static void every_flaw_has_a_line(void **state)
{
    (void)state;
    int n = 0;
    load_case *c = case_load(
        body("country,zip,lat,lon\nUS,02139,42.4,-71\nDE,10115,52.5,13.4\n", "",
             "<quality code='owner-load' do='ignore'/>"),
        "id,zip\nA,\nB,02139\n", "id,type\nR1,inside\nR2,inside\n", NULL);
    bw_diags *diags = bw_diags_new();
    assert_int_equal(bw_problem_look(c->scenario, NULL, diags, look, &n),
                     BW_OK);
    assert_int_equal(n, 1);
    bw_diags_free(diags);
    case_close(c);
}

/* Only a CSV can be told how it is written. */
static void what_geonames_is_told_in_vain_is_a_warning(void **state)
{
    (void)state;
    static const char *const place = "US\t02139\tCambridge\t\t\t\t\t\t\t42.4"
                                     "\t-71\t4\n";
    load_case *c = case_good(
        body(place, "delimiter='comma' decimal='comma' blank='NULL'", ""),
        "id,zip,country\nA,02139,US\n", REPS, NULL);
    static const char *const what[] = {"delimiter", "decimal", "blank"};
    assert_int_equal(bw_diags_count_code(c->diags, BW_RULE_IDLE), 3);
    for (int i = 0; i < 3; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s does nothing here", what[i]);
        assert_int_equal(case_told(c, BW_RULE_IDLE, "s.xml", 3, text), 1);
    }
    case_close(c);
    c = case_good(body(place, "delimiter='tab' decimal='point'", ""),
                  "id,zip,country\nA,02139,US\n", REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_RULE_IDLE), 0);
    case_close(c);
}

/* What the row had must not win over what the change says. */
static void a_home_moves_to_the_city_or_code_of_a_change(void **state)
{
    (void)state;
    static const char *const to[][2] = {
        {"city='Denver'", "city"},
        {"city='Denver' postal-code='10001'", "postal-code"},
        {"postal-code='10001'", "postal-code"},
        {"city='Denver' latitude='1' longitude='2'", "given"}};
    static const double lat[] = {39.7, 40.7, 40.7, 1};
    static const char *const reps_of[] = {
        "id,lat,lon,zip,city,country\nR,42,-71,02139,Cambridge,US\n",
        "id,lat,lon,zip,city,country\nR,,,2139,Cambridge,US\n"};
    for (int i = 0; i < 8; i++) {
        char change[160];
        snprintf(change, sizeof change,
                 "<change><change-rep id='R' %s/></change>", to[i / 2][0]);
        load_case *c = case_good(
            body("country,zip,city,lat,lon\nUS,02139,Cambridge,42.4,-71\n"
                 "US,80201,Denver,39.7,-105\nUS,10001,New York,40.7,-74\n",
                 "", change),
            "id,lat,lon\nA,40,-75\n", reps_of[i % 2], NULL);
        const bw_reps *reps = &c->problem->reps;
        assert_string_equal(bw_place_source_text(reps->place_source[0]),
                            to[i / 2][1]);
        assert_true(fabs(reps->home[0].lat_deg - lat[i / 2]) < 1e-9);
        case_close(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            places_that_are_no_numbers_are_errors_whatever_is_decided),
        cmocka_unit_test(places_that_add_up_to_too_much_are_an_error),
        cmocka_unit_test(homes_are_judged_though_the_accounts_are_elsewhere),
        cmocka_unit_test(a_country_that_is_none_is_told_where_a_place_needs_it),
        cmocka_unit_test(every_flaw_has_a_line),
        cmocka_unit_test(what_geonames_is_told_in_vain_is_a_warning),
        cmocka_unit_test(a_home_moves_to_the_city_or_code_of_a_change),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
