/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the figures of a plan can be counted exactly: hours and money of
 * each account, and their sums, estimated from above before anything is
 * rounded to quanta. Columns have been checked when they were read; here it is
 * about what comes out of products. */
#include "sizes.h"

#include <math.h>

/* Half the Earth's circumference, rounded up. */
static const double longest_km = 20016;

/* The most that an account can add, whoever serves it. */
typedef struct most {
    double hours, money;
} most;

static double or_zero(double value)
{
    return isnan(value) ? 0 : fabs(value);
}

static most most_of(const bw_build *build, int32_t account)
{
    const bw_problem *problem = build->problem;
    const bw_travel *travel = &problem->travel;
    const bw_handover *handover = &problem->handover;
    const bw_accounts *accounts = &problem->accounts;
    int32_t segment = build->instance->segment[account];
    double calls = build->instance->calls[account];
    double hours = accounts->hours[account], driven = 0;
    if (isnan(hours) && segment >= 0)
        hours = calls * problem->segments[segment].hours;
    if (travel->counts && accounts->placing[account] == BW_PLACED)
        driven = calls / travel->calls_per_trip * 2 * longest_km *
                 travel->road_factor;
    double driving = driven / travel->speed_kmh;
    return (most){.hours = or_zero(hours) + driving,
                  .money = driving * travel->hour_cost +
                           driven * travel->km_cost +
                           handover->share * fabs(accounts->revenue[account]) +
                           handover->hours * travel->hour_cost};
}

/* What pairs.csv says of a pair, instead of ours or beside it. */
static most most_given(const bw_problem *problem, const bw_pair_given *given,
                       double trips)
{
    const bw_travel *travel = &problem->travel;
    double driven = travel->counts ? trips * or_zero(given->km) : 0;
    double driving = driven / travel->speed_kmh + or_zero(given->travel_hours);
    return (most){
        .hours = or_zero(given->hours) + driving,
        .money = or_zero(given->cost) +
                 (travel->counts ? driving * travel->hour_cost : 0) +
                 driven * travel->km_cost,
    };
}

static void report(bw_build *build, int32_t account, double size,
                   const char *of)
{
    build->n_faults++;
    bw_diag_add(build->diags, BW_ERROR, BW_FIELD_RANGE,
                bw_account_place(build->problem, account),
                "account \"%.80s\" may come to %g %s a year; at most %g can be "
                "counted: correct its row, its segment's coverage, or the "
                "costs of <travel> and <handover>",
                build->problem->accounts.id[account], size, of, BW_LARGEST_SUM);
}

static void report_sum(bw_build *build, double size, const char *of)
{
    build->n_faults++;
    bw_diag_add(
        build->diags, BW_ERROR, BW_FIELD_RANGE, (bw_place){0},
        "the %s of all accounts may add up to %g a year; at most %g can "
        "be counted: count in larger units",
        of, size, BW_LARGEST_SUM);
}

bw_status bw_sizes_check(bw_build *build)
{
    const bw_problem *problem = build->problem;
    const bw_pair_given *row = problem->pairs.row;
    int64_t next = 0, n_faults = build->n_faults;
    most sum = {0, 0};
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        most one = most_of(build, a), worst = {0, 0};
        double trips =
            build->instance->calls[a] / problem->travel.calls_per_trip * 2;
        for (; next < problem->pairs.n && row[next].account == a; next++) {
            most given = most_given(problem, &row[next], trips);
            worst.hours = fmax(worst.hours, given.hours);
            worst.money = fmax(worst.money, given.money);
        }
        one.hours += worst.hours;
        one.money += worst.money;
        if (one.hours > BW_LARGEST_SUM)
            report(build, a, one.hours, "hours");
        if (one.money > BW_LARGEST_SUM)
            report(build, a, one.money, "of cost");
        sum.hours += one.hours;
        sum.money += one.money;
    }
    if (build->n_faults == n_faults && sum.hours > BW_LARGEST_SUM)
        report_sum(build, sum.hours, "hours");
    if (build->n_faults == n_faults && sum.money > BW_LARGEST_SUM)
        report_sum(build, sum.money, "costs");
    return build->n_faults == n_faults ? BW_OK : BW_INVALID;
}
