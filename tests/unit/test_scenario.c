/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "bw/load.h"
#include "said.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define OPEN                                                                   \
    "<scenario xmlns=\"urn:bailiwick:scenario:1\">\n"                          \
    "<accounts file=\"a.csv\"/><reps file=\"r.csv\"/>\n"
#define CLOSE "</scenario>"

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static bw_status load(const char *text, bw_diags *diags, bw_scenario **scenario)
{
    char path[] = "/tmp/test_scenario_XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    close(handle);
    write_file(path, text);
    bw_status status = bw_scenario_load(path, diags, scenario);
    remove(path);
    return status;
}

static bw_scenario *load_good(const char *text)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario;
    bw_status status = load(text, diags, &scenario);
    assert_string_equal(said_of(diags).text, "");
    assert_int_equal(status, BW_OK);
    bw_diags_free(diags);
    return scenario;
}

/* `body` stands from line 3 on. */
static void expect(const char *body, const char *faults, const char *words)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s%s", OPEN, body, CLOSE);
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario;
    bw_status status = load(text, diags, &scenario);
    assert_string_equal(said_of(diags).text, faults);
    if (!said(diags, words))
        fail_msg("not said: %s", words);
    if (bw_diags_count(diags, BW_ERROR)) {
        assert_int_equal(status, BW_INVALID);
        assert_null(scenario);
    }
    bw_scenario_free(scenario);
    bw_diags_free(diags);
}

static void what_is_not_said_has_its_default(void **state)
{
    (void)state;
    bw_scenario *s = load_good(OPEN CLOSE);
    assert_null(s->name.text);
    assert_string_equal(s->accounts.file.text, "a.csv");
    assert_null(s->pairs.file.text);
    assert_int_equal(s->unplaced, BW_UNPLACED_STOP);
    assert_false(s->unknown_owner_stops);
    assert_int_equal(s->n_segments + s->n_balances + s->n_rules, 0);
    assert_false(s->travel.given || s->travel.counts || s->handover.given);
    assert_true(s->travel.hour_cost.value == 0 && s->travel.km_cost.value == 0);
    assert_true(s->travel.speed_kmh.value == 60);
    assert_true(s->travel.road_factor.value == 1.3);
    assert_true(s->travel.calls_per_trip.value == 1);
    assert_true(s->handover.share.value == 0 && s->handover.hours.value == 0);
    assert_true(s->solve.gap.value == 0.001 && isnan(s->solve.seconds.value));
    assert_int_equal(s->solve.effort, BW_EFFORT_NORMAL);
    assert_int_equal(s->solve.seed, 1);
    bw_scenario_free(s);
}

static const char full[] =
    "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"n\" currency=\"EUR\">"
    "<rules><families keep=\"together\"/><lock where=\"$a &lt; 1\" rep=\"R1\"/>"
    "<limit measure=\"km\" high=\"400\"/><limit measure=\"accounts\" "
    "high=\"120\"/>"
    "<require rep-where=\"$b\" where=\"$a = 'x'\"/>"
    "<forbid pair=\"$c = $rep.c\" account=\"A1\"/></rules>"
    "<solve gap=\"0.5 %\" effort=\"long\" seconds=\"30\" "
    "seed=\"9223372036854775807\"/>"
    "<balance measure=\"workload\" target=\" column:quota \" within=\"region\" "
    "tolerance=\"10%\" over-cost=\"110\" under-cost=\"0\"/>"
    "<balance measure=\"beds\" low=\"-1.5e2\" high-from=\"hi\" hard=\"yes\"/>"
    "<handover share=\".06\" hours=\"2\"/><travel hour-cost=\"+75\" "
    "km-cost=\"0.4\" speed-kmh=\"70.\" road-factor=\"1\" "
    "calls-per-trip=\"4\"/><segments><segment name=\"A\" where=\"$x\" "
    "share=\"30%\" by=\"potential\" of=\"beds\"><coverage calls=\"12\"/>"
    "</segment><segment name=\"B\" share=\"100%\" by=\"accounts\"/></segments>"
    "<pairs file=\"p.csv\" only=\"listed\" cost=\"replace\"/>"
    "<reps file=\"r.csv\" where=\"$y\"><column name=\"id\" from=\"\"/></reps>"
    "<accounts file=\"a.csv\" unplaced=\"owner\" unknown-owner=\"stop\">"
    "<column name=\"owner\" from=\"x|y z\"/><column name=\"potential\" "
    "value=\"$u * 2\"/></accounts></scenario>";

static void all_that_is_said_arrives(void **state)
{
    (void)state;
    bw_scenario *s = load_good(full);
    assert_string_equal(s->currency.text, "EUR");
    assert_int_equal(s->unplaced, BW_UNPLACED_OWNER);
    assert_true(s->unknown_owner_stops && s->pairs_only_listed);
    assert_true(s->pairs_cost_replaces && s->families_together);
    assert_int_equal(s->accounts.n_columns, 2);
    assert_string_equal(s->accounts.columns[0].from.text, "x|y z");
    assert_string_equal(s->accounts.columns[1].value.text, "$u * 2");
    assert_string_equal(s->reps.columns[0].from.text, "");
    assert_int_equal(s->n_segments, 2);
    assert_true(s->segments[0].share.value == 0.3);
    assert_true(s->segments[0].share.percent);
    assert_int_equal(s->segments[0].by, BW_BY_POTENTIAL);
    assert_true(s->segments[0].calls.value == 12);
    assert_true(isnan(s->segments[0].hours.value));
    assert_int_equal(s->segments[1].by, BW_BY_ACCOUNTS);
    assert_true(s->travel.counts && s->travel.hour_cost.value == 75);
    assert_true(s->travel.speed_kmh.value == 70);
    assert_true(s->handover.share.value == 0.06);
    assert_true(s->solve.gap.value == 0.005 && s->solve.seconds.value == 30);
    assert_true(s->solve.seed == 9223372036854775807u);
    bw_scenario_free(s);
}

static void rules_and_balances_keep_the_order_of_the_file(void **state)
{
    (void)state;
    bw_scenario *s = load_good(full);
    assert_int_equal(s->n_rules, 4);
    assert_int_equal(s->rules[0].kind, BW_RULE_LOCK);
    assert_string_equal(s->rules[0].where.text, "$a < 1");
    assert_string_equal(s->rules[0].where.raw, "$a &lt; 1");
    assert_string_equal(s->rules[0].rep.text, "R1");
    assert_int_equal(s->rules[1].kind, BW_RULE_LIMIT_KM);
    assert_true(s->rules[1].high.value == 400);
    assert_int_equal(s->rules[2].kind, BW_RULE_REQUIRE);
    assert_int_equal(s->rules[3].kind, BW_RULE_FORBID);
    assert_string_equal(s->rules[3].pair.text, "$c = $rep.c");

    assert_int_equal(s->n_balances, 3); /* a limit is a hard balance */
    assert_int_equal(s->balances[0].target, BW_TARGET_COLUMN);
    assert_string_equal(s->balances[0].target_column.text, "quota");
    assert_string_equal(s->balances[0].within.text, "region");
    assert_true(s->balances[0].tolerance.value == 0.1);
    assert_true(s->balances[0].under_cost.given);
    assert_true(s->balances[1].low.value == -150);
    assert_string_equal(s->balances[1].high_from.text, "hi");
    assert_true(s->balances[1].hard && s->balances[2].hard);
    assert_string_equal(s->balances[2].measure.text, "accounts");
    assert_true(s->balances[2].high.value == 120);
    assert_true(isnan(s->balances[2].low.value));
    bw_scenario_free(s);
}

static void places_outlive_the_file(void **state)
{
    (void)state;
    bw_scenario *s = load_good(full);
    assert_string_equal(s->rules[0].place.file, s->path);
    assert_string_equal(s->segments[0].share.place.file, s->path);
    assert_int_equal(s->rules[0].where.place.line, 1);
    assert_int_equal(s->rules[0].where.place.column,
                     strstr(full, "$a") - full + 1);
    /* behind the blank and "column:" */
    const char *quota = strstr(full, "quota");
    assert_int_equal(s->balances[0].target_column.place.column,
                     quota - full + 1);
    bw_scenario_free(s);
}

static void elements_stand_once_and_files_are_named(void **state)
{
    (void)state;
    expect("<travel/><travel/>\n<solve/><rules/><solve/><rules/>",
           "3:10 xml-schema; 4:17 xml-schema; 4:25 xml-schema",
           "<travel> stands twice (first at line 3); leave one");
    expect("<accounts file=\"b.csv\"/>", "3:1 xml-schema", "<accounts> stands");
    bw_diags *diags = bw_diags_new();
    bw_scenario *s;
    assert_int_equal(
        load("<scenario xmlns=\"urn:bailiwick:scenario:1\"/>", diags, &s),
        BW_INVALID);
    assert_string_equal(said_of(diags).text, "1:1 xml-schema; 1:1 xml-schema");
    assert_true(said(diags, "<reps> is missing; add <reps file="));
    bw_diags_free(diags);
    expect("<pairs file=\"p\"><column name=\"x\"/>\n"
           "<column name=\"y\" from=\"a\" value=\"b\"/></pairs>",
           "3:17 xml-schema; 4:34 xml-schema", "has both from and value");
}

static void segments_are_checked_against_each_other(void **state)
{
    (void)state;
    expect("<segments><segment name=\"A\" share=\"10%\" by=\"accounts\"/>\n"
           "<segment name=\"B\"/>\n<segment name=\"A\"/></segments>",
           "5:1 segment-unreachable; 5:16 segment-duplicate",
           "segment \"A\" is defined twice (first at line 3)");
    expect("<segments><segment name=\"A\" share=\"130%\" by=\"accounts\"/>\n"
           "<segment name=\"B\" share=\"-1%\" by=\"accounts\"/>\n"
           "<segment name=\"C\" share=\"1%\"/>\n<segment name=\"D\" "
           "by=\"potential\" where=\"$x\"/>\n<segment name=\"E\" of=\"x\" "
           "where=\"$x\"/></segments>",
           "3:36 segment-share; 4:26 segment-share; 5:26 segment-share; "
           "6:1 segment-share; 7:1 segment-share",
           "add by=\"accounts\" or by=\"potential\"");
    expect("<segments><segment name=\"A\"/>\n<segment name=\"B\"/></segments>",
           "4:1 segment-unreachable", "takes all; move it before that one");
}

static void a_balance_needs_a_band_and_something_that_keeps_it(void **state)
{
    (void)state;
    expect("<balance measure=\"x\" target=\"equal\"/>\n"
           "<balance measure=\"y\" target=\"equal\" over-cost=\"-1\"/>\n"
           "<balance measure=\"z\" target=\"equal\" hard=\"no\"/>",
           "3:1 balance-cost; 4:48 balance-cost; 5:1 balance-cost",
           "nothing keeps z inside its band");
    expect("<balance measure=\"x\" target=\"equal\" hard=\"yes\" "
           "over-cost=\"1\"/>",
           "3:1 balance-cost", "are not used");
    expect("<balance measure=\"x\" low=\"5\" high=\"4\" hard=\"yes\"/>\n"
           "<balance measure=\"y\" hard=\"yes\"/>\n"
           "<balance measure=\"z\" hard=\"yes\" low=\"1\" low-from=\"lo\" "
           "tolerance=\"1%\"/>\n<balance measure=\"u\" target=\"equal\" "
           "tolerance=\"101%\" hard=\"yes\"/>",
           "3:27 band-crossed; 4:1 band-crossed; 5:51 band-crossed; "
           "5:66 band-crossed; 6:48 band-crossed",
           "low 5 is above high 4");
    expect("<balance measure=\"x\" target=\"equal\" over-cost=\"1\"/>\n"
           "<rules><limit measure=\"x\" high=\"4\"/></rules>",
           "4:24 balance-duplicate", "twice (first at line 3)");
}

static void a_rule_that_says_nothing_is_a_fault(void **state)
{
    (void)state;
    expect("<rules><lock/>\n<lock rep=\"R1\"/>\n<require where=\"$x\"/>\n"
           "<forbid/>\n<limit measure=\"km\"/>\n<limit measure=\"x\"/>\n"
           "<forbid where=\"$x\"/>\n<limit measure=\"km\" high=\"1\" "
           "low=\"0\"/></rules>",
           "3:8 rule-empty; 4:1 rule-empty; 5:1 rule-empty; 6:1 rule-empty; "
           "7:1 rule-empty; 8:1 rule-empty; 10:35 value-syntax",
           "<require> names no reps; add rep, rep-where or pair");
}

static void numbers_have_their_ranges(void **state)
{
    (void)state;
    expect(
        "<travel speed-kmh=\"0\" road-factor=\"0.9\" calls-per-trip=\"0\"\n"
        " hour-cost=\"-1\" km-cost=\"1e13\"/>\n"
        "<handover share=\"101%\" hours=\"-2\"/>\n"
        "<solve gap=\"2\" seconds=\"-1\"/>\n"
        "<segments><segment name=\"A\"><coverage calls=\"-1\" hours=\"1e999\""
        "/></segment></segments>",
        "3:20 field-range; 3:36 field-range; 3:57 field-range; "
        "4:13 field-range; 4:26 field-range; 5:18 field-range; "
        "5:31 field-range; 6:13 field-range; 6:25 field-range; "
        "7:46 field-range; 7:57 value-syntax",
        "speed-kmh=\"0\" of <travel> is out of range; it must be above 0");
    expect("<travel speed-kmh=\"70 km\" hour-cost=\"5%\"/>\n"
           "<handover share=\"five\"/><solve seed=\"1.5\"/>",
           "3:20 value-syntax; 3:38 value-syntax; 4:18 value-syntax; "
           "4:38 value-syntax",
           "seed=\"1.5\" of <solve> cannot be used; it must be a whole number");
    expect("<solve seconds=\"0\" seed=\"9223372036854775808\"/>",
           "3:26 field-range",
           "seed=\"9223372036854775808\" of <solve> is out of range; a seed is "
           "at most 9223372036854775807");
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_scenario *s;
    assert_int_equal(bw_scenario_load("/nowhere/x.xml", diags, &s), BW_IO);
    assert_null(s);
    assert_int_equal(bw_diags_count_code(diags, BW_FILE_MISSING), 1);
    bw_diags_free(diags);
}

static void lack_of_memory_is_survived_everywhere(void **state)
{
    (void)state;
    char path[] = "/tmp/test_scenario_XXXXXX";
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    close(handle);
    write_file(path, full);
    long live = bw_alloc_live();
    int loaded = 0;
    for (long n = 1; n < 2000 && !loaded; n++) {
        bw_diags *diags = bw_diags_new();
        bw_scenario *s;
        bw_alloc_fail_at(n);
        bw_status status = bw_scenario_load(path, diags, &s);
        bw_alloc_fail_at(0);
        loaded = status == BW_OK;
        assert_true(loaded || status == BW_NOMEM);
        assert_true(loaded == (s != NULL));
        bw_scenario_free(s);
        bw_diags_free(diags);
        assert_int_equal(bw_alloc_live(), live);
    }
    assert_true(loaded);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_said_has_its_default),
        cmocka_unit_test(all_that_is_said_arrives),
        cmocka_unit_test(rules_and_balances_keep_the_order_of_the_file),
        cmocka_unit_test(places_outlive_the_file),
        cmocka_unit_test(elements_stand_once_and_files_are_named),
        cmocka_unit_test(segments_are_checked_against_each_other),
        cmocka_unit_test(a_balance_needs_a_band_and_something_that_keeps_it),
        cmocka_unit_test(a_rule_that_says_nothing_is_a_fault),
        cmocka_unit_test(numbers_have_their_ranges),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(lack_of_memory_is_survived_everywhere),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
