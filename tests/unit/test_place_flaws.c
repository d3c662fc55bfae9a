/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gazetteers find wrong, decided like every other flaw. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit.h"
#include "load_case.h"

#define BALANCE                                                                \
    "<balance measure='accounts' target='equal' tolerance='50%' "              \
    "over-cost='1'/>\n"

static char gazetteer[] = "/tmp/bw-places-XXXXXX";

static int begin(void **state)
{
    (void)state;
    static const char rows[] = "country,zip,city,state,lat,lng\n"
                               "US,02139,Cambridge,MA,42.36,-71.1\n"
                               "US,43725,Cambridge,OH,40.03,-81.59\n"
                               "US,19103,Philadelphia,PA,39.95,-75.17\n";
    int file = mkstemp(gazetteer);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");
    if (!out)
        return -1;
    fputs(rows, out);
    return fclose(out);
}

static int end(void **state)
{
    (void)state;
    return unlink(gazetteer);
}

static const char accounts[] =
    "id,lat,lon,zip,city,country\n"
    "A,42.3,-71.1,02139,,US\n"
    "B,42.3,71.1,02139,,US\n"     /* far */
    "C,,,99999,Philadelphia,US\n" /* unknown, but its city is known */
    "D,,,,Cambridge,US\n"         /* ambiguous */
    "E,,,02139,,Atlantis\n"       /* no country */
    "F,-42.3,-71.1,02139,,US\n"   /* far */
    "G,40,-75,,,US\n";

static const char reps[] = "id,lat,lon,zip,country\nR1,40,-75,,\n"
                           "R2,41,-74,,\n";
static const char far_rep[] = "id,lat,lon,zip,country\nR1,40,75,19103,US\n"
                              "R2,41,-74,,\n";

/* One decision about each of the three codes, "" for none. */
static const char *body(const char *unknown, const char *ambiguous,
                        const char *far)
{
    static char text[2048];
    const char *const code[] = {"postal-unknown", "city-ambiguous",
                                "place-far"};
    const char *const action[] = {unknown, ambiguous, far};
    int at = snprintf(text, sizeof text,
                      "<accounts file='accounts.csv' unplaced='anywhere'/>"
                      "<reps file='reps.csv'/>\n<gazetteer file='%s'/>"
                      "<travel hour-cost='1'/>%s",
                      gazetteer, BALANCE);
    for (int i = 0; i < 3; i++)
        if (*action[i])
            at +=
                snprintf(text + at, sizeof text - (size_t)at,
                         "<quality code='%s' do='%s'/>\n", code[i], action[i]);
    return text;
}

static int rejected_for(const load_case *c, unsigned line, const char *reason)
{
    int n = 0;
    for (int64_t i = 0; i < c->problem->n_rejected; i++)
        n += c->problem->rejected[i].line == line &&
             strstr(c->problem->rejected[i].reason, reason) != NULL;
    return n;
}

static void ignored_rows_stay_and_one_warning_counts_them(void **state)
{
    (void)state;
    load_case *c = case_good(body("", "ignore", ""), accounts, reps, NULL);
    assert_int_equal(c->problem->accounts.n, 7);
    assert_int_equal(c->problem->n_rejected, 0);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PLACE_FAR), 2);
    assert_int_equal(bw_diags_count_code(c->diags, BW_POSTAL_UNKNOWN), 2);
    assert_int_equal(bw_diags_count_code(c->diags, BW_CITY_AMBIGUOUS), 1);
    /* Only what was decided is called a decision. */
    assert_int_equal(case_told(c, BW_CITY_AMBIGUOUS, "accounts.csv", 5,
                               "as do=\"ignore\" says"),
                     1);
    assert_int_equal(
        case_told(c, BW_PLACE_FAR, "accounts.csv", 3, "as do=\"ignore\""), 0);
    case_close(c);
}

static void dropped_rows_take_no_part_and_the_others_keep_theirs(void **state)
{
    (void)state;
    load_case *c =
        case_good(body("drop", "drop", "drop"), accounts, reps, NULL);
    assert_int_equal(c->problem->accounts.n, 2);
    assert_string_equal(c->problem->accounts.id[1], "G");
    assert_int_equal(c->problem->accounts.line[1], 8);
    assert_true(c->problem->accounts.point[1].lat_deg == 40);
    assert_int_equal(c->problem->n_rejected, 5);
    assert_int_equal(rejected_for(c, 3, "place-far: "), 1);
    assert_int_equal(rejected_for(c, 4, "postal-unknown: "), 1);
    assert_int_equal(rejected_for(c, 5, "city-ambiguous: "), 1);
    assert_int_equal(rejected_for(c, 6, "postal-unknown: "), 1);
    assert_int_equal(rejected_for(c, 7, "place-far: "), 1);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "accounts.csv", 3,
                               "2 rows: coordinates far from the postal code"),
                     1);
    case_close(c);
}

static void each_row_that_stops_the_plan_is_a_fault_of_its_own(void **state)
{
    (void)state;
    load_case *c =
        case_bad(body("stop", "stop", "stop"), accounts, reps, NULL, 5);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "accounts.csv", 7,
                               "account \"F\" has coordinates 9"),
                     1);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "accounts.csv", 4,
                               "postal code \"99999\"; correct it"),
                     1);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN, "accounts.csv", 6,
                               "no country that is known (\"Atlantis\")"),
                     1);
    assert_int_equal(case_told(c, BW_CITY_AMBIGUOUS, "accounts.csv", 5,
                               "only the city \"Cambridge\""),
                     1);
    case_close(c);
}

static void a_rep_is_not_dropped_but_stops_the_plan(void **state)
{
    (void)state;
    load_case *c = case_bad(body("", "", "drop"), accounts, far_rep, NULL, 1);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "reps.csv", 2,
                               "a rep cannot be dropped for it"),
                     1);
    case_close(c);
    c = case_good(body("", "", ""), accounts, far_rep, NULL);
    assert_int_equal(case_told(c, BW_PLACE_FAR, "reps.csv", 2, "1 rep has"), 1);
    case_close(c);
}

/* --- as an audit lists them --- */

typedef struct wish {
    const char *does;
    bw_severity severity;
} wish;

static bw_status look(void *data, bw_loader *loader, bw_status status)
{
    const wish *w = data;
    bw_audit audit = {0};
    int64_t n[BW_N_CODES] = {0};
    assert_int_equal(bw_audit_make(loader, status, &audit), BW_OK);
    for (int32_t i = 0; i < audit.n_lines; i++) {
        const bw_audit_line *line = &audit.line[i];
        if (line->code != BW_PLACE_FAR && line->code != BW_POSTAL_UNKNOWN &&
            line->code != BW_CITY_AMBIGUOUS)
            continue;
        n[line->code] += line->n;
        assert_int_equal(line->role, BW_ROLE_ACCOUNTS);
        assert_int_equal(line->severity, w->severity);
        if (line->code == BW_PLACE_FAR)
            assert_string_equal(bw_audit_does(line), w->does);
    }
    assert_int_equal(n[BW_PLACE_FAR], 2);
    assert_int_equal(n[BW_POSTAL_UNKNOWN], 2);
    assert_int_equal(n[BW_CITY_AMBIGUOUS], 1);
    bw_audit_free(&audit);
    return BW_OK;
}

static void an_audit_counts_every_row_and_says_what_is_done(void **state)
{
    (void)state;
    const wish wishes[] = {{"the coordinates count", BW_WARNING},
                           {"the row takes no part", BW_WARNING},
                           {"stop", BW_ERROR}};
    const char *const action[] = {"ignore", "drop", "stop"};
    for (int i = 0; i < 3; i++) {
        load_case *c = case_load(body(action[i], action[i], action[i]),
                                 accounts, reps, NULL);
        bw_diags *diags = bw_diags_new();
        wish w = wishes[i];
        assert_int_equal(bw_problem_look(c->scenario, NULL, diags, look, &w),
                         BW_OK);
        bw_diags_free(diags);
        case_close(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ignored_rows_stay_and_one_warning_counts_them),
        cmocka_unit_test(dropped_rows_take_no_part_and_the_others_keep_theirs),
        cmocka_unit_test(each_row_that_stops_the_plan_is_a_fault_of_its_own),
        cmocka_unit_test(a_rep_is_not_dropped_but_stops_the_plan),
        cmocka_unit_test(an_audit_counts_every_row_and_says_what_is_done),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
