/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exported program of free positions: choices and plans gone through one
 * by one, glpsol and cbc on both files, and the search find the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "free_office.h"
#include "model_write.h"
#include "peers.h"

#include <unistd.h>

static char folder[] = "/tmp/bailiwick-positions-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

typedef bw_status writer(const bw_model *model, bw_stream *out);

static void save(const bw_model *model, writer *write_as, const char *name)
{
    bw_stream *out;
    assert_int_equal(bw_stream_open(in_folder(name), NULL, &out), BW_OK);
    assert_int_equal(write_as(model, out), BW_OK);
    assert_int_equal(bw_stream_finish(out, NULL), BW_OK);
}

static bw_model *model_of(const bw_problem *problem, const bw_instance *all,
                          void *arena)
{
    bw_model *model;
    bw_model_choice *choice;
    assert_int_equal(bw_model_new(all, &model), BW_OK);
    assert_int_equal(bw_model_choice_new(problem, all, arena, &choice), BW_OK);
    bw_model_choose(model, choice);
    return model;
}

/* Rows as ROWS lists them, columns as their names are told apart. */
static void expect_counts(const bw_model *model)
{
    char command[400];
    snprintf(command, sizeof command,
             "awk '/^COLUMNS/ { c = 1 } /^RHS/ { c = 0 } !c && / [ELG] / { n++ "
             "} END { print \"=\" n }' %s",
             in_folder("c.mps"));
    assert_true(peer_number(command, "=") == (double)bw_model_rows(model));
    snprintf(command, sizeof command,
             "awk '/^COLUMNS/ { c = 1 } /^RHS/ { c = 0 } c && /^ [xyzst]/ && "
             "!seen[$1]++ { n++ } END { print \"=\" n }' %s",
             in_folder("c.mps"));
    assert_true(peer_number(command, "=") == (double)bw_model_columns(model));
}

/* A budget on what owners keep or lose, voluntary or all of it. */
static void add_budget(office *o, uint64_t *seed)
{
    o->budget[0] = (bw_budget){.name = "moved",
                               .measure = "revenue",
                               .kind = BW_MEASURE_VALUE,
                               .value = o->problem.accounts.revenue,
                               .count_all = office_pick(seed, 3) == 0,
                               .share = true,
                               .max = 0.1 * (1 + office_pick(seed, 6))};
    o->problem.n_budgets = 1;
}

static bool least_of_all(const bw_problem *problem, const bw_instance *all,
                         bw_wide *least)
{
    bool found = false;
    for (int32_t n = problem->positions.least; n <= problem->positions.most;
         n++) {
        bw_wide here = 0;
        if (free_office_least(problem, all, n, &here) &&
            (!found || here < *least)) {
            *least = here;
            found = true;
        }
    }
    return found;
}

static void expect_search(const bw_problem *problem, bool found, bw_wide cost)
{
    bw_diags *diags = bw_diags_new();
    bw_settings settings = small_settings(1);
    bw_positions *positions;
    assert_int_equal(bw_positions_new(problem, &settings, diags, &positions),
                     BW_OK);
    assert_int_equal(positions->best >= 0, found);
    if (found)
        assert_true(positions->number[positions->best].objective == cost);
    bw_positions_free(positions);
    bw_diags_free(diags);
}

typedef struct seen {
    bool glpsol, cbc;
    int planned, none, follow, several, budgets;
} seen;

static void compare(const bw_problem *problem, const bw_instance *all, seen *s)
{
    bw_wide cost = 0;
    bw_arena *arena = bw_arena_new();
    bool found = least_of_all(problem, all, &cost);
    double least = bw_from_fine(cost);
    bw_model *model = model_of(problem, all, arena);
    save(model, bw_model_write_mps, "c.mps");
    save(model, bw_model_write_lp, "c.lp");
    expect_counts(model);
    if (s->glpsol) {
        assert_true(peer_agrees(found, least,
                                peer_glpsol("--freemps", folder, "c.mps")));
        assert_true(
            peer_agrees(found, least, peer_glpsol("--lp", folder, "c.lp")));
    }
    if (s->cbc) {
        assert_true(peer_agrees(found, least, peer_cbc(folder, "c.mps")));
        assert_true(peer_agrees(found, least, peer_cbc(folder, "c.lp")));
    }
    expect_search(problem, found, cost);
    s->planned += found;
    s->none += !found;
    s->several += problem->positions.least < problem->positions.most;
    s->follow += problem->balances[0].target == BW_TARGET_EQUAL;
    s->budgets += problem->n_budgets;
    bw_model_free(model);
    bw_arena_free(arena);
}

static void other_solvers_find_the_enumerated_choice(void **state)
{
    (void)state;
    seen s = {.glpsol = peer_is_there("glpsol"), .cbc = peer_is_there("cbc")};
    if (!s.glpsol && !s.cbc) {
        print_message("neither glpsol nor cbc is installed\n");
        skip();
    }
    uint64_t seed = 5;
    for (int i = 0; i < 60; i++) {
        office *o = small_office(&seed);
        free_office_make(o, &seed);
        if (office_pick(&seed, 2))
            add_budget(o, &seed);
        bw_diags *diags = bw_diags_new();
        bw_instance *all = NULL;
        if (bw_positions_whole(&o->problem, o->arena, diags, &all) == BW_OK)
            compare(&o->problem, all, &s);
        bw_instance_free(all);
        bw_diags_free(diags);
        office_free(o);
    }
    assert_true(s.planned >= 20 && s.none >= 3);
    assert_true(s.follow >= 10 && s.several >= 10 && s.budgets >= 10);
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

/* Two accounts; R1 stays, R2 and R3 may open, at 7 a year; a band of 0.5 to 2
 * of R2 is absolute, or one that all share follows the number. */
static void write_opening(bw_target target)
{
    office *o = office_new(2, 3);
    bw_problem *p = &o->problem;
    uint8_t *free_ones = office_array(o, 3, 1);
    free_ones[1] = free_ones[2] = BW_MAY_OPEN;
    p->reps.free = free_ones;
    p->reps.position_cost = office_numbers(o, 3, 7);
    p->positions =
        (bw_position_choice){.given = true, .n_free = 2, .least = 1, .most = 2};
    uint8_t *allowed = office_rule(o, "a rule");
    allowed[2] = allowed[4] = 0; /* A1 not with R3, A2 not with R2 */
    double *low = office_numbers(o, 3, 0), *high = office_numbers(o, 3, 2);
    low[1] = 0.5;
    o->balance[0].low = low;
    o->balance[0].high = high;
    if (target == BW_TARGET_EQUAL) {
        o->balance[0].low = o->balance[0].high = NULL;
        o->balance[0].target = target;
        o->balance[0].tolerance = 0.5;
    }
    bw_diags *diags = bw_diags_new();
    bw_arena *arena = bw_arena_new();
    bw_instance *all;
    assert_int_equal(bw_instance_new(p, diags, &all), BW_OK);
    bw_model *model = model_of(p, all, arena);
    save(model, bw_model_write_mps, "o.mps");
    save(model, bw_model_write_lp, "o.lp");
    save(model, bw_model_write_map, "o.csv");
    bw_model_free(model);
    bw_instance_free(all);
    bw_arena_free(arena);
    bw_diags_free(diags);
    office_free(o);
}

static void a_position_that_may_open_has_a_column(void **state)
{
    (void)state;
    write_opening(BW_TARGET_NONE);
    expect_file("o.mps", "NAME bailiwick\n"
                         "ROWS\n"
                         " N cost\n"
                         " E U1\n"
                         " E U2\n"
                         " L W1_1\n"
                         " L W2_1\n"
                         " G V2_1\n"
                         " L W3_1\n"
                         " G V3_1\n"
                         " L P2\n"
                         " L P4\n"
                         " L Y1\n"
                         " L Y2\n"
                         " L N1\n"
                         " G N2\n"
                         "COLUMNS\n"
                         " MARK 'MARKER' 'INTORG'\n"
                         " x1 U1 1 W1_1 1\n"
                         " x2 U1 1 W2_1 1\n"
                         " x2 V2_1 1 P2 1\n"
                         " x3 U2 1 W1_1 1\n"
                         " x4 U2 1 W3_1 1\n"
                         " x4 V3_1 1 P4 1\n"
                         " y1 cost 7 W2_1 -2\n"
                         " y1 V2_1 -0.5 P2 -1\n"
                         " y1 Y1 1 N2 1\n"
                         " y1 N1 1\n"
                         " y2 cost 7 W3_1 -2\n"
                         " y2 P4 -1 Y2 1\n"
                         " y2 N2 1 N1 1\n"
                         " MARK 'MARKER' 'INTEND'\n"
                         " s1 cost 2 W1_1 1\n"
                         " t1 cost 3 W1_1 -1\n"
                         " s2 cost 2 V2_1 1\n"
                         " t2 cost 3 W2_1 -1\n"
                         " s3 cost 2 V3_1 1\n"
                         " t3 cost 3 W3_1 -1\n"
                         "RHS\n"
                         " RHS U1 1\n"
                         " RHS U2 1\n"
                         " RHS W1_1 2\n"
                         " RHS Y1 1\n"
                         " RHS Y2 1\n"
                         " RHS N1 2 N2 1\n"
                         "RANGES\n"
                         " RNG W1_1 2\n"
                         "ENDATA\n");
}

static void bands_that_follow_the_number_have_a_column_for_each(void **state)
{
    (void)state;
    write_opening(BW_TARGET_EQUAL);
    expect_file("o.lp", "\\ bailiwick\n"
                        "Minimize\n"
                        " cost: 2 s1 + 3 t1 + 2 s2 + 3 t2 + 2 s3 + 3 t3\n"
                        "  + 7 y1_1 + 7 y1_2 + 7 y2_1 + 7 y2_2\n"
                        "Subject To\n"
                        " U1: x1 + x2 = 1\n"
                        " U2: x3 + x4 = 1\n"
                        " W1_1: x1 + x3 - t1 - 1.5 z1 - z2 <= 0\n"
                        " V1_1: x1 + x3 + s1 - 0.5 z1 - 0.3333 z2 >= 0\n"
                        " W2_1: x2 - t2 - 1.5 y1_1 - y1_2 <= 0\n"
                        " V2_1: x2 + s2 - 0.5 y1_1 - 0.3333 y1_2 >= 0\n"
                        " W3_1: x4 - t3 - 1.5 y2_1 - y2_2 <= 0\n"
                        " V3_1: x4 + s3 - 0.5 y2_1 - 0.3333 y2_2 >= 0\n"
                        " P2: x2 - y1_1 - y1_2 <= 0\n"
                        " P4: x4 - y2_1 - y2_2 <= 0\n"
                        " Y1: y1_1 + y1_2 <= 1\n"
                        " Y2: y2_1 + y2_2 <= 1\n"
                        " N1: y1_1 + y2_1 - z1 = 0\n"
                        " N2: y1_2 + y2_2 - 2 z2 = 0\n"
                        " Z: z1 + z2 = 1\n"
                        "Binaries\n"
                        " x1 x2 x3 x4\n"
                        " y1_1 y1_2\n"
                        " y2_1 y2_2\n"
                        " z1\n"
                        " z2\n"
                        "End\n");
    expect_file("o.csv", "name,kind,account_ids,rep_id,measure\n"
                         "U1,unit,A1,,\n"
                         "x1,pair,A1,R1,\n"
                         "x2,pair,A1,R2,\n"
                         "U2,unit,A2,,\n"
                         "x3,pair,A2,R1,\n"
                         "x4,pair,A2,R3,\n"
                         "W1_1,band,,R1,workload\n"
                         "s1,short,,R1,workload\n"
                         "t1,beyond,,R1,workload\n"
                         "W2_1,band,,R2,workload\n"
                         "s2,short,,R2,workload\n"
                         "t2,beyond,,R2,workload\n"
                         "W3_1,band,,R3,workload\n"
                         "s3,short,,R3,workload\n"
                         "t3,beyond,,R3,workload\n"
                         "y1_1,open,,R2,\n"
                         "y1_2,open,,R2,\n"
                         "y2_1,open,,R3,\n"
                         "y2_2,open,,R3,\n"
                         "z1,number,,,\n"
                         "z2,number,,,\n");
}

/* Of the numbering and of the writers alone. */
static bw_status write_all(const bw_problem *problem, const bw_instance *all)
{
    bw_arena *arena = bw_arena_new();
    bw_model *model = NULL;
    bw_model_choice *choice;
    bw_stream *out = NULL;
    bw_status status = arena ? bw_model_new(all, &model) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_model_choice_new(problem, all, arena, &choice);
    if (status == BW_OK)
        status = bw_stream_open("/dev/null", NULL, &out);
    if (status == BW_OK) {
        bw_model_choose(model, choice);
        status = bw_model_write_mps(model, out);
    }
    if (status == BW_OK)
        status = bw_model_write_lp(model, out);
    bw_stream_abandon(out);
    bw_model_free(model);
    bw_arena_free(arena);
    return status;
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    uint64_t seed = 5;
    office *o = small_office(&seed);
    o->problem.n_rules = 0;
    free_office_make(o, &seed);
    bw_diags *diags = bw_diags_new();
    bw_instance *all;
    assert_int_equal(bw_instance_new(&o->problem, diags, &all), BW_OK);
    bw_status status = BW_NOMEM;
    int n = 0;
    while (status != BW_OK && ++n < 1000) {
        long live = bw_alloc_live();
        bw_alloc_fail_at(n);
        status = write_all(&o->problem, all);
        bw_alloc_fail_at(0);
        assert_true(status == BW_OK || status == BW_NOMEM);
        assert_int_equal(bw_alloc_live(), live);
    }
    assert_true(status == BW_OK && n > 10);
    bw_instance_free(all);
    bw_diags_free(diags);
    office_free(o);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_solvers_find_the_enumerated_choice),
        cmocka_unit_test(a_position_that_may_open_has_a_column),
        cmocka_unit_test(bands_that_follow_the_number_have_a_column_for_each),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
