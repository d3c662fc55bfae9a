/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's numbers per account and unit, rounded once to quanta. Before
 * anything is rounded, the sizes of all sums are estimated from above: figures
 * that 64 and 128 bits could not hold are refused, not wrapped around. */
#include "check.h"

#include <math.h>

/* Half the Earth's circumference, rounded up. */
static const double longest_km = 20016;
/* No sum of a measure may exceed this: 4e14 units are 4e18 quanta. */
static const double largest_sum = 4e14;

static double at_least_zero(double value)
{
    return value > 0 ? value : 0;
}

static double service_hours(const bw_judge *judge, int32_t a,
                            const double *calls)
{
    const bw_problem *problem = judge->problem;
    double given = problem->accounts.hours[a];
    if (!isnan(given))
        return given;
    int32_t s = judge->verdict.segment[a];
    double per_call = s < 0 ? NAN : problem->segments[s].hours;
    return isnan(per_call) ? 0 : calls[a] * per_call;
}

static double handover_money(const bw_problem *problem, int32_t a)
{
    return at_least_zero(problem->handover.share *
                             problem->accounts.revenue[a] +
                         problem->handover.hours * problem->travel.hour_cost);
}

/* NaN (a blank cell) adds nothing. */
static double value_of(const bw_balance *balance, int32_t a)
{
    return isnan(balance->value[a]) ? 0 : balance->value[a];
}

/* What pairs.csv can add to hours and money, and its longest distance. */
static void size_given(const bw_judge *judge, double *hours, double *money,
                       double *km)
{
    const bw_pairs_given *pairs = &judge->problem->pairs;
    *hours = *money = 0;
    *km = longest_km * judge->problem->travel.road_factor;
    for (int64_t i = 0; i < pairs->n; i++) {
        const bw_pair_given *row = &pairs->row[i];
        double travel = isnan(row->travel_hours) ? 0 : fabs(row->travel_hours);
        *hours += travel + (isnan(row->hours) ? 0 : fabs(row->hours));
        *money += travel * judge->problem->travel.hour_cost +
                  (isnan(row->cost) ? 0 : fabs(row->cost));
        *km = fmax(*km, row->km); /* a NaN changes nothing */
    }
}

/* Upper limits of every sum, in quanta, as doubles. */
static bool sizes_fit(bw_judge *judge, const double *calls)
{
    const bw_problem *problem = judge->problem;
    const bw_travel *travel = &problem->travel;
    double hours, money, km, largest = 0;
    size_given(judge, &hours, &money, &km);
    for (int32_t a = 0; a < judge->n; a++) {
        double driven =
            judge->placed[a] && travel->counts ? judge->trips[a] * km : 0;
        double driving = driven > 0 ? driven / travel->speed_kmh : 0;
        hours += fabs(service_hours(judge, a, calls)) + driving;
        money += handover_money(problem, a) + driven * travel->km_cost +
                 driving * travel->hour_cost;
    }
    largest = fmax(hours, money);
    for (int32_t k = 0; k < judge->n_measures; k++) {
        const bw_balance *balance = &problem->balances[k];
        double sum = balance->kind == BW_MEASURE_WORKLOAD ? hours : 0;
        for (int32_t a = 0; balance->value && a < judge->n; a++)
            sum += fabs(value_of(balance, a));
        judge->measure_size[k] = sum * BW_QUANTA;
        largest = fmax(largest, sum);
    }
    judge->money_size = money * BW_QUANTA;
    return largest <= largest_sum;
}

/* Units in the order of their first accounts. */
static bw_status make_units(bw_judge *judge)
{
    const bw_accounts *accounts = &judge->problem->accounts;
    bw_verdict *verdict = &judge->verdict;
    int32_t *of_family =
        bw_alloc((size_t)accounts->n_families, sizeof *of_family);
    if (!of_family)
        return BW_NOMEM;
    for (int32_t a = 0; a < judge->n; a++) {
        int32_t family = accounts->family[a];
        int32_t unit = family < 0 ? 0 : of_family[family];
        verdict->unit[a] = unit > 0 ? unit - 1 : verdict->n_units++;
        if (family >= 0)
            of_family[family] = verdict->unit[a] + 1;
        judge->unit_first[verdict->unit[a] + 1]++;
    }
    bw_free(of_family);
    for (int32_t u = 0; u < verdict->n_units; u++)
        judge->unit_first[u + 1] += judge->unit_first[u];
    /* Filling from the back leaves each start where it belongs. */
    int32_t *next = bw_alloc((size_t)verdict->n_units, sizeof *next);
    if (!next)
        return BW_NOMEM;
    for (int32_t a = 0; a < judge->n; a++) {
        int32_t u = verdict->unit[a];
        judge->unit_account[judge->unit_first[u] + next[u]++] = a;
    }
    bw_free(next);
    return BW_OK;
}

static void fill_accounts(bw_judge *judge, const double *calls)
{
    const bw_problem *problem = judge->problem;
    const bw_pair_given *at = problem->pairs.row;
    const bw_pair_given *end = problem->pairs.n ? at + problem->pairs.n : at;
    for (int32_t a = 0; a < judge->n; a++) {
        judge->verdict.service_hours[a] =
            bw_quanta(service_hours(judge, a, calls));
        judge->handover[a] = bw_quanta(handover_money(problem, a));
        judge->given[a] = at;
        while (at < end && at->account <= a)
            at++;
    }
    judge->given[judge->n] = at;
}

static void fill_measures(bw_judge *judge)
{
    int32_t n_measures = judge->n_measures;
    for (int32_t k = 0; k < n_measures; k++) {
        const bw_balance *balance = &judge->problem->balances[k];
        judge->under[k] = bw_price(balance->under_cost);
        judge->over[k] = bw_price(balance->over_cost);
        for (int32_t a = 0; a < judge->n; a++) {
            int64_t unit = judge->verdict.unit[a];
            judge->base[unit * n_measures + k] +=
                balance->kind == BW_MEASURE_WORKLOAD
                    ? judge->verdict.service_hours[a]
                    : bw_quanta(value_of(balance, a));
        }
    }
}

static void fill_places(bw_judge *judge, const double *calls)
{
    const bw_problem *problem = judge->problem;
    for (int32_t a = 0; a < judge->n; a++) {
        judge->placed[a] = problem->accounts.placing[a] == BW_PLACED &&
                           bw_point_known(problem->accounts.point[a]);
        if (!judge->placed[a])
            continue;
        judge->place[a] = bw_geo_vec(problem->accounts.point[a]);
        judge->trips[a] = calls[a] / problem->travel.calls_per_trip * 2;
    }
    for (int32_t r = 0; r < judge->m; r++)
        if (bw_point_known(problem->reps.home[r]))
            judge->home[r] = bw_geo_vec(problem->reps.home[r]);
}

bw_status bw_judge_data(bw_judge *judge, bw_diags *diags, bool *too_large)
{
    *too_large = false;
    double *calls = bw_alloc((size_t)judge->n, sizeof *calls);
    if (!calls)
        return BW_NOMEM;
    bw_status status = bw_judge_segments(judge, calls);
    if (status == BW_OK)
        status = make_units(judge);
    if (status == BW_OK) {
        fill_places(judge, calls);
        *too_large = !sizes_fit(judge, calls);
    }
    if (status == BW_OK && !*too_large) {
        fill_accounts(judge, calls);
        fill_measures(judge);
        bw_judge_weights(judge);
    }
    if (*too_large)
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                    "the sum of all hours, money or a measure exceeds %g "
                    "units, too much for exact arithmetic; count in larger "
                    "units",
                    largest_sum);
    bw_free(calls);
    return status;
}
