/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit: what it counts against what was put in, the score by hand, and
 * memory that runs out anywhere. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audit.h"
#include "faults.h"
#include "load_case.h"

#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"

static const char reps[] = "id,latitude,longitude\nR1,40,-75\nR2,41,-74\n";

typedef struct wish {
    void (*check)(const bw_audit *audit);
    const load_case *loaded;
} wish;

static bw_status look(void *data, bw_loader *loader, bw_status status)
{
    const wish *w = data;
    bw_audit audit = {0};
    status = bw_audit_make(loader, status, &audit);
    bw_buf buf = {0};
    if (status == BW_OK) {
        bw_audit_show(&audit, &buf);
        for (const char *line = buf.text; line && *line;) {
            size_t len = strcspn(line, "\n");
            assert_true(len <= 80);
            line += len + (line[len] == '\n');
        }
        bw_audit_json(&audit, &buf);
        if (w->check)
            w->check(&audit);
    }
    if (status == BW_OK && buf.failed)
        status = BW_NOMEM;
    bw_buf_free(&buf);
    bw_audit_free(&audit);
    return status;
}

static void audit_of(const char *body, const char *accounts, const char *pairs,
                     void (*check)(const bw_audit *audit))
{
    load_case *c = case_load(body, accounts, reps, pairs);
    bw_diags *diags = bw_diags_new();
    wish w = {check, c};
    assert_int_equal(bw_problem_look(c->scenario, NULL, diags, look, &w),
                     BW_OK);
    bw_diags_free(diags);
    case_close(c);
}

static int64_t count(const bw_audit *audit, bw_code code, int role)
{
    int64_t n = 0;
    for (int32_t i = 0; i < audit->n_lines; i++)
        if (audit->line[i].code == code && audit->line[i].role == role)
            n += audit->line[i].n;
    return n;
}

/* Seven accounts take part: three grave ones (one of them light as well), two
 * light. */
static const char dirty[] =
    "id,name,latitude,longitude,revenue,owner,last_seller,kind\n"
    "A,Acme,40,-75,100,R1,R1,x\n"
    "B,Acme Inc,40,-75,100,R1,R1,x\n"
    "C,Cee,0,0,many,R1,R2,x\n"
    "D,Dee,,,100,R2,R2,x\n"
    "E,Eff,40,200,100,R2,R2,x\n"
    "F,Eff,41,-75,100,R2,R1,x\n"
    "G,Gee,41,-75,200000,R9,,y\n"
    "H,Ha,41,-75,1,R1,R1,x\n";

static void check_dirty(const bw_audit *audit)
{
    assert_int_equal(count(audit, BW_ACCOUNT_DUPLICATE, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_COORDINATE_ZERO, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_COORDINATE_RANGE, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_FIELD_NUMBER, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_OWNER_STALE, BW_ROLE_ACCOUNTS), 2);
    assert_int_equal(count(audit, BW_ACCOUNT_UNPLACED, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_OWNER_UNKNOWN, BW_ROLE_ACCOUNTS), 0);
    assert_int_equal(audit->rows, 7);
    assert_int_equal(audit->grave, 3);
    assert_int_equal(audit->light, 2);
    assert_true(fabs(audit->score - 100 * (1 - 3.5 / 7)) < 1e-9);
    bw_audit million = {.score = 99.9999};
    assert_true(bw_audit_score(&million, 1) == 99.9);
    assert_true(bw_audit_score(&million, 2) == 99.99);
    million.score = 100;
    assert_true(bw_audit_score(&million, 1) == 100);
    assert_int_equal(audit->n_errors, 3);
    assert_false(bw_audit_possible(audit));
}

static void flaws_are_counted_once_and_scored(void **state)
{
    (void)state;
    audit_of("<accounts file='accounts.csv' where=\"$kind = 'x'\"/>"
             "<reps file='reps.csv'/><travel hour-cost='50'/>" EQUAL,
             dirty, NULL, check_dirty);
}

static void check_decided(const bw_audit *audit)
{
    const double was = 100 * (1 - 3.5 / 7);
    assert_true(audit->score <= was + 1e-9);
    assert_int_equal(audit->rows, 7);
    assert_int_equal(audit->n_errors, 0);
    assert_true(bw_audit_possible(audit));
    assert_non_null(audit->instance);
}

static void decisions_leave_the_score_and_let_a_plan_be(void **state)
{
    (void)state;
    audit_of("<accounts file='accounts.csv' where=\"$kind = 'x'\"/>"
             "<reps file='reps.csv'/>"
             "<quality code='field-number' do='ignore'/>"
             "<quality code='coordinate-range' do='drop'/>"
             "<quality code='account-unplaced' do='ignore'/>"
             "<travel hour-cost='50'/>" EQUAL,
             dirty, NULL, check_decided);
}

static void check_places(const bw_audit *audit)
{
    for (int32_t i = 0; i < audit->n_lines; i++) {
        const bw_finding *f = &audit->finding[audit->line[i].from];
        bw_place place = bw_finding_place(audit, f);
        assert_true(place.line > 0);
        if (audit->line[i].code == BW_ACCOUNT_UNSERVABLE) {
            assert_int_equal(f->role, BW_ROLE_ACCOUNTS);
            assert_int_equal(f->row, 1);
        }
    }
    assert_int_equal(count(audit, BW_ACCOUNT_UNSERVABLE, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_PAIR_UNKNOWN, BW_ROLE_PAIRS), 0);
}

static void what_the_solver_says_finds_its_row(void **state)
{
    (void)state;
    audit_of(FILES "<rules><forbid where=\"$kind = 'y'\" rep-where=\"1 = 1\"/>"
                   "</rules>" EQUAL,
             "id,kind\n\"A\n1\",x\nB,y\nC,x\n", NULL, check_places);
}

/* One message stands for all; each is counted, listed and scored. */
static void check_large(const bw_audit *audit)
{
    const bw_diags *diags = audit->loader->diags;
    assert_int_equal(count(audit, BW_ACCOUNT_TOO_LARGE, BW_ROLE_ACCOUNTS), 3);
    assert_int_equal(bw_diags_count_code(diags, BW_ACCOUNT_TOO_LARGE), 3);
    assert_int_equal(bw_diags_count(diags, BW_WARNING), 1);
    static const int64_t row[] = {0, 2, 3};
    int32_t next = 0;
    for (int64_t i = 0; i < audit->n; i++)
        if (audit->finding[i].code == BW_ACCOUNT_TOO_LARGE)
            assert_int_equal(audit->finding[i].row, row[next++]);
    assert_int_equal(audit->grave, 0);
    assert_int_equal(audit->light, 3);
    assert_true(bw_audit_possible(audit));
}

static void accounts_above_soft_bands_are_told_one_by_one(void **state)
{
    (void)state;
    audit_of(FILES "<balance measure='potential' low='0' high='5' "
                   "over-cost='1' under-cost='1'/><travel count='no'/>",
             "id,potential\nA,6\nB,2\nC,9\nD,7\n", NULL, check_large);
}

/* C and D follow from the rules; B, which would have no segment either, is at
 * fault already. 5000 is much in the segment of E, F and G only. */
static const char broken[] = "id,kind,revenue\n"
                             "A,x,1e6\n"
                             "B,z,many\n"
                             "C,z,1\n"
                             "D,y,1\n"
                             "E,w,2\nF,w,2\nG,w,5000\n"
                             "H,x,1e6\nI,x,1e6\nJ,x,2e6\n";
static const char rules[] =
    "<segments><segment name='X' where=\"$kind = 'x' or $kind = 'y'\"/>"
    "<segment name='W' where=\"$kind = 'w'\"/></segments>"
    "<travel count='no'/><rules>"
    "<forbid where=\"$kind = 'y'\" rep-where='1 = 1'/></rules>" EQUAL;

static void check_on(const bw_audit *audit)
{
    const bw_diags *diags = audit->loader->diags;
    static const bw_code code[] = {BW_FIELD_NUMBER, BW_SEGMENT_NONE,
                                   BW_ACCOUNT_UNSERVABLE};
    static const int64_t row[] = {1, 2, 3};
    int found = 0;
    for (int64_t i = 0; i < audit->n; i++) {
        const bw_finding *f = &audit->finding[i];
        for (int k = 0; k < 3; k++)
            if (f->code == code[k]) {
                assert_int_equal(f->role, BW_ROLE_ACCOUNTS);
                assert_int_equal(f->row, row[k]);
                assert_int_equal(bw_diags_count_code(diags, code[k]), 1);
                found++;
            }
        if (f->code == BW_REVENUE_OUTLIER) {
            assert_int_equal(f->row, 6);
            found++;
        }
    }
    assert_int_equal(found, 4);
    assert_int_equal(audit->n_errors, 3);
    assert_int_equal(audit->grave, 3);
    assert_null(audit->instance);
    assert_false(bw_audit_possible(audit));
}

static void errors_in_rows_do_not_hide_what_the_rules_bring(void **state)
{
    (void)state;
    char body[2048];
    snprintf(body, sizeof body, FILES "%s", rules);
    audit_of(body, broken, NULL, check_on);
}

/* A rep that is at fault may be whom the account needs; a share of a sum takes
 * every row; a rule that is none binds nobody. */
static void check_no_further(const bw_audit *audit)
{
    assert_int_equal(count(audit, BW_SEGMENT_NONE, BW_ROLE_ACCOUNTS), 0);
    assert_int_equal(count(audit, BW_ACCOUNT_UNSERVABLE, BW_ROLE_ACCOUNTS), 0);
    assert_true(audit->n_errors > 0);
}

static void what_errors_may_bring_about_is_not_told(void **state)
{
    (void)state;
    char body[2048];
    snprintf(body, sizeof body, FILES "<pairs file='pairs.csv'/>%s", rules);
    audit_of(body, broken, "account,rep,cost\nA,R1,much\n", check_no_further);
    audit_of(
        FILES
        "<segments><segment name='S' share='50%' by='potential' of='revenue'/>"
        "</segments><travel count='no'/>" EQUAL,
        broken, NULL, check_no_further);
    audit_of(FILES "<travel count='no'/><rules><families keep='together'/>"
                   "<forbid where=\"$kind = 'y'\" rep-where='1 = 1'/>"
                   "</rules>" EQUAL,
             broken, NULL, check_no_further);
}

/* B is A again, C is in another country; D is absurd, at which it is to stop:
 * then no plan can be made, though the bands could be. */
static void check_stopped(const bw_audit *audit)
{
    assert_int_equal(count(audit, BW_ACCOUNT_DUPLICATE, BW_ROLE_ACCOUNTS), 1);
    assert_int_equal(count(audit, BW_REVENUE_OUTLIER, BW_ROLE_ACCOUNTS), 1);
    for (int64_t i = 0; i < audit->n; i++)
        if (audit->finding[i].code == BW_ACCOUNT_DUPLICATE)
            assert_int_equal(audit->finding[i].row, 1);
    assert_non_null(audit->instance);
    assert_int_equal(audit->n_errors, 1);
    assert_false(bw_audit_possible(audit));
}

static void what_is_to_stop_lets_no_plan_be(void **state)
{
    (void)state;
    audit_of(FILES "<quality code='revenue-outlier' do='stop'/>"
                   "<travel count='no'/>" EQUAL,
             "id,name,postal_code,country,revenue\n"
             "A,Acme,10001,US,1\nB,ACME Inc,10001,usa,1\n"
             "C,Acme,10001,DE,1\nD,Dee,,,5000\n",
             NULL, check_stopped);
}

/* Whether there are bands or not. */
static void long_numbers_keep_to_eighty_columns(void **state)
{
    (void)state;
    static const char *const last[] = {"", "B,5,R1\n"};
    for (int i = 0; i < 2; i++) {
        char accounts[65536];
        int n = snprintf(accounts, sizeof accounts, "id,revenue,owner\n");
        for (int k = 0; k < 3000; k++)
            n += snprintf(accounts + n, sizeof accounts - (size_t)n,
                          "A%d,1,R%d\n", k, 1 + k % 3);
        snprintf(accounts + n, sizeof accounts - (size_t)n, "%s%s", last[i],
                 last[i]);
        audit_of(FILES "<rules><lock where='$revenue = 1' rep='R1'/></rules>"
                       "<travel count='no'/>" EQUAL,
                 accounts, NULL, NULL);
    }
}

static bw_status audit_again(void *data)
{
    wish *w = data;
    bw_diags *diags = bw_diags_new();
    if (!diags)
        return BW_NOMEM;
    bw_status status =
        bw_problem_look(w->loaded->scenario, NULL, diags, look, w);
    bw_diags_free(diags);
    return status;
}

static void an_audit_survives_lack_of_memory(void **state)
{
    (void)state;
    load_case *c = case_load(
        FILES "<pairs file='pairs.csv'/>"
              "<quality code='field-number' do='drop'/><rules><forbid "
              "where='$revenue &gt; 5000' rep='R1'/></rules>" EQUAL,
        dirty, reps, "account,rep,cost\nA,R1,1\nC,R1,2\n");
    wish w = {NULL, c};
    assert_true(survives_lack_of_memory(audit_again, &w, BW_OK) > 50);
    case_close(c);
    char body[2048];
    snprintf(body, sizeof body, FILES "%s", rules);
    w.loaded = c = case_load(body, broken, reps, NULL);
    assert_true(survives_lack_of_memory(audit_again, &w, BW_OK) > 50);
    case_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flaws_are_counted_once_and_scored),
        cmocka_unit_test(decisions_leave_the_score_and_let_a_plan_be),
        cmocka_unit_test(what_the_solver_says_finds_its_row),
        cmocka_unit_test(accounts_above_soft_bands_are_told_one_by_one),
        cmocka_unit_test(errors_in_rows_do_not_hide_what_the_rules_bring),
        cmocka_unit_test(what_errors_may_bring_about_is_not_told),
        cmocka_unit_test(what_is_to_stop_lets_no_plan_be),
        cmocka_unit_test(long_numbers_keep_to_eighty_columns),
        cmocka_unit_test(an_audit_survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
