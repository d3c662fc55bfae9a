/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the judge without the reps that cannot be a unit's cheapest, so that
 * a million accounts with two thousand reps are judged in seconds. Under prices
 * p a pair's c + sum p q is at least
 *
 *   t(r) + g(r) trips chord,   t = handover + sum p base,
 *
 * where the chord of unit vectors stands for the way (it is never longer) and
 * g is what a chord of 1 costs a trip, hours at their price included. With a
 * pair of value U at hand, reps with g trips chord > U - t are out; squared, no
 * root is needed. Where g < 0 nothing is out. Tightening only adds, because no
 * price is above `over`. */
#include "check.h"

#include <math.h>
#include <string.h>

void bw_judge_lens_free(bw_judge_lens *lens)
{
    bw_free(lens->price);
    bw_free(lens->steep);
    bw_free(lens->size);
    *lens = (bw_judge_lens){0};
}

static bool stays(const bw_judge *judge, int32_t rep)
{
    return judge->problem->reps.inside[rep] ||
           !bw_point_known(judge->problem->reps.home[rep]);
}

/* Money of a chord of 1, driven once, with rep r. */
static double steepness(const bw_judge *judge, const bw_judge_lens *lens,
                        int32_t rep)
{
    const bw_travel *travel = &judge->problem->travel;
    double km = BW_EARTH_RADIUS_KM * travel->road_factor;
    double hours = km / travel->speed_kmh, money = 0;
    if (!travel->counts || stays(judge, rep))
        return 0;
    if (!lens->work_only)
        money = hours * travel->hour_cost + km * travel->km_cost;
    for (int32_t k = 0; k < judge->n_measures; k++)
        if (judge->problem->balances[k].kind == BW_MEASURE_WORKLOAD)
            money += hours * lens->price[(int64_t)rep * judge->n_measures + k];
    return money;
}

bw_status bw_judge_lens_new(const bw_judge *judge, bool work_only,
                            bw_judge_lens *lens)
{
    int32_t n = judge->n_measures;
    *lens = (bw_judge_lens){.work_only = work_only};
    lens->price = bw_alloc((size_t)judge->m * (size_t)n, sizeof(double));
    lens->steep = bw_alloc((size_t)judge->m, sizeof(double));
    lens->size = bw_alloc((size_t)n, sizeof(double));
    if (!lens->price || !lens->steep || !lens->size) {
        bw_judge_lens_free(lens);
        return BW_NOMEM;
    }
    for (int32_t r = 0; r < judge->m; r++) {
        for (int32_t k = 0; k < n; k++) {
            int64_t at = (int64_t)r * n + k;
            bool work = judge->problem->balances[k].kind == BW_MEASURE_WORKLOAD;
            lens->price[at] =
                work_only ? (work ? 1 : 0) : bw_from_price(judge->price[at]);
            lens->size[k] = fmax(lens->size[k], fabs(lens->price[at]));
        }
        lens->steep[r] = steepness(judge, lens, r);
        lens->steepest = fmax(lens->steepest, fabs(lens->steep[r]));
    }
    return BW_OK;
}

/* The square of the chord beyond which a way is surely above the km limit. */
static double reach(const bw_judge *judge)
{
    double limit = judge->problem->km_limit;
    double angle =
        limit / (2 * BW_EARTH_RADIUS_KM * judge->problem->travel.road_factor);
    if (!(angle < 1.5)) /* none, or half round the Earth */
        return INFINITY;
    return 4 * sin(angle) * sin(angle);
}

static double chord_square(const bw_judge *judge, int32_t account, int32_t rep)
{
    bw_vec a = judge->place[account], b = judge->home[rep];
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return x * x + y * y + z * z;
}

/* Reps that may have the account; their distance is only worked out where the
 * chord is close to the limit. */
static int32_t count(const bw_judge *judge, int32_t account)
{
    const bw_problem *problem = judge->problem;
    bool limited = judge->placed[account] && !isnan(problem->km_limit);
    int32_t n = 0;
    if (problem->n_rules == 0 && problem->lock[account] < 0 && !limited)
        return judge->m;
    double far = reach(judge);
    for (int32_t r = 0; r < judge->m; r++) {
        double square =
            limited && !stays(judge, r) ? chord_square(judge, account, r) : 0;
        if (square > far * (1 + 1e-6))
            continue;
        bw_account_figures figures;
        n += square > far * (1 - 1e-6)
                 ? bw_judge_pair(judge, account, r, NULL, &figures)
                 : bw_judge_rules_allow(judge, account, r);
    }
    return n;
}

/* Puts a pair into the row, if it is allowed; the value of it then, else
 * INFINITY. */
static double take(const bw_judge *judge, const bw_judge_lens *lens,
                   int32_t unit, int32_t rep, bw_check_row *row)
{
    int32_t account = judge->unit_account[judge->unit_first[unit]];
    bw_account_figures figures;
    if (rep < 0 || rep >= judge->m || row->allowed[rep] ||
        !bw_judge_pair(judge, account, rep, NULL, &figures))
        return INFINITY;
    row->allowed[rep] = 1;
    row->cost[rep] = figures.cost;
    row->work[rep] = figures.workload;
    return lens->work_only
               ? bw_from_quanta(figures.workload)
               : bw_from_fine(bw_judge_priced(judge, unit, rep, figures.cost,
                                              figures.workload));
}

/* By how much a bound may be above the true value: half a quantum of money and
 * of hours, and what doubles lose. */
static double doubt(const bw_judge *judge, const bw_judge_lens *lens,
                    const double *base, double handover, double trips)
{
    double sum = handover + 4 * trips * lens->steepest, hours = 0;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        sum += lens->size[k] * fabs(base[k]);
        hours = fmax(hours, lens->size[k]);
    }
    return (1 + hours) / BW_QUANTA + 1e-11 * sum;
}

static void sift(const bw_judge *judge, const bw_judge_lens *lens, int32_t unit,
                 double most, bw_check_row *row)
{
    int32_t n = judge->n_measures;
    int32_t account = judge->unit_account[judge->unit_first[unit]];
    int32_t owner = judge->problem->accounts.owner[account];
    double trips = judge->placed[account] ? judge->trips[account] : 0;
    double *base = row->base, handover = 0;
    for (int32_t k = 0; k < n; k++)
        base[k] = (double)judge->base[(int64_t)unit * n + k] / BW_QUANTA;
    if (owner >= 0 && !lens->work_only)
        handover = (double)judge->handover[account] / BW_QUANTA;
    double err = doubt(judge, lens, base, handover, trips);
    for (int32_t r = 0; r < judge->m; r++) {
        double room = most - handover + err;
        const double *price = lens->price + (int64_t)r * n;
        for (int32_t k = 0; k < n; k++)
            room -= price[k] * base[k];
        double steep = trips * lens->steep[r];
        if (steep >= 0 && isfinite(room) &&
            (room < 0 ||
             steep * steep * chord_square(judge, account, r) > room * room))
            continue;
        most = fmin(most, take(judge, lens, unit, r, row));
    }
}

bool bw_judge_near_row(const bw_judge *judge, const bw_judge_lens *lens,
                       int32_t unit, bw_check_row *row)
{
    int32_t first = judge->unit_first[unit];
    int32_t account = judge->unit_account[first];
    if (judge->unit_first[unit + 1] - first > 1 ||
        judge->problem->pairs.only_listed ||
        judge->given[account] != judge->given[account + 1])
        return false;
    memset(row->allowed, 0, (size_t)judge->m);
    row->n_allowed = count(judge, account);
    /* The owner pays no handover; the plan's rep is likely to be cheap. */
    double most =
        take(judge, lens, unit, judge->problem->accounts.owner[account], row);
    if (judge->plan)
        most = fmin(most, take(judge, lens, unit, judge->plan[account], row));
    sift(judge, lens, unit, most, row);
    return true;
}
