/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan of one scenario carried over to another by ids. */
#include "start_plan.h"

#include "bw/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char home[] = "/tmp/bw-start-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", home, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

typedef struct loaded {
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_instance *instance;
} loaded;

/* Five accounts, of which A and B are a family; three reps, one leaving. */
static loaded load(void)
{
    char path[100];
    loaded l = {.diags = bw_diags_new()};
    put("a.csv", "id,hours,parent\nA,1,\nB,1,A\nC,1,\nD,1,\nE,1,\n");
    put("r.csv", "id,status\nR1,active\nR2,active\nR3,leaving\n");
    put("s.xml",
        "<scenario xmlns=\"urn:bailiwick:scenario:1\">"
        "<accounts file=\"a.csv\"/><reps file=\"r.csv\"/>"
        "<balance measure=\"workload\" target=\"equal\" tolerance=\"10%\" "
        "over-cost=\"5\" under-cost=\"5\"/>"
        "<rules><families keep=\"together\"/></rules></scenario>");
    snprintf(path, sizeof path, "%s/s.xml", home);
    assert_int_equal(bw_scenario_load(path, l.diags, &l.scenario), BW_OK);
    assert_int_equal(bw_problem_load(l.scenario, l.diags, &l.problem), BW_OK);
    assert_int_equal(bw_instance_new(l.problem, l.diags, &l.instance), BW_OK);
    assert_int_equal(l.instance->n_units, 4);
    return l;
}

static void unload(loaded *l)
{
    bw_instance_free(l->instance);
    bw_problem_free(l->problem);
    bw_scenario_free(l->scenario);
    bw_diags_free(l->diags);
}

static int begin(void **state)
{
    (void)state;
    strcpy(home, "/tmp/bw-start-XXXXXX");
    return mkdtemp(home) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    char command[60];
    snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

static int32_t rep_of(const loaded *l, const int32_t *rep, int account)
{
    return rep[l->instance->account_unit[account]];
}

static void reps_are_found_by_the_ids_of_accounts(void **state)
{
    (void)state;
    loaded l = load();
    int32_t rep[4];
    /* A is not there, but its family is; D's rep leaves, E's is unknown. */
    put("assignments.csv", "account_id,rep_id,revenue\nX,R1,5\nC,R1,1\n"
                           "B,R2,1\nD,R3,1\nE,R9,1\n");
    assert_int_equal(bw_start_plan_read(home, l.instance, rep), BW_OK);
    assert_int_equal(rep_of(&l, rep, 0), 1);
    assert_int_equal(rep_of(&l, rep, 1), 1);
    assert_int_equal(rep_of(&l, rep, 2), 0);
    assert_int_equal(rep_of(&l, rep, 3), -1);
    assert_int_equal(rep_of(&l, rep, 4), -1);
    unload(&l);
}

static void what_is_no_plan_is_refused(void **state)
{
    (void)state;
    loaded l = load();
    int32_t rep[4];
    assert_int_equal(bw_start_plan_read(home, l.instance, rep), BW_IO);
    put("assignments.csv", "account_id,who\nC,R1\n");
    assert_int_equal(bw_start_plan_read(home, l.instance, rep), BW_INVALID);
    unload(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reps_are_found_by_the_ids_of_accounts,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_plan_is_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
