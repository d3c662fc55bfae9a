/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New accounts put into a plan of two reps, worked out by hand: nobody travels,
 * so that an account costs its hours times the price of an hour. */
#include "faults.h"
#include "newcomers.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char home[] = "/tmp/bw-newcomers-XXXXXX";
static char dir[64], new_file[64];

static void put(const char *name, const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", home, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

/* An hour is worth `first` with R1 and `second` with R2; each may have so many
 * accounts. A1 is with R1, A2 and its child A3 with R2. */
static void put_plan(const char *first, const char *second, int most)
{
    char text[1024];
    put("a.csv", "id,hours,parent\nA1,4,\nA2,1,\nA3,3,A2\n");
    put("r.csv", "id\nR1\nR2\n");
    snprintf(text, sizeof text,
             "<scenario xmlns=\"urn:bailiwick:scenario:1\">"
             "<accounts file=\"a.csv\"/><reps file=\"r.csv\"/>"
             "<balance measure=\"workload\" low=\"0\" high=\"5\" "
             "over-cost=\"9\" under-cost=\"9\"/>"
             "<balance measure=\"accounts\" low=\"0\" high=\"%d\" "
             "hard=\"yes\"/>"
             "<rules><families keep=\"together\"/></rules></scenario>",
             most);
    put("scenario.resolved.xml", text);
    put("assignments.csv", "account_id,rep_id\nA1,R1\nA2,R2\nA3,R2\n");
    put("territories.csv", "rep_id\nR1\nR2\n");
    snprintf(text, sizeof text,
             "kind,id,measure,price\nrep,R1,workload,%s\nrep,R1,accounts,0\n"
             "rep,R2,workload,%s\nrep,R2,accounts,0\n",
             first, second);
    put("certificate.csv", text);
    put("segments.csv", "segment\nall\n");
    put("clusters.csv", "kind,id,cluster,price,bound,closed\n");
    put("moves.csv", "account_id\n");
    put("rejected.csv", "file\n");
    put("summary.json", "{}\n");
}

static int begin(void **state)
{
    (void)state;
    strcpy(home, "/tmp/bw-newcomers-XXXXXX");
    if (!mkdtemp(home))
        return -1;
    snprintf(dir, sizeof dir, "%s", home);
    snprintf(new_file, sizeof new_file, "%s/new.csv", home);
    return 0;
}

static int end(void **state)
{
    (void)state;
    char command[60];
    snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

static bw_status read_and_seat(bw_newcomers **n, bw_diags *diags)
{
    const bw_newcomers_from from = {dir, new_file, true, NULL, NULL};
    bw_status status = bw_newcomers_read(&from, diags, n);
    return status == BW_OK ? bw_newcomers_seat(*n, diags) : status;
}

static bw_newcomers *place(void)
{
    bw_newcomers *n;
    bw_diags *diags = bw_diags_new();
    bw_status status = read_and_seat(&n, diags);
    for (size_t i = 0; i < bw_diags_kept(diags) && status != BW_OK; i++)
        print_message("%s\n", bw_diags_at(diags, i)->text);
    assert_int_equal(status, BW_OK);
    bw_diags_free(diags);
    return n;
}

static bw_wide tenths(int64_t money)
{
    return bw_fine(money * BW_QUANTA / 10);
}

static void the_least_price_wins_and_the_next_is_told(void **state)
{
    (void)state;
    put_plan("2", "0.5", 9);
    put("new.csv", "id,hours,parent\nN1,1,\n");
    bw_newcomers *n = place();
    assert_int_equal(n->n, 1);
    const bw_newcomer *line = n->line;
    assert_int_equal(line->rep, 1);
    assert_true(line->priced == tenths(5));
    assert_int_equal(line->next, 0);
    assert_true(line->next_extra == tenths(15));
    assert_int_equal(line->figures.workload, BW_QUANTA);
    /* R2 has 5 of 5 hours then; before it was 4 and 4. */
    assert_true(n->sum.objective_before == 0);
    assert_true(n->sum.objective == 0);
    /* 9 hours at 0.5, the family being one unit, less 5 x 2.5. */
    assert_true(n->sum.bound == tenths(45 - 125));
    /* The gap was worse before: 0 against 8 x 0.5 - 12.5. */
    assert_true(n->sum.gap_before > 8.49 && n->sum.gap_before < 8.51);
    assert_true(n->sum.gap > 7.99 && n->sum.gap < 8.01);
    assert_false(n->sum.plan_again);
    bw_newcomers_free(n);
}

/* The second finds R1 full, where an hour more costs 9, whatever its price; the
 * third finds both so, and the first of them wins. */
static void beyond_the_band_it_is_charged_what_it_costs(void **state)
{
    (void)state;
    put_plan("0.5", "2", 9);
    put("new.csv", "id,hours,parent\nN1,1,\nN2,1,\nN3,2,\n");
    bw_newcomers *n = place();
    static const int32_t want[] = {0, 1, 0};
    static const int64_t priced[] = {5, 20, 180}, extra[] = {15, 70, 0};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(n->line[i].rep, want[i]);
        assert_true(n->line[i].priced == tenths(priced[i]));
        assert_true(n->line[i].next_extra == tenths(extra[i]));
    }
    assert_true(n->sum.objective == tenths(180));
    bw_newcomers_free(n);
}

static void time_to_plan_again_is_told(void **state)
{
    (void)state;
    put_plan("0", "0", 9);
    put("new.csv", "id,hours,parent\nN1,1,\n");
    bw_newcomers *n = place(); /* R1 has 5 of 5 */
    assert_true(n->sum.gap == 0 && !n->sum.plan_again);
    bw_newcomers_free(n);
    put("new.csv", "id,hours,parent\nN1,1,\nN2,1,A1\n");
    n = place(); /* 6 of 5, which cost 9 of which the bound knows nothing */
    assert_true(n->sum.objective == tenths(90) && n->sum.bound == 0);
    assert_true(n->sum.gap_grew && n->sum.plan_again && !n->sum.outside);
    bw_newcomers_free(n);
}

static void the_first_of_equals_wins(void **state)
{
    (void)state;
    put_plan("0.5", "0.5", 9);
    put("new.csv", "id,hours,parent\nN1,1,\n");
    bw_newcomers *n = place();
    assert_int_equal(n->line->rep, 0);
    assert_int_equal(n->line->next, 1);
    assert_true(n->line->next_extra == 0);
    assert_true(n->sum.objective == 0);
    bw_newcomers_free(n);
}

static void hard_limits_hold_in_the_order_of_the_file(void **state)
{
    (void)state;
    put_plan("2", "0.5", 3);
    put("new.csv", "id,hours,parent\nN1,0.2,\nN2,0.4,\nN3,0.2,\nN4,0.2,\n");
    bw_newcomers *n = place();
    static const int32_t want[] = {1, 0, 0, -1};
    for (int i = 0; i < 4; i++)
        assert_int_equal(n->line[i].rep, want[i]);
    assert_int_equal(n->line[1].full, 1);
    assert_true(n->line[1].full_saves == tenths(6));
    assert_int_equal(n->line[1].next, -1);
    assert_int_equal(n->line[3].seat, BW_SEAT_FULL);
    assert_int_equal(n->sum.placed, 3);
    assert_true(n->sum.plan_again && !n->sum.outside);
    bw_newcomers_free(n);
}

static void families_go_where_theirs_is(void **state)
{
    (void)state;
    put_plan("2", "0.5", 5);
    put("new.csv", "id,hours,parent\nN1,1,A1\nN2,1,N4\nN3,1,A3\nN4,1,\n"
                   "N5,1,A1\n");
    bw_newcomers *n = place();
    static const int32_t want[] = {0, 1, -1, 1, 0};
    static const bw_seat seat[] = {BW_SEAT_FAMILY, BW_SEAT_CHEAPEST,
                                   BW_SEAT_FULL, BW_SEAT_CHEAPEST,
                                   BW_SEAT_FAMILY};
    for (int i = 0; i < 5; i++) {
        /* N2 and N4 come together with the first of them, so R2 has room for
         * one more. */
        assert_int_equal(n->line[i].rep, i == 2 ? 1 : want[i]);
        assert_int_equal(n->line[i].seat, i == 2 ? BW_SEAT_FAMILY : seat[i]);
    }
    assert_int_equal(n->line[3].members, 2);
    /* R1 has 5 of 5 hours, R2 4: the second of them goes beyond there too. */
    assert_true(n->line[1].priced == tenths(5));
    assert_true(n->line[3].priced == tenths(90));
    assert_true(n->line[1].next_extra == tenths(180 - 95));
    bw_newcomers_free(n);
}

static void a_family_that_is_full_or_split_is_not_placed(void **state)
{
    (void)state;
    put_plan("2", "0.5", 2);
    put("a.csv", "id,hours,parent\nA1,4,N2\nA2,1,N2\nA3,3,A2\n");
    put("new.csv", "id,hours,parent\nN1,1,\nN2,1,\nN3,1,N2\n");
    put("assignments.csv", "account_id,rep_id\nA1,R2\nA2,R2\nA3,R2\n");
    bw_newcomers *n;
    bw_diags *diags = bw_diags_new();
    assert_int_equal(read_and_seat(&n, diags), BW_INVALID); /* R2 has 3 of 2 */
    bw_newcomers_free(n);
    bw_diags_free(diags);
    put_plan("2", "0.5", 2);
    put("new.csv", "id,hours,parent\nN1,1,A2\nN2,1,A1\n");
    n = place();
    assert_int_equal(n->line[0].seat, BW_SEAT_FULL);
    assert_int_equal(n->line[0].rep, -1);
    assert_int_equal(n->line[0].host, 1);
    assert_int_equal(n->line[1].rep, 0);
    bw_newcomers_free(n);
}

/* A2 names a parent that the plan did not know. Now it is there, and a child of
 * A1: the two stay apart. */
static void one_who_joins_what_is_apart_is_not_placed(void **state)
{
    (void)state;
    put_plan("2", "0.5", 9);
    put("a.csv", "id,hours,parent\nA1,4,\nA2,1,N1\nA3,3,\n");
    put("new.csv", "id,hours,parent\nN1,1,A1\nN2,1,N1\nN3,1,A3\n");
    bw_newcomers *n = place();
    assert_int_equal(n->line[0].seat, BW_SEAT_SPLIT);
    assert_int_equal(n->line[1].seat, BW_SEAT_SPLIT);
    assert_int_equal(n->line[0].rep, -1);
    assert_int_equal(n->line[2].seat, BW_SEAT_FAMILY);
    assert_int_equal(n->sum.placed, 1);
    assert_true(n->sum.plan_again);
    bw_newcomers_free(n);
    put("assignments.csv", "account_id,rep_id\nA1,R1\nA2,R1\nA3,R2\n");
    n = place(); /* apart, but with the same rep */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(n->line[i].seat, BW_SEAT_FAMILY);
        assert_int_equal(n->line[i].rep, i == 2);
    }
    assert_int_equal(n->sum.placed, 3);
    bw_newcomers_free(n);
}

/* One call takes 1,000 hours. */
static void sums_that_are_too_large_are_told(void **state)
{
    (void)state;
    put_plan("2", "0.5", 9);
    put("a.csv", "id,calls\nA1,1\nA2,1\nA3,1\n");
    put("scenario.resolved.xml",
        "<scenario xmlns=\"urn:bailiwick:scenario:1\">"
        "<accounts file=\"a.csv\"/><reps file=\"r.csv\"/>"
        "<segments><segment name=\"all\"><coverage hours=\"1000\"/></segment>"
        "</segments>"
        "<balance measure=\"workload\" low=\"0\" high=\"5\" over-cost=\"9\" "
        "under-cost=\"9\"/>"
        "<balance measure=\"accounts\" low=\"0\" high=\"9\" hard=\"yes\"/>"
        "</scenario>");
    put("new.csv", "id,calls\nN1,1e12\n");
    bw_newcomers *n;
    bw_diags *diags = bw_diags_new();
    assert_int_equal(read_and_seat(&n, diags), BW_INVALID);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 1);
    assert_int_equal(bw_diags_count_code(diags, BW_FIELD_RANGE), 1);
    assert_string_equal(bw_diags_at(diags, 0)->place.file, new_file);
    bw_newcomers_free(n);
    put("new.csv", "id,calls\nN1,2\n");
    assert_int_equal(read_and_seat(&n, diags), BW_OK);
    bw_newcomers_free(n);
    bw_diags_free(diags);
}

static bw_status place_once(void *data)
{
    bw_diags *diags = bw_diags_new();
    bw_newcomers *n = NULL;
    (void)data;
    if (!diags)
        return BW_NOMEM;
    bw_buf text = {0};
    bw_status status = read_and_seat(&n, diags);
    if (status == BW_OK)
        status = bw_newcomers_summary(n, &text);
    if (status == BW_OK) {
        bw_newcomers_csv(n, &text);
        bw_newcomers_json(n, &text);
    }
    if (text.failed)
        status = BW_NOMEM;
    bw_buf_free(&text);
    bw_newcomers_free(n);
    bw_diags_free(diags);
    return status;
}

static void survives_every_lack_of_memory(void **state)
{
    (void)state;
    put_plan("2", "0.5", 4);
    put("new.csv", "id,hours,parent\nN1,1,A1\nN2,1,N4\nN3,1,A3\nN4,1,\n");
    assert_true(survives_lack_of_memory(place_once, NULL, BW_OK) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_price_wins_and_the_next_is_told),
        cmocka_unit_test(beyond_the_band_it_is_charged_what_it_costs),
        cmocka_unit_test(time_to_plan_again_is_told),
        cmocka_unit_test(the_first_of_equals_wins),
        cmocka_unit_test(hard_limits_hold_in_the_order_of_the_file),
        cmocka_unit_test(families_go_where_theirs_is),
        cmocka_unit_test(a_family_that_is_full_or_split_is_not_placed),
        cmocka_unit_test(one_who_joins_what_is_apart_is_not_placed),
        cmocka_unit_test(sums_that_are_too_large_are_told),
        cmocka_unit_test(survives_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
