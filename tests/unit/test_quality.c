/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about flaws: each action at each place where it is taken, and that
 * no row is lost, whatever the tables are like. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"
#include "quality.h"

#define REPS "id,latitude,longitude\nR1,40,-75\nR2,41,-74\n"
#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"

static int rejected_for(const load_case *c, const char *file, unsigned line,
                        const char *reason)
{
    int n = 0;
    for (int64_t i = 0; i < c->problem->n_rejected; i++) {
        const bw_rejected *r = &c->problem->rejected[i];
        n += strcmp(r->file, file) == 0 && r->line == line &&
             strstr(r->reason, reason) != NULL;
    }
    return n;
}

static void dropped_rows_stand_in_rejected_with_their_reason(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES "<quality code='field-number' do='drop'/>"
              "<quality code='id-duplicate' do='drop'/>"
              "<quality code='id-blank' do='drop'/>"
              "<quality code='coordinate-range' do='drop'/>"
              "<quality code='owner-unknown' do='drop'/>" EQUAL,
        "id,revenue,latitude,longitude,owner\nA,many,1,1,R1\nB,1,1,1,R1\n"
        "B,2,1,1,R1\n,3,1,1,R1\nC,4,91,1,R1\nD,5,1,1,R9\nE,6,1,1,\n",
        REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 2);
    assert_string_equal(c->problem->accounts.id[1], "E");
    assert_int_equal(c->problem->n_rejected, 5);
    assert_int_equal(rejected_for(c, "accounts.csv", 2, "field-number: "), 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 4, "id-duplicate: "), 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 5, "id-blank: "), 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 6, "coordinate-range: "),
                     1);
    assert_int_equal(rejected_for(c, "accounts.csv", 7, "owner-unknown: "), 1);
    assert_int_equal(
        case_told(c, BW_FIELD_NUMBER, "accounts.csv", 2, "as do=\"drop\" says"),
        1);
    case_close(c);
}

static void an_expression_s_column_drops_rows_too(void **state)
{
    (void)state;
    load_case *c =
        case_good(FILES "<quality code='field-number' do='drop'/><rules>"
                        "<forbid where='$employees &gt; 5' rep='R1'/>"
                        "</rules>" EQUAL,
                  "id,employees\nA,many\nB,7\n", REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 2, "field-number"), 1);
    case_close(c);
    /* As does one that `where` looks at, before rows are judged. */
    c = case_good("<accounts file='accounts.csv' where='$employees &gt; 0'/>"
                  "<reps file='reps.csv'/>"
                  "<quality code='field-number' do='drop'/>" EQUAL,
                  "id,employees\nA,many\nB,7\n", REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(c->problem->n_rejected, 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 2, "field-number"), 1);
    case_close(c);
}

static void dates_and_positions_drop_rows_in_time(void **state)
{
    (void)state;
    load_case *c = case_good(
        "<accounts file='accounts.csv'><column name='s' from='since' "
        "as='date'/><column name='k' from='key' as='yes-no'/></accounts>"
        "<reps file='reps.csv'/><quality code='field-date' do='drop'/>"
        "<rules><forbid where='$s &gt; 20200101' rep='R1'/></rules>" EQUAL,
        "id,since,key\nA,never,yes\nB,2021-01-01,no\n", REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 2, "field-date"), 1);
    case_close(c);
    c = case_good("<accounts file='accounts.csv'><column name='k' from='key' "
                  "as='yes-no'/></accounts><reps file='reps.csv'/>"
                  "<quality code='field-choice' do='drop'/>"
                  "<rules><forbid where='$k = 1' rep='R1'/></rules>" EQUAL,
                  "id,key\nA,yes\nB,perhaps\n", REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 3, "field-choice"), 1);
    case_close(c);
    c = case_good(
        "<accounts file='accounts.csv'/><reps file='reps.csv'><column "
        "name='s' from='since' as='date'/></reps>"
        "<quality code='field-number' do='drop'/>"
        "<quality code='field-date' do='drop'/>" EQUAL
        "<positions cost='1' close='$s &gt; 20200101'/>",
        "id\nA\n",
        "id,position_cost,since\nR1,7,2021-01-01\nR2,dear,2021-01-01\n"
        "R3,1,soon\n",
        NULL);
    assert_int_equal(c->problem->reps.n, 1);
    assert_int_equal(rejected_for(c, "reps.csv", 3, "field-number"), 1);
    assert_int_equal(rejected_for(c, "reps.csv", 4, "field-date"), 1);
    case_close(c);
}

/* Numbers are to be dropped, so that all expressions are tried early, with what
 * is wrong in them left for later. What is wrong in a cell is not. */
static void what_is_not_decided_stops_beside_what_is(void **state)
{
    (void)state;
    load_case *c = case_bad(
        "<accounts file='accounts.csv'><column name='s' from='since' "
        "as='date'/></accounts><reps file='reps.csv'/>"
        "<quality code='field-number' do='drop'/>"
        "<rules><forbid where='$s &gt; 20200101' rep='R1'/></rules>" EQUAL,
        "id,since\nA,never\nB,2021-01-01\n", REPS, NULL, 1);
    assert_int_equal(
        case_told(c, BW_FIELD_DATE, "accounts.csv", 2, "not a date"), 1);
    case_close(c);
    /* Nor is a column that adds up to too much, and what is made of it. */
    char table[4096] = "id,employees\n";
    for (int i = 0; i < 101; i++)
        snprintf(table + strlen(table), sizeof table - strlen(table),
                 "A%d,1e12\n", i);
    c = case_bad("<accounts file='accounts.csv'><column name='e' "
                 "value='$employees * 1'/></accounts><reps file='reps.csv'/>"
                 "<quality code='field-number' do='drop'/>"
                 "<rules><forbid where='$e &gt; 5' rep='R1'/></rules>" EQUAL,
                 table, REPS, NULL, 2);
    assert_int_equal(bw_diags_count_code(c->diags, BW_FIELD_RANGE), 2);
    case_close(c);
}

static void values_and_blanks_stand_instead(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES "<quality code='field-number' do='value' value='7'/>"
              "<quality code='field-range' do='ignore'/>"
              "<quality code='revenue-negative' do='value' value='0'/>"
              "<quality code='owner-unknown' do='value' value='R2'/>" EQUAL,
        "id,revenue,hours,potential,owner\nA,many,-1,2,R9\nB,-5,3,n/a,R1\n",
        REPS, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_true(a->revenue[0] == 7 && a->revenue[1] == 0);
    assert_true(isnan(a->hours[0]) && a->hours[1] == 3);
    assert_true(a->potential[0] == 2 && a->potential[1] == 7);
    assert_int_equal(a->owner[0], 1);
    assert_int_equal(a->owner[1], 0);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 4);
    assert_int_equal(bw_diags_count_code(c->diags, BW_FIELD_NUMBER), 2);
    case_close(c);
    /* What stands instead may not be what it mends. */
    c = case_bad(FILES "<quality code='field-range' do='value' "
                       "value='2'/>" EQUAL,
                 "id\nA\n", "id,fte,ramp\nR1,-1,1\nR2,1,80\n", NULL, 1);
    assert_int_equal(case_told(c, BW_FIELD_RANGE, "reps.csv", 3, "instead"), 1);
    case_close(c);
    c = case_bad(FILES "<quality code='owner-unknown' do='value' "
                       "value='R7'/>" EQUAL,
                 "id,owner\nA,R9\n", REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_LOCK_REP_UNKNOWN, "s.xml", 3, "R7"), 1);
    case_close(c);
}

static void coordinates_that_are_ignored_are_blank_to_rules(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES "<quality code='coordinate-range' do='ignore'/><rules>"
              "<forbid where='$latitude = 0 or $latitude &gt; 90' rep='R1'/>"
              "</rules>" EQUAL,
        "id,latitude,longitude\nA,0,0\nB,91,1\nC,40,-75\n", REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_RULE_IDLE), 1);
    case_close(c);
}

static void unplaced_accounts_do_as_decided(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,latitude,longitude,owner\nA,40,-75,R1\nB,,,R2\nC,0,0,R1\n";
#define UNPLACED(do)                                                           \
    FILES "<quality code='account-unplaced' do='" do "'/><travel "             \
                                                     "hour-cost='50'/>" EQUAL
    load_case *c = case_good(UNPLACED("owner"), accounts, REPS, NULL);
    assert_int_equal(c->problem->accounts.placing[1], BW_WITH_OWNER);
    assert_int_equal(c->problem->lock[1], 1);
    case_close(c);
    c = case_good(UNPLACED("ignore"), accounts, REPS, NULL);
    assert_int_equal(c->problem->accounts.placing[2], BW_ANYWHERE);
    assert_int_equal(c->problem->lock[2], -1);
    case_close(c);
    c = case_good(UNPLACED("drop"), accounts, REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 1);
    assert_int_equal(rejected_for(c, "accounts.csv", 3, "account-unplaced"), 1);
    case_close(c);
    c = case_good(FILES "<quality code='coordinate-zero' do='drop'/>"
                        "<quality code='account-unplaced' do='ignore'/>"
                        "<travel hour-cost='50'/>" EQUAL,
                  accounts, REPS, NULL);
    assert_int_equal(c->problem->accounts.n, 2);
    assert_int_equal(rejected_for(c, "accounts.csv", 4, "coordinate-zero"), 1);
    case_close(c);
}

static void reps_and_pairs_are_dropped_too(void **state)
{
    (void)state;
    load_case *c = case_good(
        FILES "<pairs file='pairs.csv'/>"
              "<quality code='field-range' do='drop'/>"
              "<quality code='field-choice' do='drop'/>"
              "<quality code='pair-unknown' do='drop'/>"
              "<quality code='pair-duplicate' do='drop'/>"
              "<rules><lock account='B' rep='R1'/></rules>" EQUAL,
        "id,hours,owner\nA,-1,R1\nB,2,R2\n",
        "id,fte,status\nR1,1,\nR2,-1,\nR3,1,gone\n",
        "account,rep,hours,allowed\nA,R1,1,\nB,R1,2,\nB,R1,3,\nB,R2,1,\n"
        "X,R1,1,\nB,R1,-4,perhaps\n");
    const bw_problem *p = c->problem;
    assert_int_equal(p->accounts.n, 1);
    assert_int_equal(p->reps.n, 1);
    assert_int_equal(p->accounts.owner[0], -1);
    assert_int_equal(case_told(c, BW_OWNER_LEFT_OUT, "accounts.csv", 3,
                               "dropped for a flaw"),
                     1);
    assert_int_equal(p->pairs.n, 1);
    assert_true(p->pairs.row[0].hours == 2);
    assert_int_equal(rejected_for(c, "reps.csv", 3, "field-range"), 1);
    assert_int_equal(rejected_for(c, "reps.csv", 4, "field-choice"), 1);
    assert_int_equal(rejected_for(c, "pairs.csv", 2, "its account"), 1);
    assert_int_equal(rejected_for(c, "pairs.csv", 4, "pair-duplicate"), 1);
    assert_int_equal(rejected_for(c, "pairs.csv", 5, "its rep"), 1);
    assert_int_equal(rejected_for(c, "pairs.csv", 6, "pair-unknown"), 1);
    assert_int_equal(rejected_for(c, "pairs.csv", 7, "pair-duplicate"), 1);
    case_close(c);
}

static void stale_owners_and_parents_are_told(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,owner,last seller,parent\nA,R1,R1,B\nB,R1,R2,C\nC,,R1,A\n"
        "D,R2,,A\nE,R2,R2,Z\nF,R1,R1,F\n";
    load_case *c = case_good(FILES EQUAL, accounts, REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_OWNER_STALE), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PARENT_UNKNOWN), 1);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PARENT_CIRCULAR), 4);
    assert_int_equal(
        case_told(c, BW_PARENT_UNKNOWN, "accounts.csv", 6, "1 row:"), 1);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 3);
    case_close(c);
    c = case_bad(FILES "<quality code='parent-circular' do='stop'/>"
                       "<quality code='owner-stale' do='stop'/>" EQUAL,
                 accounts, REPS, NULL, 5);
    assert_int_equal(case_told(c, BW_OWNER_STALE, "accounts.csv", 3, "\"R2\""),
                     1);
    case_close(c);
}

static void duplicates_stop_where_they_are_to(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,name,postal_code,country\nA,Acme Inc.,10001,US\n"
        "B,ACME,10 001,us\nC,Acme,10001,CA\n";
    load_case *c = case_good(FILES EQUAL, accounts, REPS, NULL);
    assert_int_equal(bw_diags_count_code(c->diags, BW_ACCOUNT_DUPLICATE), 0);
    case_close(c);
    c = case_bad(FILES "<quality code='account-duplicate' do='stop'/>" EQUAL,
                 accounts, REPS, NULL, 1);
    assert_int_equal(case_told(c, BW_ACCOUNT_DUPLICATE, "accounts.csv", 3,
                               "account \"A\" (line 2)"),
                     1);
    case_close(c);
}

/* ------------------------------------------------- nothing is ever lost */

static uint64_t random_state = 7;

static unsigned draw(unsigned n)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(random_state >> 33) % n;
}

static const char *one_of(const char *const *words, unsigned n)
{
    return words[draw(n)];
}
#define ONE_OF(...)                                                            \
    one_of((const char *const[]){__VA_ARGS__},                                 \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void dirty_tables(char *accounts, char *reps, char *pairs, size_t room)
{
    int n = snprintf(reps, room, "id,latitude,longitude,fte,type,status\n");
    for (int i = 0; i < 6; i++)
        n += snprintf(reps + n, room - (size_t)n, "%s,%s,%s,%s,%s,%s\n",
                      ONE_OF("R1", "R2", "R3", "R4", ""),
                      ONE_OF("40", "95", "0"), ONE_OF("-75", "0", "-200"),
                      ONE_OF("1", "x", "-1"), ONE_OF("", "field", "odd"),
                      ONE_OF("", "leaving", "gone", "candidate"));
    n = snprintf(accounts, room,
                 "id,latitude,longitude,revenue,hours,owner,kind,parent\n");
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof id, "A%u", draw(60));
        n += snprintf(
            accounts + n, room - (size_t)n, "%s,%s,%s,%s,%s,%s,%s,%s\n",
            draw(12) ? id : "", ONE_OF("40", "41", "91", "0", "", "n/a"),
            ONE_OF("-75", "-74", "0", "181", ""),
            ONE_OF("10", "20", "-5", "2e12", "many"),
            ONE_OF("1", "2", "-1", "x", ""), ONE_OF("R1", "R2", "R3", "R9", ""),
            ONE_OF("a", "b"), ONE_OF("", "A1", "A2", "Z"));
    }
    n = snprintf(pairs, room, "account,rep,hours,allowed\n");
    for (int i = 0; i < 20; i++)
        n += snprintf(pairs + n, room - (size_t)n, "A%u,%s,%s,%s\n", draw(60),
                      ONE_OF("R1", "R2", "R3", "R8"), ONE_OF("1", "-1", "x"),
                      ONE_OF("", "yes", "perhaps"));
}

/* An action for every flaw that can be decided, never stop. */
static void random_decisions(char *xml, size_t room)
{
    static const char *const what[] = {
        "id-blank",        "id-duplicate",     "field-number",
        "field-range",     "field-choice",     "coordinate-range",
        "coordinate-zero", "account-unplaced", "owner-unknown",
        "owner-left-out",  "revenue-negative", "pair-unknown",
        "pair-duplicate"};
    int n = snprintf(xml, room,
                     "<accounts file='accounts.csv' where=\"$kind = 'a'\"/>"
                     "<reps file='reps.csv'/><pairs file='pairs.csv'/>");
    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        const bw_flaw *flaw = bw_flaw_named(what[i]);
        bw_quality_do action;
        do /* an owner's lock may be one that cannot hold: a fault of its own */
            action = (bw_quality_do)draw(BW_DO_VALUE + 1);
        while (!(flaw->allowed & 1U << action) || action == BW_DO_STOP ||
               action == BW_DO_OWNER ||
               (action == BW_DO_VALUE && !flaw->number));
        n += snprintf(xml + n, room - (size_t)n,
                      "<quality code='%s' do='%s'%s/>", what[i],
                      bw_do_text(action),
                      action == BW_DO_VALUE ? " value='3'" : "");
    }
    snprintf(xml + n, room - (size_t)n,
             "%s<balance measure='hours' target='equal' over-cost='1'/>",
             draw(2) ? "<travel hour-cost='50'/>" : "");
}

static void no_row_is_lost_whatever_the_tables_are_like(void **state)
{
    (void)state;
    static char accounts[8192], reps[2048], pairs[2048], xml[4096];
    int loaded = 0;
    for (int round = 0; round < 300; round++) {
        dirty_tables(accounts, reps, pairs, 2048);
        random_decisions(xml, sizeof xml);
        load_case *c = case_load(xml, accounts, reps, pairs);
        const bw_problem *p = c->problem;
        if (p) {
            loaded++;
            const int64_t part[] = {p->accounts.n, p->reps.n, p->pairs.n};
            int64_t rejected = 0;
            for (int i = 0; i < 3; i++) {
                const bw_input *input = &p->inputs[i];
                assert_int_equal(input->rows, part[i] + input->rejected);
                rejected += input->rejected;
            }
            assert_int_equal(rejected, p->n_rejected);
            int64_t dropped = 0, told = 0;
            for (int64_t i = 0; i < p->n_rejected; i++) {
                assert_true(p->rejected[i].line > 1);
                dropped += strncmp(p->rejected[i].reason, "left out", 8) != 0;
            }
            for (size_t i = 0; i < bw_diags_kept(c->diags); i++) {
                const char *text = bw_diags_at(c->diags, i)->text;
                if (strstr(text, "takes no part") &&
                    strstr(text, "do=\"drop\""))
                    told += atoll(text);
            }
            assert_int_equal(dropped, told);
        } else {
            /* With every flaw decided, only emptiness can stop. */
            for (size_t i = 0; i < bw_diags_kept(c->diags); i++) {
                const bw_diag *d = bw_diags_at(c->diags, i);
                if (d->severity == BW_ERROR && d->code != BW_REPS_NONE &&
                    d->code != BW_RULE_IDLE && d->code != BW_REP_UNPLACED)
                    fail_msg("%s [%s]", d->text, bw_code_text(d->code));
            }
        }
        case_close(c);
    }
    assert_true(loaded > 60);
}

/* ------------------------------------------------------ faults of decisions */

static int refused(const char *body, const char *text)
{
    char folder[] = "/tmp/bw-quality-XXXXXX", path[64], xml[2048];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/s.xml", folder);
    snprintf(xml, sizeof xml,
             "<scenario xmlns='urn:bailiwick:scenario:1'>%s</scenario>", body);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(xml, file);
    fclose(file);
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario = NULL;
    bw_status status = bw_scenario_load(path, diags, &scenario);
    int n = 0;
    for (size_t i = 0; i < bw_diags_kept(diags); i++)
        n += strstr(bw_diags_at(diags, i)->text, text) != NULL;
    assert_int_equal(status == BW_OK, bw_diags_count(diags, BW_ERROR) == 0);
    bw_scenario_free(scenario);
    bw_diags_free(diags);
    unlink(path);
    rmdir(folder);
    return n;
}

static void decisions_that_there_are_not_are_faults(void **state)
{
    (void)state;
    assert_int_equal(refused(FILES "<quality code='nonsense' do='drop'/>" EQUAL,
                             "there are: id-blank, id-duplicate, field-number"),
                     1);
    assert_int_equal(refused(FILES
                             "<quality code='id-blank' do='ignore'/>" EQUAL,
                             "it can: stop, drop"),
                     1);
    assert_int_equal(
        refused(FILES
                "<quality code='field-number' do='value' value='x'/>" EQUAL,
                "not a number"),
        1);
    /* What stands instead may not be what it mends. */
    static const char *const wrong[][2] = {{"field-range", "-5"},
                                           {"field-range", "2E13"},
                                           {"field-number", "-2E12"},
                                           {"revenue-negative", "-1"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char body[512];
        snprintf(body, sizeof body,
                 "%s<quality code='%s' do='value' value='%s'/>%s", FILES,
                 wrong[i][0], wrong[i][1], EQUAL);
        assert_int_equal(refused(body, "out of range itself"), 1);
    }
    assert_int_equal(
        refused("<accounts file='accounts.csv' unplaced='owner'/>"
                "<reps file='reps.csv'/>"
                "<quality code='account-unplaced' do='ignore'/>" EQUAL,
                "the same decision"),
        1);
    assert_int_equal(
        refused("<accounts file='accounts.csv' unknown-owner='unowned'/>"
                "<reps file='reps.csv'/>"
                "<quality code='owner-left-out' do='stop'/>" EQUAL,
                "the same decision"),
        1);
    assert_int_equal(
        refused("<accounts file='accounts.csv' unplaced='owner'/>"
                "<reps file='reps.csv'/>"
                "<quality code='account-unplaced' do='owner'/>" EQUAL,
                ""),
        0);
}

static void
the_table_keeps_the_order_of_codes_and_can_do_what_is_usual(void **state)
{
    (void)state;
    const bw_flaw *flaw;
    int last = -1;
    for (size_t i = 0; (flaw = bw_flaw_at(i)); i++) {
        assert_true((int)flaw->code > last);
        last = (int)flaw->code;
        assert_true(flaw->allowed & 1U << flaw->usual);
        assert_true(flaw->allowed & 1U << BW_DO_STOP);
        assert_int_equal(!(flaw->allowed & 1U << BW_DO_IGNORE), !flaw->ignored);
        assert_ptr_equal(bw_flaw_named(bw_code_text(flaw->code)), flaw);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dropped_rows_stand_in_rejected_with_their_reason),
        cmocka_unit_test(an_expression_s_column_drops_rows_too),
        cmocka_unit_test(dates_and_positions_drop_rows_in_time),
        cmocka_unit_test(what_is_not_decided_stops_beside_what_is),
        cmocka_unit_test(values_and_blanks_stand_instead),
        cmocka_unit_test(coordinates_that_are_ignored_are_blank_to_rules),
        cmocka_unit_test(unplaced_accounts_do_as_decided),
        cmocka_unit_test(reps_and_pairs_are_dropped_too),
        cmocka_unit_test(stale_owners_and_parents_are_told),
        cmocka_unit_test(duplicates_stop_where_they_are_to),
        cmocka_unit_test(no_row_is_lost_whatever_the_tables_are_like),
        cmocka_unit_test(decisions_that_there_are_not_are_faults),
        cmocka_unit_test(
            the_table_keeps_the_order_of_codes_and_can_do_what_is_usual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
