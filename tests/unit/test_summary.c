/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "firm.h"
#include "json.h"
#include "summary.h"
#include "terminal.h"
#include "width.h"

static const int32_t planned[] = {0, 1, 0, 1, 0};

static firm o;
static bw_figures *figures;
static bw_today *today;
static bw_buf buf;
static bw_diags *diags;

static int begin(void **state)
{
    (void)state;
    firm_problem(&o);
    buf = (bw_buf){0};
    diags = bw_diags_new();
    return diags ? 0 : -1;
}

static void open_with(const int32_t *rep)
{
    assert_int_equal(firm_plan(&o, rep), BW_OK);
    o.plan->outcome = BW_FEASIBLE;
    o.plan->stopped_by = BW_STOP_EFFORT;
    assert_int_equal(bw_figures_new(o.plan, 2, &figures), BW_OK);
    assert_int_equal(bw_today_new(figures, &today), BW_OK);
}

static int end(void **state)
{
    (void)state;
    bw_buf_free(&buf);
    bw_today_free(today);
    bw_figures_free(figures);
    firm_close(&o);
    bw_diags_free(diags);
    return 0;
}

static bw_json *summary(void)
{
    bw_settings settings = {.gap = 0.003, .seed = 7, .threads = 99};
    const bw_run run = {&settings, diags};
    bw_json *json;
    bw_write_summary(figures, &run, &buf);
    assert_int_equal(bw_json_read(buf.text, buf.len, "summary.json",
                                  BW_VERIFY_MISMATCH, NULL, &json),
                     BW_OK);
    return json;
}

static double number(const bw_json *json, const char *key)
{
    double value = NAN;
    bw_json_get_double(bw_json_member(json, key), &value);
    return value;
}

static const char *text(const bw_json *json, const char *key)
{
    return bw_json_get_text(bw_json_member(json, key));
}

static void the_promised_keys_are_there_with_their_values(void **state)
{
    (void)state;
    const int32_t rep[] = {0, 0, 0, 1, 0}; /* Ann's potential: 110 */
    open_with(rep);
    bw_json *json = summary();
    assert_string_equal(text(json, "status"), "feasible");
    assert_string_equal(text(json, "stopped_by"), "effort");
    assert_string_equal(text(json, "scenario"), "office");
    assert_string_equal(text(json, "effort"), "quick");
    assert_string_equal(text(json, "version"), BW_VERSION);
    /* A2 with Ann: 259.4552 of travel; A3: 300 of handover; 10 over. */
    assert_true(number(json, "objective") == 569.4552);
    const bw_json *cost = bw_json_member(json, "cost");
    assert_true(number(cost, "travel") == 259.4552);
    assert_true(number(cost, "handover") == 300);
    assert_true(number(cost, "imbalance") == 10);
    assert_true(number(cost, "preference") == 0);
    assert_true(number(cost, "positions") == 0);
    assert_true(number(cost, "given") == 0);
    assert_true(number(json, "accounts") == 5);
    assert_true(number(json, "units") == 5);
    assert_true(number(json, "reps") == 2);
    assert_true(number(json, "pairs") == 9); /* A5 is locked */
    assert_true(number(json, "moved_accounts") == 1);
    assert_true(number(json, "moved_revenue") == 3000);
    assert_true(number(json, "seed") == 7);
    const bw_json *bands = bw_json_member(json, "bands");
    const bw_json *potential = bw_json_member(bands, "potential");
    assert_true(number(potential, "within") == 1);
    assert_true(number(potential, "outside") == 1);
    assert_true(number(potential, "worst") == 0.1);
    assert_true(number(bw_json_member(bands, "workload"), "worst") == 0);
    bw_json_free(json);
}

static void gaps_are_relative_to_the_objective(void **state)
{
    (void)state;
    open_with(planned);
    o.plan->bound_certified = o.plan->objective - bw_fine(5 * BW_QUANTA);
    o.plan->bound = o.plan->objective - bw_fine(1 * BW_QUANTA);
    bw_json *json = summary();
    assert_true(number(json, "objective") == 500);
    assert_true(number(json, "bound") == 499);
    assert_true(number(json, "gap") == 0.002);
    assert_true(number(json, "bound_certified") == 495);
    assert_true(number(json, "gap_certified") == 0.01);
    bw_json_free(json);
}

static void inputs_and_warnings_are_counted_with_the_first_place(void **state)
{
    (void)state;
    bw_diag_add(diags, BW_WARNING, BW_OWNER_UNKNOWN,
                (bw_place){"accounts.csv", 9, 4}, "x");
    bw_diag_add(diags, BW_WARNING, BW_OWNER_UNKNOWN,
                (bw_place){"accounts.csv", 3, 4}, "x");
    bw_diag_add(diags, BW_WARNING, BW_RULE_IDLE, (bw_place){0}, "x");
    open_with(planned);
    bw_json *json = summary();
    const bw_json *warnings = bw_json_member(json, "warnings");
    assert_int_equal(bw_json_size(warnings), 2);
    const bw_json *first = bw_json_item(warnings, 0);
    assert_string_equal(text(first, "code"), "owner-unknown");
    assert_true(number(first, "count") == 2);
    assert_string_equal(text(first, "first"), "accounts.csv:3:4");
    assert_null(text(bw_json_item(warnings, 1), "first"));
    const bw_json *input = bw_json_item(bw_json_member(json, "inputs"), 0);
    assert_string_equal(text(input, "file"), "accounts.csv");
    assert_true(number(input, "rows") == 6);
    assert_true(number(input, "rejected") == 1);
    assert_string_equal(text(input, "sha256"), "ab");
    bw_json_free(json);
}

static void threads_and_times_stand_in_timing_alone(void **state)
{
    (void)state;
    open_with(planned);
    bw_json_free(summary());
    assert_null(strstr(buf.text, "99"));
    buf.len = 0;
    const bw_timing timing = {0.25, 1, 2, 3, 4.0000004, 99};
    bw_write_timing(&timing, &buf);
    assert_string_equal(buf.text, "{\n  \"load\": 0.25,\n  \"model\": 1,\n"
                                  "  \"solve\": 2,\n  \"check\": 3,\n"
                                  "  \"write\": 4,\n  \"threads\": 99\n}\n");
}

static const char *screen(const char *dir)
{
    const bw_screen s = {figures, today, dir, false, &buf};
    assert_int_equal(bw_show_summary(&s), BW_OK);
    return buf.text;
}

static void says(const char *words)
{
    if (!strstr(buf.text, words))
        fail_msg("\"%s\" is not in:\n%s", words, buf.text);
}

static void no_line_is_wider_than_80_columns(void)
{
    assert_non_null(buf.text);
    char *at = buf.text;
    while (*at) {
        size_t len = strcspn(at, "\n");
        at[len] = '\0';
        if (bw_text_width(at) > 80)
            fail_msg("too wide: %s", at);
        at[len] = '\n';
        at += len + 1;
    }
}

static void the_screen_tells_cost_change_moves_and_bands(void **state)
{
    (void)state;
    const int32_t rep[] = {0, 0, 0, 1, 0};
    open_with(rep);
    screen("out");
    says("office: 5 accounts, 2 reps, 1 leaving\n");
    says("  travel                   259    45.6 %\n");
    says("  together                 569\n");
    says("Moves: 1 of 4 owned accounts (25.0 %), 3,000 of revenue (46.9 %)\n");
    says("  forced: 1, ");
    says("new owner for 1 that have none");
    says("potential, lowest .. highest      ");
    says("       0 .. 128 %       64 .. 176 %\n");
    /* Ben has nothing today: 25 short; Ann's 80 are inside. */
    says("imbalance, money a year                               25           "
         "     10\n");
    says("\nAnn                    4");
    says(" !\n");
    says("  ####|###..|....  inside its band;");
    says("Cyd                    0  leaving");
    says("  Ann                potential        10 above 100 (10.0 %), costs "
         "10\n");
    says("Input rows that took no part: 1,");
    says("bailiwick verify out\n");
    no_line_is_wider_than_80_columns();
}

static void long_names_and_large_numbers_still_fit(void **state)
{
    (void)state;
    o.rep_name[0] = "Wilhelmina Alexandrovna Featherstonehaugh-Cholmondeley";
    o.scenario.name.text = "a name that goes on and on and on and on and on and"
                           " on and on and on and on";
    o.balance[1].measure = "a_measure_with_a_rather_long_name_of_its_own";
    for (int a = 0; a < 5; a++) {
        o.revenue[a] = 9e11;
        o.potential[a] = 9e11;
    }
    open_with(planned);
    o.plan->certificate.price[1] = INT64_C(999999999999);
    screen("out");
    says("Wilhelmina Alexa.. ");
    no_line_is_wider_than_80_columns();
}

static void a_plan_inside_every_band_says_so(void **state)
{
    (void)state;
    open_with(planned);
    o.plan->outcome = BW_OPTIMAL;
    o.plan->bound = o.plan->objective;
    screen("out");
    says("Proven to be the best possible plan.");
    says("Every rep is inside every band.");
    says("travel hours *                                         4             "
         "    0\n");
}

static void without_owners_there_is_no_today(void **state)
{
    (void)state;
    for (int a = 0; a < 5; a++)
        o.owner[a] = -1;
    open_with(planned);
    screen("out");
    says("potential, lowest .. highest                                   96 .. "
         "144 %\n");
    assert_null(strstr(buf.text, "today"));
    assert_null(strstr(buf.text, "Moves"));
}

#define IN_FIRM(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIRM(the_promised_keys_are_there_with_their_values),
        IN_FIRM(gaps_are_relative_to_the_objective),
        IN_FIRM(inputs_and_warnings_are_counted_with_the_first_place),
        IN_FIRM(threads_and_times_stand_in_timing_alone),
        IN_FIRM(the_screen_tells_cost_change_moves_and_bands),
        IN_FIRM(long_names_and_large_numbers_still_fit),
        IN_FIRM(without_owners_there_is_no_today),
        IN_FIRM(a_plan_inside_every_band_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
