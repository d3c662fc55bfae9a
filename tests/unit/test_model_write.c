/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "bw/plan.h"
#include "model_write.h"
#include "peers.h"
#include "random_office.h"
#include "tiny.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/bailiwick-model-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

typedef bw_status writer(const bw_model *model, bw_stream *out);

static void save(const bw_instance *instance, writer *write_as,
                 const char *name)
{
    bw_model *model;
    bw_stream *out;
    assert_int_equal(bw_model_new(instance, &model), BW_OK);
    assert_int_equal(bw_stream_open(in_folder(name), NULL, &out), BW_OK);
    assert_int_equal(write_as(model, out), BW_OK);
    assert_int_equal(bw_stream_finish(out, NULL), BW_OK);
    bw_model_free(model);
}

static void expect_file(const char *name, const char *expected)
{
    char found[4096];
    FILE *file = fopen(in_folder(name), "r");
    assert_non_null(file);
    size_t len = fread(found, 1, sizeof found - 1, file);
    found[len] = '\0';
    fclose(file);
    assert_string_equal(found, expected);
}

static void the_example_of_the_model_is_written_as_mps(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    save(instance, bw_model_write_mps, "tiny.mps");
    expect_file("tiny.mps", "NAME bailiwick\n"
                            "ROWS\n"
                            " N cost\n"
                            " E U1\n E U2\n E U3\n"
                            " L W1_1\n L W2_1\n"
                            "COLUMNS\n"
                            " MARK 'MARKER' 'INTORG'\n"
                            " x1 cost 1 U1 1\n x1 W1_1 4\n"
                            " x2 cost 6 U1 1\n x2 W2_1 4\n"
                            " x3 cost 1 U2 1\n x3 W1_1 4\n"
                            " x4 cost 6 U2 1\n x4 W2_1 4\n"
                            " x5 cost 1 U3 1\n x5 W1_1 4\n"
                            " x6 cost 6 U3 1\n x6 W2_1 4\n"
                            " MARK 'MARKER' 'INTEND'\n"
                            " s1 cost 2 W1_1 1\n t1 cost 3 W1_1 -1\n"
                            " s2 cost 2 W2_1 1\n t2 cost 3 W2_1 -1\n"
                            "RHS\n"
                            " RHS U1 1\n RHS U2 1\n RHS U3 1\n"
                            " RHS W1_1 7\n RHS W2_1 7\n"
                            "RANGES\n"
                            " RNG W1_1 2\n RNG W2_1 2\n"
                            "ENDATA\n");
    bw_instance_free(instance);
}

static void the_example_of_the_model_is_written_as_lp(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), BW_HARD);
    save(instance, bw_model_write_lp, "tiny.lp");
    expect_file("tiny.lp", "\\ bailiwick\n"
                           "Minimize\n"
                           " cost: x1 + 6 x2 + x3 + 6 x4 + x5 + 6 x6\n"
                           "  + 2 s1 + 2 s2\n"
                           "Subject To\n"
                           " U1: x1 + x2 = 1\n"
                           " U2: x3 + x4 = 1\n"
                           " U3: x5 + x6 = 1\n"
                           " W1_1: 4 x1 + 4 x3 + 4 x5 + s1 - r1 = 5\n"
                           " W2_1: 4 x2 + 4 x4 + 4 x6 + s2 - r2 = 5\n"
                           "Bounds\n"
                           " 0 <= r1 <= 2\n"
                           " 0 <= r2 <= 2\n"
                           "Binaries\n"
                           " x1 x2 x3 x4 x5 x6\n"
                           "End\n");
    bw_instance_free(instance);
}

static void the_map_names_accounts_reps_and_measures(void **state)
{
    (void)state;
    office *o = office_new(3, 2);
    bw_instance *instance;
    o->problem.accounts.n_families = 1;
    o->problem.accounts.family[0] = o->problem.accounts.family[2] = 0;
    o->balance[0].under_cost = (double)INFINITY;
    office_rule(o, "a rule")[1 * 2 + 0] = 0;
    assert_int_equal(bw_instance_new(&o->problem, NULL, &instance), BW_OK);
    save(instance, bw_model_write_map, "names.csv");
    expect_file("names.csv", "name,kind,account_ids,rep_id,measure\n"
                             "U1,unit,A1|A3,,\n"
                             "x1,pair,A1|A3,R1,\n"
                             "x2,pair,A1|A3,R2,\n"
                             "U2,unit,A2,,\n"
                             "x3,pair,A2,R2,\n"
                             "W1_1,band,,R1,workload\n"
                             "t1,beyond,,R1,workload\n"
                             "W2_1,band,,R2,workload\n"
                             "t2,beyond,,R2,workload\n");
    bw_instance_free(instance);
    office_free(o);
}

static void what_is_sure_to_exceed_a_band_is_in_the_cost(void **state)
{
    (void)state;
    const int64_t first[] = {0, 1};
    const bw_pair pair[] = {{0, -12345, 0}};
    bw_instance_measure measure = {"beds", 0, 1000001, false};
    const int64_t base[] = {Q(9)}, low[] = {BW_NO_LOW}, high[] = {Q(8) + 1};
    bw_instance_rows rows = {.n_units = 1,
                             .n_reps = 1,
                             .n_measures = 1,
                             .workload = -1,
                             .measure = &measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    assert_int_equal(bw_instance_from_rows(&rows, &instance), BW_OK);
    save(instance, bw_model_write_mps, "cut.mps");
    /* -1.2345 + 1.000001 x 0.9999 = -0.2345990001 */
    expect_file("cut.mps", "NAME bailiwick\nROWS\n N cost\n E U1\n L W1_1\n"
                           "COLUMNS\n MARK 'MARKER' 'INTORG'\n"
                           " x1 cost -0.2345990001 U1 1\n x1 W1_1 8.0001\n"
                           " MARK 'MARKER' 'INTEND'\n"
                           " t1 cost 1.000001 W1_1 -1\n"
                           "RHS\n RHS U1 1\n RHS W1_1 8.0001\nENDATA\n");
    bw_instance_free(instance);
}

static int64_t random_amount(uint64_t *seed, int32_t low, int32_t high)
{
    return Q(low) + (int64_t)(office_random(seed) % (uint64_t)Q(high - low));
}

/* Up to 6 units, 3 reps, 2 measures: hard, soft and open sides, bands below
 * single amounts, negative amounts now and then. */
static bw_instance *random_instance(uint64_t *seed)
{
    int32_t n_units = 1 + office_pick(seed, 6),
            n_reps = 1 + office_pick(seed, 3);
    int64_t first[8] = {0}, base[12], low[6], high[6];
    bw_pair pair[18];
    bw_instance_measure measure[2];
    for (int32_t k = 0; k < 2; k++) {
        bool hard = office_pick(seed, 4) == 0;
        measure[k] = (bw_instance_measure){
            k ? "potential" : "workload",
            hard ? BW_HARD : office_pick(seed, 9000000),
            hard && office_pick(seed, 2) ? BW_HARD : office_pick(seed, 9000000),
            false};
    }
    for (int32_t i = 0; i < 2 * n_reps; i++) {
        low[i] = random_amount(seed, -2, 15);
        high[i] = low[i] + random_amount(seed, 0, 12);
        if (office_pick(seed, 5) == 0)
            low[i] = BW_NO_LOW;
        if (office_pick(seed, 5) == 0)
            high[i] = BW_NO_HIGH;
        if (office_pick(seed, 9) == 0 && low[i] != BW_NO_LOW)
            high[i] = low[i];
    }
    int32_t lowest = office_pick(seed, 4) ? 0 : -4;
    for (int32_t u = 0; u < n_units; u++) {
        base[2 * u] = 0;
        base[2 * u + 1] = random_amount(seed, lowest, 12);
        first[u + 1] = first[u];
        for (int32_t r = 0; r < n_reps; r++)
            if (office_pick(seed, 4) ||
                (r == n_reps - 1 && first[u + 1] == first[u]))
                pair[first[u + 1]++] = (bw_pair){r, random_amount(seed, -3, 30),
                                                 random_amount(seed, 0, 12)};
    }
    bw_instance_rows rows = {.n_units = n_units,
                             .n_reps = n_reps,
                             .n_measures = 2,
                             .workload = 0,
                             .measure = measure,
                             .base = base,
                             .low = low,
                             .high = high,
                             .first = first,
                             .pair = pair};
    bw_instance *instance;
    assert_int_equal(bw_instance_from_rows(&rows, &instance), BW_OK);
    return instance;
}

/* The least objective of all plans; false: none is inside the hard limits. */
static bool enumerate(const bw_instance *instance, double *least)
{
    bw_plan *plan;
    int32_t rep[6] = {0};
    bool found = false;
    bw_wide best = 0;
    assert_int_equal(bw_plan_new(instance, &plan), BW_OK);
    for (;;) {
        if (bw_plan_assign(plan, rep) == BW_OK && plan->outside == 0 &&
            (!found || plan->objective < best)) {
            found = true;
            best = plan->objective;
        }
        int32_t unit = 0;
        while (unit < instance->n_units && ++rep[unit] == instance->n_reps)
            rep[unit++] = 0;
        if (unit == instance->n_units)
            break;
    }
    bw_plan_free(plan);
    *least = bw_from_fine(best);
    return found;
}

static void other_solvers_find_the_enumerated_optimum(void **state)
{
    (void)state;
    bool glpsol = peer_is_there("glpsol");
    bool cbc = peer_is_there("cbc");
    if (!glpsol && !cbc) {
        print_message("neither glpsol nor cbc is installed\n");
        skip();
    }
    uint64_t seed = 11;
    int32_t n_found = 0;
    for (int i = 0; i < 120; i++) {
        bw_instance *instance = random_instance(&seed);
        double least;
        bool found = enumerate(instance, &least);
        n_found += found;
        save(instance, bw_model_write_mps, "random.mps");
        save(instance, bw_model_write_lp, "random.lp");
        if (glpsol) {
            assert_true(peer_agrees(
                found, least, peer_glpsol("--freemps", folder, "random.mps")));
            assert_true(peer_agrees(found, least,
                                    peer_glpsol("--lp", folder, "random.lp")));
        }
        if (cbc) {
            assert_true(
                peer_agrees(found, least, peer_cbc(folder, "random.mps")));
            assert_true(
                peer_agrees(found, least, peer_cbc(folder, "random.lp")));
        }
        bw_instance_free(instance);
    }
    assert_true(n_found > 60 && n_found < 120);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    bw_diags *diags = bw_diags_new();
    bw_model *model;
    bw_stream *out;
    assert_int_equal(bw_model_new(instance, &model), BW_OK);
    assert_int_equal(bw_stream_open("/dev/full", diags, &out), BW_OK);
    assert_int_equal(bw_model_write_mps(model, out), BW_OK);
    assert_int_equal(bw_stream_finish(out, diags), BW_IO);
    assert_int_equal(bw_diags_count_code(diags, BW_OUTPUT), 1);
    assert_int_equal(bw_stream_open("/nowhere/x.mps", diags, &out), BW_IO);
    assert_int_equal(bw_diags_count_code(diags, BW_OUTPUT), 2);
    bw_model_free(model);
    bw_diags_free(diags);
    bw_instance_free(instance);
}

static void an_abandoned_file_leaves_the_earlier_one(void **state)
{
    (void)state;
    bw_stream *out;
    assert_int_equal(bw_stream_open(in_folder("kept"), NULL, &out), BW_OK);
    bw_stream_text(out, "first");
    assert_int_equal(bw_stream_finish(out, NULL), BW_OK);
    assert_int_equal(bw_stream_open(in_folder("kept"), NULL, &out), BW_OK);
    bw_stream_text(out, "second");
    bw_stream_abandon(out);
    expect_file("kept", "first");
    char command[300];
    snprintf(command, sizeof command, "ls %s | grep -c '^kept'", folder);
    assert_true(peer_number(command, "") == 1);
}

static void numbers_are_exact(void **state)
{
    (void)state;
    bw_stream *out;
    assert_int_equal(bw_stream_open(in_folder("numbers"), NULL, &out), BW_OK);
    const bw_wide huge = (bw_wide)INT64_MAX * 1000000;
    bw_stream_fixed(out, 0, 4);
    bw_stream_text(out, " ");
    bw_stream_fixed(out, -5, 4);
    bw_stream_text(out, " ");
    bw_stream_fixed(out, 1234000, 4);
    bw_stream_text(out, " ");
    bw_stream_fixed(out, 1200000, 4);
    bw_stream_text(out, " ");
    bw_stream_fixed(out, -huge, 10);
    bw_stream_text(out, " ");
    bw_stream_int(out, INT64_MIN);
    assert_int_equal(bw_stream_finish(out, NULL), BW_OK);
    expect_file("numbers", "0 -0.0005 123.4 120 -922337203685477.5807 "
                           "-9223372036854775808");
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    bw_instance *instance = tiny_instance(P(2), P(3));
    long live = bw_alloc_live(), n = 0;
    bw_status status;
    do {
        bw_model *model;
        bw_stream *out = NULL;
        bw_alloc_fail_at(++n);
        status = bw_model_new(instance, &model);
        if (status == BW_OK)
            status = bw_stream_open(in_folder("short"), NULL, &out);
        if (status == BW_OK)
            status = bw_model_write_lp(model, out);
        if (status == BW_OK)
            status = bw_model_write_map(model, out);
        bw_stream_abandon(out);
        bw_model_free(model);
        assert_true(status == BW_OK || status == BW_NOMEM);
        assert_int_equal(bw_alloc_live(), live);
    } while (status != BW_OK);
    bw_alloc_fail_at(0);
    assert_true(n > 8);
    bw_instance_free(instance);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[300];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_model_is_written_as_mps),
        cmocka_unit_test(the_example_of_the_model_is_written_as_lp),
        cmocka_unit_test(the_map_names_accounts_reps_and_measures),
        cmocka_unit_test(what_is_sure_to_exceed_a_band_is_in_the_cost),
        cmocka_unit_test(other_solvers_find_the_enumerated_optimum),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(an_abandoned_file_leaves_the_earlier_one),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
