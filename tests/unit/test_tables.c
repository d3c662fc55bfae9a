/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "firm.h"
#include "tables.h"
#include "today.h"

static const int32_t planned[] = {0, 1, 0, 1, 0};

static firm o;
static bw_figures *figures;
static bw_buf buf;

static void open_with(const int32_t *rep)
{
    assert_int_equal(firm_plan(&o, rep), BW_OK);
    assert_int_equal(bw_figures_new(o.plan, 2, &figures), BW_OK);
}

static int begin(void **state)
{
    (void)state;
    firm_problem(&o);
    buf = (bw_buf){0};
    return 0;
}

static int end(void **state)
{
    (void)state;
    bw_buf_free(&buf);
    bw_figures_free(figures);
    firm_close(&o);
    return 0;
}

/* Line `number` of what was written, the header being 0. */
static const char *line(int number)
{
    static char text[1000];
    const char *at = buf.text;
    for (int i = 0; i < number && at; i++)
        at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
    snprintf(text, sizeof text, "%.*s", at ? (int)strcspn(at, "\n") : 0,
             at ? at : "");
    return text;
}

static void assignments_tell_every_figure_of_an_account(void **state)
{
    (void)state;
    open_with(planned);
    bw_write_assignments(figures, &(bw_csv){.buf = &buf});
    assert_string_equal(
        line(0), "account_id,account_name,segment,rep_id,rep_name,previous_rep_"
                 "id,moved,service_hours,travel_hours,workload_hours,potential,"
                 "revenue,distance_km,cost,next_rep_id,next_rep_extra_cost,"
                 "reason,place_source");
    /* To Ben: 259.4552 of travel and 100 of handover; the loads stay inside. */
    assert_string_equal(
        line(1), "A1,\"Say \"\"hi\"\"\",all,R1,Ann,R1,no,5,0,5,10,1000,0,0,R2,"
                 "359.4552,kept: R1 is the cheapest; next R2 would cost 359 "
                 "more,given");
    assert_string_equal(line(2),
                        "A2,,all,R2,\"Ben, Jr.\",R1,yes,5,0,5,20,2000,0,200,R1,"
                        "69.4552,moved from R1: saves 259 in travel and 10 in "
                        "balance for 200 of "
                        "handover,given");
    assert_string_equal(line(3),
                        "A3,,all,R1,Ann,R3,yes,5,0,5,30,3000,0,300,R2,259.4552,"
                        "R3 is leaving: R1 is the cheapest; next R2 would cost "
                        "259 more,given");
    /* Without A4 Ben's potential is 20, 5 short of 25; Ann's 130, 30 over. */
    assert_string_equal(line(4),
                        "A4,,all,R2,\"Ben, Jr.\",,no,5,0,5,40,400,0,0,R1,"
                        "294.4552,no owner today: R2 is the cheapest; next R1 "
                        "would cost 294 more,given");
    assert_string_equal(
        line(5),
        "A5,,all,R1,Ann,R1,no,5,0,5,50,0,,0,,,kept: locked to R1,none");
    assert_string_equal(line(6), "");
}

static void a_rep_that_is_not_the_cheapest_is_explained_by_balance(void **state)
{
    (void)state;
    const int32_t rep[] = {0, 0, 1, 1, 0};
    o.balance[1].over_cost = 50;
    open_with(rep);
    bw_write_assignments(figures, &(bw_csv){.buf = &buf});
    /* A3 back to Ann saves 259 of travel but puts her from 80 to 110. */
    assert_string_equal(
        strstr(line(3), "R3 is"),
        "R3 is leaving: R1 is 259 cheaper in itself, but loads R1's potential: "
        "241 more in all\",given");
}

static void staying_beyond_a_hard_limit_is_named_as_such(void **state)
{
    (void)state;
    o.balance[0].over_cost = INFINITY;
    o.high[0][0] = 15; /* Ann: three accounts of 5 hours are all she can do */
    o.high[0][1] = 15;
    open_with(planned);
    bw_write_assignments(figures, &(bw_csv){.buf = &buf});
    assert_non_null(strstr(
        line(2), "moved from R1: staying breaks the limit on R1's workload"));
}

static void moves_come_by_revenue_and_tell_what_was_forced(void **state)
{
    (void)state;
    open_with(planned);
    assert_int_equal(bw_write_moves(figures, &(bw_csv){.buf = &buf}), BW_OK);
    const char *header = line(0);
    const char *last = ",reason,forced,place_source,effective_date";
    assert_string_equal(header + strlen(header) - strlen(last), last);
    assert_int_equal(strncmp(line(1), "A3,", 3), 0);
    assert_string_equal(line(1) + strlen(line(1)) - 11, ",yes,given,");
    assert_int_equal(strncmp(line(2), "A2,", 3), 0);
    assert_string_equal(line(2) + strlen(line(2)) - 10, ",no,given,");
    buf.len = 0;
    o.scenario.date.text = "2027-03-01";
    assert_int_equal(bw_write_moves(figures, &(bw_csv){.buf = &buf}), BW_OK);
    const char *dated = ",no,given,2027-03-01";
    assert_string_equal(line(2) + strlen(line(2)) - strlen(dated), dated);
    assert_string_equal(line(3), "");
}

static void territories_list_serving_reps_and_what_leavers_lose(void **state)
{
    (void)state;
    open_with(planned);
    o.plan->certificate.price[1] = -250000;
    bw_write_territories(figures, &(bw_csv){.buf = &buf});
    assert_string_equal(
        line(0),
        "rep_id,rep_name,region,accounts,workload,workload_low,workload_high,"
        "workload_price,potential,potential_low,potential_high,potential_price,"
        "revenue,travel_hours,mean_distance_km,accounts_in,accounts_out,"
        "revenue_in,revenue_out,cost,within_bands,home_source");
    assert_string_equal(line(1), "R1,Ann,East,3,15,0,100,0,90,25,100,-0.25,"
                                 "4000,0,0,1,1,3000,2000,300,yes,given");
    assert_string_equal(line(2), "R2,\"Ben, Jr.\",,2,10,0,100,0,60,25,100,0,"
                                 "2400,0,0,2,0,2400,0,200,yes,given");
    assert_string_equal(line(3),
                        "R3,Cyd,,0,0,,,,0,,,,0,0,,0,1,0,3000,0,,given");
    assert_string_equal(line(4), "");
}

static void loads_of_the_tables_are_the_loads_of_the_plan(void **state)
{
    (void)state;
    const int32_t rep[] = {1, 0, 1, 0, 0};
    open_with(rep);
    for (int32_t r = 0; r < 2; r++) {
        assert_int_equal(bw_totals_hours(&figures->rep[r]),
                         o.plan->load[2 * r]);
        assert_int_equal(figures->rep[r].potential, o.plan->load[2 * r + 1]);
    }
    bw_wide parts = bw_fine(figures->cost.travel + figures->cost.handover +
                            figures->cost.preference + figures->cost.given);
    assert_true(parts == o.plan->cost);
    assert_true(figures->all.cost * BW_PRICE_UNIT == o.plan->cost);
}

static void measures_named_like_columns_do_not_double_them(void **state)
{
    (void)state;
    static const double ones[] = {1, 1, 1, 1, 1};
    o.balance[1].measure = "accounts";
    o.balance[1].value = ones;
    open_with(planned);
    bw_write_territories(figures, &(bw_csv){.buf = &buf});
    assert_non_null(strstr(line(0), "potential_price,accounts_low,accounts_high"
                                    ",accounts_price,revenue,"));
    assert_non_null(strstr(line(1), ",3,15,0,100,0,90,,,,25,100,0,4000,"));
    buf.len = 0;
    bw_figures_free(figures);
    firm_close(&o);
    o.balance[1].measure = "cost";
    open_with(planned);
    bw_write_territories(figures, &(bw_csv){.buf = &buf});
    assert_non_null(strstr(line(0), ",measure_cost,measure_cost_low,"));
}

static void small_tables_hold_what_they_are_given(void **state)
{
    (void)state;
    open_with(planned);
    bw_write_segments(figures, &(bw_csv){.buf = &buf});
    assert_string_equal(line(1), "all,5,25,0,25,150,6400,2,5000,500,0");
    buf.len = 0;
    bw_write_rejected(&o.problem, &(bw_csv){.buf = &buf});
    assert_string_equal(buf.text, "file,line,id,reason\n"
                                  "accounts.csv,9,A9,left out\n");
    buf.len = 0;
    o.plan->certificate.price[3] = 1;
    bw_write_certificate(figures, &(bw_csv){.buf = &buf});
    assert_string_equal(buf.text, "kind,id,measure,price\n"
                                  "rep,R1,workload,0\n"
                                  "rep,R1,potential,0\n"
                                  "rep,R2,workload,0\n"
                                  "rep,R2,potential,0.000001\n");
}

static void today_counts_accounts_with_the_owners_they_have(void **state)
{
    (void)state;
    bw_today *today;
    open_with(planned);
    assert_int_equal(bw_today_new(figures, &today), BW_OK);
    assert_int_equal(today->comparable, 3);
    assert_int_equal(today->leaving, 1);
    assert_int_equal(today->unowned, 1);
    assert_int_equal(today->hours_today, 37065);
    assert_int_equal(today->hours_then, 0);
    assert_int_equal(today->load[0], 15 * BW_QUANTA + 37065);
    assert_int_equal(today->load[1], 80 * BW_QUANTA);
    assert_int_equal(today->load[2], 0);
    bw_today_free(today);
}

static void short_memory_is_survived_at_every_request(void **state)
{
    (void)state;
    assert_int_equal(firm_plan(&o, planned), BW_OK);
    long live = bw_alloc_live();
    bw_status status = BW_NOMEM;
    for (long n = 1; status != BW_OK; n++) {
        bw_figures *made = NULL;
        bw_today *today = NULL;
        bw_buf text = {0};
        bw_alloc_fail_at(n);
        status = bw_figures_new(o.plan, 2, &made);
        if (status == BW_OK)
            status = bw_today_new(made, &today);
        if (status == BW_OK)
            status = bw_write_moves(made, &(bw_csv){.buf = &text});
        if (status == BW_OK)
            bw_write_territories(made, &(bw_csv){.buf = &text});
        bw_alloc_fail_at(0);
        if (text.failed)
            status = BW_NOMEM;
        bw_buf_free(&text);
        bw_today_free(today);
        bw_figures_free(made);
        assert_int_equal(bw_alloc_live(), live);
    }
    figures = NULL;
}

#define IN_FIRM(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FIRM(assignments_tell_every_figure_of_an_account),
        IN_FIRM(a_rep_that_is_not_the_cheapest_is_explained_by_balance),
        IN_FIRM(staying_beyond_a_hard_limit_is_named_as_such),
        IN_FIRM(moves_come_by_revenue_and_tell_what_was_forced),
        IN_FIRM(territories_list_serving_reps_and_what_leavers_lose),
        IN_FIRM(loads_of_the_tables_are_the_loads_of_the_plan),
        IN_FIRM(measures_named_like_columns_do_not_double_them),
        IN_FIRM(small_tables_hold_what_they_are_given),
        IN_FIRM(today_counts_accounts_with_the_owners_they_have),
        IN_FIRM(short_memory_is_survived_at_every_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
